"""Wiring one channel: the strip between two columns, where the edges change rows.

What a net brings to a channel are pins: the rows in which it touches the left and the
right side. Nets that lead to the same ports share one vertical *trunk*. Each trunk gets a
track so that horizontals of different nets never overlap and few lines cross; two nets
that exchange their rows need a detour through a free row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pins:
    """Rows in which a net touches the two sides of a channel."""

    left: frozenset[int]
    right: frozenset[int]

    @property
    def is_straight(self) -> bool:
        """It needs no vertical."""
        return len(self.left | self.right) == 1


@dataclass(frozen=True)
class Trunk:
    """Where the vertical of a net runs.

    A detour has two verticals: the left pins meet on `track`, the right ones on
    `second`, and the row `over` joins the two.
    """

    track: int = 0
    second: int = 0
    over: int | None = None


@dataclass(frozen=True, eq=False)
class _Part:
    """A vertical to be placed: all of a net, or one half of a detour."""

    net: int
    left: frozenset[int]
    right: frozenset[int]
    low: int
    high: int
    half: int = 0


def route(nets: Sequence[Pins]) -> tuple[list[Trunk | None], int]:
    """Place the trunks of a channel.

    Args:
        nets: The pins of each net. Several nets may share a right pin (they enter the
            same port), never a left one.

    Returns:
        The trunk of each net, None where it runs straight, and the number of tracks.
    """
    parts = [
        _Part(index, pins.left, pins.right, min(pins.left | pins.right), max(pins.left | pins.right))
        for index, pins in enumerate(nets)
        if not pins.is_straight
    ]
    taken = {row for pins in nets for row in pins.left | pins.right}
    over: dict[int, int] = {}
    before = _constraints(parts)
    while (stuck := _on_a_cycle(parts, before)) is not None:
        row = _free_row(stuck, taken)
        taken.add(row)
        over[stuck.net] = row
        parts = [part for part in parts if part is not stuck] + list(_halves(stuck, row))
        before = _constraints(parts)
    track = _pack(_sequence(parts, before))
    trunks: list[Trunk | None] = [None] * len(nets)
    for part, number in sorted(track.items(), key=lambda item: item[0].half):
        earlier = trunks[part.net] or Trunk(number, number, over.get(part.net))
        trunks[part.net] = Trunk(earlier.track, number, earlier.over)
    return trunks, max(track.values(), default=-1) + 1


def _pack(parts: Sequence[_Part]) -> dict[_Part, int]:
    """Give each part the leftmost track right of all earlier parts it overlaps."""
    track: dict[_Part, int] = {}
    for part in parts:
        beside = (
            number for other, number in track.items() if part.low <= other.high and other.low <= part.high
        )
        track[part] = max(beside, default=-1) + 1
    return track


def _halves(part: _Part, row: int) -> Iterable[_Part]:
    for half, (left, right) in enumerate(((part.left, frozenset[int]()), (frozenset[int](), part.right))):
        rows = left | right | {row}
        yield _Part(part.net, left, right, min(rows), max(rows), half)


def _free_row(part: _Part, taken: set[int]) -> int:
    """The free row nearest to the middle of the part."""
    middle = (part.low + part.high) // 2
    reach = len(taken) + middle + 1
    near = sorted(range(max(0, middle - reach), middle + reach + 1), key=lambda row: abs(row - middle))
    return next(row for row in near if row not in taken)


def _constraints(parts: Sequence[_Part]) -> dict[_Part, set[_Part]]:
    """Which parts must be left of each part: those that arrive in a row it leaves by."""
    arriving = {row: part for part in parts for row in part.left}
    before: dict[_Part, set[_Part]] = {}
    halves: dict[int, _Part] = {}
    for part in parts:
        before[part] = {arriving[row] for row in part.right if row in arriving} - {part}
        if part.half == 0:
            halves[part.net] = part
        else:
            before[part].add(halves[part.net])
    return before


def _on_a_cycle(parts: Sequence[_Part], before: Mapping[_Part, set[_Part]]) -> _Part | None:
    """A part that would have to be left of itself, or None."""
    left = {part: set(before[part]) for part in parts}
    ready = [part for part in parts if not left[part]]
    while ready:
        done = ready.pop()
        del left[done]
        for part, waiting in left.items():
            if done in waiting:
                waiting.remove(done)
                if not waiting:
                    ready.append(part)
    if not left:
        return None
    trail: list[_Part] = []
    part = next(iter(left))
    while part not in trail:
        trail.append(part)
        part = min(left[part], key=lambda other: (other.low, other.net))
    loop = trail[trail.index(part) :]
    return min(loop, key=lambda part: (part.high - part.low, part.net))


def _crossed(one: _Part, other: _Part) -> float:
    """What it costs to place the first part left of the second; joining foreign nets is worst."""
    total = 0.0
    for row in one.right:
        if other.low < row < other.high:
            total += 4.0 if row in other.right else 1.0
    for row in other.left:
        if one.low < row < one.high:
            total += 1.0
    return total


def _sequence(parts: Sequence[_Part], before: Mapping[_Part, set[_Part]]) -> list[_Part]:
    """Order parts from left to right: constraints first, then the fewest crossings."""
    gain = {
        part: sum(
            _crossed(part, other) - _crossed(other, part)
            for other in parts
            if other is not part and part.low <= other.high and other.low <= part.high
        )
        for part in parts
    }
    waiting = {part: set(before[part]) for part in parts}
    sequence: list[_Part] = []
    while waiting:
        part = min(
            (part for part, others in waiting.items() if not others),
            key=lambda part: (gain[part], part.high - part.low, part.low, part.net, part.half),
        )
        sequence.append(part)
        del waiting[part]
        for other, others in waiting.items():
            others.discard(part)
            if part.low <= other.high and other.low <= part.high:
                gain[other] -= _crossed(other, part) - _crossed(part, other)
    return sequence
