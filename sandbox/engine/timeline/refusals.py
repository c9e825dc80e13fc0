"""What a consumer refused: each item comes back after a pause that doubles with each of its own refusals."""

from math import ceil, log2

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.timeline.delays import DelayLines

TINY = 1e-12


class Refusals:
    """Items by how often they were refused in a row: arrays [stage, line, scenario].

    Twelve items, all of which are refused each time, come back after one tick, and then after two more:

    >>> sut = Refusals(np.array([1.0]), np.array([8.0]), (1, 1, 1))
    >>> items, none = np.full((1, 1, 1), 12.0), np.zeros((1, 1, 1))
    >>> sut.put(items, items, left=none)
    >>> float(sut.step().sum())
    12.0
    >>> sut.put(items, items, left=none)
    >>> [float(sut.step().sum()) for _ in range(2)]
    [0.0, 12.0]
    """

    def __init__(self, first: Array, most: Array, shape: tuple[int, int, int]) -> None:
        """Nothing has been refused yet.

        Args:
            first: Pause after the first refusal, by line [ticks].
            most: Longest pause, by line [ticks].
            shape: Of the items [stage, line, scenario].
        """
        longest = float((most / np.maximum(first, TINY)).max(initial=1.0))
        self.shape = (ceil(log2(max(longest, 1.0))) + 1, *shape)
        """Refusals in a row, the last place for so many or more [refusals, stage, line, scenario]."""
        pauses = np.minimum(first * 2.0 ** np.arange(self.shape[0])[:, None], most)
        self.lines = DelayLines(np.repeat(pauses[:, None], shape[0], axis=1).reshape(-1), shape[2])
        self.known: Array = np.zeros(self.shape)
        """Of the items that can be offered, how many have been refused so often."""
        self.any = False

    @property
    def inside(self) -> Array:
        """Items that wait for their next try [line, scenario]."""
        return np.asarray(self.lines.inside.reshape(self.shape).sum(axis=(0, 1)))

    def put(self, refused: Array, offered: Array, left: Array) -> None:
        """Send what was refused on its way.

        Args:
            refused: Items, a part of those offered.
            offered: Items.
            left: Items that could have been offered beside them.
        """
        if not self.any and not refused.any():
            return
        self.any = True
        mine = self.known * (offered / np.maximum(offered + left, TINY))
        self.known -= mine
        mine[0] = 0.0
        again = mine.sum(axis=0)
        mine[0] = np.maximum(offered - again, 0.0)
        self.lines.put((mine * (refused / np.maximum(mine[0] + again, TINY))).reshape(-1, self.shape[3]))

    def step(self) -> Array | None:
        """Go on by one tick; the items that are back, or None where there are none."""
        back = self.lines.step()
        if back is None:
            return None
        by_refusals = back.reshape(self.shape)
        self.known[1:] += by_refusals[:-1]
        self.known[-1] += by_refusals[-1]
        return np.asarray(by_refusals.sum(axis=0))
