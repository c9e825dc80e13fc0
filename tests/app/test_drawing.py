"""Drawing with the keyboard: add, connect, rename, duplicate, delete, move, and back again."""

import pytest
from textual.widgets import Input, TextArea

from sandbox.app.dialogs.picklist import PickList
from sandbox.design.model import Design
from tests.app.dialog_host import screen_text
from tests.app.shop import opened, shop, until
from widgets.canvas.canvas import GraphCanvas
from widgets.form import ParamForm


def last(bench):
    """The name of the last step."""
    return bench.document.done[-1].name


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("sqs", "sqs"), ("lambda", "lambda"), ("dynamodb", "dynamodb"), ("traffic", "traffic"),
        ("api", "api-gateway-http"), ("rest", "api-gateway-rest"), ("queue", "sqs"), ("function", "lambda"),
        ("db", "dynamodb"), ("table", "dynamodb"), ("topic", "sns"), ("bucket", "s3"), ("stream", "kinesis"),
    ],
)  # fmt: skip
async def test_a_word_finds_the_obvious_service(typed, service):
    """By id, title, badge, or what people call it."""
    async with opened(Design()) as (pilot, bench):
        await pilot.press("a", *typed, "enter")
        await until(pilot, lambda: bench.canvas.graph.nodes)
        (node,) = bench.document.design.nodes.values()
        assert node.service == service


async def test_what_is_added_follows_what_is_selected():
    """Wired at once, and selected, so that the next follows it."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("a", *"db", "enter")
        assert bench.document.design.edges[-1].target == "table"
        assert bench.canvas.selected == "table"
        assert bench.inspector.subject == "nodes.table"
        assert last(bench) == "add DynamoDB table table"
        assert bench.reading.evaluation.nodes["table"].offered_per_s > 0


async def test_what_cannot_follow_is_added_by_itself_and_that_is_said():
    """Nothing but functions follow a queue."""
    async with opened() as (pilot, bench):
        bench.canvas.select("intake")
        await pilot.press("a", *"dynamo")
        await pilot.pause()
        assert "Intake does not lead there" in screen_text(pilot.app)
        assert "not connected: a queue waits to be polled" in screen_text(pilot.app)
        await pilot.press("enter")
        assert "table" in bench.document.design.nodes
        assert len(bench.document.design.edges) == len(shop().edges)


async def test_on_an_edge_it_is_put_between():
    """The edge becomes two."""
    async with opened() as (pilot, bench):
        bench.canvas.select(None, 1)
        await pilot.press("a", *"function", "enter")
        ends = [(edge.source, edge.target) for edge in bench.document.design.edges]
        assert ("place", "lambda") in ends
        assert ("lambda", "intake") in ends
        assert ("place", "intake") not in ends


async def test_escape_adds_nothing():
    """And the selection stays."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("a", *"sqs", "escape")
        assert pilot.app.screen is bench
        assert bench.document.design == shop()
        assert bench.canvas.selected == "ship"


async def test_a_letter_connects():
    """Letters on what may be reached, reasons on the rest; the usual way stands first."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("c")
        offer = bench.canvas.offer
        assert "traffic" in offer.reasons["shoppers"]
        await pilot.press(*offer.letters["intake"])
        await until(pilot, lambda: bench.canvas.offer is None)
        if pilot.app.screen is not bench:
            await pilot.press("enter")
        await until(pilot, lambda: len(bench.canvas.graph.edges) == 4)
        assert last(bench) == "connect ship → intake"
        assert bench.canvas.selected_edge == 3


async def test_several_ways_are_offered_and_escape_leaves_all_as_it_was():
    """One function may wait for another, hand over, or keep its failures there."""
    async with opened() as (pilot, bench):
        bench.connect("place", "ship")
        await until(pilot, lambda: pilot.app.screen is not bench)
        assert pilot.app.screen.query_one(PickList).option_count > 1
        await pilot.press("escape")
        assert bench.document.design == shop()
        bench.connect("place", "ship")
        await until(pilot, lambda: pilot.app.screen is not bench)
        await pilot.press("2")
        assert pilot.app.screen is bench
        assert bench.document.design.edges[-1].kind == "async"


async def test_declining_an_offer_changes_nothing():
    """Escape takes the letters away."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("c", "escape")
        assert bench.canvas.offer is None
        assert bench.document.design == shop()


