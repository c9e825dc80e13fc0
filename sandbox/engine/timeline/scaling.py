"""Capacities that are not there at once: they follow their own use, at once but twofold, or late."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.network import Doubling, Environments, Growing, Quota, Slots, Tracking

STRETCHES = 30
"""Past peaks are remembered in so many stretches of the time after which they count."""


class Moving(Protocol):
    """A capacity that depends on what was used of it."""

    def begin(self, given: Array) -> Array:
        """Capacity of the first tick [scenario], of the most there is."""
        ...  # pragma: no cover

    def step(self, used: Array, given: Array) -> Array:
        """Capacity of the next tick [scenario], from what this tick used (units/s) and the most there is."""
        ...  # pragma: no cover


class Doubled:
    """A multiple of the peak that was used up to some time ago.

    Of 100/s at the start, twofold after a peak has stood for a minute:

    >>> sut = Doubled(Doubling(start=100.0, factor=2.0, after=60.0), 1, step_s=1.0)
    >>> used, most = np.array([90.0]), np.array([1e4])
    >>> told = [float(sut.step(used, most)[0]) for _ in range(70)]
    >>> told[0], told[-1]
    (100.0, 180.0)
    """

    def __init__(self, rule: Doubling, scenarios: int, step_s: float) -> None:
        self.rule = rule
        self.wide = max(round(rule.after / step_s / STRETCHES), 1)
        self.length = max(round(rule.after / step_s / self.wide), 1)
        self.ring: Array = np.zeros((self.length, scenarios))
        self.peak: Array = np.zeros(scenarios)
        self.capacity: Array = np.full(scenarios, rule.start)
        self.allowed: Array = self.capacity
        self.high: Array = self.ring[0]
        """Peak of the stretch at hand."""
        self.given: Array | None = None
        self.now = 0

    def begin(self, given: Array) -> Array:
        """Capacity of the first tick."""
        return np.minimum(self.rule.start, given)

    def step(self, used: Array, given: Array) -> Array:
        """Capacity of the next tick."""
        begins = self.now % self.wide == 0
        if begins:
            self.high = self.ring[self.now // self.wide % self.length]
            np.maximum(self.peak, self.high, out=self.peak)
            self.high[:] = 0.0
            self.allowed = np.maximum(self.rule.factor * self.peak, self.rule.start)
        self.now += 1
        # A burst beyond the capacity is no peak that lasts.
        np.maximum(self.high, np.minimum(used, self.capacity), out=self.high)
        if begins or given is not self.given:
            self.capacity, self.given = np.minimum(self.allowed, given), given
        return self.capacity


class Tracked:
    """More is ordered after a while above the target, and is there after another; less likewise.

    The capacity ordered is the one at which the mean use of that while meets the target. Where the rule does
    not say what is there at the start, the first tick's use does.

    >>> rule = Tracking(least=1.0, target=0.5, out_after=2.0, out_lag=3.0)
    >>> sut, most = Tracked(rule, 1, step_s=1.0), np.array([100.0])
    >>> [float(sut.step(np.array([used]), most)[0]) for used in (5.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0)]
    [10.0, 10.0, 10.0, 10.0, 10.0, 16.0, 16.0]
    """

    def __init__(self, rule: Tracking, scenarios: int, step_s: float) -> None:
        self.rule, self.step_s = rule, step_s
        self.capacity: Array | None = None
        self.above, self.below, self.due = (np.zeros(scenarios) for _ in range(3))
        self.mean: Array = np.zeros(scenarios)
        self.ordered: Array = np.zeros(scenarios)
        self.tokens: Array = np.full(scenarios, min(rule.added_burst, 1e15))
        """What may be added at once."""
        self.decreases: Array = np.full(scenarios, rule.decreases)
        """Times that some may still be given back."""

    def begin(self, given: Array) -> Array:
        """Capacity of the first tick."""
        if self.rule.start is None:
            return given
        self.capacity = np.minimum(self.rule.start, given)
        self.ordered = self.capacity.copy()
        return self.capacity

    def _whole(self, used: Array, given: Array) -> Array:
        """Capacity of which a use is the target's share, in whole steps."""
        wanted, size = used / self.rule.target, self.rule.step
        wanted = np.ceil(wanted / size - 1e-9) * size if size > 0 else wanted
        return np.minimum(np.maximum(wanted, self.rule.least), given)

    def _arrive(self, capacity: Array) -> Array:
        """What is there of what was ordered once its lag is over: not everything comes at once."""
        rule, tokens = self.rule, self.tokens
        if np.isfinite(rule.added):
            tokens = np.minimum(
                tokens + rule.added * self.step_s, max(rule.added_burst, rule.added * self.step_s)
            )
            more = np.clip(self.ordered - capacity, 0.0, tokens)
            self.tokens = tokens - more * (self.due <= self.step_s / 2)
            return np.where(self.ordered > capacity, capacity + more, self.ordered)
        return self.ordered

    def step(self, used: Array, given: Array) -> Array:
        """Capacity of the next tick."""
        rule, step = self.rule, self.step_s
        if self.capacity is None:
            self.capacity = self._whole(used, given)
            self.ordered, self.mean = self.capacity.copy(), used.copy()
        over = used > rule.target * self.capacity * (1.0 + 1e-9)
        under = used < rule.target * self.capacity * (1.0 - rule.slack)
        self.above = np.where(over, self.above + step, 0.0)
        self.below = np.where(under, self.below + step, 0.0)
        part = np.minimum(step / max(rule.out_after, step), 1.0)
        self.mean = np.where(over & (self.above <= step), used, self.mean + part * (used - self.mean))
        wanted = self._whole(np.maximum(self.mean, used * over), given)
        waiting = (self.due > 0) | (self.ordered > self.capacity)
        more = ~waiting & (self.above >= rule.out_after)
        self.decreases = np.minimum(self.decreases + step / rule.decrease_after, rule.decreases)
        less = ~waiting & (self.below >= rule.in_after) & (self.decreases >= 1.0)
        self.decreases = self.decreases - less
        self.ordered = np.where(more | less, wanted, self.ordered)
        self.due = np.where(more | less, rule.out_lag, np.maximum(self.due - step, 0.0))
        arrived = (self.due <= step / 2) & (self.ordered != self.capacity)
        self.capacity = np.where(arrived, self._arrive(self.capacity), self.capacity)
        self.above, self.below = np.where(more, 0.0, self.above), np.where(less, 0.0, self.below)
        return np.minimum(self.capacity, given)


