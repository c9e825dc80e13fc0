"""A dialog of a field to type in, a list that follows it, and what is said of the marked entry."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from sandbox.app.dialogs.dialog import Dialog, Result
from sandbox.app.dialogs.picklist import Item, PickList

SETTLED_S = 0.04
"""What takes long is done for a mark that rests for this time."""
_CHOOSE = Binding.Group("choose", compact=True)


class Chooser(Dialog[Result]):
    """Typing narrows the list, arrows mark, Enter chooses; the mouse marks and chooses too.

    Keys that mark have priority: the field would scroll itself with them.
    """

    DEFAULT_CSS = """
    Chooser {
        & .parts { height: 1fr; margin-top: 1; }
        & PickList { width: 2fr; min-width: 24; max-width: 44; }
        & .side { width: 3fr; height: 1fr; margin-left: 2; }
        &.-narrow .side { display: none; }
        &.-narrow PickList { width: 1fr; max-width: 100%; }
        &.-short .parts { margin-top: 0; }
        & Picture { height: 12; margin: 1 0; }
        &.-medium Picture { height: 7; margin: 1 0 0 0; }
        &.-short Picture { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "up",
            "mark(-1)",
            "Up",
            group=_CHOOSE,
            priority=True,
            id="dialog.up",
            tooltip="Mark the entry above",
        ),
        Binding(
            "down",
            "mark(1)",
            "Down",
            group=_CHOOSE,
            priority=True,
            id="dialog.down",
            tooltip="Mark the entry below",
        ),
        Binding("pageup", "turn(-1)", "Page up", show=False, id="dialog.page-up", tooltip="A page up"),
        Binding("pagedown", "turn(1)", "Page down", show=False, id="dialog.page-down", tooltip="A page down"),
    ]

    listed: str | None = None
    """The typed text that the list is for."""

    def body(self) -> ComposeResult:
        """The field above the list and what is said of it."""
        yield self.field()
        yield from self.beneath()
        with Horizontal(classes="parts"):
            yield PickList()
            side = self.side()
            if side is not None:
                side.add_class("side")
                yield side

    def field(self) -> Input:
        """The field; it narrows the list."""
        return Input(placeholder="type to filter", compact=True)

    def beneath(self) -> ComposeResult:
        """What stands between the field and the list."""
        yield from ()

    def side(self) -> Widget | None:
        """What stands right of the list."""
        return None

    @abstractmethod
    def items(self, text: str) -> Sequence[Item]:
        """What the list holds for a typed text."""

    @abstractmethod
    def choose(self, key: str) -> None:
        """Take an entry."""

    def tell(self, key: str | None) -> None:
        """Say what there is to say of the marked entry."""

    def nothing(self, text: str) -> str:
        """What an empty list says."""
        return f"nothing matches “{text}”"

    def refill(self, mark: str | None = None) -> None:
        """Let the list follow the field."""
        text = self.listed = self.query_one(Input).value
        picks = self.query_one(PickList)
        picks.fill(self.items(text), mark or picks.marked, self.nothing(text))
        self.tell(picks.marked)

    def on_mount(self) -> None:
        """Show the list, and type in the field."""
        self.refill()
        self.query_one(Input).focus()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Follow the field."""
        event.stop()
        self.catch_up()

    def catch_up(self) -> None:
        """Let the list follow a field that is ahead of it."""
        if self.listed != self.query_one(Input).value:
            self.refill()

    def hear(self, event: events.Key) -> bool:
        """Type into the field, in the order of the keys."""
        field = self.query_one(Input)
        if self.focused is not field:
            return False
        if event.key == "backspace":
            field.action_delete_left()
        elif event.is_printable and event.character is not None:
            field.replace(event.character, *field.selection)
        else:
            return False
        return True

    @on(PickList.OptionHighlighted)
    def follow(self, event: PickList.OptionHighlighted) -> None:
        """Say what there is to say of the newly marked entry."""
        event.stop()
        self.tell(self.query_one(PickList).marked)

    @on(PickList.OptionSelected)
    @on(Input.Submitted)
    def accept(self, event: PickList.OptionSelected | Input.Submitted) -> None:
        """Take the marked entry."""
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Take the marked entry, if there is one."""
        self.catch_up()
        marked = self.query_one(PickList).marked
        if marked is not None:
            self.choose(marked)

    def action_mark(self, way: int) -> None:
        """Mark the entry above or below."""
        self.catch_up()
        self.query_one(PickList).step(way)

    def action_turn(self, way: int) -> None:
        """Go a page up or down."""
        self.query_one(PickList).page(way)
