"""What is shown of a graph besides the graph itself: what is selected, marked, offered, aimed at."""

from dataclasses import dataclass
from typing import NamedTuple

from widgets.canvas.offer import Offer, Target


class Look(NamedTuple):
    """How a node differs from one at rest."""

    is_selected: bool = False
    is_marked: bool = False
    is_aimed: bool = False
    """A choice or a drag would end here."""

    is_faded: bool = False
    """It is not what matters now."""

    reason: str = ""
    """Why it cannot be chosen."""


AT_REST = Look()


@dataclass(frozen=True)
class Cues:
    """The state of a canvas, as far as it changes nodes and lines."""

    selected: str | None = None
    edge: int | None = None
    """The selected edge."""

    marked: frozenset[str] = frozenset()
    offer: Offer | None = None
    aimed: Target | None = None
    carried: frozenset[str] = frozenset()
    """Nodes on their way to another place."""

    def look(self, node: str) -> Look:
        """How a node looks."""
        reason = self.offer.reasons.get(node, "") if self.offer else ""
        return Look(
            node == self.selected,
            node in self.marked,
            node == self.aimed,
            bool(reason) or node in self.carried,
            reason,
        )


NOTHING = Cues()
