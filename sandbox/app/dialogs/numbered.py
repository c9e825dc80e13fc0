"""A dialog that offers a few numbered entries; a digit takes one at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.widgets import OptionList

from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.snug import SnugDialog

Offer = TypeVar("Offer")


class NumberedDialog(SnugDialog[None], Generic[Offer]):
    """Choose one of a few; whoever waits for it is told at once. The keys of its list are their places."""

    FIRST: ClassVar[int] = 1
    """Number of the first entry."""

    def __init__(self, heading: str, offered: Sequence[Offer], chosen: Callable[[Offer], None]) -> None:
        """Offer entries.

        Args:
            heading: What is chosen.
            offered: The entries, in their order.
            chosen: Is told the entry as soon as it is chosen.
        """
        super().__init__(heading)
        self._offered = tuple(offered)
        self._chosen = chosen

    def key_of(self, character: str | None) -> int | None:
        """The place of the entry with a typed digit."""
        place = int(character) - self.FIRST if character and character.isdecimal() else -1
        return place if 0 <= place < len(self._offered) else None

    def on_key(self, event: events.Key) -> None:
        """Take the entry of a digit."""
        place = self.key_of(event.character)
        if place is not None:
            event.stop()
            self._take(place)

    def action_mark(self, way: int) -> None:
        """Mark the entry above or below."""
        self.query_one(PickList).step(way)

    @on(OptionList.OptionSelected)
    def action_accept(self) -> None:
        """Take the marked entry."""
        marked = self.query_one(PickList).marked
        if marked is not None:
            self._take(int(marked))

    def _take(self, place: int) -> None:
        self.dismiss(None)
        self._chosen(self._offered[place])
