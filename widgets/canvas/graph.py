"""What the canvas draws: plain frozen values, already worded by the caller.

The canvas computes nothing about the design. Rates, details and notes arrive as text;
the only number is the gauge.
"""

from dataclasses import dataclass
from typing import Literal

Family = Literal["source", "front", "compute", "flow", "store", "other"]
"""Which of the six hues a node has."""

Kind = Literal["sync", "async", "polled", "stream", "dead-letter"]
"""How an edge delivers; drawn as line style and head."""

Mark = Literal["", "throttled", "held", "lost"]
"""What happens to items at a node that cannot keep up."""


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the graph."""

    id: str
    label: str
    """The name a person gave it."""

    badge: str = ""
    """Short service name, such as ``Lambda``."""

    icon: str = "·"
    """One cell wide."""

    family: Family = "other"
    rate: str = ""
    """What passes through, such as ``200 /s``."""

    detail: str = ""
    """Load and limit in words, such as ``24 / 1000``."""

    gauge: float | None = None
    """Utilisation of the nearest limit; above 1 it is exceeded; None without limits."""

    mark: Mark = ""
    note: str = ""
    """The word beside the mark, such as ``▲ throttled 12%``."""

    hint: tuple[int, int] | None = None
    """Column and order in the column, where a person placed the node."""

    room: int = 0
    """Cells that its numbers may come to take: with them it need not move when they grow."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One connection; several may join the same two nodes, or a node to itself."""

    id: int
    source: str
    target: str
    kind: Kind = "sync"
    label: str = ""
    """What flows along it, such as ``200/s``."""

    hot: bool = False
    """The target rejects some of it."""

    idle: bool = False
    """Nothing flows along it, though it might: drawn faintly, with a hollow head."""

    room: int = 0
    """Cells that its label may come to take."""


@dataclass(frozen=True)
class Graph:
    """Nodes and edges in a stable order, which the picture follows.

    Raises:
        ValueError: An id occurs twice, or an edge ends at a node that is not there.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def __post_init__(self) -> None:
        names = {node.id for node in self.nodes}
        if len(names) < len(self.nodes) or len({edge.id for edge in self.edges}) < len(self.edges):
            raise ValueError("two nodes or two edges of the graph have the same id")
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in names:
                    raise ValueError(f"edge {edge.id} ends at {end!r}, which is not in the graph")
