"""A chooser among files: a path, the folder it leads to, and a line that says what is what."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from sandbox.app.dialogs.chooser import Chooser
from sandbox.app.dialogs.dialog import MUTED
from sandbox.app.dialogs.folders import at, is_folder, listing, split, tilde
from sandbox.app.dialogs.path_field import PathField
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.errors import StorageError

UP = ".."


class Browser(Chooser[Path]):
    """Goes through folders; answers a path."""

    DEFAULT_CSS = """
    Browser .where { padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+up", "up", "Folder up", id="dialog.folder-up", tooltip="Go to the folder above"),
    ]

    def __init__(self, heading: str, folder: Path, typed: str = "") -> None:
        super().__init__(heading)
        self._folder = folder
        self._typed_first = typed
        self._trouble = ""

    def body(self) -> ComposeResult:
        """Where one is, above all the rest."""
        yield Static(classes="where line", markup=False)
        yield from super().body()

    def field(self) -> Input:
        """A field for a path."""
        return PathField(self._folder, self._typed_first, placeholder="type a name or a path")

    def items(self, text: str) -> Sequence[Item]:
        """The folder above, folders and designs."""
        folder, part = split(self._folder, text)
        self.query_one(".where", Static).update(f"in {tilde(folder)}")
        self._trouble = ""
        try:
            entries = listing(folder, part)
        except StorageError as error:
            self._trouble = str(error)
            return []
        above = [Item(UP, "..", "▸")] if not part and folder != folder.parent else []
        return above + [
            Item(str(entry.path), entry.shown, "▸" if entry.is_folder else " ") for entry in entries
        ]

    def nothing(self, text: str) -> str:
        """Why nothing is listed."""
        part = split(self._folder, text)[1]
        return self._trouble or (f"no design is called “{part}”" if part else "no designs in here")

    def refill(self, mark: str | None = None) -> None:
        """Follow the field; the first design is marked rather than the way up."""
        super().refill(mark)
        picks = self.query_one(PickList)
        if picks.marked == UP and mark is None and picks.option_count > 1:
            picks.highlighted = 1

    def choose(self, key: str) -> None:
        """Go into a folder, or take a file."""
        folder = split(self._folder, self.query_one(Input).value)[0]
        path = folder.parent if key == UP else Path(key)
        if is_folder(path):
            self.enter(path, came_from=folder if key == UP else None)
        else:
            self.take(path)

    def take(self, path: Path) -> None:
        """Take a file."""
        self.dismiss(path)

    def enter(self, folder: Path, came_from: Path | None = None) -> None:
        """Go to a folder."""
        field = self.query_one(PathField)
        self._folder = field.folder = folder
        with self.prevent(Input.Changed):
            field.value = self.kept(field.value)
        self.refill(str(came_from) if came_from else None)

    def kept(self, text: str) -> str:
        """What stays in the field when another folder is entered."""
        del text
        return ""

    def action_up(self) -> None:
        """Go to the folder above."""
        self.choose(UP)

    def typed(self) -> Path:
        """The path in the field."""
        return at(self._folder, self.query_one(Input).value)


def said(text: str, tone: str = "muted") -> Content:
    """A line in a tone."""
    return Content.styled(text, {"muted": MUTED, "bad": "$text-error", "warn": "$text-warning"}[tone])
