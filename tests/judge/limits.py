"""What may refuse a request: a pool of slots with its waiting room, and a bucket of tokens."""

from collections import deque
from heapq import heappop, heappush
from math import inf
from typing import Final

from sandbox.engine.network import Environments, Slots

from .clock import Clock, Process, Waiter

BUCKET_SECONDS: Final = 5.0
"""Tokens of a quota without a burst of its own, in seconds of its capacity."""


class Bucket:
    """Tokens that come in at a steady rate; a request that finds too few is refused."""

    def __init__(self, clock: Clock, rate: float, most: float) -> None:
        self._clock = clock
        self._rate = rate
        self._most = most
        self._level = most
        self._since = 0.0

    def has(self, units: float) -> bool:
        """Whether *units* may be taken now."""
        if self._rate == inf:
            return True
        now = self._clock.now
        self._level = min(self._most, self._level + self._rate * (now - self._since))
        self._since = now
        return self._level >= units

    def take(self, units: float) -> None:
        """Use up *units*."""
        self._level -= units


class Pool:
    """So many at once; so many more may wait, in order, for so long."""

    def __init__(self, clock: Clock, slots: Slots) -> None:
        self._clock = clock
        self._free = slots.capacity
        self._places = slots.places
        self._patience = slots.patience
        self._queue: deque[Waiter] = deque()
        self._waiting = 0
        rate = slots.rate_per_slot * slots.capacity
        self.starts = Bucket(clock, rate, rate)

    def acquire(self) -> Process[bool]:
        """Take a slot, after a wait where that is allowed; False when refused."""
        if self._free >= 1:
            self._free -= 1
            return True
        if self._waiting >= self._places:
            return False
        waiter = self._clock.waiter()
        self._queue.append(waiter)
        self._waiting += 1
        self._clock.alarm(waiter, self._patience)
        if (yield None):
            return True
        self._waiting -= 1
        return False

    def release(self) -> None:
        """Give the slot to the first who still waits."""
        while self._queue:
            if self._clock.wake(self._queue.popleft(), True):
                self._waiting -= 1
                return
        self._free += 1


class Fleet:
    """Environments by rank: a request takes the lowest idle one, and those unused for long are gone."""

    def __init__(self, clock: Clock, kind: Environments) -> None:
        self._clock = clock
        self.init = kind.init
        self._expiry = kind.idle_expiry
        self._ready = kind.ready
        self._idle = list(range(int(kind.ready)))
        self._used = dict.fromkeys(self._idle, 0.0)

    def ready(self) -> bool:
        """Whether one of those kept ready is idle."""
        return bool(self._idle) and self._idle[0] < self._ready

    def take(self) -> tuple[int, bool]:
        """Rank of the environment used next, and whether it had to be started."""
        rank = heappop(self._idle) if self._idle else len(self._used)
        since = self._used.get(rank, -inf)
        self._used[rank] = self._clock.now
        return rank, rank >= self._ready and self._clock.now - since > self._expiry

    def back(self, rank: int) -> None:
        """The environment is idle again."""
        self._used[rank] = self._clock.now
        heappush(self._idle, rank)
