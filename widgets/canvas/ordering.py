"""The order within each column that crosses the fewest edges.

Barycentre sweeps with the best order kept, then neighbours are exchanged while that
helps (Gansner et al., "A technique for drawing directed graphs", 1993, section 3).
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence

from widgets.canvas.slots import Slot

Pairs = Mapping[int, Sequence[tuple[Slot, Slot]]]
"""Linked slots by column."""

Links = Mapping[tuple[int, Slot], Sequence[Slot]]
"""The linked slots of one neighbouring column, by column and slot."""

SWEEPS = 8
EXCHANGES = 4


def crossings(left: Sequence[Slot], right: Sequence[Slot], pairs: Sequence[tuple[Slot, Slot]]) -> int:
    """Count the pairs of links that cross between two columns.

    >>> a, b, x, y = map(Slot, "abxy")
    >>> crossings([a, b], [x, y], [(a, y), (b, x)])
    1
    """
    at_left = {slot: index for index, slot in enumerate(left)}
    at_right = {slot: index for index, slot in enumerate(right)}
    passed: list[int] = []
    total = 0
    for _, end in sorted((at_left[one], at_right[other]) for one, other in pairs):
        total += len(passed) - bisect_right(passed, end)
        insort(passed, end)
    return total


def order(
    columns: list[list[Slot]], across: Pairs, within: Pairs, rank: Mapping[Slot, int]
) -> list[list[Slot]]:
    """Reorder every column.

    Args:
        columns: The slots of each column in their first order.
        across: Linked slots of adjacent columns, by the left column.
        within: Linked slots of one column, by column; they are kept close.
        rank: Slots that must have this place among the ranked kind of their column.

    Returns:
        The columns with the fewest crossings found.
    """
    links = _neighbours(across)
    now = [_ranked(column, rank) for column in columns]
    best, fewest = now, _total(now, across)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        leftwards = bool(sweep % 2)
        now = _sweep(now, links[leftwards], within, rank, leftwards=leftwards)
        count = _total(now, across)
        if count < fewest:
            best, fewest = now, count
    best = [list(column) for column in best]
    for _ in range(EXCHANGES if fewest else 0):
        if not _exchange(best, links, rank):
            break
    return best


def _neighbours(
    across: Pairs,
) -> tuple[dict[tuple[int, Slot], list[Slot]], dict[tuple[int, Slot], list[Slot]]]:
    before: dict[tuple[int, Slot], list[Slot]] = {}
    after: dict[tuple[int, Slot], list[Slot]] = {}
    for at, pairs in across.items():
        for one, other in pairs:
            after.setdefault((at, one), []).append(other)
            before.setdefault((at + 1, other), []).append(one)
    return before, after


def _total(columns: Sequence[Sequence[Slot]], across: Pairs) -> int:
    return sum(crossings(columns[at], columns[at + 1], pairs) for at, pairs in across.items())


def _sweep(
    columns: list[list[Slot]],
    links: Links,
    within: Pairs,
    rank: Mapping[Slot, int],
    *,
    leftwards: bool,
) -> list[list[Slot]]:
    """Sort each column by the mean place of its neighbours in the column already done."""
    done = [list(column) for column in columns]
    indices = range(len(columns) - 2, -1, -1) if leftwards else range(1, len(columns))
    for at in indices:
        place = {slot: index for index, slot in enumerate(done[at + 1 if leftwards else at - 1])}
        own = {slot: index for index, slot in enumerate(done[at])}
        key: dict[Slot, float] = {}
        for slot in done[at]:
            beside = links.get((at, slot), ())
            key[slot] = sum(place[other] for other in beside) / len(beside) if beside else float(own[slot])
        for one, other in within.get(at, ()):
            for slot, anchor in ((one, other), (other, one)):
                if not links.get((at, slot)):
                    key[slot] = key[anchor] + 0.1
        done[at] = _ranked(sorted(done[at], key=lambda slot: (key[slot], own[slot])), rank)
    return done


def _exchange(columns: list[list[Slot]], links: tuple[Links, ...], rank: Mapping[Slot, int]) -> bool:
    """Exchange neighbours that cross less the other way round; say whether any did."""
    changed = False
    for at, column in enumerate(columns):
        places = [
            {slot: index for index, slot in enumerate(columns[side])} if 0 <= side < len(columns) else {}
            for side in (at - 1, at + 1)
        ]
        ends = {
            slot: [
                sorted(place[other] for other in links[side].get((at, slot), ()))
                for side, place in enumerate(places)
            ]
            for slot in column
        }
        for index in range(len(column) - 1):
            one, other = column[index], column[index + 1]
            if one in rank or other in rank:
                continue
            saved = sum(_above(ends[one][side], ends[other][side]) for side in (0, 1))
            saved -= sum(_above(ends[other][side], ends[one][side]) for side in (0, 1))
            if saved > 0:
                column[index], column[index + 1] = other, one
                changed = True
    return changed


def _above(upper: Sequence[int], lower: Sequence[int]) -> int:
    """Crossings of two slots, the first above the second, by the places of their neighbours."""
    return sum(1 for one in upper for other in lower if one > other)


def _ranked(column: Sequence[Slot], rank: Mapping[Slot, int]) -> list[Slot]:
    """Put the slots a person placed where they belong among the nodes; the rest keep their order."""
    if not any(slot in rank for slot in column):
        return list(column)
    is_node = [slot.kind == "node" for slot in column]
    nodes = [slot for slot in column if slot.kind == "node" and slot not in rank]
    at = -1
    for slot in sorted((slot for slot in column if slot in rank), key=lambda slot: rank[slot]):
        at = max(rank[slot], at + 1)
        nodes.insert(at, slot)
    rest = iter(nodes)
    return [next(rest) if node else slot for slot, node in zip(column, is_node, strict=True)]
