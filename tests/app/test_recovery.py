"""Unsaved work outlives the app, however it ends."""

import json
import multiprocessing
import os
import time
from pathlib import Path

import pytest

from sandbox.app.document import Document
from sandbox.app.state.left import left
from sandbox.app.state.recovery import Recorder, Snapshot
from sandbox.app.state.shared import Lock
from sandbox.design.reading import loads
from tests.app.shop import SHOP

SOURCE = f"# ours\n{SHOP}"


def document(path: Path | None = None) -> Document:
    """The shop, read from a file with a comment."""
    return Document(loads(SOURCE), path, 2.0, SOURCE)


def snapshot(of: Document) -> Snapshot:
    """A document as it is now."""
    last = of.done[-1].name if of.done else ""
    return Snapshot(of.version, of.saved, of.path, of.load, of.draft, of.is_gone, last)


def longer(of: Document, value: int = 300) -> Document:
    """The document with one change more."""
    of.edit("longer", of.design.with_value("nodes.ship.duration_ms", value))
    return of


def leave(recorder: Recorder) -> None:
    """End as `kill -9` does: the file stays, the lock goes."""
    assert recorder.settle()
    if recorder._lock is not None:
        recorder._lock.free(remove=False)


def told(recorder_folder: Path) -> Recorder:
    """A recorder that fails on any trouble."""
    return Recorder(recorder_folder, pytest.fail)


def test_the_last_change_is_there_again(tmp_path):
    """With its file, its load, the comments of the file, and the way back to what was saved."""
    file = tmp_path / "shop.toml"
    file.write_text(SOURCE)
    recorder, ours = told(tmp_path / "state"), document(file)
    for value in (300, 400, 500):
        recorder.keep(snapshot(longer(ours, value)))
    leave(recorder)

    (found,), broken = left(tmp_path / "state")

    assert found.words == "Shop (shop.toml), last: longer"
    again = found.document
    assert not broken
    assert (again.path, again.load, again.is_unsaved) == (file, 2.0, True)
    assert again.design == ours.design
    assert again.text == ours.text
    assert again.text.startswith("# ours\n")
    again.undo()
    assert again.text == SOURCE
    assert not again.is_unsaved


def test_a_renamed_node_keeps_its_comments_over_a_crash(tmp_path):
    """What was called what is written down too."""
    source = 'schema = 1\n# ships\n[nodes.ship]\nservice = "lambda"\n'
    ours, recorder = Document(loads(source), tmp_path / "a.toml", source=source), told(tmp_path)
    renamed = source.replace("nodes.ship", "nodes.send")
    ours.edit("rename", loads(renamed))
    recorder.keep(snapshot(ours))
    leave(recorder)

    (found,), _ = left(tmp_path)

    assert found.document.text == renamed


def test_text_that_is_being_typed_is_kept(tmp_path):
    """Though it is no design yet."""
    ours, recorder = document(), told(tmp_path)
    ours.draft = "[nodes.half"
    recorder.keep(snapshot(ours))
    leave(recorder)

    (found,), _ = left(tmp_path)

    assert found.document.draft == "[nodes.half"
    assert found.document.is_unsaved


def test_what_is_saved_is_taken_away(tmp_path):
    """Saving, undoing everything and leaving all end with nothing to recover."""
    recorder, ours = told(tmp_path), document()
    recorder.keep(snapshot(longer(ours)))
    recorder.settle()
    assert list(tmp_path.glob("*.json"))
    ours.undo()
    recorder.keep(snapshot(ours))
    recorder.settle()
    assert not list(tmp_path.glob("*.json"))
    recorder.keep(snapshot(longer(ours)))
    recorder.keep(None)
    recorder.close()

    assert list(tmp_path.iterdir()) == []


def test_what_was_never_changed_writes_nothing(tmp_path):
    """Not even the folder."""
    recorder = told(tmp_path / "state")
    recorder.keep(None)
    recorder.keep(snapshot(document()))
    recorder.close()

    assert not list(tmp_path.glob("state/*"))


def _edit_and_wait(folder: Path, ready) -> None:
    """What another app does: changes something, and goes on running."""
    recorder = Recorder(folder, print)
    recorder.keep(snapshot(longer(document())))
    recorder.settle()
    ready.set()
    time.sleep(60)


