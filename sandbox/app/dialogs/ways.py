"""The ways in which two nodes may be joined, the usual one first."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from sandbox.app.dialogs.dialog import CANCEL, Deed
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.dialogs.snug import SnugDialog
from sandbox.design.edits import Way

_KINDS = {
    "sync": "waits for the answer",
    "async": "does not wait",
    "polled": "polled in batches",
    "stream": "read in order",
    "dead-letter": "what has failed",
}
"""What an edge of a kind does, beside its title."""
_CHOOSE = Binding.Group("choose", compact=True)


class WaysDialog(SnugDialog[None]):
    """Choose a way; whoever waits for it is told at once."""

    DEFAULT_CSS = """
    WaysDialog {
        & > .frame { max-width: 64; }
        & PickList { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Connect", show=False, id="ways.accept", tooltip="Connect so"),
        Binding("up", "mark(-1)", "Up", group=_CHOOSE, id="ways.up", tooltip="Mark the way above"),
        Binding("down", "mark(1)", "Down", group=_CHOOSE, id="ways.down", tooltip="Mark the way below"),
        Binding("k", "mark(-1)", "Up", show=False, id="ways.up-too", tooltip="Mark the way above"),
        Binding("j", "mark(1)", "Down", show=False, id="ways.down-too", tooltip="Mark the way below"),
    ]

    def __init__(self, heading: str, offered: Sequence[Way], chosen: Callable[[Way], None]) -> None:
        """Offer ways.

        Args:
            heading: From where to where.
            offered: The ways, the usual one first.
            chosen: Is told the way as soon as it is chosen.
        """
        super().__init__(heading)
        self._offered = tuple(offered)
        self._chosen = chosen

    def text(self) -> ComposeResult:
        """The ways, each with its number."""
        yield PickList()

    def deeds(self) -> tuple[Deed, ...]:
        """Connect, or not."""
        return Deed("enter", "connect", "accept", main=True), CANCEL

    def on_mount(self) -> None:
        """Show the ways, the usual one marked."""
        room = max(len(way.title) for way in self._offered) + 1
        differ = len({way.connection.kind for way in self._offered}) > 1
        self.query_one(PickList).fill(
            Item(
                str(place),
                f"{place + 1}  {way.title.ljust(room)}",
                note=_KINDS.get(way.connection.kind, "") if differ else "",
            )
            for place, way in enumerate(self._offered)
        )

    def key_of(self, character: str | None) -> int | None:
        """The way of a typed digit."""
        place = int(character) - 1 if character and character.isdecimal() else -1
        return place if 0 <= place < len(self._offered) else None

    def on_key(self, event: events.Key) -> None:
        """Take the way of a digit."""
        place = self.key_of(event.character)
        if place is not None:
            event.stop()
            self._take(place)

    def action_mark(self, way: int) -> None:
        """Mark the way above or below."""
        picks = self.query_one(PickList)
        if way < 0:
            picks.action_cursor_up()
        else:
            picks.action_cursor_down()

    @on(OptionList.OptionSelected)
    def action_accept(self) -> None:
        """Take the marked way."""
        marked = self.query_one(PickList).marked
        if marked is not None:
            self._take(int(marked))

    def _take(self, place: int) -> None:
        self.dismiss(None)
        self._chosen(self._offered[place])
