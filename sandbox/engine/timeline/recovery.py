"""Whether a network finds back to its steady state after a disturbance, when, and what holds it up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array
from sandbox.engine.steady import Steady
from sandbox.engine.timeline.told import Run

CLOSE = 0.05
"""Rates and backlogs within so much of the steady ones have recovered."""
SMALL = 1e-3
"""Stations that are offered less than this share of the busiest do not count."""


@dataclass(frozen=True)
class Recovery:
    """What became of a disturbance [scenario]."""

    recovered_at: Array
    """Time from which on everything is as in the steady state [s]; infinite where it is not."""
    away: NDArray[np.bool_]
    """Stations that are not back at the end [station, scenario]."""
    arcs: NDArray[np.bool_]
    """Arcs that carry more than in the steady state at the end: the loops that hold it up [arc, scenario]."""


def recovery(run: Run, steady: Steady, since_s: float = 0.0, close: float = CLOSE) -> Recovery:
    """Compare the end of a run with the steady state from the empty start.

    Rates count as back within *close* of the steady ones; a backlog when no more waits than comes in a
    minute, where the steady state lets none grow. Random arrivals are compared over windows of a 20th of
    what follows *since_s*.

    Args:
        run: The run.
        steady: The steady state at the loads of the run, [station, load] or with one load.
        since_s: When the disturbance was over [s].
        close: How close is back.

    Returns:
        When it was back, and what is not.
    """
    columns = np.repeat(np.arange(len(run.loads) // run.replicas), run.replicas)
    columns = np.minimum(columns, steady.offered.shape[1] - 1)
    aim, through = steady.offered[:, columns], steady.accepted[:, columns]
    after = run.time_s > since_s
    wide = max(int(after.sum()) // 20, 1) if run.replicas > 1 else 1
    heard = aim > SMALL * aim.max(axis=0, initial=0.0)
    apart = np.zeros((int(after.sum()), *aim.shape), dtype=bool)
    for series, wanted in ((run.offered, aim), (run.accepted, through)):
        seen = _smooth(series[after], wide)
        apart |= (np.abs(seen - wanted) > close * aim + 1e-9) & heard
    held, growing = steady.compiled.held, steady.held.growth[:, columns] > 0
    late = (run.waiting[after][:, held] > 60.0 * np.maximum(aim[held], 1e-9) + 1.0) & ~growing
    apart[:, held] |= late
    wrong = np.asarray(apart.any(axis=1))
    last = np.where(wrong.any(axis=0), len(wrong) - 1 - wrong[::-1].argmax(axis=0), -1)
    times = np.append(run.time_s[after], np.inf)
    arcs = run.arc_items[-1] > steady.arc_items[:, columns] * (1.0 + close) + 1e-9
    return Recovery(
        np.where(last < 0, since_s, times[last + 1]), apart[-1] if len(apart) else ~heard, np.asarray(arcs)
    )


def _smooth(series: NDArray[np.float32], wide: int) -> Array:
    """Mean of the last *wide* points at each point."""
    if wide == 1:
        return np.asarray(series, dtype=np.float64)
    total = np.cumsum(np.concatenate([np.zeros((1, *series.shape[1:])), series]), axis=0)
    start = np.maximum(np.arange(len(series)) + 1 - wide, 0)
    count = np.arange(len(series)) + 1 - start
    return np.asarray((total[1:] - total[start]) / count[:, None, None])
