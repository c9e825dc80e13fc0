"""Changing what is drawn: rename, duplicate, delete, copy, move, and back again."""

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from tests.app.dialog_host import screen_text
from tests.app.shop import opened, shop, until
from widgets.canvas.canvas import GraphCanvas
from widgets.form import ParamForm


def last(bench):
    """The name of the last step."""
    return bench.document.done[-1].name


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


@pytest.mark.parametrize("node", ["intake", None])
async def test_a_name_that_is_too_long_is_said_in_a_line(node):
    """Without the path that a message about a file begins with."""
    async with opened(size=(80, 24)) as (pilot, bench):
        bench.canvas.select(node)
        await pilot.press("r")
        pilot.app.screen.query_one("#name", Input).value = "表" * 1000
        await until(pilot, lambda: "▲ the name has 1,000 characters; 200 are the" in screen_text(pilot.app))
        await pilot.press("escape")
        assert not bench.document.done


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
