"""What a queue would hold if it took what is too much for a while: a course integrated above a capacity."""

from dataclasses import dataclass
from math import inf

import numpy as np

from sandbox.engine.profiles import Array, Course

TURNS = 3
"""Times that a course is followed, so that a day may end with what the next one works off."""
PARTS = 16
"""Parts between two turns of a course."""
_NOTHING, _EVEN = 1e-9, 1e-6


@dataclass(frozen=True)
class Burst:
    """The longest queue of a course."""

    most: float
    """What it holds at most, in seconds of the course's rate at multiplier 1 [s]."""
    lasts_s: float
    """From when it begins to fill until it is empty again [s]; infinite where it only grows."""


def above(course: Course, capacity: float) -> Burst:
    """What waits when a course goes above a capacity, and for how long.

    Args:
        course: Multiplier of a rate over time.
        capacity: The multiplier that is worked off.

    A spike to 10 for 30 s before a capacity of 4 leaves 30 s × (10 − 4), worked off at 4 − 1 in 60 s:

    >>> from sandbox.engine.profiles import spike, constant
    >>> above(spike(10, at_s=60, for_s=30), capacity=4)
    Burst(most=180.0, lasts_s=90.0)
    >>> above(constant(), capacity=0.5).lasts_s, above(constant(), capacity=2).most
    (inf, 0.0)
    """
    turns = np.unique((0.0, *course.turns))
    span = max(float(turns[-1]), 1.0)
    places = np.arange((len(turns) - 1) * PARTS + 1) / PARTS
    turns = np.interp(places, np.arange(len(turns)), turns)
    times = np.unique(np.concatenate([turns + turn * span for turn in range(TURNS)] + [[0.0, TURNS * span]]))
    over = course.integral(times) - capacity * times
    waiting = over - np.minimum.accumulate(over)
    most = float(waiting.max())
    if most <= _NOTHING * span:
        return Burst(0.0, 0.0)
    last, before = float(waiting[-1]), float(np.interp((TURNS - 1) * span, times, waiting))
    # The first of the tops that are alike: the last one may end after the last turn.
    top = int(np.argmax(waiting >= most * (1.0 - _EVEN)))
    empty = waiting <= _NOTHING * span
    begin = float(times[np.flatnonzero(empty[: top + 1])[-1]])
    after = np.flatnonzero(empty[top:])
    if len(after):
        end = _emptied(times, waiting, over, top + int(after[0]))
    elif before - last > _EVEN * most:
        end = float(times[-1]) + last * span / (before - last)
    else:
        return Burst(inf, inf)
    return Burst(most, end - begin)


def _emptied(times: Array, waiting: Array, over: Array, place: int) -> float:
    """When a queue ran empty between two times at which it is known [s]."""
    if place == 0 or waiting[place - 1] <= 0:
        return float(times[place])
    fell = over[place - 1] - over[place]
    part = min(float(waiting[place - 1] / fell), 1.0) if fell > 0 else 1.0
    return float(times[place - 1] + part * (times[place] - times[place - 1]))
