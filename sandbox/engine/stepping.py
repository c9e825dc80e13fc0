"""The next step of a fixed point whose plain rounds creep, wobble or jump.

Where a loop's gain is just below 1, plain rounds creep or wobble: their displacements shrink by
the same factor again and again, and it takes hundreds of them. Every few rounds such a step is
lengthened to where that series would end, and no further than steps have lately proved right:
what grows and then settles elsewhere gets there in a few rounds too. Where two values chase each
other (more load, more refusals, less load) no plain round comes nearer: from then on a value that
turns round is followed only in part, less and less while it does. What goes on for long is mixed
from the last few places; where that brings nothing for a while, it is damped again to begin elsewhere.
Each scenario steps for itself.
"""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Index
from sandbox.engine.mixing import FARTHEST, Mixer

EVERY = 3
"""Plain rounds from one long step to the next, in which the other values follow."""
LONGEST = 1e5
CALMEST = 0.01
"""The shortest part of a round that a wobbling value goes."""
CALMER, FREER = 0.7, 1.3
"""Factors on that part after a value has turned, and while it goes on in one direction."""
LATE = 24
"""Rounds after which what turns is followed in part, whether or not the whole step shrinks."""
SLOW = 0.6
"""A step that shrinks faster from round to round needs no help."""
QUICK = 0.2
"""A step in one direction that shrinks faster than so is there soon enough by itself."""
ALIKE = 0.998
"""Cosine between two displacements that counts as one direction."""
DAMPED = 12
"""Rounds that are lengthened or damped before mixing begins, and again where that brings nothing."""
IDLE = 8
"""Mixed rounds that may bring nothing."""
BETTER = 0.9
"""Factor on the smallest movement so far that is something."""


class Stepper:
    """Remembers the last displacement and how long a step has proved right; arrays are [value, scenario]."""

    def __init__(self, scenarios: int) -> None:
        self.reach = np.full(scenarios, 4.0)
        self.calm: Array | float = 1.0
        self.last: Array | None = None
        self.leapt: Array | None = None
        self.rounds = 0
        self.damped = np.full(scenarios, DAMPED)
        """Damped rounds that are left."""
        self.idle = np.zeros(scenarios)
        """Mixed rounds since the smallest movement."""
        self.smallest = np.full(scenarios, np.inf)
        self.mixer = Mixer(scenarios)

    def of(self, columns: Index) -> Self:
        """What it knows of some of the scenarios, which go on as they did."""
        rest = type(self)(len(columns))
        for name, value in vars(self).items():
            setattr(rest, name, value[..., columns] if isinstance(value, np.ndarray) else value)
        rest.mixer = self.mixer.of(columns)
        return rest

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
        self.mixer.remember(x, moved)
        damped = self._damp(x, target, moved)
        is_damped = self._choose()
        return damped if is_damped.all() else np.where(is_damped, damped, self.mixer.step())

    def _choose(self) -> NDArray[np.bool_]:
        """Which scenarios take the damped step, and how long they go on with that."""
        size = self.mixer.size
        is_better = size < BETTER * self.smallest
        self.smallest = np.where(is_better, size, self.smallest)
        is_damped = self.damped > 0
        self.idle = np.where(is_better | is_damped, 0.0, self.idle + 1.0)
        left = np.where(is_damped, self.damped - 1, np.where(self.idle >= IDLE, DAMPED, 0))
        over = is_damped & (left == 0)
        self.damped, self.smallest = left, np.where(over, size, self.smallest)
        self.mixer.begin(over)
        return is_damped

    def _damp(self, x: Array, target: Array, moved: Array) -> Array:
        """A plain round, lengthened where it creeps and shortened where it wobbles."""
        before_moved, self.last = self.last, moved
        if before_moved is None:
            return target
        along = (moved * before_moved).sum(axis=0)
        size, before = (moved * moved).sum(axis=0), (before_moved * before_moved).sum(axis=0)
        alike = along / np.maximum(np.sqrt(size * before), 1e-300)
        turned = moved * before_moved < 0
        self.calm = np.clip(np.where(turned, self.calm * CALMER, self.calm * FREER), CALMEST, 1.0)
        wobbles = (size > SLOW**2 * before) | (self.rounds > LATE)
        step = np.where(wobbles, self.calm, 1.0)
        if self.rounds % EVERY == 0:
            creeps = (size > QUICK**2 * before) & (alike > ALIKE)
            step = np.where(creeps, 1.0 + self._reach(moved, size, before), step)
        return np.asarray(x + np.clip(step * moved, -FARTHEST, FARTHEST))

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
