"""Where an arrow key leads: the nearest node in the direction meant."""

from collections.abc import Mapping
from typing import Literal

from widgets.canvas.geometry import Box

Direction = Literal["left", "right", "up", "down"]

ASPECT = 2
"""A cell is about twice as high as it is wide."""

ASIDE = 2.0
"""A node this much off the direction is as far as one straight ahead."""


def nearest(boxes: Mapping[str, Box], start: str, direction: Direction) -> str | None:
    """The node to go to, or None at the edge.

    Boxes that face the start (they share rows or columns with it) win over those that
    lie aslant.

    >>> boxes = {"a": Box(0, 0, 5, 1), "b": Box(9, 0, 5, 1), "c": Box(9, 4, 5, 1)}
    >>> nearest(boxes, "a", "right"), nearest(boxes, "b", "down"), nearest(boxes, "a", "up")
    ('b', 'c', None)
    """
    here = boxes[start]
    is_row = direction in ("left", "right")
    sign = 1 if direction in ("right", "down") else -1
    best: tuple[float, int, str] | None = None
    for index, (name, box) in enumerate(boxes.items()):
        along_x = (box.x + box.width / 2) - (here.x + here.width / 2)
        along_y = (box.port - here.port) * ASPECT
        ahead, aside = (along_x, along_y) if is_row else (along_y, along_x)
        apart = _apart(here, box, is_row=is_row)
        if name == start or ahead * sign <= 0 or (apart <= 0 and abs(aside) > abs(ahead)):
            continue
        cost = (abs(ahead) + ASIDE * abs(aside), index, name)
        if best is None or cost < best:
            best = cost
    return best[2] if best else None


def _apart(one: Box, other: Box, *, is_row: bool) -> int:
    """Free cells between two boxes along a direction, negative where they overlap."""
    if is_row:
        return max(one.x - other.right, other.x - one.right) + 1
    return max(one.y - other.y - other.height, other.y - one.y - one.height) + 1
