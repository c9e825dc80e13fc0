"""What a caller waits for at one call: its tries, the pauses between them, and the answer."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sandbox.engine.calls import turns
from sandbox.engine.compiled import Array, Calls, Index
from sandbox.engine.mixture import Mixture, add, blend, moments, reduced, single
from sandbox.engine.steady import Steady
from sandbox.engine.tried import until_success

SELDOM = 1e-6
"""A branch less likely than this moves no percentile that is shown."""
NEAR = 1e-9


@dataclass(frozen=True)
class Answers:
    """The calls of a network, with the answers found so far: arrays [call, S]."""

    successful: bool
    """Whether only calls that succeed in the end count."""
    failing: Array
    """Chance that one try fails."""
    most: Array
    """Most tries."""
    pause: Array
    """Between two tries [s]."""
    once: Array
    """Mean time of one try, whether it fails or not [s]; not a number where nothing is called."""
    count: Array
    """Mean calls for an invocation of the source."""
    whole: Mixture
    """Time of a call, from its first try to its answer [call, C, S]."""
    before: Mixture
    """The part of that before the last try."""

    @staticmethod
    def of(steady: Steady, seen: Callable[[Array], Array], *, successful: bool) -> "Answers":
        """The calls of a solved network.

        Args:
            steady: The solution.
            seen: Picks the scenarios that are wanted.
            successful: Whether only calls that succeed in the end count.
        """
        calls, arc, made = steady.compiled.calls, steady.compiled.arc, steady.made
        number, time, tries = seen(made.turns), seen(made.time), seen(made.tries.mean)
        most = seen(arc["attempts"])[calls.arc] + np.zeros_like(number)
        pause = seen(arc["backoff"])[calls.arc] + np.zeros_like(number)
        kept, parts = _slowest(calls, time)
        seldom = number * parts <= 0
        each = np.where(seldom, np.nan, time / np.where(seldom, 1.0, number * parts))
        if successful:
            batch = seen(steady.batch)[calls.source]
            per_batch = seen(arc["per_batch"])[calls.arc] > 0
            number = seen(arc["gain"])[calls.arc] * np.where(per_batch, 1.0, batch)
            number = turns(number, seen(arc["at_once"])[calls.arc])
        nothing = single(np.zeros_like(number), np.zeros_like(number))
        return Answers(
            successful=successful,
            failing=np.clip(seen(made.tries.failed), 0.0, 1.0) ** (1.0 / np.maximum(most, 1.0)),
            most=most,
            pause=pause,
            once=(each - pause * (tries - 1.0)) / tries,
            count=number * kept,
            whole=nothing,
            before=Mixture(*(part.copy() for part in nothing)),
        )

    def find(self, arcs: Index, target: Mixture, usual: Mixture | None) -> None:
        """Work out some calls once the times of their targets are known.

        Args:
            arcs: The calls.
            target: Times of the targets.
            usual: Times of all their admitted invocations, where *target* has those that succeed alone.
        """
        for part, fresh in zip(self.whole, target, strict=True):
            part[arcs] = fresh
        failing, most = self.failing[arcs], self.most[arcs]
        mean = moments(target)[0]
        failure = (self.once[arcs] - (1.0 - failing) * mean) / np.maximum(failing, NEAR)
        failure = np.where(np.isnan(failure), mean, np.maximum(failure, 0.0))
        differs = (most > 1) | (np.abs(failure - mean) > NEAR * mean) & (not self.successful)
        some = np.flatnonzero(((failing > SELDOM) & differs).any(axis=1))
        if not len(some):
            return
        whole = Mixture(*(part[some] for part in target))
        middle, wide = moments(whole if usual is None else Mixture(*(part[some] for part in usual)))
        wide = _spread_of_failures(failure[some], middle, wide)
        self._try_again(arcs[some], whole, failure[some], wide)

    def _try_again(self, arcs: Index, target: Mixture, failure: Array, wide: Array) -> None:
        """Put the failed tries before the last one."""
        failing, most, pause = self.failing[arcs], self.most[arcs], self.pause[arcs]
        before = reduced(*until_success(failing, most).lasting(failure + pause, wide))
        whole = add(before, target)
        if not self.successful:
            in_vain = single(most * failure + (most - 1.0) * pause, most * wide)
            whole = blend(1.0 - failing**most, whole, in_vain)
        for part, fresh in zip((*self.whole, *self.before), (*whole, *before), strict=True):
            part[arcs] = fresh

    def as_often(self, arcs: Index) -> Mixture:
        """Time of all the calls that an invocation makes on some arcs, one after the other."""
        count, whole = self.count[arcs], Mixture(*(part[arcs] for part in self.whole))
        many = np.floor(count + SELDOM)
        rest = np.clip(count - many, 0.0, 1.0)
        if self.successful:
            lost = self.failing[arcs] ** self.most[arcs]
            rest = rest * (1.0 - lost) / np.maximum(1.0 - rest * lost, NEAR)
        other = np.flatnonzero(((many != 1.0) | (rest > SELDOM)).any(axis=1))
        if len(other):
            one = Mixture(*(part[other] for part in whole))
            for part, fresh in zip(whole, _repeated(one, many[other], rest[other]), strict=True):
                part[other] = fresh
        return whole

    def chosen(self, arcs: Index) -> Mixture:
        """Time of one of the calls of a source that chooses between them, or of none [1, C, S]."""
        share = self.count[arcs]
        none = np.maximum(1.0 - share.sum(axis=0), 0.0)
        if self.successful:
            share = share * (1.0 - self.failing[arcs] ** self.most[arcs])
        total = np.maximum(share.sum(axis=0) + none, NEAR)
        columns = share.shape[1]
        weights = (self.whole.weights[arcs] * (share / total)[:, None, :]).reshape(-1, columns)
        rest = np.zeros((1, columns))
        parts = (
            np.concatenate([weights, (none / total)[None]]),
            np.concatenate([self.whole.means[arcs].reshape(-1, columns), rest]),
            np.concatenate([self.whole.variances[arcs].reshape(-1, columns), rest]),
        )
        return Mixture(*(part[None] for part in reduced(*parts)))

    def ceiling(self, arcs: Index, longest: Array) -> Array:
        """The most that some calls can take, where none of their targets' times is over a limit."""
        count, most = np.ceil(self.count[arcs] - SELDOM), self.most[arcs]
        once = most * longest + (most - 1.0) * self.pause[arcs]
        return np.where(count > 0, np.maximum(count, 1.0) * once, 0.0)


