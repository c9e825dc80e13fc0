"""The text panel keeps what is unfinished, line ends and signs, and shows a text from its beginning."""

import subprocess
import sys

from sandbox.app.document import Document
from sandbox.app.panels.text import TextPanel
from sandbox.design.reading import loads
from tests.app.shop import SHOP, opened, until
from tests.app.text_typing import go, rest, said, shown


async def test_leaving_with_an_error_in_the_text_asks() -> None:
    """What is typed and is no design is not thrown away without a word."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "rate_per_s = 100")
        await pilot.press("x", "escape", "q")
        await until(pilot, lambda: pilot.app.screen is not bench)
        await pilot.press("t")
        await until(pilot, lambda: pilot.app.screen is bench)
        await pilot.pause()

        assert "rate_per_s = 100x" in panel.editor.text
        assert panel.editor.has_focus


async def test_what_was_typed_a_moment_ago_is_saved(tmp_path) -> None:
    """Saving does not wait for a pause."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        bench.document.path = tmp_path / "shop.toml"
        go(panel, "rate_per_s = 100")
        await pilot.press("0", "ctrl+s")
        await until(pilot, (tmp_path / "shop.toml").exists)

        assert "rate_per_s = 1000\n" in (tmp_path / "shop.toml").read_text()


async def test_a_files_line_ends_are_kept() -> None:
    """A file of another system is typed in like any other, and keeps its line ends."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        text = SHOP.replace("\n", "\r\n")
        bench.begin(Document(loads(text), source=text), bench.reading.evaluation)
        await pilot.pause()
        await pilot.pause()
        assert panel.editor.text == SHOP
        go(panel, "duration_ms = 100")
        await pilot.press("0")
        await rest(pilot)

        assert bench.document.text == text.replace("duration_ms = 100", "duration_ms = 1000")
        assert not panel.editor.is_unfinished


async def test_signs_that_an_editor_cannot_hold_are_only_read() -> None:
    """A text that would not come back as it is cannot be typed in here, and is not touched."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        text = SHOP.replace("Orders wait", "Orders\u2028wait")
        bench.begin(Document(loads(text), source=text), bench.reading.evaluation)
        await pilot.pause()
        await pilot.pause()
        await pilot.press("x")
        await rest(pilot)

        assert panel.editor.read_only
        assert "another editor" in said(panel)
        assert bench.document.text == text


async def test_a_draft_that_was_left_is_shown() -> None:
    """What was being typed when the app ended is there again, with its error."""
    async with opened() as (pilot, bench):
        document = Document(loads(SHOP), source=SHOP)
        document.draft = SHOP.replace('"sqs"', '"sq"')
        bench.begin(document, bench.reading.evaluation)
        await until(pilot, lambda: bench.query(TextPanel))
        await rest(pilot)
        panel = bench.query_one(TextPanel)

        assert bench.panels.active == "text"
        assert panel.editor.text == document.draft
        assert "Did you mean 'sqs'?" in said(panel)
        assert bench.document.design == loads(SHOP)


async def test_all_the_room() -> None:
    """A key that does not type gives the text all the room, and takes it back."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        await pilot.press("f8")
        await pilot.pause()
        assert panel.size.height > bench.size.height - 6
        await pilot.press("f8")
        await pilot.pause()
        assert panel.size.height < bench.size.height / 2


def test_highlighting_costs_nothing_at_the_start() -> None:
    """Neither the editor nor the parser is imported before the panel is looked at."""
    code = (
        "import sys, sandbox.app.app;"
        "late = ('tree_sitter', 'textual.widgets._text_area', 'widgets.editor');"
        "print([name for name in sys.modules if name.startswith(late)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


async def test_a_text_is_read_from_its_beginning() -> None:
    """So does another document's, however far down one was in the last."""
    async with opened(size=(80, 24)) as (pilot, bench):
        panel = await shown(pilot, bench)
        assert (panel.editor.line, panel.editor.scroll_offset.y) == (1, 0)
        await pilot.press("ctrl+end")
        assert panel.editor.line == len(SHOP.split("\n"))
        await pilot.press("ctrl+home")
        assert panel.editor.line == 1
