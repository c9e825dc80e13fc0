"""Adding and connecting: by keys, from the list, by letters, by the mouse."""

import pytest

from sandbox.app.dialogs.picklist import PickList
from sandbox.design.model import Design
from tests.app.dialog_host import screen_text
from tests.app.shop import opened, shop, until
from widgets.canvas.canvas import GraphCanvas


def last(bench):
    """The name of the last step."""
    return bench.document.done[-1].name


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("sqs", "sqs"), ("api", "api-gateway-http"), ("table", "dynamodb"), ("stream", "kinesis"),
        *(pytest.param(*row, marks=pytest.mark.slow) for row in (
            ("lambda", "lambda"), ("dynamodb", "dynamodb"), ("traffic", "traffic"),
            ("rest", "api-gateway-rest"), ("queue", "sqs"), ("function", "lambda"),
            ("db", "dynamodb"), ("topic", "sns"), ("bucket", "s3"),
        )),
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