async def test_a_line_drawn_with_the_mouse_does_the_same():
    """And what cannot be joined is said."""
    async with opened() as (pilot, bench):
        bench.post_message(GraphCanvas.Joined("ship", "shoppers"))
        await pilot.pause()
        assert bench.document.design == shop()
        bench.post_message(GraphCanvas.Joined("shoppers", "intake"))
        await until(pilot, lambda: len(bench.document.design.edges) == 4)
        assert "shoppers" not in {edge.target for edge in bench.document.design.edges}


async def test_the_id_follows_the_name_until_it_is_typed():
    """Edges follow the id."""
    async with opened() as (pilot, bench):
        bench.canvas.select("intake")
        await pilot.press("r", *"New orders")
        await pilot.pause()
        dialog = pilot.app.screen
        assert dialog.query_one("#id", Input).value == "new-orders"
        await pilot.press("tab", *"q1")
        dialog.query_one("#name", Input).value = "Orders"
        await pilot.pause()
        assert dialog.query_one("#id", Input).value.endswith("q1")
        dialog.query_one("#id", Input).value = "ship"
        await pilot.pause()
        assert "there is a node 'ship' already" in screen_text(pilot.app)
        await pilot.press("enter")
        assert pilot.app.screen is dialog
        dialog.query_one("#id", Input).value = "orders"
        await pilot.press("enter")
        node = bench.document.design.nodes["orders"]
        assert node.title == "Orders"
        assert bench.document.design.edges[1].target == "orders"
        assert bench.canvas.selected == "orders"
        assert last(bench) == "rename Intake to Orders"


async def test_the_design_s_name_and_description_are_within_reach():
    """With nothing selected."""
    async with opened() as (pilot, bench):
        await pilot.press("r", *"Mart")
        pilot.app.screen.query_one(TextArea).text = "What it sells."
        await pilot.press("ctrl+s")
        design = bench.document.design
        assert (design.name, design.description) == ("Mart", "What it sells.")


async def test_delete_takes_the_edges_along_and_selects_what_led_there():
    """One step; undo brings it back, selected."""
    async with opened() as (pilot, bench):
        bench.canvas.select("intake")
        await pilot.press("x")
        assert "intake" not in bench.document.design.nodes
        assert len(bench.document.design.edges) == 1
        assert bench.canvas.selected == "place"
        assert last(bench) == "delete Intake"
        await pilot.press("u")
        assert bench.document.design == shop()
        assert bench.canvas.selected == "intake"
        await pilot.press("U")
        assert bench.canvas.selected == "place"


async def test_an_edge_is_deleted_by_itself():
    """And the node it came from is selected."""
    async with opened() as (pilot, bench):
        bench.canvas.select(None, 1)
        await pilot.press("delete")
        assert len(bench.document.design.nodes) == 4
        assert len(bench.document.design.edges) == 2
        assert bench.canvas.selected == "place"
        assert last(bench) == "delete edge place → intake"


async def test_all_marked_nodes_go_together():
    """In one step."""
    async with opened() as (pilot, bench):
        bench.canvas.marked = frozenset({"intake", "ship", "place"})
        await pilot.press("x")
        assert [*bench.document.design.nodes] == ["shoppers"]
        assert last(bench) == "delete 3 nodes"
        await pilot.press("u")
        assert bench.canvas.marked == {"intake", "ship", "place"}


