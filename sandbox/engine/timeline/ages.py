"""How old the oldest waiting item is, and what has grown too old."""

import numpy as np

from sandbox.engine.compiled import Array


class Ages:
    """Age of the oldest waiting item of each line, first in first out.

    With A(t) the items that have come until t, the oldest of w waiting items came when A was A(t) − w: the
    inverse of A, exact for a fluid.
    """

    def __init__(self, points: int, initial: Array, retention: Array) -> None:
        """Begin with what is there at the start.

        Args:
            points: Times that will be kept.
            initial: Items of each line [line, scenario].
            retention: How long they are kept [line, 1].
        """
        self.time: Array = np.zeros(points + 1)
        self.come: Array = np.zeros((points + 1, *initial.shape))
        self.waiting: Array = np.zeros((points + 1, *initial.shape))
        self.come[0] = self.waiting[0] = self.total = self.before = initial
        self.retention = retention.max(axis=1, initial=0.0)
        self.kept = 1

    def arrive(self, items: Array) -> None:
        """Count what has come in a tick; it can be delivered from the next one on."""
        self.before = self.total
        self.total = self.total + items

    def keep(self, time: float, waiting: Array) -> None:
        """Remember what had come before a tick that ends now, and what was left waiting in it."""
        self.time[self.kept], self.come[self.kept], self.waiting[self.kept] = time, self.before, waiting
        self.kept += 1

    def young(self, time: float) -> Array | None:
        """Items that came within the retention [line, scenario]; None where all did."""
        if not (self.retention < time).any():
            return None
        most = self.total.copy()
        for kept in np.unique(self.retention[self.retention < time]):
            rows = self.retention == kept
            most[rows] -= self.come_until(time - kept)[rows]
        return most

    def come_until(self, time: float) -> Array:
        """Items that had come until a time [line, scenario]."""
        place = int(np.searchsorted(self.time[: self.kept], time, side="right")) - 1
        if place + 1 >= self.kept:
            return np.asarray(self.come[place])
        part = (time - self.time[place]) / (self.time[place + 1] - self.time[place])
        return np.asarray(self.come[place] + part * (self.come[place + 1] - self.come[place]))

    def ages(self) -> Array:
        """Ages at all kept times but the start [kept, line, scenario].

        Ten items come in each second; what is left of those of the second before has waited:

        >>> sut = Ages(4, np.zeros((1, 1)), np.array([[np.inf]]))
        >>> for second, waiting in ((1.0, 0.0), (2.0, 10.0), (3.0, 15.0), (4.0, 15.0)):
        ...     sut.arrive(np.array([[10.0]]))
        ...     sut.keep(second, np.array([[waiting]]))
        >>> sut.ages()[:, 0, 0].tolist()
        [0.0, 1.0, 1.5, 1.5]
        """
        count = self.kept
        age = np.zeros((count - 1, *self.come.shape[1:]))
        for line in range(self.come.shape[1]):
            for scenario in range(self.come.shape[2]):
                waiting = self.waiting[1:count, line, scenario]
                if not waiting.any():
                    continue
                come = self.come[:count, line, scenario]
                oldest = np.interp(come[1:] - waiting, come, self.time[:count])
                some = waiting > 1e-9 * np.maximum(come[1:], 1.0)
                age[:, line, scenario] = np.where(some, self.time[1:count] - oldest, 0.0)
        return age