def _spread_of_failures(failure: Array, mean: Array, variance: Array) -> Array:
    """Variance of a failed try: some take the callee's time, and those that are refused take none."""
    share = np.minimum(failure / np.where(mean > 0, mean, 1.0), 1.0)
    return np.maximum(share * (variance + mean**2) - share**2 * mean**2, 0.0)


def _repeated(once: Mixture, many: Array, rest: Array) -> Mixture:
    """A whole number of calls, and one more with some chance."""
    mean, variance = moments(once)
    none = single(np.zeros_like(mean), np.zeros_like(mean))
    sometimes = blend(rest, once, none)
    if not many.any():
        return sometimes
    exact = single(mean * many, variance * many)
    one = (many == 1.0)[:, None, :]
    several = Mixture(*(np.where(one, a, b) for a, b in zip(once, exact, strict=True)))
    return add(several, sometimes) if (rest > SELDOM).any() else several


def _slowest(calls: Calls, time: Array) -> tuple[Array, Array]:
    """1 for one slowest call of each parallel block and for every other call; and its part of that time."""
    kept, parts = np.ones_like(time), np.ones_like(time)
    if not calls.parallel:
        return kept, parts
    for block in np.unique(calls.block_of):
        mine = np.flatnonzero(calls.block_of == block)
        if len(mine) > 1:
            slowest = time[mine].max(axis=0)
            kept[mine] = np.arange(len(mine))[:, None] == time[mine].argmax(axis=0)
            parts[mine] = (time[mine] >= slowest) / np.maximum((time[mine] >= slowest).sum(axis=0), 1)
    return kept, parts
