"""How latencies are spread: mixtures of lognormals along the synchronous calls.

A cold start, a call that is made only sometimes and a try that fails each add a branch;
percentiles are solved on the mixture, never averaged. All of it is worked out twice where
something fails: over the admitted invocations, and over those that succeed, whose calls all
do, perhaps after some tries, and which end before their timeout.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.answers import Answers
from sandbox.engine.callees import in_cycles, levels
from sandbox.engine.compiled import Array, Index
from sandbox.engine.lognormal import cut, quantile
from sandbox.engine.mixture import Mixture, add, blend, moments, quantiles, reduced, single
from sandbox.engine.steady import Steady

Flags = NDArray[np.bool_]
PERCENTILES = (0.5, 0.95, 0.99)
SELDOM = 1e-6
"""A branch less likely than this moves no percentile that is shown."""
FAR = 0.2
"""A timeout at which no branch's mean is beyond this share of it cuts next to nothing."""


@dataclass(frozen=True)
class Spread:
    """Mean and percentiles of a time [s], each [.., scenario]."""

    mean: Array
    p50: Array
    p95: Array
    p99: Array


@dataclass(frozen=True)
class Latencies:
    """Times of an invocation of every station, its wait, its cold start and its calls included."""

    time: Mixture
    """What a caller sees, cut at the timeouts [station, C, S]."""
    uncut: Mixture
    """The same before the own timeout's cut, for percentiles."""
    longest: Array
    """The most that each of `PERCENTILES` can be [percentile, station, S]; infinite without a timeout."""
    answer: Mixture
    """One call, its tries included [call, C, S]."""
    before: Mixture
    """The part of that before the last try [call, C, S]."""

    def over_all(self, groups: Sequence[Sequence[int]], weights: Sequence[Array]) -> Spread:
        """Mean and percentiles of what goes through several stations, for many such groups at once.

        Args:
            groups: Stations of each group.
            weights: Part of its invocations that goes through each of them.

        Returns:
            Arrays [group, S].
        """
        most = max((len(rows) for rows in groups), default=0)
        rows, lot = np.zeros((len(groups), most), dtype=np.intp), np.zeros((len(groups), most))
        for place, (mine, part) in enumerate(zip(groups, weights, strict=True)):
            rows[place, : len(mine)], lot[place, : len(mine)] = mine, part
        longest = np.where(lot[..., None] > 0, self.longest[:, rows], 0.0).max(axis=2, initial=0.0)
        if most == 1:
            return spread(pick(self.time, rows[:, 0]), pick(self.uncut, rows[:, 0]), longest)
        return spread(_together(pick(self.time, rows), lot), _together(pick(self.uncut, rows), lot), longest)


def _together(mix: Mixture, lot: Array) -> Mixture:
    """One mixture of each group's [group, station, C, S]."""
    weights = mix.weights * lot[..., None, None]
    shape = (len(lot), -1, weights.shape[-1])
    return reduced(weights.reshape(shape), mix.means.reshape(shape), mix.variances.reshape(shape))


def spread(mix: Mixture, uncut: Mixture | None = None, longest: Array | float = np.inf) -> Spread:
    """Mean and percentiles of a mixture [.., C, S].

    Args:
        mix: Cut at a timeout: has the mean.
        uncut: The same before that; has the percentiles.
        longest: What each percentile is cut at [percentile, .., S].
    """
    found = np.minimum(quantiles(*(uncut or mix), PERCENTILES), longest)
    half, most, nearly_all = np.maximum.accumulate(found, axis=0)
    return Spread(moments(mix)[0], half, most, nearly_all)


def pick(mix: Mixture, rows: Index | Flags | int) -> Mixture:
    """Some rows of a mixture."""
    return Mixture(*(part[rows] for part in mix))


def put(mix: Mixture, rows: Index, new: Mixture) -> None:
    """Replace some rows of a mixture."""
    for part, fresh in zip(mix, new, strict=True):
        part[rows] = fresh


