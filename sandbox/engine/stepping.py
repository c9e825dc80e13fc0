"""How far to step towards the next value of a fixed point: Anderson's mixing of two rounds.

With residual f = g(x) − x, the step is f − θ (Δx + Δf) where θ makes the mixed residual
smallest; it takes out the slowest mode of a converging iteration and the alternation of an
oscillating one. Each scenario mixes for itself (Walker and Ni, *Anderson acceleration for
fixed-point iterations*, SIAM J. Numer. Anal. 49, 2011).
"""

import numpy as np

from sandbox.engine.compiled import Array

FARTHEST = 20.0
"""Largest mixing; a mode that hardly moves is not thrown further than so many steps."""
PATIENCE = 4
"""Plain rounds before mixing starts."""


class Stepper:
    """Remembers one round to mix with the next; arrays are [value, scenario]."""

    def __init__(self) -> None:
        self.x: Array | None = None
        self.f: Array | None = None
        self.rounds = 0

    def step(self, x: Array, target: Array) -> Array:
        """The next x.

        Args:
            x: Where it is.
            target: g(x), where a plain round would go.

        >>> sut, x = Stepper(), np.array([[1.0]])
        >>> for _ in range(8):  # g(x) = 0.9 x, which a plain round shrinks by a tenth
        ...     x = sut.step(x, 0.9 * x)
        >>> abs(float(x[0, 0])) < 1e-12
        True
        """
        residual = target - x
        moved = residual
        self.rounds += 1
        if self.x is not None and self.f is not None and self.rounds > PATIENCE:
            bent, gone = residual - self.f, x - self.x
            size = (bent * bent).sum(axis=0)
            mixing = np.divide(
                (residual * bent).sum(axis=0), size, out=np.zeros_like(size), where=size > 1e-300
            )
            mixing = np.clip(mixing, -FARTHEST, FARTHEST)
            mixed = residual - mixing * (gone + bent)
            worse = (residual * residual).sum(axis=0) > 4.0 * (self.f * self.f).sum(axis=0)
            moved = np.where(worse, 0.5 * residual, mixed)
        self.x, self.f = x, residual
        return x + moved
