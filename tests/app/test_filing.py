"""Opening, saving and leaving: nothing that a person did is lost without a question."""

import sys

import pytest
from textual.widgets import Input

from sandbox.app.app import SandboxApp
from sandbox.app.dialogs.ask import Ask
from sandbox.app.dialogs.open import OpenDialog
from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.presets import PresetsDialog
from sandbox.app.dialogs.problem import ProblemDialog
from sandbox.app.dialogs.recover import RecoverDialog
from sandbox.app.dialogs.save_as import SaveAsDialog
from sandbox.app.state.recent import recent, remember
from sandbox.cli.open import open_ as open_command
from sandbox.design import files
from sandbox.design.presets import preset
from tests.app.dialog_host import screen_text
from tests.app.filed import FILED, abandoned, change, duration, noted, running, written
from tests.app.shop import until


async def test_saving_keeps_what_a_person_wrote(tmp_path):
    """One value changed is one line changed; nothing changed is nothing written anew."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert path.read_text() == FILED
        change(bench)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not bench.document.is_unsaved)

    assert path.read_text() == FILED.replace("duration_ms = 200", "duration_ms = 77")


async def test_a_new_design_asks_first(tmp_path):
    """ctrl+n with something unsaved asks; discarded, the canvas is empty and has no file."""
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        change(bench)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("escape")
        await pilot.pause()
        assert bench.document.path == path
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("d")
        await until(pilot, lambda: bench.document.path is None)
        assert not bench.document.design.nodes
        assert not bench.document.is_unsaved
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert pilot.app.screen is bench

    assert path.read_text() == FILED


async def test_files_that_were_open_are_offered_first(tmp_path):
    """The one that is open now is not among them."""
    home, first, second = tmp_path / "state", tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    remember(home, written(first))
    async with running(home, written(second)) as (pilot, bench):
        await until(pilot, lambda: len(recent(home)) == 2)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, OpenDialog))
        assert "Open before" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: bench.document.path == first / "shop.toml")

    assert [path.parent.name for path in recent(home)] == ["a", "b"]


async def test_saving_a_preset_proposes_a_name(tmp_path, monkeypatch):
    """That of the design, in the folder one is in; a folder that is not there is made."""
    monkeypatch.chdir(tmp_path)
    async with running(tmp_path / "state") as (pilot, bench):
        await until(pilot, lambda: isinstance(pilot.app.screen, PresetsDialog))
        await pilot.press("escape")
        await pilot.pause()
        bench.open_preset("queue-worker")
        change_name = bench.document.design.with_value("name", "Order intake: v2")
        bench.document.edit("name", change_name)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SaveAsDialog))
        field = pilot.app.screen.query_one(Input)
        assert field.value == "order-intake-v2.toml"
        field.value = "designs/intake"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("m")
        await until(pilot, lambda: not bench.document.is_unsaved)

    assert (tmp_path / "designs" / "intake.toml").read_text().startswith("schema = 1")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "the disk is full"),
        (PermissionError(13, "Permission denied"), "no permission"),
        (OSError(30, "Read-only file system"), "the disk can only be read"),
    ],
)
async def test_what_cannot_be_saved_is_still_there(tmp_path, monkeypatch, error, words):
    """A clear message; the file is as it was, and the work is open and kept for a crash."""
    path, home = written(tmp_path), tmp_path / "state"
    async with running(home, path) as (pilot, bench):
        change(bench)

        def refuse(*_args, **_more):
            raise error

        monkeypatch.setattr(files, "mkstemp", refuse)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ProblemDialog))
        assert words in " ".join(screen_text(pilot.app).split())
        assert bench.document.is_unsaved
        await until(pilot, lambda: list(home.glob("recovery/*.json")))
        monkeypatch.undo()
        await pilot.press("escape", "ctrl+s")
        await until(pilot, lambda: not bench.document.is_unsaved)
        await until(pilot, lambda: not list(home.glob("recovery/*.json")))

    assert {each.name for each in tmp_path.iterdir()} == {"shop.toml", "state"}


async def test_comments_are_not_lost_without_a_question(tmp_path):
    """Those that stand within a list that is written anew; save as leaves them where they are."""
    source = f"{FILED}\n[nodes.far]\nservice = 'sqs'\nposition = [\n  3,  # column\n  1,\n]\n"
    path = written(tmp_path, source)
    async with running(tmp_path / "state", path) as (pilot, bench):
        bench.document.edit("move", bench.document.design.with_value("nodes.far.position", [4, 1]))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        assert "# column" in screen_text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert path.read_text() == source
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("r")
        await until(pilot, lambda: not bench.document.is_unsaved)

    assert "position = [4, 1]" in path.read_text()


async def test_work_that_was_left_is_offered(tmp_path):
    """It has its file, is unsaved, and one undo leads back to what is saved."""
    path, home = written(tmp_path), tmp_path / "state"
    abandoned(home, path, 55)
    async with running(home) as (pilot, bench):
        await until(pilot, lambda: isinstance(pilot.app.screen, RecoverDialog))
        assert "shop.toml" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: bench.document.path == path)
        assert duration(bench) == 55
        assert bench.document.is_unsaved
        await until(pilot, lambda: len(list(home.glob("recovery/*.json"))) == 1)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not list(home.glob("recovery/*.json")))
        bench.action_undo()
        assert bench.document.text == FILED
        bench.action_redo()
        bench.action_leave()
        await pilot.pause()

    assert path.read_text() == FILED.replace("duration_ms = 200", "duration_ms = 55")
    assert not list(home.glob("recovery/*"))


async def test_several_are_a_list_and_each_can_be_discarded(tmp_path):
    """Discarding goes on to the next; later keeps what is left; then come the presets."""
    path, home = written(tmp_path), tmp_path / "state"
    for value in (55, 66, 77):
        abandoned(home, path, value)
    async with running(home) as (pilot, _):
        await until(pilot, lambda: isinstance(pilot.app.screen, RecoverDialog))
        assert len(pilot.app.screen.query_one(PickList).options) == 3
        await pilot.press("down", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, RecoverDialog))
        await until(pilot, lambda: len(pilot.app.screen.query_one(PickList).options) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PresetsDialog))

    assert len(list(home.glob("recovery/*.json"))) == 2


async def test_discarded_changes_leave_nothing_behind(tmp_path):
    """Whoever leaves and discards is not asked again."""
    path, home = written(tmp_path), tmp_path / "state"
    async with running(home, path) as (pilot, bench):
        change(bench)
        await until(pilot, lambda: list(home.glob("recovery/*.json")))
        bench.action_leave()
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("d")
        await pilot.pause()

    assert not list(home.glob("recovery/*"))
    assert path.read_text() == FILED


async def test_a_broken_file_of_the_app_is_told(tmp_path):
    """It is kept aside, and the app goes on."""
    home = tmp_path / "state"
    (home / "recovery").mkdir(parents=True)
    (home / "recovery" / "1-a.json").write_text("{")
    async with running(home, written(tmp_path)) as (pilot, _):
        await until(pilot, lambda: isinstance(pilot.app.screen, ProblemDialog))
        assert "1-a.broken" in "".join(screen_text(pilot.app).split()).replace("│", "")  # it may be wrapped

    assert (home / "recovery" / "1-a.broken").read_text() == "{"


async def test_a_state_folder_that_cannot_be_written_is_one_quiet_notice(tmp_path):
    """The app goes on as without it."""
    (tmp_path / "state").write_text("a file in its place")
    path = written(tmp_path)
    async with running(tmp_path / "state", path) as (pilot, bench):
        for value in (55, 66):
            change(bench, value)
            await pilot.pause(0.1)
        await until(pilot, lambda: "is not kept" in noted(pilot))
        assert len(pilot.app._notifications) == 1
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not bench.document.is_unsaved)


def test_a_preset_opened_by_name_keeps_its_comments(monkeypatch):
    """What is saved is its text, as when it is chosen from the presets."""
    given = {}
    monkeypatch.setattr("sandbox.app.app.run", lambda **arguments: given.update(arguments))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    open_command.callback("serverless-api")

    app = SandboxApp(given["design"], given["path"], source=given["source"])
    assert app.get_default_screen().document.text == preset("serverless-api").text


async def test_a_beginner_is_told_how_to_begin_empty(tmp_path):
    """Where nothing is open, choosing no preset means an empty design."""
    app = SandboxApp()
    app.home = tmp_path
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PresetsDialog))
        assert "esc begin empty" in screen_text(app)
