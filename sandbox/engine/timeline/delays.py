"""What comes back later: pauses before a retry, visibility timeouts, first deliveries that are put off."""

import numpy as np

from sandbox.engine.compiled import Array, Index

BUCKETS = 512
"""Most buckets of a line; a longer pause comes back in bunches, a 512th of it apart."""


class DelayLines:
    """Items on their way back, line by line, in a ring of buckets [bucket, line, scenario].

    >>> lines = DelayLines(np.array([2.0]), 1)
    >>> lines.put(np.array([[5.0]]))
    >>> [back if (back := lines.step()) is None else float(back[0, 0]) for _ in range(3)]
    [None, 5.0, None]

    A long pause in one line does not make another line's longer:

    >>> lines = DelayLines(np.array([2.0, 40_000.0]), 1)
    >>> lines.put(np.array([[5.0], [7.0]]))
    >>> [back if (back := lines.step()) is None else back[:, 0].tolist() for _ in range(2)]
    [None, [5.0, 0.0]]
    """

    def __init__(self, ticks: Array, scenarios: int) -> None:
        """Empty lines.

        Args:
            ticks: Longest pause of each line [ticks].
            scenarios: Number of scenarios.
        """
        self.wide: Index = np.maximum(np.ceil(ticks / BUCKETS), 1.0).astype(np.intp)
        """Ticks of one bucket of each line."""
        self.length = int(np.ceil(ticks / self.wide).max(initial=1.0)) + 1
        self.ring: Array = np.zeros((self.length, len(ticks), scenarios))
        self.rows: Index = np.arange(len(ticks))
        self.away: Index = self._buckets(ticks)
        self.inside: Array = np.zeros((len(ticks), scenarios))
        """Items in each line [line, scenario]."""
        self.filled = np.zeros((self.length, len(ticks)), dtype=bool)
        """Buckets with something in them."""
        self.now = 0

    def put(self, items: Array, ticks: Array | None = None) -> None:
        """Send items on their way, for each line's own pause or for the one given [line, scenario]."""
        away = self.away if ticks is None else self._buckets(ticks)
        place = (self.now // self.wide + away) % self.length
        self.ring[place, self.rows] += items
        self.filled[place, self.rows] = True
        self.inside += items

    def step(self) -> Array | None:
        """Go on by one tick; the items that are back [line, scenario], or None where there are none."""
        self.now += 1
        place = self.now // self.wide % self.length
        due = self.filled[place, self.rows] & (self.now % self.wide == 0)
        if not due.any():
            return None
        place, rows = place[due], self.rows[due]
        back = np.zeros_like(self.inside)
        back[rows] = self.ring[place, rows]
        self.ring[place, rows] = 0.0
        self.filled[place, rows] = False
        self.inside -= back
        if not self.filled.any():
            self.inside[:] = 0.0
        return back

    def _buckets(self, ticks: Array) -> Index:
        return np.clip(np.rint(ticks / self.wide), 1, self.length - 1).astype(np.intp)
