"""The text panel with the shop's own file in it, and hands that type there."""

from textual.widgets import Static

from sandbox.app.document import Document
from sandbox.app.panels.text import TextPanel
from sandbox.design.reading import loads
from tests.app.shop import SHOP, until


async def shown(pilot, bench):
    """The panel, with the shop's own file as its text."""
    bench.begin(Document(loads(SHOP), source=SHOP), bench.reading.evaluation)
    await pilot.press("8", "8")
    await pilot.pause()
    panel = bench.query_one(TextPanel)
    assert panel.editor.text == SHOP
    assert panel.editor.has_focus
    return panel


async def rest(pilot):
    """Wait until what was typed is read."""
    panel = pilot.app.screen.query_one(TextPanel)
    await until(pilot, lambda: panel.listener.is_quiet)
    await pilot.pause()
    await pilot.pause()


def go(panel, words, at=0):
    """Put the cursor behind some words."""
    line = next(row for row, text in enumerate(panel.editor.text.split("\n")) if words in text)
    panel.editor.move_cursor((line + at, len(panel.editor.document.get_line(line + at))))


def said(panel):
    """What the line under the editor says."""
    return str(panel.query_one("#text-told", Static).visual)
