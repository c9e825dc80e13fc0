"""How far to step towards the next value of a fixed point.

A plain round goes where the map says. Retries that nearly balance a limit make it creep: the
same small step, round after round. Then the step is lengthened, twice as far each time it
proves right, and back when it went too far. A value that wobbles is followed only in part, less and
less while it does. One that still wobbles goes where the straight line through its last two places meets
rest, and less and less far at once: a line before a full server answers a small change with a large one.
Each scenario steps for itself.
"""

import numpy as np

from sandbox.engine.compiled import Array

EVERY = 3
"""Plain rounds from one long step to the next, in which the other values follow."""
FARTHEST = 0.7
"""No value moves further in one step: by a factor of 2 where it is a logarithm."""
LONGEST = 1e5
CALMEST, STUBBORN_CALMEST = 0.01, 1e-4
"""The shortest part of a round that a wobbling value goes, and one that wobbles on."""
CALMER, FREER = 0.7, 1.3
"""Factors on that part after a value has turned, and while it goes on in one direction."""
STUBBORN = 36
"""Rounds after which what still turns is stubborn."""
NEARER, WIDER, NEAREST = 0.5, 1.2, 1e-12
"""Factors on how far a value may go at once after it has turned and while it goes on, and the least of it."""
LATE = 24
"""Rounds after which what turns is followed in part, whether or not the whole step shrinks."""
SLOW = 0.6
"""A step that shrinks faster from round to round needs no help."""
QUICK = 0.2
"""A step in one direction that shrinks faster than so is there soon enough by itself."""
ALIKE = 0.998
"""Cosine between two displacements that counts as one direction."""


class Stepper:
    """Remembers the last displacement and how long a step has proved right; arrays are [value, scenario]."""

    def __init__(self, scenarios: int) -> None:
        self.reach = np.full(scenarios, 4.0)
        self.calm: Array | float = 1.0
        self.far: Array | float = FARTHEST
        self.last: Array | None = None
        self.at: Array | float = 0.0
        self.leapt: Array | None = None
        self.rounds = 0

    def step(self, x: Array, target: Array) -> Array:
        """The next x.

        Args:
            x: Where it is.
            target: g(x), where a plain round would go.

        >>> sut, x = Stepper(1), np.array([[1.0]])
        >>> for _ in range(60):  # a plain round goes a thousandth of the way
        ...     x = sut.step(x, 0.999 * x)
        >>> abs(float(x[0, 0])) < 1e-3  # where 60 plain rounds would have left 0.94
        True
        """
        moved = target - x
        self.rounds += 1
        if self.last is None:
            self.last, self.at = moved, x
            return target
        before_moved, came = self.last, x - self.at
        along = (moved * before_moved).sum(axis=0)
        size, before = (moved * moved).sum(axis=0), (before_moved * before_moved).sum(axis=0)
        self.last, self.at = moved, x
        alike = along / np.maximum(np.sqrt(size * before), 1e-300)
        slow = size > SLOW**2 * before
        self._calm_down(moved, before_moved, came)
        wobbles = slow | (self.rounds > LATE)
        step, far = np.where(wobbles, self.calm, 1.0), np.where(wobbles, self.far, FARTHEST)
        if self.rounds % EVERY == 0:
            creeps = (size > QUICK**2 * before) & (alike > ALIKE)
            step = np.where(creeps, 1.0 + self._reach(moved, size, before), step)
        return np.asarray(x + np.clip(step * moved, -far, far))

    def _calm_down(self, moved: Array, before: Array, came: Array) -> None:
        """How much of a round each value goes, and how far at most, from how it came here."""
        turned = moved * before < 0
        if self.rounds <= STUBBORN:
            self.calm = np.clip(np.where(turned, self.calm * CALMER, self.calm * FREER), CALMEST, 1.0)
            return
        bend = before - moved
        part = np.divide(came, bend, out=np.ones_like(moved), where=bend != 0)
        part = np.where(part > 0, part, 1.0)
        self.calm = np.clip(np.where(turned, part, self.calm * FREER), STUBBORN_CALMEST, 1.0)
        nearer = np.maximum(np.minimum(self.far, np.abs(came)) * NEARER, NEAREST)
        self.far = np.where(turned, nearer, np.minimum(self.far * WIDER, FARTHEST))

    def _reach(self, moved: Array, size: Array, before: Array) -> Array:
        """How much further than a plain round: a shrinking step's limit, within what has proved right."""
        if self.leapt is not None:
            right = (moved * self.leapt).sum(axis=0) > 0
            self.reach = np.where(
                right, np.minimum(self.reach * 2.0, LONGEST), np.maximum(self.reach / 4.0, 1.0)
            )
        self.leapt = moved
        ratio = np.sqrt(size / np.maximum(before, 1e-300))
        return np.where(
            ratio < 1.0, np.minimum(ratio / np.maximum(1.0 - ratio, 1e-12), self.reach), self.reach
        )
