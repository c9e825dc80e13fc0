"""The app follows its file when another program changes it."""

import pytest

from sandbox.app.dialogs.ask import Ask
from sandbox.app.dialogs.help import HelpDialog
from sandbox.app.dialogs.recover import RecoverDialog
from sandbox.app.dialogs.save_as import SaveAsDialog
from sandbox.app.state import watch
from tests.app.filed import FILED, abandoned, change, duration, noted, running, written
from tests.app.shop import until

OTHER = FILED.replace("duration_ms = 200", "duration_ms = 44  # elsewhere")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Look more often than for a person."""
    monkeypatch.setattr(watch, "EVERY_S", 0.02)
    monkeypatch.setattr(watch, "SETTLED_S", 0.01)


async def test_a_change_on_disk_is_followed(tmp_path):
    """At once, with what is selected still selected, as one step that can be undone."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        bench.canvas.select("ship")
        path.write_text(OTHER)
        await until(pilot, lambda: duration(bench) == 44)
        assert not bench.document.is_unsaved
        assert bench.canvas.selected == "ship"
        assert "Followed a change" in noted(pilot)
        assert bench.document.undo() == "what changed on disk"
        assert bench.document.text == FILED
        assert bench.document.is_unsaved
        bench.document.redo()
        assert bench.document.text == OTHER
        assert not bench.document.is_unsaved


@pytest.mark.parametrize(
    ("key", "value", "is_unsaved"), [("r", 44, False), ("k", 77, True), ("escape", 77, True)]
)
async def test_with_something_unsaved_it_asks(tmp_path, key, value, is_unsaved):
    """Reload, keep mine, or neither; whoever chose to keep is not asked again when saving."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        change(bench, 77)
        path.write_text(OTHER)
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(key)
        await until(pilot, lambda: pilot.app.screen is bench)
        await until(pilot, lambda: duration(bench) == value)
        assert bench.document.is_unsaved == is_unsaved
        if key == "r":
            bench.document.undo()
            assert duration(bench) == 77
            return
        assert path.read_text() == OTHER
        await pilot.press("ctrl+s")
        if key == "escape":
            await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
            await pilot.press("r")
        await until(pilot, lambda: not bench.document.is_unsaved)
    assert "duration_ms = 77" in path.read_text()


async def test_save_as_leaves_the_file_of_the_other_program(tmp_path):
    """The third answer."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        change(bench, 77)
        path.write_text(OTHER)
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, SaveAsDialog))
        await pilot.press(*"mine", "enter")
        await until(pilot, lambda: not bench.document.is_unsaved)

    assert path.read_text() == OTHER
    assert "duration_ms = 77" in (tmp_path / "mine.toml").read_text()


async def test_a_file_that_is_wrong_is_told_until_it_is_right(tmp_path):
    """With its line; the design stays, and follows as soon as it can."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        path.write_text(FILED + "oops = = 1\n")
        line = FILED.count("\n") + 1
        await until(pilot, lambda: f"line {line}" in noted(pilot))
        assert duration(bench) == 200
        path.write_text(OTHER)
        await until(pilot, lambda: duration(bench) == 44)
        await until(pilot, lambda: f"line {line}" not in noted(pilot))


async def test_a_file_that_is_taken_away_is_written_again(tmp_path):
    """The design is unsaved then, though nothing was changed."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        path.unlink()
        await until(pilot, lambda: bench.document.is_unsaved)
        await until(pilot, lambda: "taken away" in noted(pilot))
        await pilot.press("ctrl+s")
        await until(pilot, path.exists)
        await until(pilot, lambda: not bench.document.is_unsaved)
        assert path.read_text() == FILED
        path.unlink()
        await until(pilot, lambda: bench.document.is_unsaved)
        path.write_text(FILED)
        await until(pilot, lambda: not bench.document.is_unsaved)


async def test_what_is_saved_here_is_not_taken_for_a_change(tmp_path):
    """Nor is a file that is touched, or written with what is in it."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        change(bench, 66)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not bench.document.is_unsaved)
        path.write_text(path.read_text())
        await pilot.pause(0.2)
        change(bench, 77)
        path.touch()
        await pilot.pause(0.2)
        assert pilot.app.screen is bench
        assert len(bench.document.done) == 2
        path.write_text(bench.document.text)
        await until(pilot, lambda: not bench.document.is_unsaved)
        assert len(bench.document.done) == 2


async def test_a_dialog_is_not_disturbed(tmp_path):
    """The file is followed when it is closed."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))
        path.write_text(OTHER)
        await pilot.pause(0.3)
        assert duration(bench) == 200
        await pilot.press("escape")
        await until(pilot, lambda: duration(bench) == 44)


async def test_what_was_seen_before_saving_is_not_followed(tmp_path):
    """The question when saving was answered: what is saved then counts."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        change(bench, 77)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpDialog))
        path.write_text(OTHER)
        await until(pilot, lambda: bench._pending is not None)
        bench.document.save()
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert duration(bench) == 77
        assert pilot.app.screen is bench
        assert not bench.document.is_unsaved


async def test_a_question_is_asked_once(tmp_path):
    """Whoever leaves it open and goes on editing is asked again only when saving."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        change(bench, 77)
        path.write_text(OTHER)
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is bench)
        change(bench, 88)
        await pilot.pause(0.3)
        assert pilot.app.screen is bench
        assert bench.document.is_changed_elsewhere


async def test_a_file_that_changed_after_the_crash_is_asked_about(tmp_path):
    """What is recovered does not replace it silently."""
    path, home = written(tmp_path), tmp_path / "state"
    abandoned(home, path, 77)
    path.write_text(OTHER)
    async with running(home) as (pilot, bench):
        await until(pilot, lambda: isinstance(pilot.app.screen, RecoverDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        assert duration(bench) == 77
        await pilot.press("r")
        await until(pilot, lambda: duration(bench) == 44)
        assert not bench.document.is_unsaved
