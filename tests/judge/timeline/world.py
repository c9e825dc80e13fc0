"""What everything in a played design shares: time, chance, and counts that are looked at every second."""

from collections import deque
from collections.abc import Callable
from math import inf, log1p, sqrt
from random import Random
from typing import Any, Final

from ..clock import Clock, Process

REFUSED: Final = -1
"""Answer of what does not take a request; otherwise the number of its items that failed."""

Settings = dict[str, Any]
"""A table of a design's file, as TOML has it."""


class World:
    """Time and chance."""

    def __init__(self, seed: int) -> None:
        self.clock = Clock()
        self.chance = Random(seed)

    def time(self, mean: float, cv: float) -> float:
        """A lognormal time [s]."""
        if mean <= 0 or cv <= 0:
            return max(mean, 0.0)
        variance = log1p(cv * cv)
        return mean * self.chance.lognormvariate(-variance / 2.0, sqrt(variance))

    def pause(self, mean: float) -> float:
        """A client's pause with full jitter: anything up to twice the mean [s]."""
        return self.chance.uniform(0.0, 2.0 * mean)


class Bucket:
    """Tokens that come in steadily; who finds too few is refused."""

    def __init__(self, clock: Clock, rate: float, most: float) -> None:
        self._clock = clock
        self.rate, self.most = rate, most
        self._level, self._since = most, 0.0

    def has(self, units: float = 1.0) -> bool:
        """Whether so much is there now."""
        if self.rate == inf:
            return True
        now = self._clock.now
        self._level = min(self.most, self._level + self.rate * (now - self._since))
        self._since = now
        return self._level >= units

    def take(self, units: float = 1.0) -> bool:
        """Take so much; false, and nothing taken, where less is there."""
        if not self.has(units):
            return False
        self._level -= units
        return True

    def change(self, rate: float, most: float) -> None:
        """Go on with another rate and size."""
        self.has()
        self.rate, self.most = rate, most
        self._level = min(self._level, most)


class Node:
    """A node of the design: takes requests, and counts what becomes of them."""

    def __init__(self, world: World, settings: Settings) -> None:
        self.world, self.clock, self.settings = world, world.clock, settings
        self.offered = self.completed = self.throttled = self.dead = 0
        self.inside = 0
        self._seconds_busy = 0.0
        self.slower, self.fail = 1.0, 0.0
        """What faults do to it at the moment."""

    @property
    def concurrency(self) -> float:
        """Seconds that requests have been in service here, summed up so far."""
        return self._seconds_busy + self.inside * self.clock.now

    def enter(self) -> None:
        """One more in service."""
        self.inside += 1
        self._seconds_busy -= self.clock.now

    def leave(self) -> None:
        """One less."""
        self.inside -= 1
        self._seconds_busy += self.clock.now

    @property
    def backlog(self) -> int:
        """Items that wait here, hidden ones included."""
        return 0

    @property
    def age(self) -> float:
        """How long the oldest that could be read has waited [s]."""
        return 0.0

    @property
    def environments(self) -> int:
        """Environments alive."""
        return 0

    def ask(self, items: int = 1) -> Process[int]:
        """Ask the node to serve items; `REFUSED` or how many of them failed."""
        raise NotImplementedError

    def hand(self) -> None:
        """Leave one item here without waiting for what becomes of it."""
        self.clock.start(self.ask())

    def shrink(self, share: float) -> None:
        """Go on with a share of what is given, as a fault wants it."""
        raise ValueError(f"the judge takes no capacity from {type(self).__name__}")

    def fails(self, error: float = 0.0) -> bool:
        """Whether one thing fails, by itself or because of a fault."""
        chance = 1.0 - (1.0 - error) * (1.0 - self.fail)
        return chance > 0 and self.world.chance.random() < chance

    def throttle(self, items: int) -> int:
        """Count what is refused."""
        self.throttled += items
        return REFUSED


class Call:
    """A synchronous way to another node, with the caller's retries."""

    def __init__(self, world: World, target: Node, settings: Settings, retries: int, pause_s: float) -> None:
        self.world, self.target = world, target
        self.calls = float(settings.get("calls", 1.0))
        self.retries, self.pause_s = retries, pause_s
        self.ask: Callable[[], Process[int]] = target.ask

    def make(self) -> Process[bool]:
        """One call, tried again after pauses; whether a try succeeded."""
        for attempt in range(self.retries + 1):
            if attempt:
                yield self.world.pause(self.pause_s)
            if (yield from self.ask()) == 0:
                return True
        return False

    def times(self, items: int) -> int:
        """How often it is made for so many items."""
        mean = self.calls * items
        whole = int(mean)
        return whole + (self.world.chance.random() < mean - whole)


def oldest(line: deque[float], now: float) -> float:
    """Age of the first in a line of arrival times [s].

    >>> oldest(deque([2.0, 5.0]), 6.0), oldest(deque(), 6.0)
    (4.0, 0.0)
    """
    return now - line[0] if line else 0.0
