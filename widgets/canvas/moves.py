"""Where a key leads: the nearest node in the direction meant, the next edge, an edge's end."""

from collections.abc import Container, Mapping, Sequence
from typing import Literal

from widgets.canvas.geometry import Box
from widgets.canvas.graph import Edge

Direction = Literal["left", "right", "up", "down"]

OPPOSITE: dict[Direction, Direction] = {"left": "right", "right": "left", "up": "down", "down": "up"}

ASPECT = 2
"""A cell is about twice as high as it is wide."""

ASIDE = 2.0
"""A node this much off the direction is as far as one straight ahead."""

LINKED = 0.35
"""A node at the other end of an edge seems this much as far as another."""


def nearest(
    boxes: Mapping[str, Box], start: str, direction: Direction, linked: Container[str] = ()
) -> str | None:
    """The node to go to, or None at the edge.

    To the sides one follows the edges where they do not lead far astray. Up and down one
    stays in the column as long as it goes on.

    Args:
        boxes: Where the nodes stand.
        start: The node one is at.
        direction: The way one goes.
        linked: The nodes that have an edge with it.

    >>> boxes = {"a": Box(0, 0, 5, 1), "b": Box(9, 0, 5, 1), "c": Box(9, 4, 5, 1)}
    >>> nearest(boxes, "a", "right"), nearest(boxes, "b", "down"), nearest(boxes, "a", "up")
    ('b', 'c', None)
    >>> nearest(boxes, "a", "right", linked={"c"})
    'c'
    """
    here = boxes[start]
    is_row = direction in ("left", "right")
    sign = 1 if direction in ("right", "down") else -1
    best: tuple[bool, float, int, str] | None = None
    for index, (name, box) in enumerate(boxes.items()):
        along_x = (box.x + box.width / 2) - (here.x + here.width / 2)
        along_y = (box.port - here.port) * ASPECT
        ahead, aside = (along_x, along_y) if is_row else (along_y, along_x)
        apart = _apart(here, box, is_row=is_row)
        if name == start or ahead * sign <= 0 or (apart <= 0 and abs(aside) > abs(ahead)):
            continue
        cost = (abs(ahead) + ASIDE * abs(aside)) * (LINKED if name in linked else 1.0)
        is_elsewhere = not is_row and _apart(here, box, is_row=True) > 0
        if best is None or (is_elsewhere, cost, index, name) < best:
            best = (is_elsewhere, cost, index, name)
    return best[3] if best else None


def _apart(one: Box, other: Box, *, is_row: bool) -> int:
    """Free cells between two boxes along a direction, negative where they overlap."""
    if is_row:
        return max(one.x - other.right, other.x - one.right) + 1
    return max(one.y - other.y - other.height, other.y - one.y - one.height) + 1


def neighbours(edges: Sequence[Edge], node: str) -> frozenset[str]:
    """The nodes that have an edge with a node.

    >>> sorted(neighbours([Edge(1, "a", "b"), Edge(2, "c", "a")], "a"))
    ['b', 'c']
    """
    ends = {end for edge in edges if node in (edge.source, edge.target) for end in (edge.source, edge.target)}
    return frozenset(ends - {node})


def edges_of(edges: Sequence[Edge], boxes: Mapping[str, Box], node: str) -> list[int]:
    """The edges of a node: those that leave it, then those that arrive, each from the top down."""
    leaving = [edge for edge in edges if edge.source == node]
    arriving = [edge for edge in edges if edge.target == node != edge.source]
    leaving.sort(key=lambda edge: boxes[edge.target].port)
    arriving.sort(key=lambda edge: boxes[edge.source].port)
    return [edge.id for edge in (*leaving, *arriving)]


def end_of(edge: Edge, boxes: Mapping[str, Box], direction: Direction) -> str:
    """The end of an edge that lies that way; where both are level, left and up is its source.

    >>> back = Edge(1, "z", "a")
    >>> end_of(back, {"a": Box(0, 0, 5, 1), "z": Box(9, 0, 5, 1)}, "left")
    'a'
    """
    source, target = boxes[edge.source], boxes[edge.target]
    is_row = direction in ("left", "right")
    ahead = target.x - source.x if is_row else target.port - source.port
    is_first = direction in ("left", "up")
    if ahead < 0:
        is_first = not is_first
    return edge.source if is_first else edge.target
