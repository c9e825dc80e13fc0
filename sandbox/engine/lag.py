"""Completion lag: from an event at a source to the end of its last consumers beyond what is called.

The time is carried along the path as a mixture: a delay is the same for all, a poll or a window is
evenly spread, and what fails comes back in branches of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.latency import Flags, Latencies, pick
from sandbox.engine.mixture import Mixture, add, moments, reduced, single
from sandbox.engine.network import ArcKind
from sandbox.engine.steady import Steady
from sandbox.engine.tried import until_the_end
from sandbox.engine.ways import in_order

SLICES = 4
"""An evenly spread wait is so many narrow ones."""
ONWARD = (ArcKind.SYNC, ArcKind.HANDOFF, ArcKind.DRIVE)


@dataclass(frozen=True)
class Lag:
    """From an event at a source to the end of a consumer beyond its synchronous calls."""

    station: int
    """Row of the consumer."""
    time: Mixture
    """[C, S]; without a meaning where a backlog grows."""
    grows: Flags
    """Whether a backlog grows on the way [S]."""
    reached: Flags
    """Whether anything gets there [S]."""


@dataclass(frozen=True)
class Arrival:
    """When items get to a station [C, S], where a backlog grows before it, and where any get there [S]."""

    time: Mixture
    grows: Flags
    reached: Flags


def even(longest: Array, first: Array | float = 0.0) -> Mixture:
    """Waits that are evenly spread from 0 to the longest, but for some that take all of it.

    Args:
        longest: [.., S], in seconds.
        first: Share of those that wait all the time.

    >>> mean, variance = moments(even(np.array([1.0])))
    >>> mean.tolist(), (12 * variance).round(9).tolist()
    ([0.5], [1.0])
    """
    part = np.append((np.arange(SLICES) + 0.5) / SLICES, 1.0)[:, None]
    wide = np.append(np.full(SLICES, 1.0 / 12.0 / SLICES**2), 0.0)[:, None]
    last = np.append(np.zeros(SLICES), 1.0)[:, None]
    lot = (first + np.zeros_like(longest))[..., None, :]
    weights = (1.0 - lot) * (1.0 - last) / SLICES + lot * last
    return reduced(weights, part * longest[..., None, :], wide * longest[..., None, :] ** 2)


def plus(mix_a: Mixture, mix_b: Mixture) -> Mixture:
    """Sum of two times one after the other, quickly where one of them is nothing."""
    if not mix_b.means.any():
        return mix_a
    if not mix_a.means.any():
        return mix_b
    for some, one in ((mix_a, mix_b), (mix_b, mix_a)):
        if not one.weights[..., 1:, :].any():
            means = some.means + one.means[..., :1, :]
            variances = some.variances + one.variances[..., :1, :]
            return Mixture(np.broadcast_to(some.weights, means.shape), means, variances)
    return add(mix_a, mix_b)


class Lags:
    """Completion lags in some scenarios of a solved network."""

    def __init__(
        self, steady: Steady, good: Latencies, usual: Latencies, columns: slice = slice(None)
    ) -> None:
        """Keep what they are read off.

        Args:
            steady: The solved network.
            good: Times of the successful invocations, which pass items on.
            usual: Times of all that are admitted, which end an item's way.
            columns: The scenarios of both.
        """
        self.steady, self.compiled = steady, steady.compiled
        self.good, self.usual, self.columns = good, usual, columns
        self.scenarios = good.time.means.shape[-1]
        active = steady.arc_items[:, columns].any(axis=1)
        self.leaving: dict[int, list[int]] = {}
        for arc in np.flatnonzero(active):
            if self.compiled.kind[arc] in ONWARD:
                self.leaving.setdefault(int(self.compiled.source[arc]), []).append(int(arc))
        self.call_of = {int(arc): place for place, arc in enumerate(self.compiled.calls.arc)}
        self.keeping: dict[int, tuple[Array, Flags, list[Mixture]]] = {}
        self.holding_of = {int(row): place for place, row in enumerate(self.compiled.held)}

    def of(self, sources: Sequence[int]) -> list[list[Lag]]:
        """Lags of the last consumers that each source's events reach asynchronously.

        In one scenario all sources go the way together, as columns; not where ways lead back.
        """
        order, skipped = in_order(self.compiled, self.leaving, sources)
        if len(sources) > 1 and (skipped or self.scenarios > 1):
            return [found for source in sources for found in self.of([source])]
        leads, ends = self._aims(order, skipped)
        arrived = self._arrived(sources, [row for row in order if row in leads], leads | ends, skipped)
        last = {row: self._ended(row, arrived[row]) for row in order if row in ends and row not in leads}
        if len(sources) == 1:
            return [list(last.values())]
        return [self._of_one(place, source, last) for place, source in enumerate(sources)]

    def _aims(self, order: list[int], skipped: set[int]) -> tuple[set[int], set[int]]:
        """Stations that lead to consumers, and those consumers."""
        ends: set[int] = set()
        leads: set[int] = set()
        for row in reversed(order):
            for arc in self.leaving.get(row, ()):
                target = int(self.compiled.target[arc])
                if arc not in skipped and (target in leads or self._consumes(arc)):
                    leads.add(row)
                    ends |= {target} if self._consumes(arc) else set()
        return leads, ends

    def _arrived(
        self, sources: Sequence[int], leads: list[int], wanted: set[int], skipped: set[int]
    ) -> dict[int, Arrival]:
        """When items get to each station that is wanted, from every source."""
        width = max(len(sources), self.scenarios)
        nothing, none = single(np.zeros(width), np.zeros(width)), np.zeros(width, dtype=bool)
        arrived = {}
        for place, source in enumerate(sources):
            mine = np.arange(width) == place if len(sources) > 1 else ~none
            arrived[source] = Arrival(nothing, none, mine)
        for row in leads:
            for target, then in self._onward(row, arrived[row], wanted, skipped):
                arrived[target] = _later(arrived[target], then) if target in arrived else then
        return arrived

    def _ended(self, row: int, arrival: Arrival) -> Lag:
        """What is told of a last consumer, with its own time."""
        time = plus(arrival.time, pick(self.usual.time, row))
        width = len(arrival.reached)
        whole = Mixture(*(np.broadcast_to(part, (len(part), width)) for part in time))
        return Lag(row, whole, arrival.grows, arrival.reached)

    def _of_one(self, place: int, source: int, last: dict[int, Lag]) -> list[Lag]:
        """One source's column of those lags, in the order in which it reaches them."""
        order, _ = in_order(self.compiled, self.leaving, [source])
        mine = (last[row] for row in order if row in last)
        one = slice(place, place + 1)
        return [
            Lag(lag.station, Mixture(*(part[:, one] for part in lag.time)), lag.grows[one], lag.reached[one])
            for lag in mine
        ]

    def _consumes(self, arc: int) -> bool:
        """Whether an arc drives something that takes time of its own."""
        target = self.compiled.target[arc]
        takes_time = self.compiled.station["fixed"][target].any() or self.steady.duration[target].any()
        return bool(self.compiled.kind[arc] is ArcKind.DRIVE and takes_time)

    def _onward(
        self, row: int, arrival: Arrival, wanted: set[int], skipped: set[int]
    ) -> Iterator[tuple[int, Arrival]]:
        """Where items go on to from a station, and when they get there."""
        arcs = self.leaving[row]
        begun: Mixture | None = None
        for place, arc in enumerate(arcs):
            target, kind = int(self.compiled.target[arc]), self.compiled.kind[arc]
            goes = target in wanted and arc not in skipped
            if kind is ArcKind.SYNC:
                call = self.call_of[arc]
                begun = plus(arrival.time, self._own(row)) if begun is None else begun
                if goes:
                    before = plus(begun, pick(self.good.before, call))
                    yield target, Arrival(before, arrival.grows, arrival.reached)
                if any(self.compiled.target[later] in wanted for later in arcs[place + 1 :]):
                    begun = self._after(row, begun, call)
            elif goes and kind is ArcKind.HANDOFF:
                handed = plus(arrival.time, pick(self.good.time, row))
                yield target, Arrival(handed, arrival.grows, arrival.reached)
            elif goes:
                yield target, self._kept(self.holding_of[row], arrival)

    def _own(self, row: int) -> Mixture:
        """What a station does before its first call: its wait, its cold start and its own time."""
        c, s, cut = self.compiled, self.steady, self.columns
        batch = self._seen(s.batch[row])
        own = self._seen(c.station["fixed"][row]) + self._seen(c.station["per_item"][row]) * (batch - 1.0)
        env = int(c.env_of[row])
        cold = self._seen(s.cold_ratio[row])
        init = self._seen(c.environments["init"][env]) if env >= 0 else np.zeros(1)
        wait = s.wait[row, cut] if row not in self.holding_of else np.zeros(1)
        cv = self._seen(c.station["cv"][row])
        variance = (cv * own) ** 2 + cold * (1.0 - cold) * init**2 + wait**2
        return single(*np.broadcast_arrays(own + cold * init + wait, variance + np.zeros(self.scenarios)))

    def _after(self, row: int, begun: Mixture, call: int) -> Mixture:
        """When the next call begins: routes with the first, parallel calls' followers after the slowest."""
        calls = self.compiled.calls
        block = np.flatnonzero(calls.block_of == calls.block_of[call])
        if self.compiled.station["routes"][row].any() or call != block[-1]:
            return begun
        slowest = int(block[moments(pick(self.good.answer, block))[0].mean(axis=1).argmax()])
        return plus(begun, pick(self.good.answer, slowest))

    def _seen(self, values: Array) -> Array:
        """Some scenarios of one row."""
        return values[self.columns] if len(values) > 1 else values

    def _kept(self, place: int, arrival: Arrival) -> Arrival:
        """What a holding station adds: the way to its consumer's first delivery, and those that fail."""
        if place not in self.keeping:
            self.keeping[place] = self._keeping(place)
        delay, endless, parts = self.keeping[place]
        time = arrival.time
        for part in parts:
            time = plus(time, part)
        time = Mixture(time.weights, time.means + delay, time.variances)
        return Arrival(time, arrival.grows | endless, arrival.reached)

    def _keeping(self, place: int) -> tuple[Array, Flags, list[Mixture]]:
        """A holding station's delay, whether its backlog grows, and the waits one after the other."""
        w = self.steady.held_waits
        h = {name: self._seen(rows[place]) for name, rows in self.compiled.holding.items()}
        first, growth = self._seen(w.first[place]), self._seen(self.steady.held.growth[place])
        endless = ~np.isfinite(first) | (growth > 0)
        queueing = np.where(endless, 0.0, self._seen(w.queueing[place])) + np.zeros(self.scenarios)
        parts = [single(queueing, queueing**2)]
        open_for = self._seen(w.open_for[place]) + np.zeros(self.scenarios)
        if open_for.any():
            parts.append(even(open_for, 1.0 / (1.0 + self._seen(w.followers[place]))))
        if h["poll"].any():
            parts.append(even(h["poll"] + np.zeros(self.scenarios)))
        if self._seen(w.failing[place]).any():
            parts.append(self._failures(place, h))
        return h["delay"] + np.zeros(self.scenarios), endless, parts

    def _failures(self, place: int, h: dict[str, Array]) -> Mixture:
        """Executions that failed and the pauses after them; a stream tries again at once."""
        w, consumer = self.steady.held_waits, int(self.compiled.driven[place])
        failing, worked = self._seen(w.failing[place]), self._seen(w.worked[place])
        pause = np.where(h["in_place"] > 0, 0.0, h["retry_delay"]) + np.zeros(self.scenarios)
        mean, variance = moments(pick(self.usual.time, consumer))
        done = until_the_end(failing, h["attempts"], pause, h["retry_growth"])
        wide = worked * (variance + mean**2) - (worked * mean) ** 2
        work = done.tried.lasting(worked * mean, np.maximum(wide, 0.0))
        # Nothing comes back once it is too old to be kept.
        longest = np.minimum(h["retention"], 1e12)
        waited = np.minimum(done.pauses, longest)
        return reduced(work.weights, np.minimum(work.means, longest) + waited, work.variances)


def _later(known: Arrival, other: Arrival) -> Arrival:
    """The later of two ways to a station, in each scenario."""
    longer = moments(other.time)[0] > moments(known.time)[0]
    later = other.reached & (longer | ~known.reached)
    time = Mixture(*(np.where(later, new, old) for new, old in zip(other.time, known.time, strict=True)))
    grows = known.grows & known.reached | other.grows & other.reached
    return Arrival(time, grows, known.reached | other.reached)
