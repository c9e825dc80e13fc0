"""From a plan and the widths of its texts to cells: boxes, lines, labels and heads.

The world is a grid of character cells with the origin at the top left. Every line cell
holds a mask of the directions in which it is connected. Where lines of one net meet the
masks unite into corners and tees; where different nets cross the horizontal one hides
the vertical one, so a four-way junction always means that the lines are joined.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from widgets.canvas.plan import Channel, Hop, Pin, Plan, Tag
from widgets.canvas.slots import Stop

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
PITCH = 2
"""Columns from track to track."""

SHORTEST = 4
"""Least width of a channel that is crossed [cells]."""

LANE = (-1, 0)
"""Stands for the net of a lane, which has its row of the column to itself."""

MARGIN = 1
"""Free cells left and right of the picture."""


class Point(NamedTuple):
    """A cell of the world."""

    x: int
    y: int


class Box(NamedTuple):
    """The cells of a node."""

    x: int
    y: int
    width: int
    height: int

    @property
    def port(self) -> int:
        """The row in which edges arrive and leave."""
        return self.y + self.height // 2

    @property
    def right(self) -> int:
        """The first column right of the box."""
        return self.x + self.width

    def covers(self, x: int, y: int) -> bool:
        """Whether a cell lies in the box, its border included."""
        return self.x <= x < self.right and self.y <= y < self.y + self.height


class Cell(NamedTuple):
    """One cell of a line."""

    x: int
    mask: int
    """The directions in which it is connected."""

    edges: tuple[int, ...]
    """The edges that are seen here."""


class Label(NamedTuple):
    """A place for text on a line."""

    x: int
    y: int
    width: int
    edges: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """Everything with its place."""

    width: int
    height: int
    boxes: dict[str, Box]
    routes: dict[int, tuple[Point, ...]]
    """The cells of each edge in order, from beside its source to beside its target."""

    lines: dict[int, list[Cell]]
    """The line cells of each row, from left to right."""

    labels: tuple[Label, ...]
    heads: dict[Point, tuple[int, ...]]
    """Where edges enter their target."""

    returns: dict[Point, tuple[int, ...]]
    """Where a line that runs back says so."""


class _Span(NamedTuple):
    """Columns of a channel [cells]: its left end, first track, and the first column behind it."""

    start: int
    track: int
    end: int


def place(plan: Plan, widths: Sequence[int], texts: Mapping[int, int]) -> Layout:
    """Give every node, line and label its cells.

    Args:
        plan: Rows and tracks.
        widths: Width of each column's nodes [cells].
        texts: Width of the label of each tag, by its first edge [cells]; none where left out.
    """
    columns, spans, end = _stretch(plan, widths, texts)
    boxes = {
        slot.owner: Box(x, plan.rows[Stop(at, slot)] - plan.measure.height // 2, width, plan.measure.height)
        for at, (column, x, width) in enumerate(zip(plan.topology.columns, columns, widths, strict=True))
        for slot in column
        if slot.kind == "node"
    }
    routes, masks = _draw(plan, spans)
    heads: dict[Point, tuple[int, ...]] = {}
    for edge, cells in routes.items():
        heads[cells[-1]] = (*heads.get(cells[-1], ()), edge)
    labels = tuple(
        _label(tag, texts[tag.edges[0]], span)
        for channel, span in zip(plan.channels, spans, strict=True)
        for tag in channel.tags
        if texts.get(tag.edges[0], 0)
    )
    lines = _merge(masks)
    returns = _returns(plan, columns, widths)
    return Layout(end + MARGIN, plan.height, boxes, routes, lines, labels, heads, returns)


def width(plan: Plan, widths: Sequence[int], texts: Mapping[int, int]) -> int:
    """Columns of the picture; the arguments are those of `place`."""
    return _stretch(plan, widths, texts)[2] + MARGIN


def _stretch(
    plan: Plan, widths: Sequence[int], texts: Mapping[int, int]
) -> tuple[list[int], list[_Span], int]:
    """Where each column and channel starts, and where the picture ends."""
    x = MARGIN
    columns, spans = [], []
    for at, channel in enumerate(plan.channels):
        span = _span(x, channel, texts, is_outer=at in (0, len(widths)))
        spans.append(span)
        x = span.end
        if at < len(widths):
            columns.append(x)
            x += widths[at]
    return columns, spans, x


def _span(x: int, channel: Channel, texts: Mapping[int, int], *, is_outer: bool) -> _Span:
    room = {"left": 0, "right": 0}
    for tag in channel.tags:
        text = texts.get(tag.edges[0], 0)
        room[tag.side] = max(room[tag.side], text + 1 if text else 0)
    if not channel.hops and is_outer:
        return _Span(x, x, x)
    track = x + 1 + room["left"]
    end = track + channel.tracks * PITCH + room["right"] + 1
    return _Span(x, track, end if is_outer else max(end, x + SHORTEST))


def _label(tag: Tag, width: int, span: _Span) -> Label:
    """Beside the head, or beside the source."""
    x = span.start + 1 if tag.side == "left" else span.end - 2 - width
    return Label(x, tag.row, width, tag.edges)


def _returns(plan: Plan, columns: Sequence[int], widths: Sequence[int]) -> dict[Point, tuple[int, ...]]:
    """The middle of the first lane of each edge that runs back."""
    found: dict[Point, tuple[int, ...]] = {}
    for edge, path in plan.topology.paths.items():
        stop = path[1]
        if stop.slot.kind == "back":
            point = Point(columns[stop.column] + widths[stop.column] // 2, plan.rows[stop])
            found[point] = (*found.get(point, ()), edge)
    return found


def _corners(hop: Hop, span: _Span) -> list[Point]:
    """The corner points of a hop, its two ends included."""

    def side(pin: Pin) -> Point:
        return Point(span.start if pin.side == "left" else span.end - 1, pin.row)

    if hop.trunk is None:
        return [side(hop.start), side(hop.end)]
    xs = {"left": span.track + PITCH * hop.trunk.track, "right": span.track + PITCH * hop.trunk.second}
    start, end = xs[hop.start.side], xs[hop.end.side]
    points = [side(hop.start), Point(start, hop.start.row)]
    if start != end and hop.trunk.over is not None:
        points += [Point(start, hop.trunk.over), Point(end, hop.trunk.over)]
    return [*points, Point(end, hop.end.row), side(hop.end)]


def _cells(corners: Iterable[Point]) -> Iterator[Point]:
    """Every cell from corner to corner.

    >>> list(_cells([Point(0, 0), Point(2, 0)]))
    [Point(x=0, y=0), Point(x=1, y=0), Point(x=2, y=0)]
    """
    at: Point | None = None
    for corner in corners:
        if at is None:
            at = corner
            yield at
        while at != corner:
            step_x = (corner.x > at.x) - (corner.x < at.x)
            step_y = (corner.y > at.y) - (corner.y < at.y)
            at = Point(at.x + step_x, at.y + step_y)
            yield at


Masks = dict[Point, dict[tuple[int, int], tuple[int, list[int]]]]
"""The mask and the edges of each net in each cell."""


def _draw(plan: Plan, spans: Sequence[_Span]) -> tuple[dict[int, tuple[Point, ...]], Masks]:
    """Walk every edge through its channels and the lanes between them."""
    routes: dict[int, list[Point]] = {edge: [] for edge in plan.topology.paths}
    masks: Masks = {}
    for edge, hops in plan.hops.items():
        for hop in hops:
            cells = list(_cells(_corners(hop, spans[hop.net[0]])))
            if routes[edge]:
                lane = list(_cells([routes[edge][-1], cells[0]]))[1:-1]
                routes[edge] += lane
                for cell in lane:
                    _mark(masks, cell, LANE, LEFT | RIGHT, edge)
            routes[edge] += cells
            bits = _bits(cells, hop)
            for cell, mask in zip(cells, bits, strict=True):
                _mark(masks, cell, hop.net, mask, edge)
    return {edge: tuple(cells) for edge, cells in routes.items()}, masks


def _bits(cells: Sequence[Point], hop: Hop) -> list[int]:
    """The mask of each cell of a hop; its ends reach out of the channel."""
    bits = [0] * len(cells)
    bits[0] |= LEFT if hop.start.side == "left" else RIGHT
    bits[-1] |= LEFT if hop.end.side == "left" else RIGHT
    for index, (one, other) in enumerate(itertools.pairwise(cells)):
        if one.y == other.y:
            there, back = (RIGHT, LEFT) if other.x > one.x else (LEFT, RIGHT)
        else:
            there, back = (DOWN, UP) if other.y > one.y else (UP, DOWN)
        bits[index] |= there
        bits[index + 1] |= back
    return bits


def _mark(masks: Masks, cell: Point, net: tuple[int, int], mask: int, edge: int) -> None:
    nets = masks.setdefault(cell, {})
    if net in nets:
        bits, edges = nets[net]
        edges.append(edge)
        nets[net] = (bits | mask, edges)
    else:
        nets[net] = (mask, [edge])


def _merge(masks: Masks) -> dict[int, list[Cell]]:
    """Unite masks where nets join, hide the vertical where they cross."""
    lines: dict[int, list[Cell]] = {}
    for point in sorted(masks):
        nets = masks[point].values()
        across = [net for net in nets if net[0] & (LEFT | RIGHT)] or list(nets)
        mask = 0
        edges: dict[int, None] = {}
        for bits, some in across:
            mask |= bits
            edges.update(dict.fromkeys(some))
        lines.setdefault(point.y, []).append(Cell(point.x, mask, tuple(edges)))
    return lines
