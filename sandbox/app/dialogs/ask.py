"""A question with a few answers: a letter, the arrows or the mouse pick one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from sandbox.app.dialogs.dialog import CANCEL, Deed, DeedButton
from sandbox.app.dialogs.snug import SnugDialog
from sandbox.app.keys.deeds import keyed

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """One answer."""

    value: Value
    text: str
    """What it does, as an order in a word or two."""
    key: str = ""
    """The letter that picks it."""


class Ask(SnugDialog[Value]):
    """Asks; answers the value of a choice, or None where it was cancelled."""

    DEFAULT_CSS = """
    Ask {
        & > .frame { max-width: 64; }
        & DeedButton.-textual-compact:focus {
            color: $button-color-foreground;
            background: $primary;
            text-style: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", "Left", show=False, id="ask.left", tooltip="The answer before"),
        Binding("right", "app.focus_next", "Right", show=False, id="ask.right", tooltip="The next answer"),
    ]

    def __init__(self, heading: str, text: str, choices: Sequence[Choice[Value]]) -> None:
        super().__init__(heading)
        self._text = text
        self._choices = tuple(choices)

    def text(self) -> ComposeResult:
        """The question."""
        yield Static(keyed(self, self._text), markup=False)

    def deeds(self) -> tuple[Deed, ...]:
        """The answers, and none of them."""
        answers = (
            Deed(choice.key, choice.text, f"pick({place})") for place, choice in enumerate(self._choices)
        )
        return (*answers, CANCEL)

    def on_mount(self) -> None:
        """Arrows and Enter work on the answers."""
        buttons = list(self.query(DeedButton))
        for button in buttons:
            button.can_focus = True
        buttons[0].focus()

    def on_key(self, event: events.Key) -> None:
        """Pick the answer of a letter."""
        for place, choice in enumerate(self._choices):
            if choice.key and event.character is not None and event.character.lower() == choice.key:
                event.stop()
                self.action_pick(place)
                return

    def action_pick(self, place: int) -> None:
        """Answer a choice."""
        self.dismiss(self._choices[place].value)
