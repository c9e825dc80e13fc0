"""Open: by keyboard alone and by mouse alone."""

import os
from pathlib import Path

import pytest
from textual.widgets import Input

from sandbox.app.dialogs.open import OpenDialog
from sandbox.app.dialogs.picklist import PickList
from sandbox.design.presets import preset
from tests.app.dialog_host import WAITING, listed, screen_text, shown, typed, until


async def test_open_says_what_is_in_a_file(folder):
    """Name, size and the first line of the description of the marked file; of a wrong one, what is wrong."""
    async with shown(OpenDialog(folder)) as (app, pilot):
        assert listed(app.dialog) == ["..", "old", "api.toml", "queue.toml", "wrong.toml"]
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
        assert listed(app.dialog) == ["..", "queue.toml"]
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
        assert listed(app.dialog)[0] == ".."


async def test_open_by_mouse(folder):
    """Double clicks go into a folder and open a file in it."""
    async with shown(OpenDialog(folder)) as (app, pilot):
        await pilot.click(PickList, offset=(4, 1), times=2)
        await pilot.pause()
        assert listed(app.dialog) == ["..", "queue.toml"]
        await pilot.click(PickList, offset=(4, 1), times=2)
        await pilot.pause()
        assert app.answer == folder / "old" / "queue.toml"


async def test_files_that_were_open_before_stand_first(folder):
    """Until a path is typed; a name that is typed narrows them too."""
    before = [folder / "old" / "queue.toml", folder / "api.toml"]
    async with shown(OpenDialog(folder, before)) as (app, pilot):
        assert listed(app.dialog)[:3] == ["queue.toml", "api.toml", ".."]
        await until(pilot, lambda: "5 nodes · 4 connections" in screen_text(app))
        await typed(pilot, "./")
        await pilot.pause()
        assert listed(app.dialog)[0] == ".."
        await pilot.press("ctrl+u")
        await typed(pilot, "que")
        await pilot.pause()
        assert listed(app.dialog) == ["queue.toml", "queue.toml"]
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer == before[0]
