"""Rows and tracks of a topology at one zoom level, before any width is known."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from widgets.canvas.router import Pins, Trunk, route
from widgets.canvas.rows import place_rows
from widgets.canvas.slots import Stop
from widgets.canvas.topology import Topology

Level = Literal["card", "compact", "dot"]
"""How much a node shows, most first."""

Side = Literal["left", "right"]


class Measure(NamedTuple):
    """Sizes of a zoom level [cells]."""

    height: int
    """Of a node."""

    gap: int
    """Between two nodes of a column."""

    lane_gap: int
    """Between a node and an edge that passes it."""


MEASURES: dict[Level, Measure] = {
    "card": Measure(height=5, gap=1, lane_gap=1),
    "compact": Measure(height=1, gap=1, lane_gap=0),
    "dot": Measure(height=1, gap=0, lane_gap=0),
}


class Pin(NamedTuple):
    """Where an edge touches a side of a channel."""

    side: Side
    row: int


class Hop(NamedTuple):
    """One edge's way through one channel."""

    edge: int
    start: Pin
    end: Pin
    trunk: Trunk | None
    net: tuple[int, int]
    """Channel and trunk: lines of one net join, others cross."""


class Tag(NamedTuple):
    """A place for the label of edges that share a horizontal."""

    edges: tuple[int, ...]
    side: Side
    row: int


@dataclass(frozen=True, eq=False)
class Channel:
    """The strip left of a column (the last one is right of the last column)."""

    hops: tuple[Hop, ...]
    tags: tuple[Tag, ...]
    tracks: int


@dataclass(frozen=True, eq=False)
class Plan:
    """A layout without widths."""

    topology: Topology
    measure: Measure
    rows: dict[Stop, int]
    channels: tuple[Channel, ...]
    hops: dict[int, tuple[Hop, ...]]
    """Each edge's hops from its source to its target."""

    height: int
    """Rows of the picture."""


class _Way(NamedTuple):
    edge: int
    source: str
    start: Pin
    end: Pin
    arrives: bool


@lru_cache(maxsize=128)
def draft(topology: Topology, level: Level) -> Plan:
    """Plan rows and tracks at a zoom level; the same topology always gives the same plan."""
    measure = MEASURES[level]
    rows = place_rows(topology, measure.height, measure.gap, measure.lane_gap)
    ways: list[list[_Way]] = [[] for _ in range(len(topology.columns) + 1)]
    for edge, path in topology.paths.items():
        for index, (one, other) in enumerate(itertools.pairwise(path)):
            arrives = index == len(path) - 2
            channel, sides = _between(one, other, is_start=index == 0)
            pins = (Pin(sides[0], rows[one]), Pin(sides[1], rows[other]))
            ways[channel].append(_Way(edge, path[0].slot.owner, *pins, arrives))
    channels = tuple(_wire(index, some) for index, some in enumerate(ways))
    hops: dict[int, tuple[Hop, ...]] = dict.fromkeys(topology.paths, ())
    for hop in (hop for channel in channels for hop in channel.hops):
        is_back = topology.paths[hop.edge][1].slot.kind == "back"
        hops[hop.edge] = (hop, *hops[hop.edge]) if is_back else (*hops[hop.edge], hop)
    below = measure.height - measure.height // 2 - 1
    bottoms = [row + (below if stop.slot.kind == "node" else 0) for stop, row in rows.items()]
    bottoms += [hop.trunk.over or 0 for some in hops.values() for hop in some if hop.trunk]
    return Plan(topology, measure, rows, channels, hops, max(bottoms, default=-1) + 1)


def _between(one: Stop, other: Stop, *, is_start: bool) -> tuple[int, tuple[Side, Side]]:
    """The channel between two stops of a path, and the sides on which it touches them."""
    if other.column > one.column:
        return other.column, ("left", "right")
    if other.column < one.column:
        return one.column, ("right", "left")
    if is_start:
        return one.column + 1, ("left", "left")
    return one.column, ("right", "right")


def _wire(index: int, ways: Sequence[_Way]) -> Channel:
    """Merge ways into nets and give the nets their trunks."""
    pins: dict[str, tuple[set[int], set[int]]] = {}
    ports = {way.end.row for way in ways if way.arrives}
    for way in ways:
        left, right = pins.setdefault(way.source, (set(), set()))
        for pin in (way.start, way.end):
            (left if pin.side == "left" else right).add(pin.row)
    groups: dict[frozenset[int] | str, tuple[set[int], set[int]]] = {}
    member: dict[str, frozenset[int] | str] = {}
    for source, (left, right) in pins.items():
        # Nets that lead to the same nodes, and nowhere else, are drawn as one.
        shared = len(left) == 1 and right <= ports and bool(right)
        member[source] = frozenset(right) if shared else source
        group = groups.setdefault(member[source], (set(), set()))
        group[0].update(left)
        group[1].update(right)
    trunks, tracks = route([Pins(frozenset(left), frozenset(right)) for left, right in groups.values()])
    number = {key: position for position, key in enumerate(groups)}
    hops = tuple(
        Hop(
            way.edge,
            way.start,
            way.end,
            trunks[number[member[way.source]]],
            (index, number[member[way.source]]),
        )
        for way in ways
    )
    return Channel(hops, tuple(_tags(ways, pins)), tracks)


def _tags(ways: Sequence[_Way], pins: Mapping[str, tuple[set[int], set[int]]]) -> list[Tag]:
    """Label each edge where it is alone: before its target, else behind its source, else together."""
    entering: dict[int, list[_Way]] = {}
    count: dict[str, int] = {}
    for way in ways:
        count[way.source] = count.get(way.source, 0) + 1
        if way.arrives:
            entering.setdefault(way.end.row, []).append(way)
    alone = {way.edge: count[way.source] == 1 and way.start.side == "left" for way in ways}
    behind = [some for some in entering.values() if len(some) > 1 and all(alone[way.edge] for way in some)]
    rest = [some for some in entering.values() if some not in behind]
    if behind and all(alone[way.edge] for some in rest for way in some):
        behind, rest = behind + rest, []
    tags = [Tag((way.edge,), "left", way.start.row) for some in behind for way in some]
    tags += [Tag(tuple(way.edge for way in some), "right", some[0].end.row) for some in rest]
    return tags
