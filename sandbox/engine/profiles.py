"""How a load moves: multipliers of a rate over time, averaged exactly over each tick.

A course is known by its integral: what arrives in a tick is the difference of two values of
it, so that no spike falls between two ticks and the volume does not depend on the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
DAY_S = 86_400.0
PARTS = 24
"""Parts of a day in each of which a wave is nearly straight."""


class Course(Protocol):
    """A multiplier as a function of time."""

    def integral(self, t: Array) -> Array:
        """The multiplier, integrated from 0 to t [s]."""
        ...  # pragma: no cover

    @property
    def highest(self) -> float:
        """The highest multiplier that it comes to."""
        ...  # pragma: no cover

    @property
    def turns(self) -> tuple[float, ...]:
        """Times between which it changes little or evenly [s]; after the last it stays or begins anew."""
        ...  # pragma: no cover


@dataclass(frozen=True)
class Lines:
    """Straight lines between knots; a jump is two knots at one time.

    Before the first knot and after the last one their values hold; with a period it starts over.

    Raises:
        ValueError: No knots, times that go back, or a value below 0.

    >>> Lines((0.0, 10.0), (0.0, 1.0)).integral(np.array([5.0, 10.0, 20.0])).tolist()
    [1.25, 5.0, 15.0]
    >>> Lines((0.0, 1.0, 1.0, 4.0), (6.0, 6.0, 2.0, 2.0), period=4.0).integral(np.array([9.0])).tolist()
    [30.0]
    """

    times: tuple[float, ...]
    """Of the knots [s], never going back."""
    values: tuple[float, ...]
    """Multipliers at the knots."""
    period: float | None = None
    """Seconds after which it starts over; the knots lie between 0 and it."""

    def __post_init__(self) -> None:
        if not self.times or len(self.times) != len(self.values):
            raise ValueError("a course needs knots, each with a time and a value")
        if np.any(np.diff(self.times) < 0) or min(self.values) < 0:
            raise ValueError("the times of a course do not go back, and no value is below 0")

    @property
    def highest(self) -> float:
        """The highest multiplier that it comes to."""
        return max(self.values)

    @property
    def turns(self) -> tuple[float, ...]:
        """Its knots, and where it starts over [s]."""
        return self.times if self.period is None else (*self.times, self.period)

    def integral(self, t: Array) -> Array:
        """The multiplier, integrated from 0 to t [s]."""
        if self.period is None:
            return self._once(t) - self._once(np.zeros(1))
        turns, rest = np.divmod(t, self.period)
        start, end = self._once(np.array([0.0, self.period]))
        return np.asarray(turns * (end - start) + self._once(rest) - start)

    def _once(self, t: Array) -> Array:
        """The same from the first knot on."""
        times, values = np.array(self.times, dtype=np.float64), np.array(self.values, dtype=np.float64)
        areas = np.concatenate(([0.0], np.cumsum(np.diff(times) * (values[1:] + values[:-1]) / 2)))
        left = np.clip(np.searchsorted(times, t, side="right") - 1, 0, len(times) - 1)
        right = np.minimum(left + 1, len(times) - 1)
        wide = times[right] - times[left]
        slope = np.divide(values[right] - values[left], wide, out=np.zeros_like(wide), where=wide > 0)
        past = t - times[left]
        slope = np.where((past < 0) | (right == left), 0.0, slope)
        return np.asarray(areas[left] + past * (values[left] + slope * past / 2))


@dataclass(frozen=True)
class Days:
    """A wave with one top a day, and days of different weight.

    >>> day = Days(low=0.2, peak_h=12)
    >>> day.integral(np.array([DAY_S])) / DAY_S  # half way between the low and 1
    array([0.6])
    """

    low: float = 0.2
    """Multiplier at the lowest hour; at the highest it is 1."""
    peak_h: float = 14.0
    """Hour of the top."""
    weights: tuple[float, ...] = (1.0,)
    """Of the days in turn, from the first on."""

    @property
    def highest(self) -> float:
        """The highest multiplier that it comes to."""
        return max(self.weights)

    @property
    def turns(self) -> tuple[float, ...]:
        """So many times of each day that it is nearly straight between them [s]."""
        return tuple(np.arange(0.0, len(self.weights) * DAY_S + 1.0, DAY_S / PARTS).tolist())

    def integral(self, t: Array) -> Array:
        """The multiplier, integrated from 0 to t [s]."""
        day = np.floor(t / DAY_S)
        weights = np.array(self.weights)
        whole = np.concatenate(([0.0], np.cumsum(weights)))
        weeks, rest = np.divmod(day.astype(np.int64), len(weights))
        before = (weeks * whole[-1] + whole[rest]) * self._wave(np.array(DAY_S))
        return np.asarray(before + weights[rest] * self._wave(t - day * DAY_S))

    def _wave(self, t: Array) -> Array:
        """The same within a day of weight 1."""
        turn = 2 * pi / DAY_S
        peak = self.peak_h * 3600.0
        waves = (np.sin(turn * (t - peak)) + np.sin(turn * peak)) / turn
        return np.asarray((1 + self.low) / 2 * t + (1 - self.low) / 2 * waves)


@dataclass(frozen=True)
class Scaled:
    """Another course as a multiple, from some moment of it on.

    >>> Scaled(steps([0, 60], [1, 3]), 10, begin=50).integral(np.array([20.0])).tolist()
    [400.0]
    """

    course: Course
    factor: float
    begin: float = 0.0
    """Where in the other course time 0 is [s]."""

    @property
    def highest(self) -> float:
        """The highest multiplier that it comes to."""
        return self.factor * self.course.highest

    @property
    def turns(self) -> tuple[float, ...]:
        """Those of the other course, one turn of it from here [s]."""
        last = max(self.course.turns[-1], 1e-9)
        return tuple(sorted({(turn - self.begin) % last for turn in self.course.turns} | {last}))

    def integral(self, t: Array) -> Array:
        """The multiplier, integrated from 0 to t [s]."""
        begin = np.array([self.begin])
        return np.asarray(self.factor * (self.course.integral(t + begin) - self.course.integral(begin)))


def constant() -> Lines:
    """A load that stays as it is."""
    return Lines((0.0,), (1.0,))


def ramp(start: float, end: float, at_s: float, over_s: float) -> Lines:
    """From one multiplier to another, in a straight line."""
    return Lines((at_s, at_s + over_s), (start, end))


def steps(at_s: Sequence[float], factors: Sequence[float]) -> Lines:
    """Multipliers that hold until the next one begins; the first holds from the start.

    >>> steps([0, 60], [1, 3]).integral(np.array([60.0, 70.0])).tolist()
    [60.0, 90.0]
    """
    times, values = [at_s[0]], [factors[0]]
    for time, before, after in zip(at_s[1:], factors[:-1], factors[1:], strict=True):
        times += [time, time]
        values += [before, after]
    return Lines(tuple(times), tuple(values))


def spike(factor: float, at_s: float, for_s: float, rise_s: float = 0.0, fall_s: float = 0.0) -> Lines:
    """1, then a multiplier for a while, then 1 again; it may take time to rise and to fall.

    >>> spike(10, at_s=60, for_s=30).integral(np.array([60.0, 90.0, 100.0])).tolist()
    [60.0, 360.0, 370.0]
    """
    top = at_s + rise_s
    return Lines((at_s, top, top + for_s, top + for_s + fall_s), (1.0, factor, factor, 1.0))


def on_off(on_s: float, off_s: float, low: float = 0.0) -> Lines:
    """1 for a while, then a lower multiplier for a while, again and again."""
    return Lines((0.0, on_s, on_s, on_s + off_s), (1.0, 1.0, low, low), period=on_s + off_s)


def recorded(rates: ArrayLike, step_s: float, peak: float = 1.0) -> Lines:
    """Rates that each hold for one step, the first from time 0; after the last it starts over.

    Args:
        rates: Mean multiplier of each bin.
        step_s: Length of a bin [s].
        peak: How much higher than its mean a bin is in its busiest part; that part, in the
            middle, is 1/peak of the bin, and nothing arrives in the rest of it.

    A mean over five minutes hides the bursts that decide throttling: the same 60 requests
    come within 20 s at peak 3:

    >>> recorded([1.0], 60, peak=3).integral(np.array([20.0, 40.0, 60.0])).round(9).tolist()
    [0.0, 60.0, 60.0]
    """
    values = np.asarray(rates, dtype=np.float64)
    starts = np.arange(len(values)) * step_s
    quiet = step_s * (1 - 1 / peak) / 2
    if peak <= 1:
        times = np.column_stack((starts, starts + step_s)).ravel()
        heights = np.repeat(values, 2)
    else:
        edges = np.array([0.0, quiet, quiet, step_s - quiet, step_s - quiet, step_s])
        times = (starts[:, None] + edges).ravel()
        heights = np.outer(values, [0.0, 0.0, peak, peak, 0.0, 0.0]).ravel()
    return Lines(tuple(times.tolist()), tuple(heights.tolist()), period=len(values) * step_s)


def averages(course: Course, edges: ArrayLike) -> Array:
    """Mean multiplier of each tick.

    Args:
        course: How the load moves.
        edges: Where ticks begin, and the end of the last [s].

    Returns:
        One multiplier a tick.

    >>> averages(spike(11, at_s=90, for_s=30), [0, 60, 120]).tolist()  # half of the second minute
    [1.0, 6.0]
    """
    at = np.asarray(edges, dtype=np.float64)
    return np.asarray(np.maximum(np.diff(course.integral(at)) / np.diff(at), 0.0))
