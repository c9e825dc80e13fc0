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
ASIDE = 0.3
"""Weight of an edge that gives way, relative to others."""

STAY = 0.01
"""Weight of the row a slot already has."""


def settle(wants: Sequence[Sequence[Want]], gaps: Sequence[int]) -> list[int]:
    """Place items in order, at least a gap apart, as near to the rows they want as possible.

    Args:
        wants: Rows wished for by each item, with weights; at least one each.
        gaps: Least distance of each item but the last to the next one.

    >>> settle([[(5, 1.0)], [(5, 1.0)], [(20, 1.0)]], [3, 3])
    [2, 5, 20]
    """
    starts = list(accumulate(gaps, initial=0))[: len(wants)]
    pools: list[tuple[int, list[Want], int]] = []
    for wish, start in zip(wants, starts, strict=True):
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
    above, below = height // 2, height - height // 2 - 1

    def distance(upper: Slot, lower: Slot) -> int:
        lanes = (upper.kind != "node") + (lower.kind != "node")
        room = (below if upper.kind == "node" else 0) + (above if lower.kind == "node" else 0)
        return room + 1 + (gap, lane_gap, 0)[lanes]

    weights = _weights(topology)
    rows: dict[Stop, int] = {}
    top = 0
    for columns in _blocks(topology):
        gaps = [[distance(one.slot, other.slot) for one, other in pairwise(column)] for column in columns]
        mine = _relax(columns, gaps, weights)
        ends = [
            (row - above, row + below) if stop.slot.kind == "node" else (row, row)
            for stop, row in mine.items()
        ]
        upper = min(end[0] for end in ends)
        rows.update({stop: row - upper + top for stop, row in mine.items()})
        top += max(end[1] for end in ends) - upper + 1 + max(gap, lane_gap)
    return rows


def _blocks(topology: Topology) -> list[list[list[Stop]]]:
    """The columns of each block by itself."""
    count = max(topology.blocks.values(), default=-1) + 1
    blocks: list[list[list[Stop]]] = [[[] for _ in topology.columns] for _ in range(count)]
    for at, column in enumerate(topology.columns):
        for slot in column:
            blocks[topology.blocks[slot.owner]][at].append(Stop(at, slot))
    return blocks


def _weights(topology: Topology) -> dict[Stop, list[tuple[Stop, float]]]:
    """The neighbours of each stop, weighted: lanes should be straighter than edges between nodes."""
    joined: dict[tuple[Stop, Stop], bool] = {}
    for edge, path in topology.paths.items():
        for pair in pairwise(path):
            joined[pair] = joined.get(pair, True) and edge in topology.aside
    weights: dict[Stop, list[tuple[Stop, float]]] = {}
    degree: dict[Stop, int] = {}
    for pair in joined:
        for stop in pair:
            degree[stop] = degree.get(stop, 0) + 1
    for (one, other), is_aside in joined.items():
        lanes = (one.slot.kind != "node") + (other.slot.kind != "node")
        weight = (2.0, 1.0, 8.0)[lanes] / (1.0 if lanes else (degree[one] * degree[other]) ** 0.25)
        weight *= ASIDE if is_aside else 1.0
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
        rows.update(zip(column, accumulate(apart, initial=0), strict=False))
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
