"""Whether anything has moved since it was last looked at; what follows from it need not be found again."""

import numpy as np

from sandbox.engine.compiled import Array

SOON, LATER = 1e-3, 16
"""A change by this share of the largest value is followed at once, a smaller one after so many looks."""


class Unmoved:
    """Remembers arrays, and says whether others are the same, up to a share of their largest value.

    An array that is asked about again is not looked into: arrays are replaced, not changed in place.

    >>> sut = Unmoved(1e-6)
    >>> sut(np.array([1.0])), sut(np.array([1.0001])), sut(np.array([1.01]))
    (False, True, False)
    """

    def __init__(self, tolerance: float, soon: float = SOON) -> None:
        """Nothing is remembered yet.

        Args:
            tolerance: Share of the largest value below which a change is none.
            soon: Share from which on it is followed at once.
        """
        self.small, self.large = tolerance, soon
        self.known: tuple[Array, ...] = ()
        self.seen: tuple[Array, ...] = ()
        self.sizes: tuple[float, ...] = ()
        self.age = 0

    def __call__(self, *arrays: Array) -> bool:
        """Whether nothing has moved; what has is remembered."""
        self.age += 1
        soon = self.age < LATER
        share, before = (self.large, self.seen) if soon else (self.small, self.known)
        if self.known and self._near(arrays, before, share):
            self.seen, self.age = arrays, self.age if soon else 0
            return True
        self.known = self.seen = arrays
        self.sizes = tuple(float(np.abs(array).max(initial=0.0)) for array in arrays)
        self.age = 0
        return False

    def _near(self, arrays: tuple[Array, ...], before: tuple[Array, ...], share: float) -> bool:
        """Whether those that are not the same as before differ by less than a share from what is known."""
        for place, now in enumerate(arrays):
            if now is not before[place]:
                apart = np.abs(now - self.known[place])
                if np.count_nonzero(apart > share * self.sizes[place]):
                    return False
        return True

    def forget(self) -> None:
        """Begin anew."""
        self.known = ()
