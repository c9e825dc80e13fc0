"""Moving nodes from slot to slot with the keys."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from textual.message import Message

from widgets.canvas.choosing import Choosing
from widgets.canvas.moves import Direction
from widgets.canvas.places import Grid, stepped
from widgets.canvas.placing import positions


class Arranging(Choosing):
    """A `Choosing` canvas whose nodes can be given other places."""

    @dataclass
    class Placed(Message, namespace="graph_canvas"):
        """A person moved nodes."""

        positions: Mapping[str, tuple[int, int]]
        """Column and order in the column by node, as its `hint`."""

    def action_shift(self, direction: Direction) -> None:
        """Move the marked nodes, or the selected one, by a slot."""
        moving = self.marked or frozenset(filter(None, [self.selected]))
        if self.offer is None and moving:
            self.place(moving, stepped(self._picture.layout.boxes, moving, direction))

    def place(self, moving: Collection[str], after: Grid | None) -> None:
        """Ask for the places of a grid, unless nothing changes."""
        if after is not None:
            self.post_message(self.Placed(positions(self._picture.topology, after, moving)))
