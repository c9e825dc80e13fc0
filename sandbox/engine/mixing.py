"""The next place on the way to a fixed point from the last few places: Anderson's mixing.

A plain round goes from x to g(x). The last few places and how far a round moved from each tell how the
movement answers to a step in their directions, and so where it would be smallest (Donald Anderson,
*Iterative procedures for nonlinear integral equations*, Journal of the ACM 12, 1965). What a round
decides must all be in x: a value handed on beside it would answer for steps that it knows nothing of.
"""

from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.segments import Array, Index

PLACES: Final = 5
"""Earlier places that are remembered."""

FARTHEST: Final = 0.7
"""No value moves further in one step: by a factor of 2 where it is a logarithm."""

NEAREST: Final = 1e-3
"""The least of the farthest after steps that led away."""

ALIKE: Final = 1e-10
"""Directions that differ by less count as one."""


class Mixer:
    """The last places of every scenario, and how far it may go from them; arrays are [value, scenario]."""

    def __init__(self, scenarios: int) -> None:
        self.places: list[Array] = []
        self.moves: list[Array] = []
        self.far = np.full(scenarios, FARTHEST)
        self.size = np.full(scenarios, np.inf)

    def of(self, columns: Index) -> Self:
        """What it knows of some of the scenarios."""
        rest = type(self)(len(columns))
        rest.places = [place[:, columns] for place in self.places]
        rest.moves = [move[:, columns] for move in self.moves]
        rest.far, rest.size = self.far[columns], self.size[columns]
        return rest

    def remember(self, x: Array, moved: Array) -> None:
        """Keep where a round began and how far it went, and whether that was less than before."""
        self.places = [*self.places[-PLACES:], x]
        self.moves = [*self.moves[-PLACES:], moved]
        size = np.sqrt((moved * moved).sum(axis=0))
        wider, nearer = np.minimum(self.far * 2.0, FARTHEST), np.maximum(self.far / 2.0, NEAREST)
        self.far = np.where(size < self.size, wider, nearer)
        self.size = size

    def begin(self, scenarios: NDArray[np.bool_]) -> None:
        """Let some scenarios go as far as they like again."""
        self.far = np.where(scenarios, FARTHEST, self.far)

    def step(self) -> Array:
        """Where to go from the last place.

        Two values that answer strongly to each other, g(x, y) = (−3y, 2x + 5), rest at (−15/7, 5/7); a
        linear movement of n values is known after n + 1 places:

        >>> sut, x = Mixer(1), np.array([[-2.0], [0.5]])
        >>> for _ in range(5):
        ...     sut.remember(x, np.array([-3.0 * x[1], 2.0 * x[0] + 5.0]) - x)
        ...     x = sut.step()
        >>> (x[:, 0] * 7).round(6).tolist()
        [-15.0, 5.0]
        """
        x, moved = self.places[-1], self.moves[-1]
        if len(self.moves) < 2:
            step = moved
        else:
            turned = np.stack([moved - move for move in self.moves[:-1]], axis=-1)
            came = np.stack([x - place for place in self.places[:-1]], axis=-1)
            step = moved - ((turned + came) * _parts(turned, moved)).sum(axis=-1)
        longest = np.abs(step).max(axis=0, initial=1e-300)
        return np.asarray(x + step * np.minimum(1.0, self.far / longest))


def _parts(turned: Array, moved: Array) -> Array:
    """How much of each earlier place explains a movement best: least squares, [scenario, place].

    Args:
        turned: Movement now less that of each place [value, scenario, place].
        moved: Movement now [value, scenario].
    """
    by_scenario = turned.transpose(1, 2, 0)
    alike = by_scenario @ by_scenario.transpose(0, 2, 1)
    along = by_scenario @ moved.T[:, :, None]
    lengths = np.sqrt(np.maximum(np.einsum("spp->sp", alike), 1e-300))
    scaled = alike / lengths[:, :, None] / lengths[:, None, :]
    found = np.linalg.solve(scaled + ALIKE * np.eye(turned.shape[2]), along / lengths[:, :, None])
    return np.asarray(found[:, :, 0] / lengths)
