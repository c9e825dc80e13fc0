"""The row of every slot: as straight as its edges allow, without overlaps.

Each column in turn moves towards the rows of its neighbours. The least total distance
that keeps order and gaps is an isotonic regression, solved by pooling adjacent
violators (Barlow et al., "Statistical Inference under Order Restrictions", 1972) with
weighted medians: unlike means they reproduce a neighbour's row exactly, so lines come
out straight.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from widgets.canvas.slots import Slot, Stop
from widgets.canvas.topology import Topology

Want = tuple[int, float]
"""A row wished for, and how much."""

SWEEPS = 3
STAY = 0.01
"""Weight of the row a slot already has."""


def settle(wants: Sequence[Sequence[Want]], gaps: Sequence[int]) -> list[int]:
    """Place items in order, at least a gap apart, as near to the rows they want as possible.

    Args:
        wants: Rows wished for by each item, with weights; at least one each.
        gaps: Least distance of each item to the one before it; the first counts for nothing.

    >>> settle([[(5, 1.0)], [(5, 1.0)], [(20, 1.0)]], [0, 3, 3])
    [2, 5, 20]
    """
    starts: list[int] = []
    pools: list[tuple[int, list[Want], int]] = []
    start = 0
    for index, (wish, gap) in enumerate(zip(wants, gaps, strict=True)):
        start += gap if index else 0
        starts.append(start)
        points = [(row - start, weight) for row, weight in wish]
        pool = (_median(points), points, 1)
        while pools and pools[-1][0] > pool[0]:
            _, earlier, count = pools.pop()
            points = earlier + pool[1]
            pool = (_median(points), points, count + pool[2])
        pools.append(pool)
    values = [value for value, _, count in pools for _ in range(count)]
    return [value + start for value, start in zip(values, starts, strict=True)]


def _median(points: Sequence[Want]) -> int:
    """The lower weighted median."""
    ordered = sorted(points)
    passed = accumulate(weight for _, weight in ordered)
    half = sum(weight for _, weight in ordered) / 2
    return next(row for (row, _), weight in zip(ordered, passed, strict=True) if weight >= half)


def place_rows(topology: Topology, height: int, gap: int, lane_gap: int) -> dict[Stop, int]:
    """Give every slot the row of its port.

    Args:
        topology: Columns, paths and blocks.
        height: Rows of a node; its port is in the middle.
        gap: Free rows between two nodes.
        lane_gap: Free rows between a node and a lane.

    Returns:
        The row of each stop; the first row of the topmost box or lane is 0.
    """
    sizes = {"node": (height // 2, height - height // 2 - 1), "forward": (0, 0), "back": (0, 0)}

    def distance(upper: Slot, lower: Slot) -> int:
        lanes = (upper.kind != "node") + (lower.kind != "node")
        return sizes[upper.kind][1] + sizes[lower.kind][0] + 1 + (gap, lane_gap, 0)[lanes]

    weights = _weights(topology)
    rows: dict[Stop, int] = {}
    top = 0
    for block in range(max(topology.blocks.values(), default=-1) + 1):
        columns = [
            [Stop(at, slot) for slot in column if topology.blocks[slot.owner] == block]
            for at, column in enumerate(topology.columns)
        ]
        gaps = [
            [distance(column[index - 1].slot, stop.slot) if index else 0 for index, stop in enumerate(column)]
            for column in columns
        ]
        mine = _relax(columns, gaps, weights)
        upper = min(row - sizes[stop.slot.kind][0] for stop, row in mine.items())
        lower = max(row + sizes[stop.slot.kind][1] for stop, row in mine.items())
        rows.update({stop: row - upper + top for stop, row in mine.items()})
        top += lower - upper + 1 + max(gap, lane_gap)
    return rows


def _weights(topology: Topology) -> dict[Stop, list[tuple[Stop, float]]]:
    """The neighbours of each stop, weighted: lanes should be straighter than edges between nodes."""
    joined: dict[tuple[Stop, Stop], None] = {}
    for path in topology.paths.values():
        for pair in pairwise(path):
            joined[pair] = None
    weights: dict[Stop, list[tuple[Stop, float]]] = {}
    degree: dict[Stop, int] = {}
    for pair in joined:
        for stop in pair:
            degree[stop] = degree.get(stop, 0) + 1
    for one, other in joined:
        lanes = (one.slot.kind != "node") + (other.slot.kind != "node")
        weight = (2.0, 1.0, 8.0)[lanes] / (1.0 if lanes else (degree[one] * degree[other]) ** 0.25)
        weights.setdefault(one, []).append((other, weight))
        weights.setdefault(other, []).append((one, weight))
    return weights


def _relax(
    columns: Sequence[Sequence[Stop]],
    gaps: Sequence[Sequence[int]],
    weights: Mapping[Stop, Sequence[tuple[Stop, float]]],
) -> dict[Stop, int]:
    """Sweep to and fro until the rows have settled."""
    rows: dict[Stop, int] = {}
    for column, apart in zip(columns, gaps, strict=True):
        row = 0
        for stop, gap in zip(column, apart, strict=True):
            row += gap
            rows[stop] = row
    there = range(len(columns))
    both = (-1, 1)
    for order, sides in [(there, (-1,)), (there[::-1], (1,))] * SWEEPS + [
        (there, both),
        (there[::-1], both),
    ] * 2:
        for at in order:
            wants = [
                [(rows[stop], STAY)]
                + [
                    (rows[other], weight)
                    for other, weight in weights.get(stop, ())
                    if other.column - at in sides or other.column == at
                ]
                for stop in columns[at]
            ]
            rows.update(zip(columns[at], settle(wants, gaps[at]), strict=True))
    return rows
