"""What comes back later: pauses before a retry, visibility timeouts, first deliveries that are put off."""

import numpy as np

from sandbox.engine.compiled import Array, Index

BUCKETS = 512
"""Most buckets of a line; a longer pause comes back in bunches, a 512th of it apart."""


class DelayLines:
    """Items on their way back, line by line, each after a pause of its own.

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
            ticks: Pause of each line [ticks].
            scenarios: Number of scenarios.
        """
        wide = np.maximum(np.ceil(ticks / BUCKETS), 1.0).astype(np.intp)
        """Ticks of one bucket of each line."""
        groups = [np.flatnonzero(wide == each) for each in np.unique(wide)]
        self.rings = [(rows, _Ring(ticks[rows], int(wide[rows[0]]), scenarios)) for rows in groups]
        self.inside: Array = np.zeros((len(ticks), scenarios))
        """Items in each line [line, scenario]."""
        self.used = False
        """Whether anything was ever sent."""
        self.now = 0

    def put(self, items: Array) -> None:
        """Send items on their way [line, scenario]."""
        self.used = True
        self.inside = self.inside + items
        for rows, ring in self.rings:
            ring.put(items if len(self.rings) == 1 else items.take(rows, axis=0), self.now)

    def step(self) -> Array | None:
        """Go on by one tick; the items that are back [line, scenario], or None where there are none."""
        self.now += 1
        if not self.used:
            return None
        back: Array | None = None
        for rows, ring in self.rings:
            some = ring.take(self.now)
            if some is not None:
                back = np.zeros(self.inside.shape) if back is None else back
                back[rows] = some
        if back is not None:
            left = any(ring.filled for _, ring in self.rings)
            self.inside = self.inside - back if left else np.zeros(back.shape)
        return back


class _Ring:
    """Lines with buckets of equally many ticks: arrays [bucket, line, scenario]."""

    def __init__(self, ticks: Array, wide: int, scenarios: int) -> None:
        buckets = np.maximum(np.rint(ticks / wide), 1.0).astype(np.intp)
        self.wide, self.length, self.away = wide, int(buckets.max(initial=1)) + 1, buckets
        self.lines = len(ticks)
        self.cells: Array = np.zeros((self.length * self.lines, scenarios))
        """One bucket's lines after the other's."""
        self.filled: set[int] = set()
        """Buckets with something in them."""
        self._places: dict[int, tuple[Index, frozenset[int]]] = {}

    def put(self, items: Array, now: int) -> None:
        """Put items in the buckets in which they come back."""
        first = now // self.wide % self.length
        if first not in self._places:
            buckets = (first + self.away) % self.length
            cells = buckets * self.lines + np.arange(self.lines)
            self._places[first] = cells, frozenset(buckets.tolist())
        cells, filled = self._places[first]
        self.cells[cells] = self.cells.take(cells, axis=0) + items
        self.filled |= filled

    def take(self, now: int) -> Array | None:
        """Take what comes back in this tick; None where nothing does."""
        bucket = now // self.wide % self.length
        if now % self.wide or bucket not in self.filled:
            return None
        self.filled.remove(bucket)
        span = slice(bucket * self.lines, (bucket + 1) * self.lines)
        back = self.cells[span].copy()
        self.cells[span] = 0.0
        return back
