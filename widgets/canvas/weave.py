"""The slots of some columns as numbers, with what links them: what the search for an order works on."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from widgets.canvas.slots import Slot

Pairs: TypeAlias = Mapping[int, Sequence[tuple[Slot, Slot]]]
"""Linked slots by column."""

Columns: TypeAlias = list[list[int]]
"""The slots of each column from top to bottom; a lane has another number in each column."""


@dataclass(frozen=True, eq=False)
class Weave:
    """Numbered slots and their links."""

    slots: tuple[Slot, ...]
    columns: tuple[tuple[int, ...], ...]
    """In their first order."""

    before: list[list[int]]
    """The linked slots one column to the left, of each slot."""

    after: list[list[int]]
    """Those one column to the right."""

    beside: list[list[int]]
    """Those in the same column: a node and the lane by which an edge runs back from or to it."""

    rank: dict[int, int]
    """Nodes that must have this place among the nodes of their column."""

    @cached_property
    def has_returns(self) -> bool:
        """Some edges run back."""
        return any(self.beside)


def weave(columns: Sequence[Sequence[Slot]], across: Pairs, within: Pairs, rank: Mapping[Slot, int]) -> Weave:
    """Number the slots.

    Args:
        columns: The slots of each column in their first order.
        across: Linked slots of adjacent columns, by the left column.
        within: Linked slots of one column, by column.
        rank: Nodes that must have this place among the nodes of their column.
    """
    number: dict[tuple[int, Slot], int] = {}
    for at, column in enumerate(columns):
        for slot in column:
            number[at, slot] = len(number)
    before: list[list[int]] = [[] for _ in number]
    after: list[list[int]] = [[] for _ in number]
    beside: list[list[int]] = [[] for _ in number]
    for at, pairs in across.items():
        for one, other in pairs:
            left, right = number[at, one], number[at + 1, other]
            after[left].append(right)
            before[right].append(left)
    for at, pairs in within.items():
        for one, other in pairs:
            upper, lower = number[at, one], number[at, other]
            beside[upper].append(lower)
            beside[lower].append(upper)
    return Weave(
        tuple(slot for _, slot in number),
        tuple(tuple(number[at, slot] for slot in column) for at, column in enumerate(columns)),
        before,
        after,
        beside,
        {found: rank[slot] for (_, slot), found in number.items() if slot in rank},
    )


def places(columns: Sequence[Sequence[int]], count: int) -> list[int]:
    """The place of each of so many slots in its column."""
    place = [0] * count
    for column in columns:
        for index, slot in enumerate(column):
            place[slot] = index
    return place


def cost(web: Weave, columns: Sequence[Sequence[int]], place: Sequence[int]) -> int:
    """Pairs of links that cross, and the slots that edges of one column have to run around.

    >>> a, b, x, y = map(Slot, "abxy")
    >>> web = weave([[a, b], [x, y]], {0: [(a, y), (b, x)]}, {}, {})
    >>> cost(web, web.columns, places(web.columns, 4))
    1
    """
    total = 0
    for column in columns[:-1]:
        passed: list[int] = []
        for slot in column:
            after = web.after[slot]
            ends = [place[other] for other in after]
            if len(ends) > 1:
                ends.sort()
            for end in ends:
                if not passed or end >= passed[-1]:
                    passed.append(end)
                else:
                    index = bisect_right(passed, end)
                    total += len(passed) - index
                    passed.insert(index, end)
    if web.has_returns:
        for slot, others in enumerate(web.beside):
            total += sum(max(place[other] - place[slot] - 1, 0) for other in others)
    return total


def ranked(web: Weave, column: Sequence[int]) -> list[int]:
    """Put the nodes a person placed where they belong among the nodes; the rest keep their order."""
    fixed = [slot for slot in column if slot in web.rank]
    if not fixed:
        return list(column)
    is_node = [web.slots[slot].kind == "node" for slot in column]
    nodes = [slot for slot, node in zip(column, is_node, strict=True) if node and slot not in web.rank]
    at = -1
    for slot in sorted(fixed, key=web.rank.__getitem__):
        at = max(web.rank[slot], at + 1)
        nodes.insert(at, slot)
    rest = iter(nodes)
    return [next(rest) if node else slot for slot, node in zip(column, is_node, strict=True)]