class Grown:
    """The target's share of it is in use at rest; on the way there it changes by a share of itself.

    Doubled use asks for twice as much, which is there after ln 2 ÷ 10 % = 7 seconds:

    >>> sut, most = Grown(Growing(target=0.5, rise=0.1), step_s=1.0), np.array([100.0])
    >>> told = [float(sut.step(np.array([used]), most)[0]) for used in [5.0, *7 * [10.0]]]
    >>> told[0], round(told[1], 3), told[-1]
    (10.0, 11.052, 20.0)
    """

    def __init__(self, rule: Growing, step_s: float) -> None:
        self.rule = rule
        self.up, self.down = float(np.exp(rule.rise * step_s)), float(np.exp(-rule.fall * step_s))
        self.capacity: Array | None = None

    def begin(self, given: Array) -> Array:
        """Capacity of the first tick."""
        if self.rule.start is None:
            return given
        self.capacity = np.minimum(self.rule.start, given)
        return self.capacity

    def step(self, used: Array, given: Array) -> Array:
        """Capacity of the next tick."""
        wanted = np.minimum(np.maximum(used / self.rule.target, self.rule.least), given)
        if self.capacity is None:
            self.capacity = wanted
        self.capacity = np.clip(wanted, self.capacity * self.down, self.capacity * self.up)
        return np.minimum(self.capacity, given)


def movers(
    rows: Sequence[Quota | Slots | Environments], scenarios: int, step_s: float
) -> list[tuple[int, Moving]]:
    """What moves each of some capacities, by row, where something does."""
    found: list[tuple[int, Moving]] = []
    for row, limit in enumerate(rows):
        if isinstance(limit.moves, Doubling):
            found.append((row, Doubled(limit.moves, scenarios, step_s)))
        elif isinstance(limit.moves, Tracking):
            found.append((row, Tracked(limit.moves, scenarios, step_s)))
        elif isinstance(limit.moves, Growing):
            found.append((row, Grown(limit.moves, step_s)))
    return found
