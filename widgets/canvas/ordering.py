"""The order within each column that crosses the fewest edges.

Barycentre sweeps from several first orders; the best of what they lead to are refined by
exchanging neighbours between the sweeps (Gansner et al., "A technique for drawing directed
graphs", 1993, section 3) and by moving single slots (Matuszewski et al., "Using sifting for
k-layer straightline crossing minimization", 1999).
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from widgets.canvas.exchange import exchange, sift
from widgets.canvas.weave import Columns, Weave, cost, places, ranked

STARTS = 20
"""First orders tried; fewer where there are many slots."""

BUDGET = 3600
"""Slots that all starts may have together; two are always tried."""

SWEEPS = 5
"""Sweeps from each start."""

ROUGH = 3
"""The first of them, whose orders are not looked at."""

REFINED = 3
"""Orders that are refined; of many slots only the best."""

MANY = 250
"""Slots."""

PATIENCE = 4
"""Sweeps without a better order after which refining ends."""

LONGEST = 12
"""Sweeps after which it ends in any case."""

PASSES = 4


def untangled(web: Weave) -> Columns:
    """The order with the fewest crossings that was found; the same slots always give the same."""
    found = sorted(
        (_settled(web, start, index) for index, start in enumerate(_starts(web))), key=lambda one: one[:2]
    )
    fewest, _, columns = found[0]
    for crossings, _, start in found[: REFINED if len(web.slots) < MANY else 1] if fewest else ():
        refined = _refined(web, start)
        if refined[0] < min(fewest, crossings):
            fewest, columns = refined
    return columns


def _starts(web: Weave) -> Iterator[Columns]:
    """First orders: as given, in breadth from either end, then shuffled, always in the same way."""
    yield [ranked(web, column) for column in web.columns]
    count = max(2, min(STARTS, BUDGET // max(len(web.slots), 1)))
    yield _in_breadth(web, web.after, web.before)
    if count > 2:
        yield _in_breadth(web, web.before, web.after)
    chance = random.Random(count)
    for _ in range(count - 3):
        columns = [list(column) for column in web.columns]
        for column in columns:
            chance.shuffle(column)
        yield [ranked(web, column) for column in columns]


def _in_breadth(web: Weave, behind: Sequence[Sequence[int]], ahead: Sequence[Sequence[int]]) -> Columns:
    """Collect slots breadth first, from those with nothing behind them."""
    home = {slot: at for at, column in enumerate(web.columns) for slot in column}
    columns: Columns = [[] for _ in web.columns]
    seen: set[int] = set()
    for root in [*(slot for slot in home if not behind[slot]), *home]:
        waiting = [] if root in seen else [root]
        seen.add(root)
        for slot in waiting:
            columns[home[slot]].append(slot)
            fresh = [other for other in ahead[slot] if other not in seen]
            seen.update(fresh)
            waiting += fresh
    return [ranked(web, column) for column in columns]


def _settled(web: Weave, start: Columns, index: int) -> tuple[int, int, Columns]:
    """Sweep to and fro from a start.

    Returns:
        The fewest crossings met, the number of the start, and that order.
    """
    columns = start
    place = places(columns, len(web.slots))
    fewest, kept = cost(web, columns, place), columns
    for sweep in range(SWEEPS if fewest else 0):
        columns = _swept(web, columns, place, leftwards=bool(sweep % 2), is_turned=sweep % 4 > 1)
        if sweep >= ROUGH:
            crossings = cost(web, columns, place)
            if crossings < fewest:
                fewest, kept = crossings, columns
    return fewest, index, kept


def _refined(web: Weave, start: Columns) -> tuple[int, Columns]:
    """Sweep on, with exchanges after each sweep, until that no longer helps."""
    columns = [list(column) for column in start]
    place = places(columns, len(web.slots))
    fewest, kept, idle = cost(web, columns, place), start, 0
    for sweep in range(LONGEST):
        if sweep:
            columns = _swept(web, columns, place, leftwards=bool(sweep % 2), is_turned=sweep % 4 > 1)
        exchange(web, columns, place)
        crossings = cost(web, columns, place)
        idle += 1
        if crossings < fewest:
            fewest, kept, idle = crossings, [list(column) for column in columns], 0
        if idle > PATIENCE or not fewest:
            break
    columns = [list(column) for column in kept]
    place = places(columns, len(web.slots))
    for _ in range(PASSES if fewest else 0):
        if not sift(web, columns, place):
            break
    return cost(web, columns, place), columns


def _swept(web: Weave, columns: Columns, place: list[int], *, leftwards: bool, is_turned: bool) -> Columns:
    """Sort each column by the mean place of its neighbours in the column done before it.

    Args:
        web: The slots and their links.
        columns: The order.
        place: The place of each slot in its column, brought up to date.
        leftwards: Begin at the right end.
        is_turned: Slots that belong at the same place change their order.
    """
    links = web.after if leftwards else web.before
    done = list(columns)
    for at in range(len(columns) - 2, -1, -1) if leftwards else range(1, len(columns)):
        column = columns[at]
        key: dict[int, float] = {}
        for slot in column:
            beside = links[slot]
            if len(beside) == 1:
                key[slot] = place[beside[0]]
            elif beside:
                key[slot] = sum([place[other] for other in beside]) / len(beside)
        if web.has_returns:
            key |= _beside_anchors(web, column, key)
        moving = sorted(
            [slot for slot in (column[::-1] if is_turned else column) if slot in key], key=key.__getitem__
        )
        if len(moving) < len(column):
            rest = iter(moving)
            moving = [next(rest) if slot in key else slot for slot in column]
        done[at] = ranked(web, moving) if web.rank else moving
        for index, slot in enumerate(done[at]):
            place[slot] = index
    return done


def _beside_anchors(web: Weave, column: Sequence[int], key: Mapping[int, float]) -> dict[int, float]:
    """Just below what they are linked to in their own column: slots that are linked to no other."""
    return {
        slot: key[anchor] + 0.1
        for slot in column
        if slot not in key
        for anchor in web.beside[slot][:1]
        if anchor in key
    }
