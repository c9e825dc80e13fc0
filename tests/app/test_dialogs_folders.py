"""What a typed path means, what a folder holds, and where nothing can be saved."""

import os

import pytest

from sandbox.app.dialogs.folders import at, completion, impossible, listing, named, split, tilde
from sandbox.errors import StorageError


@pytest.fixture
def folder(tmp_path):
    """Two designs, two folders, and what is no design."""
    for name in ("shop.toml", "Ship.toml", ".hidden.toml", "notes.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "old.toml").write_text("")
    (tmp_path / "shelf.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("", ["archive/", "shelf.toml/", "Ship.toml", "shop.toml"]),
        ("sh", ["shelf.toml/", "Ship.toml", "shop.toml"]),
        ("P.", ["Ship.toml", "shop.toml"]),
        (".", [".hidden.toml"]),
        ("nothing", []),
    ],
)
def test_listing_holds_folders_and_designs(folder, part, names):
    """Folders and designs are listed; never pipes, other files, endless links or (unasked) hidden ones."""
    assert [entry.shown for entry in listing(folder, part)] == names


def test_what_a_name_begins_with_stands_first(tmp_path):
    """A name that begins as typed stands before one that only contains it."""
    for name in ("a-shop.toml", "shop.toml"):
        (tmp_path / name).write_text("")

    assert [entry.path.name for entry in listing(tmp_path, "shop")] == ["shop.toml", "a-shop.toml"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("gone", "no such folder"), ("shop.toml", "a file, not a folder"), ("a\0b", "not the name")],
)
def test_listing_says_why_it_cannot(folder, name, words):
    """A folder that cannot be read says why."""
    with pytest.raises(StorageError, match=words):
        listing(folder / name)


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("sho", "shop.toml"),
        ("arch", "archive/"),
        ("archive", "archive/"),
        ("archive/o", "archive/old.toml"),
        ("./archive/o", "./archive/old.toml"),
        ("shop.toml", None),
        ("none", None),
        ("", None),
        ("gone/x", None),
        ("..", "../"),
    ],
)
def test_completion(folder, text, longer):
    """A path is continued to the first name that begins as it ends."""
    assert completion(folder, text) == longer


def test_home_is_written_with_a_tilde(monkeypatch, tmp_path):
    """A person's own folder is read and written as ~; a user who is not there is a name."""
    monkeypatch.setenv("HOME", str(tmp_path))

    assert at(tmp_path / "x", "~/a.toml") == tmp_path / "a.toml"
    assert tilde(tmp_path / "a.toml") == "~/a.toml"
    assert tilde(tmp_path) == "~"
    assert split(tmp_path / "x", "~") == (tmp_path, "")
    assert at(tmp_path, "~nobody-is-called-so/a") == tmp_path / "~nobody-is-called-so" / "a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "type the name"),
        ("  ", "type the name"),
        ("archive/", "type the name"),
        ("..", "type the name"),
        ("gone/a.toml", ""),
        ("shop.toml/gone/a.toml", "is a file, not a folder"),
        ("shop.toml/a.toml", "is a file, not a folder"),
        ("shelf.toml", "is a folder"),
        ("shelf", "is a folder"),
        ("pipe.toml", "not an ordinary file"),
        ("x" * 300, "longer than 255 bytes"),
        ("a\0b", "not the name of a file"),
        ("new.toml", ""),
        ("shop", ""),
    ],
)
def test_impossible_paths_say_what_is_wrong(folder, text, words):
    """Each path under which nothing can be saved says why; the others say nothing."""
    said = impossible(folder, text)

    assert words in said if words else said == ""


def test_no_permission_is_told(folder, monkeypatch):
    """A folder one may not write in says so."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert "no permission to write" in impossible(folder, "new.toml")


def test_a_name_gets_its_suffix_once(folder):
    """The suffix is added where it is missing."""
    assert named(folder, "shop") == named(folder, " shop.toml ") == folder / "shop.toml"
