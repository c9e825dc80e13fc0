"""The order within each column after a change: what was there stays, what is new finds a place.

A change that makes the kept order cross much more than a fresh one would is answered with
the fresh one, so that a long session ends in no worse a picture than opening the design again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from widgets.canvas.exchange import exchange, sift
from widgets.canvas.ordering import untangled
from widgets.canvas.slots import Slot
from widgets.canvas.weave import Columns, Weave, cost, places, ranked

PASSES = 3
"""How often new slots look for a better place."""

MARGIN = 2
"""Crossings that have to be saved for a slot that was there to move."""

TOLERATED, SPARE = 1.25, 3
"""A kept order may cross this much more than a fresh one, and this many times more."""


@dataclass(frozen=True)
class Recalled:
    """What is known of a new column."""

    same: frozenset[Slot]
    """Slots that were in one column before, the one most of the nodes come from."""

    height: Mapping[Slot, float]
    """Where each slot was in its column, from 0 (the top) to 1."""


def recalled(before: Sequence[Sequence[Slot]], column: Mapping[str, int], count: int) -> list[Recalled]:
    """What is known of each new column.

    Args:
        before: The columns before the change.
        column: The new column of each node.
        count: How many new columns there are.
    """
    heights = [{slot: (index + 0.5) / len(old) for index, slot in enumerate(old)} for old in before]
    nodes = {slot: height for old in heights for slot, height in old.items() if slot.kind == "node"}
    home = {slot.owner: at for at, old in enumerate(before) for slot in old if slot.kind == "node"}
    found = []
    for new in range(count):
        origins = [home[name] for name, at in column.items() if at == new and name in home]
        old = heights[max(origins, key=lambda at: (origins.count(at), -at))] if origins else {}
        found.append(Recalled(frozenset(old), nodes | old))
    return found


def steadied(web: Weave, known: Sequence[Recalled], *, is_kept: bool) -> Columns:
    """Keep the known order and find places for what is new.

    Args:
        web: The slots and their links.
        known: What is known of each column.
        is_kept: Nothing but places that a person chose has changed: move no other node.
    """
    columns, loose = _resumed(web, known)
    if is_kept:
        loose = {slot for slot in loose if web.slots[slot].kind != "node"}
    place = places(columns, len(web.slots))
    for _ in range(PASSES):
        if not sift(web, columns, place, loose):
            break
    if is_kept:
        return columns
    sift(web, columns, place, margin=MARGIN)
    if cost(web, columns, place) <= SPARE:
        return columns
    other = untangled(web)
    most = TOLERATED * cost(web, other, places(other, len(web.slots))) + SPARE
    for _ in range(PASSES):
        if cost(web, columns, place) <= most:
            return columns
        exchange(web, columns, place)
        sift(web, columns, place)
    return columns if cost(web, columns, place) <= most else other


def _resumed(web: Weave, known: Sequence[Recalled]) -> tuple[Columns, set[int]]:
    """The known slots in their order, the new ones beside what they are linked to.

    Returns:
        The columns, and the slots that were not in that column before.
    """
    height: dict[int, float] = {}
    loose: set[int] = set()
    for column, recall in zip(web.columns, known, strict=True):
        height |= {
            slot: recall.height[web.slots[slot]] for slot in column if web.slots[slot] in recall.height
        }
        loose |= {slot for slot in column if web.slots[slot] not in recall.same}
    fresh = [slot for column in web.columns for slot in column if slot not in height]
    for _ in range(2):
        guess: dict[int, float] = {}
        for slot in fresh:
            linked = [*web.before[slot], *web.after[slot], *web.beside[slot]]
            near = [height[other] for other in linked if other in height]
            if near:
                guess[slot] = sum(near) / len(near)
        height |= guess
    columns = [ranked(web, sorted(column, key=lambda slot: height.get(slot, 1.0))) for column in web.columns]
    return columns, loose
