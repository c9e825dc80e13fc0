"""Unsaved work that is left from before: go on with it, or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from sandbox.app.dialogs.dialog import Deed, Dialog
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.dialogs.picture import Picture
from sandbox.app.dialogs.preview import outline
from sandbox.app.document import Document


class Work(Protocol):
    """What was not saved."""

    @property
    def when(self) -> str:
        """When it was written down."""

    @property
    def words(self) -> str:
        """What it is, in a line."""

    @property
    def document(self) -> Document:
        """The document as it was."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with one of the works."""

    place: int
    is_wanted: bool
    """To be opened; else to be thrown away."""


class RecoverDialog(Dialog[Verdict]):
    """Lists what was not saved; answers what to do with one, or None for another time."""

    DEFAULT_CSS = """
    RecoverDialog {
        & > .frame { max-width: 92; max-height: 26; }
        & .why { height: auto; margin-bottom: 1; color: $text-muted; }
        & PickList { height: auto; max-height: 8; max-width: 100%; }
        & Picture { height: 1fr; margin: 1 0; }
        &.-short Picture { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "open", "Open", show=False, id="recover.open", tooltip="Go on with it"),
        Binding("d,delete", "discard", "Discard", show=False, id="recover.discard", tooltip="Throw it away"),
        Binding("up,k", "mark(-1)", "Up", show=False, id="recover.up", tooltip="Mark the one above"),
        Binding("down,j", "mark(1)", "Down", show=False, id="recover.down", tooltip="Mark the one below"),
    ]

    def __init__(self, works: Sequence[Work]) -> None:
        super().__init__("Unsaved work")
        self._works = works

    def body(self) -> ComposeResult:
        """What there is, and a picture of the marked one."""
        yield Static("The app ended before this was saved.", classes="why")
        yield PickList()
        yield Picture()

    def deeds(self) -> tuple[Deed, ...]:
        """Go on with it, throw it away, or neither."""
        return (
            Deed("enter", "open", "open", main=True),
            Deed("d", "discard", "discard"),
            Deed("esc", "later", "cancel"),
        )

    def on_mount(self) -> None:
        """Mark the newest."""
        items = [Item(str(place), f"{one.when}  {one.words}") for place, one in enumerate(self._works)]
        self.query_one(PickList).fill(items)

    @on(PickList.OptionHighlighted)
    def show_picture(self) -> None:
        """Show the marked one."""
        self.query_one(Picture).draw(outline(self._works[self._place].document.design))

    @property
    def _place(self) -> int:
        return int(self.query_one(PickList).marked or 0)

    @on(PickList.OptionSelected)
    def action_open(self) -> None:
        """Go on with the marked one."""
        self.dismiss(Verdict(self._place, is_wanted=True))

    def action_discard(self) -> None:
        """Throw the marked one away."""
        self.dismiss(Verdict(self._place, is_wanted=False))

    def action_mark(self, way: int) -> None:
        """Mark the one above or below."""
        self.query_one(PickList).step(way)
