"""What a chart draws: plain values, already worded by the caller."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from widgets.chart.axes import nice_top

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Line:
    """One course."""

    name: str
    values: Array
    """At the plot's times; not a number where there is none."""
    tone: str = "main"
    """`main`, `second`, `warn`, `bad` or `limit`: its colour; a limit is dashed."""
    low: Array | None = None
    """The lower edge of a band around it."""
    high: Array | None = None
    fill: bool = False
    """Whether the area below it is filled."""


@dataclass(frozen=True)
class Span:
    """A stretch of time in which something is otherwise, such as a fault."""

    start: float
    end: float
    label: str = ""


def _plain(value: float) -> str:
    return f"{value:,.3g}"


@dataclass(frozen=True, eq=False)
class Plot:
    """Courses on the same axes."""

    title: str = ""
    times: Array = field(default_factory=lambda: np.zeros(0))
    """Moments [s], growing."""
    lines: tuple[Line, ...] = ()
    """The first is drawn on top."""
    spans: tuple[Span, ...] = ()
    told: Callable[[float], str] = _plain
    """A value with its unit, in words."""
    topped: Callable[[float], float] = nice_top
    """The value at which the axis ends, from the highest there is."""
    empty: str = ""
    """What is said where there is nothing to draw."""

    @property
    def top(self) -> float:
        """The highest value of all lines and bands; limits far above the rest do not count."""
        tops = [
            highest(row) for line in self.lines if line.tone != "limit" for row in (line.values, line.high)
        ]
        busiest = max(tops, default=0.0)
        limits = [highest(line.values) for line in self.lines if line.tone == "limit"]
        near = [limit for limit in limits if limit <= 2.5 * busiest]
        return max([busiest, *near])

    def place(self, time: float) -> int:
        """The place among the times that is nearest to a moment."""
        if not len(self.times):
            return 0
        after = int(np.clip(np.searchsorted(self.times, time), 0, len(self.times) - 1))
        before = max(after - 1, 0)
        return before if time - self.times[before] < self.times[after] - time else after


def highest(values: Array | None) -> float:
    """The highest of the values that there are; 0 where there are none."""
    if values is None or not np.isfinite(values).any():
        return 0.0
    return float(values[np.isfinite(values)].max())
