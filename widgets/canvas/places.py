"""Moving nodes from slot to slot: which column they come to stand in, and where in its order."""

from collections.abc import Collection, Mapping

from widgets.canvas.geometry import Box
from widgets.canvas.moves import Direction

Grid = list[list[str]]
"""The nodes of each column, from left to right, each from the top down."""

Slot = tuple[int, int]
"""A column and an order in it."""


def grid(boxes: Mapping[str, Box]) -> Grid:
    """The columns as they are seen.

    >>> grid({"a": Box(0, 0, 5, 1), "b": Box(9, 4, 5, 1), "c": Box(9, 0, 5, 1)})
    [['a'], ['c', 'b']]
    """
    columns: dict[int, list[str]] = {}
    for name in sorted(boxes, key=lambda name: (boxes[name].x, boxes[name].y)):
        columns.setdefault(boxes[name].x, []).append(name)
    return list(columns.values())


def slot_at(boxes: Mapping[str, Box], x: float, y: float, moving: Collection[str] = ()) -> Slot:
    """The slot that a place of the world belongs to.

    Args:
        boxes: Where the nodes stand.
        x: Column of the cell; well beyond the last column of nodes it is a new one.
        y: Row of the cell.
        moving: Nodes that do not count, as they are on their way.

    >>> boxes = {"a": Box(0, 0, 5, 1), "b": Box(9, 0, 5, 1), "c": Box(9, 4, 5, 1)}
    >>> slot_at(boxes, 11, 2), slot_at(boxes, 11, 2, moving={"b"}), slot_at(boxes, 30, 2)
    ((1, 1), (1, 0), (2, 0))
    """
    columns = grid(boxes)
    firsts = [boxes[column[0]] for column in columns]
    if not firsts or x > firsts[-1].right + firsts[-1].width // 2:
        return len(columns), 0
    apart = [abs(x - (box.x + (box.width - 1) / 2)) for box in firsts]
    column = apart.index(min(apart))
    return column, sum(boxes[name].port < y for name in columns[column] if name not in moving)


def stepped(boxes: Mapping[str, Box], moving: Collection[str], direction: Direction) -> Grid | None:
    """The columns after nodes have moved by one slot, or None where they cannot.

    >>> boxes = {"a": Box(0, 0, 5, 1), "b": Box(9, 0, 5, 1), "c": Box(9, 4, 5, 1)}
    >>> stepped(boxes, ["c"], "up"), stepped(boxes, ["b"], "left"), stepped(boxes, ["a"], "left")
    ([['a'], ['c', 'b']], [['b', 'a'], ['c']], None)
    """
    columns = grid(boxes)
    if direction in ("left", "right"):
        return shifted(boxes, moving, -1 if direction == "left" else 1, 0)
    for column in columns:
        order = range(1, len(column)) if direction == "up" else range(len(column) - 2, -1, -1)
        other = -1 if direction == "up" else 1
        for at in order:
            if column[at] in moving and column[at + other] not in moving:
                column[at], column[at + other] = column[at + other], column[at]
    return None if columns == grid(boxes) else columns


def shifted(boxes: Mapping[str, Box], moving: Collection[str], columns_by: int, rows_by: int) -> Grid | None:
    """The columns after nodes have moved so far, or None where that changes nothing or leads left of all.

    >>> boxes = {"a": Box(0, 0, 5, 1), "b": Box(9, 0, 5, 1), "c": Box(9, 4, 5, 1)}
    >>> shifted(boxes, ["b"], 0, 4), shifted(boxes, ["b", "c"], 1, 0)
    ([['a'], ['c', 'b']], None)
    """
    before = grid(boxes)
    at = {name: index for index, column in enumerate(before) for name in column}
    after = [[name for name in column if name not in moving] for column in before]
    # A node moved down onto another takes its place, as one moved up does.
    extra = 0.5 if rows_by > 0 else 0.0
    row = {name: float(boxes[name].port) for name in boxes}
    for name in sorted(moving, key=lambda name: boxes[name].port):
        column = at[name] + columns_by
        if column < 0:
            return None
        after += [[] for _ in range(column + 1 - len(after))]
        row[name] += rows_by + extra
        order = sum(
            row[other] <= row[name] if other in moving else row[other] < row[name] for other in after[column]
        )
        after[column].insert(order, name)
    after = [column for column in after if column]
    return None if after == before else after
