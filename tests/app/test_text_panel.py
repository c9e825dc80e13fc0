"""The text panel: the design and its text follow each other, and nothing typed is lost."""

from tests.app.shop import SHOP, opened
from tests.app.text_typing import go, rest, said, shown
from widgets.canvas.canvas import GraphCanvas


async def test_valid_text_changes_the_design_as_one_step() -> None:
    """Several keys in a row are one step, and undoing gives back the text to the byte."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "duration_ms = 100")
        await pilot.press("0")
        await rest(pilot)
        assert bench.document.design.nodes["place"].settings.duration_ms == 1000
        await pilot.press("0")
        await rest(pilot)

        assert bench.document.design.nodes["place"].settings.duration_ms == 10_000
        assert [step.name for step in bench.document.done] == ["text"]
        assert bench.document.text == panel.editor.text
        assert bench.query_one(GraphCanvas).selected == "place"
        assert said(panel) == "in step with the design"

        await pilot.press("ctrl+z")
        await pilot.pause()
        assert bench.document.text == SHOP == panel.editor.text
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "duration_ms = 10000" in panel.editor.text


async def test_another_place_or_time_is_another_step() -> None:
    """Who goes elsewhere in between makes two steps."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "duration_ms = 100")
        await pilot.press("0")
        await rest(pilot)
        await pilot.press("escape")
        await pilot.press("8")
        await pilot.press("0")
        await rest(pilot)

        assert [step.name for step in bench.document.done] == ["text", "text"]


async def test_comments_are_steps_too() -> None:
    """A comment changes the text alone, and is kept."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "duration_ms = 100")
        await pilot.press(*"  # ms", "escape")
        await pilot.pause()

        assert "duration_ms = 100  # ms" in bench.document.text
        assert bench.document.is_unsaved
        assert not panel.editor.is_unfinished


async def test_an_error_is_marked_at_its_line_and_changes_nothing() -> None:
    """The design stays, the line is marked, and the message says what would be right."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        before = bench.document.design
        go(panel, "reserved_concurrency")
        line = panel.editor.line
        await pilot.press("enter", *"memry_mb = 512")
        await rest(pilot)

        assert bench.document.design is before
        assert panel.editor.wrong == {line + 1}
        assert "Did you mean 'memory_mb'?" in said(panel)
        assert f"line {line + 1}" in said(panel)
        assert bench.document.draft == panel.editor.text
        assert bench.document.is_unsaved

        go(panel, "memry_mb")
        for _ in "ry_mb = 512":
            await pilot.press("left")
        await pilot.press("o")
        await rest(pilot)
        assert panel.editor.wrong == frozenset()
        assert bench.document.design.nodes["place"].settings.memory_mb == 512
        assert bench.document.draft is None


async def test_broken_toml_is_marked_too() -> None:
    """What is no TOML at all says in which line it stops being some."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "rate_per_s = 100")
        await pilot.press("enter", "x")
        await rest(pilot)

        assert panel.editor.wrong
        assert "not TOML" in said(panel)
        assert bench.document.design.nodes.keys() == {"shoppers", "place", "intake", "ship"}


async def test_edits_elsewhere_update_the_text_and_keep_the_cursor() -> None:
    """What is drawn on the canvas appears in the text; the cursor stays in its line."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "batch_size = 10")
        there = panel.editor.document.get_line(panel.editor.cursor_location[0])
        bench.draw("faster", bench.document.design.with_value("nodes.place.memory_mb", 1024))
        await pilot.pause()
        await pilot.pause()

        assert "memory_mb = 1024" in panel.editor.text
        assert panel.editor.text == bench.document.text
        assert panel.editor.document.get_line(panel.editor.cursor_location[0]) == there
        assert not panel.editor.is_unfinished


async def test_an_edit_in_other_lines_joins_what_is_typed() -> None:
    """An edit elsewhere while the text has an error comes into the text; what is typed stays there."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "rate_per_s = 100")
        await pilot.press("x")
        await rest(pilot)
        bench.draw("faster", bench.document.design.with_value("nodes.place.memory_mb", 1024))
        await pilot.pause()
        await rest(pilot)
        assert "rate_per_s = 100x" in panel.editor.text
        assert "memory_mb = 1024" in panel.editor.text
        assert panel.editor.wrong

        await pilot.press("backspace", "0")
        await rest(pilot)
        assert bench.document.design.nodes["shoppers"].settings.rate_per_s == 1000
        assert bench.document.design.nodes["place"].settings.memory_mb == 1024
        assert [step.name for step in bench.document.done] == ["faster", "text"]


async def test_a_stale_text_says_so_and_nothing_is_lost() -> None:
    """An edit elsewhere while the text has an error: either can be had, and the other again."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "rate_per_s = 100")
        await pilot.press("x")
        await rest(pilot)
        typed = panel.editor.text
        bench.draw("less", bench.document.design.with_value("nodes.shoppers.rate_per_s", 50))
        await pilot.pause()
        await pilot.pause()

        assert panel.editor.text == typed
        assert "ctrl+r" in said(panel)
        await pilot.press("ctrl+r")
        await rest(pilot)
        assert panel.editor.text == bench.document.text
        assert bench.document.draft is None
        await pilot.press("ctrl+r")
        await rest(pilot)
        assert panel.editor.text == typed
        assert bench.document.draft == typed


async def test_a_stale_text_that_gets_valid_is_taken_only_when_asked() -> None:
    """The edit made elsewhere is not overwritten unless the person wants it, and then it can be undone."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        go(panel, "rate_per_s = 100")
        await pilot.press("x")
        await rest(pilot)
        bench.draw("less", bench.document.design.with_value("nodes.shoppers.rate_per_s", 50))
        await pilot.pause()
        await pilot.press("backspace", "0")
        await rest(pilot)

        assert "ctrl+t" in said(panel)
        assert bench.document.design.nodes["shoppers"].settings.rate_per_s == 50
        await pilot.press("ctrl+t")
        await rest(pilot)
        assert bench.document.design.nodes["shoppers"].settings.rate_per_s == 1000
        bench.action_undo()
        assert bench.document.design.nodes["shoppers"].settings.rate_per_s == 50


async def test_cursor_and_selection_follow_each_other() -> None:
    """The cursor in a part's table selects it; selecting a part brings its table in sight, without focus."""
    async with opened() as (pilot, bench):
        panel = await shown(pilot, bench)
        canvas = bench.query_one(GraphCanvas)
        go(panel, 'label = "Intake"')
        await pilot.pause()
        await pilot.pause()
        assert canvas.selected == "intake"
        go(panel, "batch_size")
        await pilot.pause()
        await pilot.pause()
        assert canvas.selected_edge == 2

        canvas.focus()
        await pilot.pause()
        canvas.select("place")
        await pilot.pause()
        await pilot.pause()
        assert panel.outline.subject(panel.editor.line) == "nodes.place"
        assert canvas.has_focus
