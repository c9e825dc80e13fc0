"""Save a design under a path: asks before a file is replaced, and says what cannot be."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from sandbox.app.dialogs.ask import Ask, Choice
from sandbox.app.dialogs.browser import Browser, said
from sandbox.app.dialogs.dialog import CANCEL, Deed
from sandbox.app.dialogs.folders import SUFFIX, impossible, is_folder, named, slug, split, tilde
from sandbox.app.dialogs.path_field import PathField
from sandbox.app.dialogs.picklist import Item, PickList


class SaveAsDialog(Browser):
    """Name a file; answers its path, which may be that of a file to replace."""

    DEFAULT_CSS = """
    SaveAsDialog {
        & #outcome { padding: 0 1; }
        & > .frame { max-width: 84; max-height: 26; }
        & PickList { max-width: 100%; }
    }
    """

    suffix: ClassVar[str] = SUFFIX
    """Ending of the file's name; added where it is not typed."""
    title_: ClassVar[str] = "Save as"

    def __init__(self, start: Path, title: str = "") -> None:
        """Begin with the path of a file, or in a folder.

        Args:
            start: Where to begin.
            title: Name of the design; a file in the folder is named after it.
        """
        start = start.absolute()
        folder, name = (start, slug(title) + self.suffix) if is_folder(start) else (start.parent, start.name)
        super().__init__(self.title_, folder, name)
        self._wanted = start

    def field(self) -> Input:
        """A field with the name."""
        field = super().field()
        field.placeholder = "type the name of a file"
        return field

    def beneath(self) -> ComposeResult:
        """What will happen."""
        yield Static(id="outcome", classes="line")

    def deeds(self) -> tuple[Deed, ...]:
        """Save it, or not."""
        return Deed("enter", "save", "accept", main=True), CANCEL

    def on_mount(self) -> None:
        """Mark the name without its suffix: typing replaces just that."""
        super().on_mount()
        field = self.query_one(PathField)
        field.selection = Selection(0, len(field.value.removesuffix(self.suffix)))

    def items(self, text: str) -> Sequence[Item]:
        """Everything in the folder: a name that is typed need not be there."""
        part = split(self._folder, text)[1]
        return super().items(text[: len(text) - len(part)] if part else text)

    def refill(self, mark: str | None = None) -> None:
        """Follow the field; nothing is marked, so that Enter saves."""
        super().refill(mark)
        if mark is None:
            self.query_one(PickList).highlighted = None
        self._foresee()

    def _foresee(self) -> None:
        """Say under the field what saving would do."""
        text = self.query_one(PathField).value
        wrong = impossible(self._folder, text, self.suffix)
        line = said(f"▲ {wrong}", "bad")
        if not wrong:
            path = named(self._folder, text, self.suffix)
            line = said(self.foreseen(path))
            if path.exists():
                line = said(f"{path.name} exists; you are asked before it is replaced", "warn")
            elif not path.parent.exists():
                line = said(f"makes the folder {tilde(path.parent)}; you are asked before", "warn")
        self.query_one("#outcome", Static).update(line)

    def foreseen(self, path: Path) -> str:
        """What will happen, in words, where nothing is in the way."""
        return f"saves {tilde(path)}"

    def choose(self, key: str) -> None:
        """Go into a folder, or take a file's name over."""
        super().choose(key)

    def take(self, path: Path) -> None:
        """Take a listed file's name over into the field."""
        field = self.query_one(PathField)
        self._folder = field.folder = path.parent
        field.value = path.name
        field.cursor_position = len(path.name)
        self.refill()

    def kept(self, text: str) -> str:
        """The file's name."""
        return split(self._folder, text)[1]

    def action_accept(self) -> None:
        """Take what is marked in the list; else save, if that is possible."""
        marked = self.query_one(PickList).marked
        text = self.query_one(PathField).value
        if marked is not None:
            self.choose(marked)
        elif split(self._folder, text)[1] == "" and text:
            self.enter(split(self._folder, text)[0])
        elif not impossible(self._folder, text, self.suffix):
            self._save(named(self._folder, text, self.suffix))

    def _save(self, path: Path) -> None:
        """Answer the path, once it is clear that nothing is lost."""
        self._wanted = path
        if not path.parent.exists():
            self._make_folder()
        elif path.exists():
            question = Ask(
                "Replace the file?",
                f"{tilde(path)} is there already. Saving replaces what is in it.",
                (Choice("replace", "replace", "r"),),
            )
            self.app.push_screen(question, self._go_on)
        else:
            self.dismiss(path)

    def _make_folder(self) -> None:
        """Ask whether a folder that is not there shall be."""
        question = Ask(
            "Make the folder?",
            f"There is no folder {tilde(self._wanted.parent)} yet.",
            (Choice("make", "make it", "m"),),
        )
        self.app.push_screen(question, self._go_on)

    def _go_on(self, answer: str | None) -> None:
        """Answer the path, if the file is to be replaced or its folder to be made."""
        if answer is None:
            return
        try:
            self._wanted.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.notify(f"The folder was not made: {reason}", severity="error", markup=False)
            return
        self.dismiss(self._wanted)
