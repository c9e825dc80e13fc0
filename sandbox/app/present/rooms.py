"""How much room the canvas keeps for numbers that come and go while a run is looked at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from sandbox.app.present.graph import graph
from sandbox.evaluation import Evaluation
from sandbox.timeline.timeline import Timeline
from widgets.canvas.face import numbers
from widgets.canvas.graph import Graph

Key = TypeVar("Key")

LOOKS = 12
"""Even moments of a run that are looked at."""
MOST = 40
"""All of them."""


@dataclass(frozen=True)
class Rooms:
    """Cells of the longest texts, by node and by edge.

    >>> Rooms({"a": 4}).wider(Rooms({"a": 9, "b": 2})).nodes
    {'a': 9, 'b': 2}
    """

    nodes: Mapping[str, int] = field(default_factory=dict)
    edges: Mapping[int, int] = field(default_factory=dict)

    def wider(self, other: "Rooms") -> "Rooms":
        """What both need."""
        return Rooms(_most(self.nodes, other.nodes), _most(self.edges, other.edges))

    def kept(self, drawn: Graph) -> Graph:
        """A graph that keeps that room."""
        nodes, edges = self.nodes, self.edges
        return Graph(
            tuple(replace(node, room=nodes.get(node.id, 0)) for node in drawn.nodes),
            tuple(replace(edge, room=edges.get(edge.id, 0)) for edge in drawn.edges),
        )


def rooms(timeline: Timeline) -> Rooms:
    """The room that a run needs, by some of its moments: even ones, and those where a node has most to do."""
    looks: Iterable[Evaluation] = (timeline.evaluation, *(timeline.at(tick) for tick in _ticks(timeline)))
    found = Rooms()
    for look in looks:
        drawn = graph(look)
        found = found.wider(
            Rooms(
                {node.id: numbers(node) for node in drawn.nodes},
                {edge.id: len(edge.label) for edge in drawn.edges},
            )
        )
    return found


def _ticks(timeline: Timeline) -> list[int]:
    even = np.linspace(0, len(timeline.time_s) - 1, LOOKS).astype(int).tolist()
    return list(dict.fromkeys([*even, *_extremes(timeline)]))[:MOST]


def _extremes(timeline: Timeline) -> Iterator[int]:
    for course in timeline.median.nodes.values():
        for row in (course.throttled_per_s, course.backlog, course.offered_per_s):
            if row is not None and len(row) and np.isfinite(row).any():
                yield int(np.nanargmax(row))


def _most(one: Mapping[Key, int], other: Mapping[Key, int]) -> Mapping[Key, int]:
    return {key: max(one.get(key, 0), other.get(key, 0)) for key in (*one, *other)}
