"""Add a service: a list that typing narrows, what may follow standing first.

The next keys may be typed before any of it is drawn: the screen below opens it in the same breath as it hears
the key, and Enter answers at once, so that `a sqs ⏎ a lambda ⏎` may be typed at any speed.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from sandbox.app.dialogs.chooser import Chooser
from sandbox.app.dialogs.dialog import CANCEL, MUTED, Deed
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.keys.deeds import keyed
from sandbox.app.present.adding import Choice, found
from sandbox.catalog.service import services

_CHROME = 11
"""Rows beside those of the list."""


class AddDialog(Chooser[None]):
    """Choose a service; whoever waits for it is told at once."""

    DEFAULT_CSS = """
    AddDialog {
        & > .frame { max-width: 92; height: auto; max-height: 100%; }
        & .parts { height: auto; }
        & PickList, &.-narrow PickList {
            width: 1fr; min-width: 24; max-width: 100%; height: auto;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & #told { height: 1; margin-top: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & .foot { dock: none; margin-top: 1; }
        &.-short .foot, &.-short #told { margin-top: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Add", show=False, priority=True, id="add.accept", tooltip="Add it"),
        Binding("escape", "cancel", "Cancel", show=False, priority=True, id="add.cancel", tooltip="Close"),
    ]

    def __init__(self, heading: str, choices: Sequence[Choice], chosen: Callable[[Choice], None]) -> None:
        """Offer services.

        Args:
            heading: What is done, and where.
            choices: In the order of their groups, the most usual first in each.
            chosen: Is told what was chosen as soon as it is.
        """
        super().__init__(heading)
        self._choices = {choice.key: choice for choice in choices}
        self._chosen = chosen
        self._room = max(len(choice.title) for choice in choices) + 1

    def field(self) -> Input:
        """The field; it narrows the list."""
        return Input(placeholder="type what it is: queue, function, db …", compact=True)

    def body(self) -> ComposeResult:
        """The field, the services, and what choosing the marked one means."""
        yield from super().body()
        yield Static(id="told", markup=False)

    def deeds(self) -> tuple[Deed, ...]:
        """Add it, or not."""
        return Deed("enter", "add", "accept", main=True), CANCEL

    def on_mount(self) -> None:
        """Take keys from now on, not only once the focus was passed on."""
        self.set_focus(self.query_one(Input))
        self.on_resize()

    def on_resize(self) -> None:
        """Keep the field and the foot on the screen."""
        self.query_one(PickList).styles.max_height = max(3, self.app.size.height - _CHROME)

    def items(self, text: str) -> Sequence[Item]:
        """What fits the typed words, still in its groups."""
        fitting = {choice.key for choice in found(text, self._choices.values())}
        return [
            Item(
                key,
                choice.title.ljust(self._room),
                services()[choice.service].icon,
                choice.group,
                note=choice.note,
            )
            for key, choice in self._choices.items()
            if key in fitting
        ]

    def refill(self, mark: str | None = None) -> None:
        """Let the list follow the field; the best is marked."""
        ranked = found(self.query_one(Input).value, self._choices.values())
        super().refill(mark or (ranked[0].key if ranked else None))

    def tell(self, key: str | None) -> None:
        """Say how the marked service would be connected."""
        choice = self._choices.get(key or "")
        told = Content.styled(keyed(self, choice.told), MUTED) if choice else Content("")
        self.query_one("#told", Static).update(told, layout=False)

    def choose(self, key: str) -> None:
        """Close, and tell what was chosen before another key is heard."""
        self.dismiss(None)
        self._chosen(self._choices[key])
