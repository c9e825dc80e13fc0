"""How far the tries of held items are used up: so many stages, the last of which leads out.

An item that may be tried m times and fails with probability q each time is given up with qᵐ. With as many
stages as attempts, each failure leads one stage on. With fewer stages C, a failure leads on with the chance p
that keeps this: the way through one stage, pq / (1 − q + pq), must be q^(m/C), so
p = q^(m/C)·(1 − q) / (q·(1 − q^(m/C))), which is C/m where everything fails.
"""

import numpy as np

from sandbox.engine.compiled import Array

MOST = 10
"""Stages; more attempts than this share them."""
SURE = 1e-9
"""Closer to certain failure than this is certain."""


def stage_count(attempts: Array) -> Array:
    """Stages for so many attempts; one where they have no end.

    >>> stage_count(np.array([1.0, 3.0, 100.0, np.inf])).tolist()
    [1.0, 3.0, 10.0, 1.0]
    """
    return np.where(np.isinf(attempts), 1.0, np.clip(attempts, 1.0, MOST))


def advance(failing: Array, attempts: Array, stages: Array) -> Array:
    """Chance that a failure leads to the next stage.

    Args:
        failing: q, chance that a try fails.
        attempts: m; may be infinite.
        stages: C.

    >>> few, many, endless = (3.0, 3.0), (20.0, 10.0), (np.inf, 1.0)
    >>> [round(float(advance(np.array(1.0), *np.array(pair))), 6) for pair in (few, many, endless)]
    [1.0, 0.5, 0.0]

    Half fail, 20 attempts, 10 stages: one stage is passed with 1/4, as p/2 / (1/2 + p/2) for p = 1/3.

    >>> round(float(advance(np.array(0.5), np.array(20.0), np.array(10.0))), 6)
    0.333333
    """
    endless = np.isinf(attempts)
    m = np.where(endless, stages, attempts)
    q = np.clip(failing, SURE, 1.0 - SURE)
    through = q ** (m / stages)
    chance = np.where(m > stages, through * (1.0 - q) / (q * (1.0 - through)), 1.0)
    return np.where(endless, 0.0, np.minimum(chance, 1.0))
