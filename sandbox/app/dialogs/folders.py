"""Folders and designs on disk, and what a typed path means. No Textual.

A text that is typed is a path from the folder one is in; its last part narrows what is
listed. So `sh` narrows, `archive/sh` narrows in another folder, and `/tmp/` goes elsewhere.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import StorageError

SUFFIX = ".toml"
MOST = 500
"""Entries listed of one folder; typing finds the others."""
LONGEST = 255
"""Bytes of a file's name on common file systems."""

_NO_NAME = "that is not the name of a file"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a folder."""

    path: Path
    is_folder: bool

    @property
    def shown(self) -> str:
        """Its name; a folder's with a slash."""
        return f"{self.path.name}/" if self.is_folder else self.path.name


def at(folder: Path, text: str) -> Path:
    """The path a text means, seen from a folder.

    >>> at(Path("/work"), "shop.toml"), at(Path("/work"), "/tmp/../etc")
    (PosixPath('/work/shop.toml'), PosixPath('/etc'))
    """
    path = Path(text)
    try:
        path = path.expanduser()
    except RuntimeError:  # no such user: a name like any other
        path = Path(text)
    return Path(os.path.normpath(folder / path))


def split(folder: Path, text: str) -> tuple[Path, str]:
    """The folder a text leads to, and the part of a name that stands behind it.

    >>> split(Path("/work"), "old/sh")
    (PosixPath('/work/old'), 'sh')
    >>> split(Path("/work"), "sh"), split(Path("/work"), "..")
    ((PosixPath('/work'), 'sh'), (PosixPath('/'), ''))
    """
    head, slash, part = text.rpartition("/")
    if part in {"..", "~"}:
        return at(folder, text), ""
    return (at(folder, head + slash) if slash else folder), part


def listing(folder: Path, part: str = "") -> tuple[Entry, ...]:
    """Folders and designs in a folder, by name; first those that begin with *part*.

    Hidden ones are listed when the part begins with a dot.

    Raises:
        StorageError: The folder cannot be read; says why.
    """
    wanted = part.lower()
    found: list[Entry] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name.lower()
                if wanted in name and entry.name.startswith(".") == part.startswith(".") and _readable(entry):
                    found.append(Entry(Path(entry.path), entry.is_dir()))
    except (OSError, ValueError) as error:
        raise StorageError(f"{tilde(folder)}: {_reason(error)}") from None
    found.sort(
        key=lambda one: (not one.path.name.lower().startswith(wanted), not one.is_folder, one.shown.lower())
    )
    return tuple(found[:MOST])


def _readable(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a file that may hold a design (never a pipe or a device)."""
    try:
        return entry.is_dir() or (entry.name.endswith(SUFFIX) and entry.is_file())
    except OSError:  # a link that leads to itself
        return False


def is_folder(path: Path) -> bool:
    """Whether a path is that of a folder; not, where one may not even ask.

    >>> is_folder(Path("/")), is_folder(Path("/no/such"))
    (True, False)
    """
    try:
        return path.is_dir()
    except OSError:
        return False


def completion(folder: Path, text: str) -> str | None:
    """The text, continued to the first name it fits; None where it fits none or is complete."""
    base, part = split(folder, text)
    if not part:
        return f"{text}/" if text and not text.endswith("/") else None
    try:
        entries = listing(base, part)
    except StorageError:
        return None
    begun = (entry.shown for entry in entries if entry.shown.startswith(part))
    name = next(begun, part)
    return text[: len(text) - len(part)] + name if name != part else None


def named(folder: Path, text: str, suffix: str = SUFFIX) -> Path:
    """The file a design is saved to: what was typed, with its suffix.

    >>> named(Path("/work"), "shop").name, named(Path("/work"), "shop.v2").name
    ('shop.toml', 'shop.v2.toml')
    """
    path = at(folder, text.strip())
    return path if path.name.endswith(suffix) else path.with_name(path.name + suffix)


def impossible(folder: Path, text: str, suffix: str = SUFFIX) -> str:
    """Why nothing can be saved under a typed path, in one line; nothing where it can be."""
    if not text.strip() or text.endswith("/") or split(folder, text)[1] == "":
        return "type the name of a file"
    path = named(folder, text, suffix)
    parent = path.parent
    try:
        return _obstacle(path, parent)
    except (OSError, ValueError) as error:
        return _reason(error)


def _obstacle(path: Path, parent: Path) -> str:
    """The first thing that is in the way of a file."""
    there = next(folder for folder in (parent, *parent.parents) if folder.exists())
    is_short = len(os.fsencode(path.name)) <= LONGEST
    obstacles = (
        ("\0" in str(path), _NO_NAME),
        (not there.is_dir(), f"{tilde(there)} is a file, not a folder"),
        (not is_short, f"the name is longer than {LONGEST} bytes"),
        (is_short and path.is_dir(), f"{path.name} is a folder"),
        (is_short and path.exists() and not path.is_file(), f"{path.name} is not an ordinary file"),
        (not os.access(there, os.W_OK | os.X_OK), f"no permission to write in {tilde(there)}"),
    )
    return next((words for is_so, words in obstacles if is_so), "")


def slug(name: str) -> str:
    """A file's name for a design's.

    >>> slug("Order intake: v2"), slug("Größe / Maß"), slug("…")
    ('order-intake-v2', 'größe-maß', 'design')
    """
    words = re.sub(r"[^\w]+|_+", "-", name.lower()).strip("-")
    while len(words.encode()) > LONGEST // 2:
        words = words[:-1]
    return words.strip("-") or "design"


def tilde(path: Path) -> str:
    """A path as people write it: with ~ for their own folder."""
    try:
        return f"~/{path.relative_to(Path.home())}".removesuffix("/.")
    except (ValueError, RuntimeError):
        return str(path)


def _reason(error: OSError | ValueError) -> str:
    reasons = {
        FileNotFoundError: "there is no such folder",
        NotADirectoryError: "it is a file, not a folder",
        PermissionError: "no permission",
    }
    if isinstance(error, OSError):
        return reasons.get(type(error)) or (error.strerror or str(error)).lower()
    return _NO_NAME
