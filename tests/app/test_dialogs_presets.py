"""Presets: by keyboard alone and by mouse alone."""

import pytest
from textual.widgets import Input, Static

from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.picture import Picture
from sandbox.app.dialogs.presets import PresetsDialog, lessons
from tests.app.dialog_host import WAITING, listed, screen_text, shown, typed, until


async def test_presets_by_keyboard():
    """Typing filters, arrows mark, Enter answers the name."""
    async with shown(PresetsDialog()) as (app, pilot):
        await typed(pilot, "sqs")
        found = listed(app.dialog)
        assert found
        assert set(found) < {lesson.preset.name for lesson in lessons()}
        await pilot.press("down", "up", "down", "enter")
        await pilot.pause()
        assert app.answer == found[1 % len(found)]


async def test_presets_show_the_marked_one():
    """The lesson's title and the picture follow the mark."""
    async with shown(PresetsDialog(), (140, 40)) as (app, pilot):
        for lesson in lessons()[:6]:
            assert lesson.preset.title in str(app.dialog.query_one("#told", Static).visual)
            assert next(iter(lesson.design.nodes.values())).title in screen_text(app)
            await pilot.press("down")
            await pilot.pause()


async def test_presets_read_on_by_keys():
    """Page down reads on in the lesson."""
    async with shown(PresetsDialog()) as (app, pilot):
        await until(pilot, lambda: app.dialog.query_one(".side").max_scroll_y > 0)
        await pilot.press("pagedown")
        await pilot.pause()
        read = app.dialog.query_one(".side").scroll_y
        await pilot.press("pageup")
        await pilot.pause()
        assert read > app.dialog.query_one(".side").scroll_y == 0


async def test_nothing_found_says_so_and_answers_nothing():
    """A filter that fits none says so; Enter then does nothing, and Esc closes."""
    async with shown(PresetsDialog()) as (app, pilot):
        await typed(pilot, "zzz")
        await pilot.press("enter", "down", "pagedown")
        assert "nothing matches “zzz”" in screen_text(app)
        assert app.answer is WAITING
        await pilot.press("escape")
        await pilot.pause()
        assert app.answer is None


@pytest.mark.parametrize("way", ["double click", "click and button"])
async def test_presets_by_mouse(way):
    """A double click on a name opens it, and so do a click and the button."""
    async with shown(PresetsDialog()) as (app, pilot):
        picks = app.dialog.query_one(PickList)
        row = next(y for y in range(24) if lessons()[1].preset.title in picks.render_line(y).text)
        await pilot.click(PickList, offset=(4, row), times=2 if way == "double click" else 1)
        if way == "click and button":
            assert app.answer is WAITING
            assert app.dialog.focused is app.dialog.query_one(Input)
            await pilot.click("DeedButton.-main")
        await pilot.pause()
        assert app.answer == lessons()[1].preset.name


async def test_headings_cannot_be_chosen():
    """A double click on a group's heading does nothing."""
    async with shown(PresetsDialog()) as (app, pilot):
        await pilot.click(PickList, offset=(4, 0), times=2)
        await pilot.pause()
        assert app.answer is WAITING


async def test_the_preset_that_is_open_is_marked_and_its_numbers_are_drawn():
    """The picture is drawn at once, and its loads once the mark rests."""
    dialog = PresetsDialog(now="Saga with compensation")
    async with shown(dialog, (140, 40)) as (_, pilot):
        picture = dialog.query_one(Picture)
        assert {node.id for node in picture.graph.nodes} == {*lessons_by_title()["Saga with compensation"]}
        await until(pilot, lambda: all(node.rate for node in picture.graph.nodes))


def lessons_by_title() -> dict[str, tuple[str, ...]]:
    """The nodes of each preset, by its title."""
    return {lesson.preset.title: tuple(lesson.design.nodes) for lesson in lessons()}
