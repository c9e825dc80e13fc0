"""F1 explains what is selected, from the page of its service."""

import pytest
from textual.widgets import Markdown

from sandbox.app.dialogs.reference import ReferenceDialog
from sandbox.reference import index, page
from tests.app.shop import opened, until


@pytest.mark.slow
@pytest.mark.parametrize(
    ("node", "edge", "text"),
    [("intake", None, page("sqs")), (None, 0, page("lambda")), (None, None, index())],
    ids=["a node", "an edge leads to a function", "nothing"],
)
async def test_f1_shows_the_page(node, edge, text):
    """Of the node, of what an edge leads to, or the list of services; F1 closes it too."""
    async with opened() as (pilot, bench):
        bench.canvas.select(node, edge)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferenceDialog))
        assert pilot.app.screen.query_one(Markdown).source == text
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen is bench)