def test_two_apps_do_not_steal_from_each_other(tmp_path):
    """What a running app keeps is its own; killed, it leaves it."""
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    other = context.Process(target=_edit_and_wait, args=(tmp_path, ready))
    other.start()
    assert ready.wait(30)

    assert left(tmp_path) == ([], [])
    other.kill()
    other.join(10)
    found, _ = left(tmp_path)
    assert len(found) == 1
    assert left(tmp_path) == ([], [])  # it is held here now
    found[0].leave()
    (again,), _ = left(tmp_path)
    again.take_away()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"schema": 99}', json.dumps({"schema": 1, "at": "x"}), "\x00", json.dumps(
        {"schema": 1, "at": 1, "path": None, "load": 1, "draft": None, "saved": "nodes = 3", "source": None,
         "names": {}, "design": ""})],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_kept_aside(tmp_path, content):
    """It is told of once, and not offered again."""
    (tmp_path / "1-a.json").write_text(content)

    assert left(tmp_path) == ([], [tmp_path / "1-a.broken"])
    assert left(tmp_path) == ([], [])
    assert (tmp_path / "1-a.broken").read_text() == content


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path):
    """The app goes on, and keeps trying."""
    (tmp_path / "state").write_text("a file in its place")
    troubles = []
    recorder, ours = Recorder(tmp_path / "state", troubles.append), document()
    for value in (300, 400):
        recorder.keep(snapshot(longer(ours, value)))
        assert recorder.settle()
    assert len(troubles) == 1
    (tmp_path / "state").unlink()
    recorder.keep(snapshot(longer(ours, 500)))
    leave(recorder)

    assert left(tmp_path / "state")[0][0].document.design == ours.design


def test_a_full_disk_leaves_the_state_before(tmp_path, monkeypatch):
    """Half a file is never in the place of a whole one."""
    recorder, ours, troubles = told(tmp_path), document(), []
    recorder.keep(snapshot(longer(ours, 300)))
    recorder.settle()
    recorder._trouble = troubles.append

    def full(path, *_args, **_more):
        path.write_bytes(b"{")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    recorder.keep(snapshot(longer(ours, 400)))
    recorder.settle()
    monkeypatch.undo()
    leave(recorder)

    assert troubles == [f"cannot write in {tmp_path}: the disk is full"]
    assert left(tmp_path)[0][0].document.design.nodes["ship"].settings.duration_ms == 300
    assert not list(tmp_path.glob("*.tmp"))


def test_the_newest_work_stands_first_and_says_what_it_is(tmp_path):
    """With what it has more than its file."""
    file = tmp_path / "shop.toml"
    file.write_text(SOURCE)
    for path in (file, None):
        recorder, ours = told(tmp_path / "state"), document(path)
        more = loads(SOURCE + '\n[nodes.more]\nservice = "sqs"\n[nodes.again]\nservice = "sqs"\n')
        ours.edit("more", more)
        recorder.keep(snapshot(ours))
        leave(recorder)

    found, _ = left(tmp_path / "state")

    assert [one.words for one in found] == [
        "Shop, never saved, 6 nodes",
        "Shop (shop.toml), 2 nodes more than the file",
    ]
    assert found[0].when == time.strftime("%H:%M")


def test_a_change_is_written_within_milliseconds(tmp_path):
    """A key does not wait, and the file is there soon after."""
    recorder, ours = told(tmp_path), document()
    recorder.keep(snapshot(longer(ours)))
    recorder.settle()
    started = time.perf_counter()
    recorder.keep(snapshot(longer(ours, 500)))
    waited = time.perf_counter() - started
    assert recorder.settle()
    written = time.perf_counter() - started
    leave(recorder)

    assert waited < 0.005
    assert written < 0.5  # a few milliseconds where nothing else runs


def test_a_lock_that_is_taken_away_meanwhile_is_taken_anew(tmp_path):
    """Nobody holds a file that is no longer there."""
    first = Lock.take(tmp_path / "a.lock")
    assert first is not None
    assert Lock.take(tmp_path / "a.lock") is None
    os.unlink(tmp_path / "a.lock")  # noqa: PTH108  # as another app does
    second = Lock.take(tmp_path / "a.lock")
    assert second is not None
    second.free()
    first.free()
