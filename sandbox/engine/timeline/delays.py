"""What comes back later: pauses before a retry, visibility timeouts, first deliveries that are put off."""

from math import ceil

import numpy as np

from sandbox.engine.compiled import Array, Index

BUCKETS = 256
"""Most buckets of a line; a longer pause comes back in bunches, a 256th of it apart."""


class DelayLines:
    """Items on their way back, line by line, in a ring of buckets [bucket, line, scenario].

    >>> lines = DelayLines(np.array([2.0]), 1)
    >>> lines.put(np.array([[5.0]]))
    >>> [back if (back := lines.step()) is None else float(back[0, 0]) for _ in range(3)]
    [None, 5.0, None]
    """

    def __init__(self, ticks: Array, scenarios: int) -> None:
        """Empty lines.

        Args:
            ticks: Longest pause of each line [ticks].
            scenarios: Number of scenarios.
        """
        longest = float(ticks.max(initial=1.0))
        self.wide = max(ceil(longest / BUCKETS), 1)
        """Ticks of one bucket."""
        self.length = ceil(longest / self.wide) + 1
        self.ring: Array = np.zeros((self.length, len(ticks), scenarios))
        self.rows: Index = np.arange(len(ticks))
        self.away: Index = self._buckets(ticks)
        self.inside: Array = np.zeros((len(ticks), scenarios))
        """Items in each line [line, scenario]."""
        self.filled = np.zeros(self.length, dtype=bool)
        """Buckets with something in them."""
        self.now = 0

    def put(self, items: Array, ticks: Array | None = None) -> None:
        """Send items on their way, for each line's own pause or for the one given [line, scenario]."""
        away = self.away if ticks is None else self._buckets(ticks)
        place = (self.now // self.wide + away) % self.length
        self.ring[place, self.rows] += items
        self.filled[place] = True
        self.inside += items

    def step(self) -> Array | None:
        """Go on by one tick; the items that are back [line, scenario], or None where there are none."""
        self.now += 1
        place = self.now // self.wide % self.length
        if self.now % self.wide or not self.filled[place]:
            return None
        back: Array = self.ring[place].copy()
        self.ring[place] = 0.0
        self.filled[place] = False
        self.inside -= back
        if not self.filled.any():
            self.inside[:] = 0.0
        return back

    def _buckets(self, ticks: Array) -> Index:
        return np.clip(np.rint(ticks / self.wide), 1, self.length - 1).astype(np.intp)