def latencies(steady: Steady, columns: slice = slice(None), *, over: Latencies | None = None) -> Latencies:
    """Times of the invocations of every station.

    Args:
        steady: The solved network.
        columns: The scenarios that are wanted.
        over: The times of all admitted invocations, to get those of the successful ones alone.
    """
    if over is not None and _all_succeed(steady, columns):
        return over
    walk = _Walk(steady, columns, over)
    for rows, arcs in levels(steady.compiled.calls, len(steady.compiled.rows)):
        walk.call(arcs)
        walk.finish(rows)
    return Latencies(walk.mix, walk.uncut or walk.mix, walk.limits(), walk.answers.whole, walk.answers.before)


def _all_succeed(steady: Steady, columns: slice) -> bool:
    """Whether failures are too rare to show."""
    lost = steady.made.tries.failed.max(initial=0.0)
    return bool(lost < SELDOM and (steady.success[:, columns] > 1.0 - SELDOM).all())


class _Walk:
    """One way up the calls, from those that call nothing to the sources."""

    def __init__(self, steady: Steady, columns: slice, over: Latencies | None) -> None:
        self.compiled, self.over = steady.compiled, over
        station = self.compiled.station

        def seen(values: Array) -> Array:
            return values[:, columns] if values.shape[1] > 1 else values

        fixed, per_item, cv = (seen(station[name]) for name in ("fixed", "per_item", "cv"))
        own = fixed + per_item * (seen(steady.batch) - 1.0)
        mean, spread = own, (cv * own) ** 2
        cyclic = in_cycles(self.compiled.calls)
        if len(cyclic):
            # Calls that lead back to themselves have no branches to follow: the solved mean stands for them.
            mean, spread = own.copy(), spread.copy()
            mean[cyclic], spread[cyclic] = seen(steady.duration)[cyclic], seen(steady.variance)[cyclic]
        self.mix = single(mean, spread)
        self.own = mean.copy(), spread.copy()
        """Mean and variance without calls."""
        self.uncut: Mixture | None = None
        zero = np.zeros_like(own)
        self.wait = seen(steady.wait) + zero
        self.wait[self.compiled.held] = 0.0
        self.timeout = seen(station["timeout"]) + zero
        self.init, self.cold = zero, seen(steady.cold_ratio) + zero
        having = np.flatnonzero(self.compiled.env_of >= 0)
        if len(having):
            self.init[having] = seen(self.compiled.environments["init"])[self.compiled.env_of[having]]
        self.cold[self.init <= 0] = 0.0
        # Nothing takes longer than a time that is always the same and calls that are cut.
        self.warm = np.where((cv > 0) & (own > 0), np.inf, own)
        self.longest, self.called = self.warm.copy(), zero.copy()
        if len(cyclic):
            self.called[cyclic] = np.inf
        self.answers = Answers.of(steady, seen, successful=over is not None)

    def call(self, arcs: Index) -> None:
        """Add some calls to their sources, one after the other; routes are alternatives."""
        if not len(arcs):
            return
        calls, answers = self.compiled.calls, self.answers
        target, source = calls.target[arcs], calls.source[arcs]
        answers.find(
            arcs, pick(self.mix, target), None if self.over is None else pick(self.over.time, target)
        )
        between = calls.routed[arcs] & (np.bincount(source)[source] > 1)
        self._add(source[~between], answers.as_often(arcs[~between]))
        for row in np.flatnonzero(np.bincount(source[between])):
            self._add(np.array([row]), answers.chosen(arcs[between & (source == row)]))
        if len(self.compiled.timed):
            ceiling = answers.ceiling(arcs, self.longest[target])
            longest = np.zeros_like(self.called)
            np.maximum.at(longest, source[between], ceiling[between])
            np.add.at(longest, source[~between], ceiling[~between])
            self.warm, self.called = self.warm + longest, self.called + longest

    def _add(self, source: Index, times: Mixture) -> None:
        """Add times to some stations, several to one of them in turn; what has no branches just adds up."""
        plain = ((times.weights[:, 0] == 1.0) & (self.mix.weights[source, 0] == 1.0)).all(axis=1)
        if plain.any():
            np.add.at(self.mix.means[:, 0], source[plain], times.means[plain, 0])
            np.add.at(self.mix.variances[:, 0], source[plain], times.variances[plain, 0])
            if plain.all():
                return
            source, times = source[~plain], pick(times, ~plain)
        turn = np.arange(len(source)) - np.searchsorted(source, source)
        for place in range(int(turn.max(initial=-1)) + 1):
            now = np.flatnonzero(turn == place)
            put(self.mix, source[now], add(pick(self.mix, source[now]), pick(times, now)))

    def finish(self, rows: Index) -> None:
        """Timeouts, cold starts and waits of some stations whose calls are in."""
        limit = self.timeout[rows]
        waiting = rows[(self.wait[rows] > 0).any(axis=1)]
        middling = np.where(self.mix.weights[rows] > 0, self.mix.means[rows], 0.0).max(axis=1)
        limited = rows[(middling > FAR * limit).any(axis=1)]
        if len(limited):
            self._limit(limited)
        self._start(self.mix, rows)
        if len(waiting):
            wait = self.wait[waiting]
            put(self.mix, waiting, add(pick(self.mix, waiting), single(wait, wait**2)))
        if self.uncut is not None:
            apart = np.setdiff1d(limited, waiting)
            self._start(self.uncut, apart)
            same = np.setdiff1d(rows, apart)
            put(self.uncut, same, pick(self.mix, same))
        if len(self.compiled.timed):
            self.warm[rows] = np.where(self.wait[rows] > 0, np.inf, np.minimum(self.warm[rows], limit))
            self.longest[rows] = self.warm[rows] + np.where(self.cold[rows] > SELDOM, self.init[rows], 0.0)

    def _limit(self, rows: Index) -> None:
        """Cut the times of some stations at their timeouts; what succeeds ends before."""
        if self.uncut is None:
            self.uncut = Mixture(*(part.copy() for part in self.mix))
        part, limit = pick(self.mix, rows), self.timeout[rows][:, None, :]
        put(self.uncut, rows, part)
        ended = cut(limit, part.means, part.variances)
        weights, mean, variance = part.weights, ended.mean, ended.variance
        if self.over is not None:
            within = 1.0 - ended.share_over
            some = within > SELDOM
            safe, edge = np.where(some, within, 1.0), np.where(ended.share_over > 0, limit, 0.0)
            short = (mean - edge * ended.share_over) / safe
            square = (variance + mean**2 - edge**2 * ended.share_over) / safe
            # Where hardly any succeeds, those that do take all the time there is.
            mean = np.where(some, np.clip(short, 0.0, mean), mean)
            variance = np.where(some, np.maximum(square - short**2, 0.0), 0.0)
            weights = weights * np.maximum(within, SELDOM**2)
            weights = weights / weights.sum(axis=1, keepdims=True)
        put(self.mix, rows, Mixture(weights, mean, variance))
        if self.over is not None:
            put(self.uncut, rows, Mixture(weights, mean, variance))

    def _start(self, mix: Mixture, rows: Index) -> None:
        """Blend in the cold starts of some stations."""
        having = rows[(self.cold[rows] > SELDOM).any(axis=1)]
        if len(having):
            part = pick(mix, having)
            slow = Mixture(part.weights, part.means + self.init[having][:, None, :], part.variances)
            put(mix, having, blend(self.cold[having], slow, part))

    def limits(self) -> Array:
        """The most that each percentile can be: with the cold start where that many are cold.

        No more than one of a hundred takes longer than the 99th percentile of its own time and the longest
        that its calls can take.
        """
        if not len(self.compiled.timed):
            return np.full((len(PERCENTILES), *self.warm.shape), np.inf)
        beyond = 1.0 - np.array(PERCENTILES)[:, None, None]
        own = np.array([quantile(p, *self.own) for p in PERCENTILES])
        warm = np.minimum(self.warm, np.where(self.wait > 0, np.inf, own + self.called))
        return warm + np.where(self.cold >= beyond, self.init, 0.0)
