"""Unsaved work of apps that are no longer there, however they ended."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox.app.document import Document
from sandbox.app.state.recovery import SCHEMA
from sandbox.app.state.shared import Lock
from sandbox.app.version import Version
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.errors import SandboxError

ASIDE = ".broken"
"""Ending of a file that cannot be read: it is kept, and not offered again."""


@dataclass(frozen=True)
class Left:
    """Work that an app left behind; nobody else can take it while it is held here."""

    file: Path
    lock: Lock
    at: float
    """When it was written [s since 1970]."""
    document: Document
    """As it was."""
    last: str = ""
    """The step that was made last, in words."""

    @property
    def words(self) -> str:
        """What it is, in a line.

        As in `Order intake (shop.toml), 3 nodes more than the file`.
        """
        document = self.document
        where = f" ({document.path.name})" if document.path else ", never saved"
        return f"{document.design.name}{where}{_difference(document, self.last)}"

    @property
    def when(self) -> str:
        """When it was written: the time of today, else the day too."""
        then, now = time.localtime(self.at), time.localtime()
        is_today = then[:3] == now[:3]
        return time.strftime("%H:%M" if is_today else "%d %b %Y, %H:%M", then)

    def take_away(self) -> None:
        """It is no longer wanted, or kept elsewhere."""
        with suppress(OSError):
            self.file.unlink()
        self.lock.free()

    def leave(self) -> None:
        """Offer it another time."""
        self.lock.free(remove=False)


def left(folder: Path) -> tuple[list[Left], list[Path]]:
    """Find what apps left behind that are no longer there.

    Returns:
        The work that can be gone on with, the newest first, held until it is taken away or left;
        and where files are kept that cannot be read.
    """
    found, broken = [], []
    try:
        files = sorted(folder.glob("*.json"))
        locks = {path.stem for path in folder.glob("*.lock")} - {path.stem for path in files}
    except OSError:
        return [], []
    for file in files:
        with suppress(OSError):
            lock = Lock.take(file.with_suffix(".lock"))
            if lock is None:
                continue  # its app is running
            try:
                found.append(_read(file, lock))
            except (SandboxError, LookupError, TypeError, ValueError):
                broken.append(_put_aside(file))
                lock.free()
            except OSError:  # another app took it away meanwhile
                lock.free()
    for stem in locks:
        with suppress(OSError):
            lock = Lock.take(folder / f"{stem}.lock")
            if lock is not None:
                lock.free()
    return sorted(found, key=lambda one: -one.at), broken


def _read(file: Path, lock: Lock) -> Left:
    """Read a snapshot.

    Raises:
        SandboxError, LookupError, TypeError, ValueError: It is not one.
        OSError: It is not there.
    """
    table = json.loads(file.read_text(encoding="utf-8"))
    if table["schema"] != SCHEMA:
        msg = f"schema {table['schema']}"
        raise ValueError(msg)
    name, source = file.name, table["source"]
    path = Path(table["path"]) if table["path"] is not None else None
    document = Document(loads(table["saved"], name), path, float(table["load"]), table["saved"])
    origin = None if source is None else loads(source, name)
    design = loads(table["design"], name)
    if origin == design:
        origin = design
    names = {str(new): str(old) for new, old in table["names"].items()}
    document.restore("the work that was not saved", Version(design, source, origin, names))
    document.draft = table["draft"]
    document.stamp = None  # the file may have been changed since
    document.is_gone = path is not None and not path.exists()
    return Left(file, lock, float(table["at"]), document, str(table.get("last", "")))


def _put_aside(file: Path) -> Path:
    """Keep a file that cannot be read under another name."""
    aside = file.with_suffix(ASIDE)
    try:
        return file.replace(aside)
    except OSError:
        return file


def _difference(document: Document, last: str) -> str:
    """How a document differs from its file, in a few words."""
    now, before = document.design, document.saved.design
    if document.path is None:
        return _size(now)
    more = len(now.nodes) - len(before.nodes)
    if more:
        many = f"{abs(more)} node{'s' if abs(more) > 1 else ''}"
        return f", {many} {'more' if more > 0 else 'fewer'} than the file"
    joined = len(now.edges) - len(before.edges)
    if joined:
        many = f"{abs(joined)} connection{'s' if abs(joined) > 1 else ''}"
        return f", {many} {'more' if joined > 0 else 'fewer'} than the file"
    if document.draft is not None:
        return ", with text that was being typed"
    return f", last: {last}" if last else ", with changes"


def _size(design: Design) -> str:
    """How large a design is.

    >>> _size(Design())
    ', empty'
    """
    count = len(design.nodes)
    return f", {count} node{'s' if count > 1 else ''}" if count else ", empty"
