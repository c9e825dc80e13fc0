"""The ways in which two nodes may be joined, the usual one first."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sandbox.app.dialogs.dialog import CANCEL, Deed
from sandbox.app.dialogs.numbered import NumberedDialog
from sandbox.app.dialogs.picklist import Item, PickList
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


class WaysDialog(NumberedDialog[Way]):
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
