"""Whether anything has moved since it was last looked at; what follows from it need not be found again."""

import numpy as np

from sandbox.engine.compiled import Array

SOON, LATER = 1e-3, 16
"""A change by this share of the largest value is followed at once, a smaller one after so many looks."""


class Unmoved:
    """Remembers arrays, and says whether others are the same, up to a share of their largest value.

    >>> sut = Unmoved(1e-6)
    >>> sut(np.array([1.0])), sut(np.array([1.0001])), sut(np.array([1.01]))
    (False, True, False)
    """

    def __init__(self, tolerance: float) -> None:
        """Nothing is remembered yet.

        Args:
            tolerance: Share of the largest value below which a change is none.
        """
        self.small = tolerance
        self.known: tuple[Array, ...] = ()
        self.sizes: tuple[float, ...] = ()
        self.age = 0

    def __call__(self, *arrays: Array) -> bool:
        """Whether nothing has moved; what has is remembered."""
        self.age += 1
        share = SOON if self.age < LATER else self.small
        if self.known:
            for now, before, size in zip(arrays, self.known, self.sizes, strict=True):
                if now is not before and np.abs(now - before).max(initial=0.0) > share * size:
                    break
            else:
                if self.age >= LATER:
                    self.age = 0
                return True
        self.known = tuple(array.copy() for array in arrays)
        self.sizes = tuple(float(np.abs(array).max(initial=0.0)) for array in arrays)
        self.age = 0
        return False

    def forget(self) -> None:
        """Begin anew."""
        self.known = ()
