"""What is being dragged: the view, a line, nodes, a frame. Plain values that say what they draw and mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from widgets.canvas import places, tracing
from widgets.canvas.geometry import Box, Point
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.offer import Offer
from widgets.canvas.spans import Overlay, stacked

Boxes = Mapping[str, Box]


@dataclass(frozen=True)
class Press:
    """A button that is down, and has not been moved yet."""

    node: str | None
    edge: int | None
    is_handle: bool
    """It is at a node's right edge."""

    is_adding: bool
    """A key is held that adds to what is marked."""

    at: Point
    """Cell of the world."""


@dataclass(frozen=True)
class Pan:
    """The view is dragged."""


@dataclass(frozen=True)
class Join:
    """A line is drawn from a node."""

    source: str
    end: Point
    reasons: Mapping[str, str]
    """Why it cannot end at these nodes."""

    target: str | None = None

    @classmethod
    def begun(
        cls, source: str, at: Point, boxes: Boxes, may_join: Callable[[str, str], str | None]
    ) -> "Join":
        """Begin, and ask for every node whether it may be the end."""
        asked = {name: may_join(source, name) for name in boxes if name != source}
        return cls(source, at, {name: reason for name, reason in asked.items() if reason is not None})

    @property
    def offer(self) -> Offer:
        """The reasons as they are shown on the nodes."""
        return Offer({}, self.reasons)

    @property
    def is_legal(self) -> bool:
        """Whether it may end where it is."""
        return self.target is not None and self.target not in self.reasons

    def moved(self, at: Point, node: str | None) -> "Join":
        """The line to another cell, over a node or none."""
        return replace(self, end=at, target=node if node != self.source else None)

    def overlay(self, boxes: Boxes, glyphs: Glyphs) -> Overlay:
        """The line."""
        refused = self.target in self.reasons
        return tracing.rubber(boxes, self.source, self.end, self.target, glyphs, is_refused=refused)


@dataclass(frozen=True)
class Carry:
    """Nodes are carried to another place."""

    node: str
    """The one that was pressed."""

    nodes: frozenset[str]
    words: str
    """What the ghost says."""

    start: Point
    at: Point

    def moved(self, at: Point) -> "Carry":
        """On to another cell."""
        return replace(self, at=at)

    def _ghost(self, boxes: Boxes) -> Box:
        box = boxes[self.node]
        return box._replace(x=box.x + self.at.x - self.start.x, y=box.y + self.at.y - self.start.y)

    def after(self, boxes: Boxes) -> places.Grid | None:
        """The columns if it were put down here; None where that changes nothing."""
        at = {name: index for index, column in enumerate(places.grid(boxes)) for name in column}
        column, _ = self._slot(boxes)
        return places.shifted(boxes, self.nodes, column - at[self.node], self.at.y - self.start.y)

    def _slot(self, boxes: Boxes) -> places.Slot:
        ghost = self._ghost(boxes)
        down = 0.5 if self.at.y > self.start.y else 0.0
        return places.slot_at(boxes, ghost.x + (ghost.width - 1) / 2, ghost.port + down, self.nodes)

    def overlay(self, boxes: Boxes, glyphs: Glyphs) -> Overlay:
        """The ghost, and where it would land."""
        ghost = self._ghost(boxes)
        return stacked(
            tracing.ghost(ghost, self.words, glyphs),
            tracing.landing(boxes, self._slot(boxes), self.nodes, ghost, glyphs),
        )


@dataclass(frozen=True)
class Band:
    """A frame is drawn around nodes to mark."""

    start: Point
    at: Point
    marked: frozenset[str] = field(default_factory=frozenset)
    """What was marked before."""

    def moved(self, at: Point) -> "Band":
        """On to another cell."""
        return replace(self, at=at)

    def nodes(self, boxes: Boxes) -> frozenset[str]:
        """What it marks."""
        return self.marked | set(tracing.touched(boxes, self.start, self.at))

    def overlay(self, _boxes: Boxes, glyphs: Glyphs) -> Overlay:
        """The frame."""
        return tracing.band(self.start, self.at, glyphs)


Drag = Press | Pan | Join | Carry | Band