async def test_a_copy_has_the_edges_between():
    """And is marked, so that it can be moved."""
    async with opened() as (pilot, bench):
        bench.canvas.marked = frozenset({"intake", "ship"})
        await pilot.press("d")
        assert len(bench.document.design.nodes) == 6
        assert len(bench.document.design.edges) == 4
        assert bench.canvas.marked == {"intake-2", "ship-2"}
        assert last(bench) == "duplicate 2 nodes"


async def test_copy_and_paste_go_from_one_design_to_another():
    """Through the app's own clipboard, and the terminal's."""
    async with opened() as (pilot, bench):
        bench.canvas.marked = frozenset({"intake", "ship"})
        await pilot.press("ctrl+c")
        assert "[nodes.intake]" in pilot.app.clipboard
        bench.open_preset("queue-worker")
        await pilot.pause()
        count = len(bench.document.design.nodes)
        await pilot.press("ctrl+v")
        assert len(bench.document.design.nodes) == count + 2
        assert last(bench) == "paste 2 nodes"


async def test_cut_is_copy_and_delete():
    """In one step."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("ctrl+x")
        assert "ship" not in bench.document.design.nodes
        await pilot.press("ctrl+v")
        assert "ship" in bench.document.design.nodes
        assert [step.name for step in bench.document.done] == ["cut Ship", "paste Ship"]


async def test_what_a_terminal_pastes_is_taken_if_it_is_a_design():
    """Any other text says what is wrong with it."""
    from textual.events import Paste  # noqa: PLC0415

    async with opened() as (pilot, bench):
        pilot.app.post_message(Paste('[nodes.extra]\nservice = "s3"\n'))
        await until(pilot, lambda: "extra" in bench.document.design.nodes)
        pilot.app.post_message(Paste("dear diary,\ntoday"))
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemDialog")
        assert "Not pasted" in screen_text(pilot.app)


async def test_moved_nodes_keep_their_places_until_they_are_arranged_again():
    """Both are steps; the selection stays."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        bench.post_message(GraphCanvas.Placed({"ship": (1, 1), "place": (2, 0)}))
        await until(pilot, lambda: bench.document.design.nodes["ship"].position == (1, 1))
        assert last(bench) == "move 2 nodes"
        await pilot.press("A")
        assert bench.document.design == shop()
        assert last(bench) == "arrange again"
        assert bench.canvas.selected == "ship"


async def test_letters_typed_into_the_settings_delete_nothing():
    """Nor do they duplicate."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        bench.query_one(ParamForm).focus()
        await pilot.press("x", "d", "delete")
        await pilot.pause()
        assert bench.document.design == shop()


async def test_a_change_of_settings_moves_the_queue_along():
    """Its visibility stays six timeouts of its consumer."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.pause()
        bench.query_one(ParamForm).focus()
        bench.query_one(ParamForm).focus_field("timeout_s")
        await pilot.press(*"60", "enter")
        await until(pilot, lambda: bench.document.design.nodes["intake"].settings.visibility_timeout_s >= 360)
        await pilot.press("escape", "u")
        assert bench.document.design == shop()


async def test_an_empty_canvas_says_how_to_begin_and_can_be_clicked():
    """Each line does what it says; a double click elsewhere adds."""
    async with opened(Design()) as (pilot, _):
        lines = screen_text(pilot.app).splitlines()
        y = next(y for y, line in enumerate(lines) if "add the first service" in line)
        await pilot.click(offset=(lines[y].index("add the"), y))
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "AddDialog")
        await pilot.press("escape")
        await pilot.click(offset=(lines[y].index("add the"), y + 1))
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "PresetsDialog")
        await pilot.press("escape")
        await pilot.click(offset=(4, 4), times=2)
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "AddDialog")


async def test_what_leads_to_it_is_put_before_what_nothing_leads_to_yet():
    """Traffic can follow nothing."""
    async with opened(Design()) as (pilot, bench):
        await pilot.press("a", *"lambda", "enter", "a", *"traffic", "enter")
        await until(pilot, lambda: bench.document.design.edges)
        (edge,) = bench.document.design.edges
        assert (edge.source, edge.target) == ("traffic", "lambda")
