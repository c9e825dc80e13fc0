"""Open a design from disk: what is in the folder, and what is in a file before it is opened."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from sandbox.app.dialogs.browser import UP, Browser
from sandbox.app.dialogs.chooser import SETTLED_S
from sandbox.app.dialogs.dialog import CANCEL, MUTED, Deed
from sandbox.app.dialogs.folders import LONGEST, is_folder, tilde
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.dialogs.picture import Picture
from sandbox.app.dialogs.preview import counted, outline, summary
from sandbox.app.dialogs.problem import ProblemDialog, listed
from sandbox.design.files import load
from sandbox.design.model import Design
from sandbox.errors import DesignError, SandboxError, StorageError

RECENT = "recent:"
"""What the keys of files begin with that were open before."""
PROBLEMS = 4
"""Problems of a file that are told beside the list."""


class OpenDialog(Browser):
    """Choose a file that holds a design; answers its path.

    A file that holds none says why, and leaves the dialog open.
    """

    def __init__(self, start: Path, recent: Sequence[Path] = ()) -> None:
        """Begin in a folder, or in that of a file.

        Args:
            start: Where to begin.
            recent: Files that were open last; they stand first until a path is typed.
        """
        self._recent = recent
        super().__init__("Open a design", start if is_folder(start) else start.absolute().parent)

    def body(self) -> ComposeResult:
        """The folder, what is in the file, and its picture."""
        yield from super().body()
        yield Picture()

    def side(self) -> VerticalScroll:
        """What is in the marked file."""
        return VerticalScroll(Static(id="told", markup=False), can_focus=False)

    def deeds(self) -> tuple[Deed, ...]:
        """Open it, or not."""
        return Deed("enter", "open", "accept", main=True), CANCEL

    def items(self, text: str) -> Sequence[Item]:
        """The files that were open last, then what is in the folder."""
        here = super().items(text)
        if "/" in text or text.startswith((".", "~")):
            return here
        last = [
            Item(f"{RECENT}{path}", path.stem, " ", "Open before", note=tilde(path.parent))
            for path in self._recent
            if text.lower() in path.name.lower()
        ]
        return [*last, *(replace(item, group="In this folder") for item in here)] if last else here

    def choose(self, key: str) -> None:
        """Take a file that was open before, or one of the folder."""
        super().choose(key.removeprefix(RECENT))

    def tell(self, key: str | None) -> None:
        """Say what is in the marked file."""
        key = key.removeprefix(RECENT) if key else None
        self.look(None if key is None or key == UP or is_folder(Path(key)) else Path(key))

    @work(exclusive=True)
    async def look(self, path: Path | None) -> None:
        """Read a file once the mark rests on it."""
        if path is None:
            self._show(Content(), None)
            return
        await asyncio.sleep(SETTLED_S)
        found = await asyncio.to_thread(read, path)
        if isinstance(found, Design):
            self._show(told(found), found)
        else:
            self._show(refused(found, path), None)

    def _show(self, text: Content, design: Design | None) -> None:
        self.query_one("#told", Static).update(text)
        self.query_one(Picture).draw(outline(design) if design else None)

    def action_accept(self) -> None:
        """Take the marked file, or the one whose path was typed."""
        typed = self.typed()
        if self.query_one(PickList).marked is None and self.query_one(Input).value:
            self.take(typed)
        else:
            super().action_accept()

    def take(self, path: Path) -> None:
        """Answer a file that holds a design; say what is wrong with any other."""
        found = read(path)
        if isinstance(found, Design):
            self.dismiss(path)
        else:
            self.app.push_screen(ProblemDialog(f"{path.name} cannot be opened", listed(found)))


def read(path: Path) -> Design | SandboxError:
    """The design in a file, or what is wrong with it.

    >>> str(read(Path("/nowhere.toml")))
    '/nowhere.toml: there is no such file'
    """
    try:
        if len(path.name) <= LONGEST and path.exists() and not path.is_file() and not path.is_dir():
            return StorageError(f"{path}: it is not an ordinary file")  # a pipe would never end
        return load(path)
    except SandboxError as error:
        return error
    except (OSError, ValueError) as error:
        return StorageError(f"{path}: {error}")


def told(design: Design) -> Content:
    """A design in a few lines."""
    text = summary(design)
    return Content.assemble(
        (design.name, "bold"), "\n", (counted(design), MUTED), f"\n\n{text}" if text else ""
    )


def refused(error: SandboxError, path: Path) -> Content:
    """Why a file holds no design, in a few lines."""
    head = ((path.name, "bold"), "\n", ("▲ holds no design", "$text-error"), "\n")
    if not isinstance(error, DesignError):
        return Content.assemble((path.name, "bold"), "\n", (f"▲ {_without(str(error), path)}", "$text-error"))
    lines = [
        f"\nline {one.line}: {one.message}" if one.line else f"\n{one.message}" for one in error.problems
    ]
    more = len(lines) - PROBLEMS
    return Content.assemble(*head, *lines[:PROBLEMS], (f"\nand {more:,} more" if more > 0 else "", MUTED))


def _without(text: str, path: Path) -> str:
    """A message without the name of the file it is about."""
    return text.removeprefix(str(path)).lstrip(": ")
