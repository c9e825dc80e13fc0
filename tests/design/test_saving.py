"""A save is whole or not at all."""

from pathlib import Path

import pytest

from sandbox.design import files
from sandbox.design.files import load, save
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.errors import StorageError

OLD = loads('name = "old"\n[nodes.f]\nservice = "lambda"\n')
NEW = OLD.with_value("name", "new")


def test_save_and_load(tmp_path: Path) -> None:
    """What is saved is loaded; saved again, not a byte differs."""
    path = tmp_path / "shop.toml"
    save(NEW, path)
    first = path.read_bytes()

    save(load(path), path)

    assert load(path) == NEW
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["write", "fsync", "fchmod", "replace"])
@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, OSError("disk full"), MemoryError])
def test_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, interrupt: BaseException
) -> None:
    """Whatever interrupts a save at whichever step, the old file stays and nothing lies beside it."""
    path = tmp_path / "shop.toml"
    save(OLD, path)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise interrupt

    if step == "write":
        monkeypatch.setattr(files.os, "fdopen", _failing(files.os.fdopen, fail))
    elif step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(files.os, step, fail)
    with pytest.raises((StorageError, KeyboardInterrupt, MemoryError)):
        save(NEW, path)
    monkeypatch.undo()

    assert load(path) == OLD
    assert list(tmp_path.iterdir()) == [path]


def _failing(opened, fail):
    def open_(*args, **kwargs):
        file = opened(*args, **kwargs)

        class Half:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

            def write(self, content: bytes) -> None:
                file.write(content[: len(content) // 2])
                fail()

        return Half()

    return open_


def test_mode_is_kept(tmp_path: Path) -> None:
    """A file's rights stay; a new file has those that the process gives."""
    path = tmp_path / "shop.toml"
    save(OLD, path)
    path.chmod(0o640)

    save(NEW, path)

    assert path.stat().st_mode & 0o777 == 0o640
    plain = tmp_path / "plain"
    plain.touch()
    save(NEW, tmp_path / "other.toml")
    assert (tmp_path / "other.toml").stat().st_mode == plain.stat().st_mode


def test_links_are_followed(tmp_path: Path) -> None:
    """A link stays a link; what it leads to is replaced."""
    (tmp_path / "real").mkdir()
    path, link = tmp_path / "real" / "shop.toml", tmp_path / "link.toml"
    save(OLD, path)
    link.symlink_to(path)

    save(NEW, link)

    assert link.is_symlink()
    assert load(path) == NEW


def test_where_nothing_can_be_saved(tmp_path: Path) -> None:
    """A missing directory and a directory in the file's place are one message each."""
    for path, words in ((tmp_path / "no" / "x.toml", "no such file"), (tmp_path, "directory")):
        with pytest.raises(StorageError, match=words):
            save(Design(), path)
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    with pytest.raises(StorageError, match="was not saved"):
        save(Design(), loop)
