"""What a queue holds is the area above its capacity, whatever the course."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.bursts import above
from sandbox.engine.profiles import Course, Days, Lines, Scaled, averages, on_off, spike

SLOW = {
    "a day": (Days(low=0.2, peak_h=14), 0.7),
    "a week": (Days(low=0.1, peak_h=9, weights=(1, 1, 1, 1, 1, 0.3, 0.3)), 0.6),
    "a day from its noon": (Scaled(Days(low=0.2, peak_h=14), 1.0, begin=43_200.0), 0.7),
    "on and off": (on_off(60, 60), 0.6),
    "a slow spike": (spike(5, at_s=100, for_s=30, rise_s=40, fall_s=80), 2.0),
}


@pytest.mark.parametrize(("course", "capacity"), SLOW.values(), ids=SLOW)
def test_step_by_step(course: Course, capacity: float) -> None:
    """A queue that is counted second by second comes to the same."""
    span = course.turns[-1]
    step = max(span / 20_000, 0.01)
    waiting, most = 0.0, 0.0
    for mean in averages(course, np.arange(0, 3 * span, step)).tolist():
        waiting = max(waiting + (mean - capacity) * step, 0.0)
        most = max(most, waiting)

    assert above(course, capacity).most == pytest.approx(most, rel=2e-3)


@given(factor=st.floats(1.5, 100), lasts=st.floats(1, 1e4), capacity=st.floats(1.05, 200))
def test_a_spike_by_hand(factor: float, lasts: float, capacity: float) -> None:
    """A spike leaves (factor − capacity) × time, worked off at capacity − 1."""
    told = above(spike(factor, at_s=600, for_s=lasts), capacity)

    most = max(factor - capacity, 0.0) * lasts
    assert told.most == pytest.approx(most, rel=1e-6, abs=1e-3)
    if most > 1:
        assert told.lasts_s == pytest.approx(lasts + most / (capacity - 1.0), rel=1e-3)


def test_what_stays_above_never_ends() -> None:
    """A course that rises above the capacity for good leaves a queue without end."""
    assert above(Lines((0.0, 100.0), (0.5, 2.0)), 1.0).lasts_s == float("inf")
