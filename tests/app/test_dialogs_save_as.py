"""Save as: by keyboard alone and by mouse alone."""

import pytest
from textual.widgets import Input

from sandbox.app.dialogs.dialog import DeedButton
from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.save_as import SaveAsDialog
from tests.app.dialog_host import WAITING, screen_text, shown, typed


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
