"""Search: typing finds nodes, connections and settings, and the canvas shows the marked one at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from sandbox.app.dialogs.chooser import Chooser
from sandbox.app.dialogs.dialog import CANCEL, Deed
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.present.finding import Place


class SearchDialog(Chooser[Place]):
    """Finds places; answers the one to go to. It leaves the canvas in sight."""

    DEFAULT_CSS = """
    SearchDialog {
        align: left top;
        background: transparent;
        & > .frame { width: 52; max-width: 100%; height: auto; margin: 1 0 0 0; }
        & .parts { height: auto; margin-top: 0; }
        & PickList, &.-narrow PickList {
            width: 1fr; max-width: 100%; height: auto; max-height: 8;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & .foot { dock: none; }
        &.-short PickList { max-height: 3; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Go", show=False, priority=True, id="search.accept", tooltip="Go there"),
    ]

    def __init__(self, find: Callable[[str], Sequence[Place]], look: Callable[[Place], None]) -> None:
        """Search.

        Args:
            find: Finds places, the best first.
            look: Shows a place while it is marked.
        """
        super().__init__("Search")
        self._find = find
        self._look = look
        self._places: dict[str, Place] = {}

    def field(self) -> Input:
        """The field; it finds."""
        return Input(placeholder="name, service or setting", compact=True)

    def deeds(self) -> tuple[Deed, ...]:
        """Go there, or back to where one was."""
        return Deed("enter", "go", "accept", main=True), CANCEL

    def on_mount(self) -> None:
        """Take keys from now on."""
        self.set_focus(self.query_one(Input))

    def items(self, text: str) -> Sequence[Item]:
        """What is found."""
        found = self._find(text)
        self._places = {place.key: place for place in found}
        room = min(26, max((len(place.text) for place in found), default=0)) + 1
        return [Item(place.key, place.text.ljust(room), place.icon, note=place.note) for place in found]

    def refill(self, mark: str | None = None) -> None:
        """Let the list follow the field; the best is marked."""
        text = self.query_one(Input).value
        super().refill(mark or next((place.key for place in self._find(text)), None))

    def tell(self, key: str | None) -> None:
        """Show the marked place, once something was typed or marked."""
        place = self._places.get(key or "")
        if place is not None and (self.listed or self.query_one(PickList).highlighted):
            self._look(place)

    def choose(self, key: str) -> None:
        """Answer the place."""
        self.dismiss(self._places[key])
