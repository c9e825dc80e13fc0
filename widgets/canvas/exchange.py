"""Improving an order step by step: neighbours change places, or a slot moves up or down its column."""

from collections.abc import Collection, Sequence

from widgets.canvas.weave import Columns, Weave

REACH = 24
"""Places a slot is moved at most."""

ROUNDS = 6
"""How often all columns are looked at; those whose neighbours did not change are left out."""


def exchange(web: Weave, columns: Columns, place: list[int]) -> None:
    """Exchange neighbours as long as that saves crossings.

    Args:
        web: The slots and their links.
        columns: The order, which is changed.
        place: The place of each slot in its column, kept up to date.
    """
    stale = [True] * len(columns)
    for _ in range(ROUNDS):
        if not any(stale):
            return
        for at, column in enumerate(columns):
            if stale[at]:
                stale[at] = False
                if _exchanged(web, column, place):
                    stale[max(at - 1, 0) : at] = [True] * min(at, 1)
                    stale[at + 1 : at + 2] = [True] * len(stale[at + 1 : at + 2])


def _exchanged(web: Weave, column: list[int], place: list[int]) -> bool:
    """Exchange neighbours of one column; say whether any were."""
    before = [[place[other] for other in web.before[slot]] for slot in column]
    after = [[place[other] for other in web.after[slot]] for slot in column]
    found, again = False, True
    while again:
        again = False
        for index in range(len(column) - 1):
            lower = index + 1
            saved = saving(before[index], before[lower]) + saving(after[index], after[lower])
            one, other = column[index], column[lower]
            if web.beside[one] or web.beside[other]:
                saved += _nearer(web, one, other, place)
            if saved > 0 and may_pass(web, one, other):
                column[index], column[lower] = other, one
                before[index], before[lower] = before[lower], before[index]
                after[index], after[lower] = after[lower], after[index]
                place[one], place[other] = lower, index
                found = again = True
    return found


def saving(upper: Sequence[int], lower: Sequence[int]) -> int:
    """Crossings saved when two slots change places, by the places of what they are linked to.

    >>> saving([3], [1, 2]), saving([1], [1, 2])
    (2, -1)
    """
    saved = 0
    for one in upper:
        for other in lower:
            if one > other:
                saved += 1
            elif one < other:
                saved -= 1
    return saved


def _nearer(web: Weave, one: int, other: int, place: Sequence[int]) -> int:
    """How much nearer two neighbours come to what they are linked to in their own column."""
    saved = sum((1 if place[anchor] > place[one] else -1) for anchor in web.beside[one] if anchor != other)
    return saved + sum(
        (1 if place[anchor] < place[other] else -1) for anchor in web.beside[other] if anchor != one
    )


def may_pass(web: Weave, one: int, other: int) -> bool:
    """Whether two slots may change places: of two nodes none must have been placed by a person."""
    if one not in web.rank and other not in web.rank:
        return True
    return web.slots[one].kind != "node" or web.slots[other].kind != "node"


def sift(
    web: Weave, columns: Columns, place: list[int], some: Collection[int] | None = None, margin: int = 1
) -> bool:
    """Move each slot to the place in its column where it crosses least; say whether any moved.

    Args:
        web: The slots and their links.
        columns: The order, which is changed.
        place: The place of each slot in its column, kept up to date.
        some: The slots that may move; all where left out.
        margin: Crossings a move has to save.
    """
    found = False
    for column in columns:
        movable = [slot for slot in column if some is None or slot in some]
        if not movable or len(column) < 2:
            continue
        before = {slot: [place[other] for other in web.before[slot]] for slot in column}
        after = {slot: [place[other] for other in web.after[slot]] for slot in column}
        for slot in movable:
            start = place[slot]
            best, goal = margin - 1, start
            for step in (-1, 1):
                saved, at = 0, start + step
                while 0 <= at < len(column) and abs(at - start) <= REACH and may_pass(web, slot, column[at]):
                    other = column[at]
                    if step < 0:
                        saved += saving(before[other], before[slot]) + saving(after[other], after[slot])
                    else:
                        saved += saving(before[slot], before[other]) + saving(after[slot], after[other])
                    near = saved + _drawn_in(web, slot, start, at, place) if web.beside[slot] else saved
                    if near > best:
                        best, goal = near, at
                    at += step
            if goal != start:
                column.insert(goal, column.pop(start))
                for index in range(min(start, goal), max(start, goal) + 1):
                    place[column[index]] = index
                found = True
    return found


def _drawn_in(web: Weave, slot: int, start: int, goal: int, place: Sequence[int]) -> int:
    """How much nearer a slot comes to what it is linked to in its own column."""
    return sum(abs(place[anchor] - start) - abs(place[anchor] - goal) for anchor in web.beside[slot])
