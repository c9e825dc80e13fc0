"""Presets, open and save as: by keyboard alone and by mouse alone."""

import os
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from sandbox.app.dialogs.dialog import DeedButton
from sandbox.app.dialogs.open import OpenDialog
from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.picture import Picture
from sandbox.app.dialogs.presets import PresetsDialog, lessons
from sandbox.app.dialogs.save_as import SaveAsDialog
from sandbox.design.presets import preset
from tests.app.dialog_host import WAITING, screen_text, shown, typed, until


@pytest.fixture
def folder(tmp_path):
    """Two designs, one broken file, and a folder with a design."""
    (tmp_path / "api.toml").write_text(preset("serverless-api").text)
    (tmp_path / "queue.toml").write_text(preset("queue-worker").text)
    (tmp_path / "wrong.toml").write_text('schema = 1\n[nodes.a]\nservice = "sqss"\n')
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "queue.toml").write_text(preset("queue-worker").text)
    return tmp_path


def names(dialog):
    """What is listed."""
    picks = dialog.query_one(PickList)
    return [Path(option.id).name for option in picks.options if option.id]


async def test_presets_by_keyboard():
    """Typing filters, arrows mark, Enter answers the name."""
    async with shown(PresetsDialog()) as (app, pilot):
        await typed(pilot, "sqs")
        found = names(app.dialog)
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


async def test_open_says_what_is_in_a_file(folder):
    """Name, size and the first line of the description of the marked file; of a wrong one, what is wrong."""
    async with shown(OpenDialog(folder)) as (app, pilot):
        assert names(app.dialog) == ["..", "old", "api.toml", "queue.toml", "wrong.toml"]
        await typed(pilot, "queue")
        await until(pilot, lambda: "5 nodes · 4 connections" in screen_text(app))
        await pilot.press("ctrl+u")
        await typed(pilot, "wrong")
        await until(pilot, lambda: "line 3" in screen_text(app))
        assert "'sqs'" in screen_text(app)


async def test_open_by_keyboard_through_folders(folder):
    """Enter goes into a folder, alt+up comes back with the mark on it, Enter on a file answers its path."""
    async with shown(OpenDialog(folder)) as (app, pilot):
        await typed(pilot, "ol")
        await pilot.press("tab")
        assert app.dialog.query_one(Input).value == "old/"
        await pilot.press("ctrl+u")
        await typed(pilot, "ol")
        await pilot.press("enter")
        assert names(app.dialog) == ["..", "queue.toml"]
        await pilot.press("alt+up")
        assert app.dialog.query_one(PickList).marked == str(folder / "old")
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.answer == folder / "queue.toml"


async def test_open_by_a_typed_path(folder):
    """A whole path leads to its file, whatever the folder one is in and whatever its suffix."""
    (folder / "design.txt").write_text(preset("queue-worker").text)
    async with shown(OpenDialog(Path("/"))) as (app, pilot):
        app.dialog.query_one(Input).value = str(folder / "design.txt")
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == folder / "design.txt"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("wrong.toml", "did you mean 'sqs'"),
        ("gone.toml", "there is no such file"),
        ("pipe.toml", "not an ordinary file"),
        ("x" * 400, "name too long"),
    ],
)
async def test_what_cannot_be_opened_says_why_and_stays(folder, path, words):
    """A file that holds no design is told of in a dialog; after it one can go on choosing."""
    os.mkfifo(folder / "pipe.toml")
    async with shown(OpenDialog(folder)) as (app, pilot):
        app.dialog.query_one(Input).value = path
        await pilot.press("enter")
        await pilot.pause()
        assert words in " ".join(screen_text(app).lower().replace("│", " ").split())
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.dialog
        assert app.answer is WAITING


async def test_open_in_a_folder_that_is_gone(tmp_path):
    """A folder that cannot be read says so, and the way up is still there."""
    folder = tmp_path / "gone"
    folder.mkdir()
    dialog = OpenDialog(folder)
    folder.rmdir()
    async with shown(dialog) as (app, pilot):
        assert "no such folder" in screen_text(app)
        await pilot.press("alt+up")
        assert names(app.dialog)[0] == ".."


