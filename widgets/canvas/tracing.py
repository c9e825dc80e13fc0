"""What a person draws with the mouse: a line to a node, a node on its way, a frame around some."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from widgets.canvas.geometry import DOWN, LEFT, RIGHT, UP, Box, Point
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.places import Slot, grid
from widgets.canvas.spans import Overlay, Placed, Span, fit


def rubber(
    boxes: Mapping[str, Box], source: str, end: Point, target: str | None, glyphs: Glyphs, *, is_refused: bool
) -> Overlay:
    """A line from a node's right edge to the pointer, or to the node there; it passes behind nodes."""
    here = boxes[source]
    start = Point(here.right, here.port)
    is_back = end.x < start.x
    if target is not None:
        there = boxes[target]
        is_back = there.x <= start.x
        end = Point(there.right, there.port) if is_back else Point(there.x - 1, there.port)
    middle = start.x + 1
    masks = _masks([start, Point(middle, start.y), Point(middle, end.y), end])
    masks[start] = masks.get(start, 0) | LEFT
    tip = glyphs.no if is_refused else glyphs.back if is_back else glyphs.heads["sync"]
    role = "refused" if is_refused else "rubber"
    rows: dict[int, list[Placed]] = {}
    for (x, y), mask in masks.items():
        if not any(box.covers(x, y) for box in boxes.values()):
            rows.setdefault(y, []).append(Placed(x, Span(glyphs.heavy[mask], role)))
    rows.setdefault(end.y, []).append(Placed(end.x, Span(tip, role)))
    rows.setdefault(start.y, []).append(Placed(here.right - 1, Span(glyphs.handle, role)))
    return rows


def _masks(corners: Sequence[Point]) -> dict[Point, int]:
    """The cells from corner to corner, each with the directions in which the line goes on."""
    masks: dict[Point, int] = {}
    for one, other in pairwise(corners):
        step = ((other.x > one.x) - (other.x < one.x), (other.y > one.y) - (other.y < one.y))
        there, back = {
            (1, 0): (RIGHT, LEFT),
            (-1, 0): (LEFT, RIGHT),
            (0, 1): (DOWN, UP),
            (0, -1): (UP, DOWN),
            (0, 0): (0, 0),
        }[step]
        at = one
        while at != other:
            after = Point(at.x + step[0], at.y + step[1])
            masks[at] = masks.get(at, 0) | there
            masks[after] = masks.get(after, 0) | back
            at = after
    return masks


def handle(box: Box, glyphs: Glyphs) -> Overlay:
    """The sign at the edge of a node that says one can draw a line from there."""
    return {box.port: [Placed(box.right - 1, Span(glyphs.handle, "handle"))]}


def ghost(box: Box, words: str, glyphs: Glyphs) -> Overlay:
    """A node on its way."""
    if box.height == 1:
        text = glyphs.ghost[3] + fit(glyphs.text(words), box.width - 2, glyphs) + glyphs.ghost[3]
        return {box.y: [Placed(box.x, Span(text, "ghost"))]}
    frame = glyphs.ghost
    middle = box.y + box.height // 2
    rows = {
        y: frame[3] + fit(f" {glyphs.text(words)}" if y == middle else "", box.width - 2, glyphs) + frame[3]
        for y in range(box.y + 1, box.y + box.height - 1)
    }
    rows[box.y] = frame[0] + frame[1] * (box.width - 2) + frame[2]
    rows[box.y + box.height - 1] = frame[4] + frame[1] * (box.width - 2) + frame[5]
    return {y: [Placed(box.x, Span(text, "ghost"))] for y, text in rows.items()}


def landing(
    boxes: Mapping[str, Box], slot: Slot, moving: frozenset[str], size: Box, glyphs: Glyphs
) -> Overlay:
    """The slot at which a node on its way would come to stand: a bar between two nodes.

    Args:
        boxes: Where the nodes stand.
        slot: Column and order, not counting the nodes that move.
        moving: These.
        size: The ghost, which says how wide a new column is and where.
        glyphs: The alphabet.
    """
    columns = grid(boxes)
    column, order = slot
    if column >= len(columns):
        x, width = max((box.right for box in boxes.values()), default=0) + 2, size.width
        staying: list[Box] = []
    else:
        first = boxes[columns[column][0]]
        x, width = first.x, first.width
        staying = [boxes[name] for name in columns[column] if name not in moving]
    if order < len(staying):
        y = staying[order].y - 1
    elif staying:
        y = staying[-1].y + staying[-1].height
    else:
        y = size.port
    if any(box.y <= y < box.y + box.height for box in staying):
        # No row is free between the nodes: point at the one it comes before.
        return {y + 1: [Placed(x - 1, Span(glyphs.slot[3], "slot"))]}
    bar = glyphs.slot[0] + glyphs.slot[1] * width + glyphs.slot[2]
    return {y: [Placed(x - 1, Span(bar, "slot"))]}


def band(one: Point, other: Point, glyphs: Glyphs) -> Overlay:
    """A frame between two corners."""
    (left, right), (top, bottom) = sorted((one.x, other.x)), sorted((one.y, other.y))
    frame = glyphs.ghost
    if top == bottom:
        return {top: [Placed(left, Span(frame[1] * (right - left + 1), "band"))]}
    rows: dict[int, list[Placed]] = {}
    for y in range(top, bottom + 1):
        ends = frame[0] + frame[2] if y == top else frame[4] + frame[5] if y == bottom else frame[3] * 2
        rows[y] = [Placed(left, Span(ends[0], "band")), Placed(right, Span(ends[1], "band"))]
        if y in (top, bottom) and right - left > 1:
            rows[y].append(Placed(left + 1, Span(frame[1] * (right - left - 1), "band")))
    return rows


def touched(boxes: Mapping[str, Box], one: Point, other: Point) -> Iterator[str]:
    """The nodes that such a frame touches.

    >>> list(touched({"a": Box(0, 0, 5, 1), "b": Box(9, 0, 5, 1)}, Point(20, 3), Point(7, 0)))
    ['b']
    """
    (left, right), (top, bottom) = sorted((one.x, other.x)), sorted((one.y, other.y))
    for name, box in boxes.items():
        if box.x <= right and left < box.right and box.y <= bottom and top < box.y + box.height:
            yield name