async def test_open_by_mouse(folder):
    """Double clicks go into a folder and open a file in it."""
    async with shown(OpenDialog(folder)) as (app, pilot):
        await pilot.click(PickList, offset=(4, 1), times=2)
        await pilot.pause()
        assert names(app.dialog) == ["..", "queue.toml"]
        await pilot.click(PickList, offset=(4, 1), times=2)
        await pilot.pause()
        assert app.answer == folder / "old" / "queue.toml"


async def test_save_as_replaces_the_marked_name(tmp_path):
    """Typing replaces the name without its suffix; Enter answers the path with it."""
    async with shown(SaveAsDialog(tmp_path / "shop.toml")) as (app, pilot):
        await typed(pilot, "new-shop")
        await pilot.pause()
        assert app.dialog.query_one(Input).value == "new-shop.toml"
        assert "saves" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == tmp_path / "new-shop.toml"


@pytest.mark.parametrize(("key", "replaced"), [("r", True), ("enter", True), ("escape", False)])
async def test_save_as_asks_before_it_replaces(folder, key, replaced):
    """A file that is there is replaced only after a question."""
    async with shown(SaveAsDialog(folder / "api.toml")) as (app, pilot):
        assert "api.toml exists" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is WAITING
        await pilot.press(key)
        await pilot.pause()
        assert app.answer == folder / "api.toml" if replaced else app.screen is app.dialog


async def test_save_as_says_what_is_impossible_and_stays(folder):
    """A path that cannot be is told of under the field, and Enter does not answer it."""
    async with shown(SaveAsDialog(folder)) as (app, pilot):
        app.dialog.query_one(Input).value = "api.toml/shop"
        await pilot.pause()
        assert "is a file, not a folder" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is WAITING


@pytest.mark.parametrize(("key", "made"), [("m", True), ("escape", False)])
async def test_save_as_makes_a_folder_when_it_is_wanted(folder, key, made):
    """A folder that is not there is made after a question."""
    async with shown(SaveAsDialog(folder)) as (app, pilot):
        app.dialog.query_one(Input).value = "new/deep/shop"
        await pilot.pause()
        assert "makes the folder" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "There is no folder" in screen_text(app)
        await pilot.press(key)
        await pilot.pause()
        assert (folder / "new" / "deep").is_dir() == made
        assert app.answer == folder / "new" / "deep" / "shop.toml" if made else app.screen is app.dialog


async def test_save_as_names_the_file_after_the_design(folder):
    """In small letters and without what file systems do not like."""
    async with shown(SaveAsDialog(folder, "Order intake: v2")) as (app, _):
        assert app.dialog.query_one(Input).value == "order-intake-v2.toml"
    async with shown(SaveAsDialog(folder / "mine.toml", "Order intake")) as (app, _):
        assert app.dialog.query_one(Input).value == "mine.toml"


async def test_files_that_were_open_before_stand_first(folder):
    """Until a path is typed; a name that is typed narrows them too."""
    before = [folder / "old" / "queue.toml", folder / "api.toml"]
    async with shown(OpenDialog(folder, before)) as (app, pilot):
        assert names(app.dialog)[:3] == ["queue.toml", "api.toml", ".."]
        await until(pilot, lambda: "5 nodes · 4 connections" in screen_text(app))
        await typed(pilot, "./")
        await pilot.pause()
        assert names(app.dialog)[0] == ".."
        await pilot.press("ctrl+u")
        await typed(pilot, "que")
        await pilot.pause()
        assert names(app.dialog) == ["queue.toml", "queue.toml"]
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == before[0]


async def test_save_as_in_another_folder_keeps_the_name(folder):
    """Going into a folder by the list or by its path keeps the file's name."""
    async with shown(SaveAsDialog(folder / "mine.toml")) as (app, pilot):
        await pilot.press("down", "down", "enter")
        assert app.dialog.query_one(Input).value == "mine.toml"
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == folder / "old" / "mine.toml"


async def test_save_as_takes_a_listed_name_over(folder):
    """A double click on a file writes its name into the field; the button then asks to replace it."""
    async with shown(SaveAsDialog(folder)) as (app, pilot):
        await pilot.click(PickList, offset=(4, 2), times=2)
        await pilot.pause()
        assert app.dialog.query_one(Input).value == "api.toml"
        await pilot.click("DeedButton.-main")
        await pilot.pause()
        await pilot.click(app.screen.query(DeedButton).first())
        await pilot.pause()
        assert app.answer == folder / "api.toml"


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
