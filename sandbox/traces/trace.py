"""A recorded load: rates by bins of one length, or stages between which it goes in straight lines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.profiles import Lines, recorded


@dataclass(frozen=True)
class Bins:
    """Counts in bins of one length, as rates.

    >>> bins = Bins((2.0, 4.0), 60.0, ())
    >>> bins.duration_s, bins.peak_per_s, bins.mean_per_s
    (120.0, 4.0, 3.0)
    """

    rates_per_s: tuple[float, ...]
    """Mean rate in each bin."""
    step_s: float
    """Length of a bin."""
    assumed: tuple[str, ...]
    """What the reading took for granted, a sentence each."""

    @property
    def duration_s(self) -> float:
        """From the first bin to the end of the last."""
        return len(self.rates_per_s) * self.step_s

    @property
    def peak_per_s(self) -> float:
        """Rate in the busiest bin."""
        return max(self.rates_per_s)

    @property
    def mean_per_s(self) -> float:
        """Mean rate of the whole."""
        return sum(self.rates_per_s) / len(self.rates_per_s)

    def course(self, peak: float = 1.0) -> Lines:
        """The rate over time [1/s], again and again; each bin `peak` times its mean in its busiest part."""
        return recorded(self.rates_per_s, self.step_s, peak)


@dataclass(frozen=True)
class Stages:
    """Knots of a load test's plan; nothing comes after the last.

    >>> plan = Stages((0.0, 60.0), (0.0, 10.0), ())
    >>> plan.duration_s, plan.peak_per_s, plan.mean_per_s
    (60.0, 10.0, 5.0)
    """

    times_s: tuple[float, ...]
    rates_per_s: tuple[float, ...]
    """Rates at those times."""
    assumed: tuple[str, ...]
    """What the reading took for granted, a sentence each."""

    @property
    def duration_s(self) -> float:
        """From the first stage to the end of the last."""
        return self.times_s[-1]

    @property
    def peak_per_s(self) -> float:
        """Highest rate."""
        return max(self.rates_per_s)

    @property
    def mean_per_s(self) -> float:
        """Mean rate of the whole plan."""
        end: NDArray[np.float64] = np.array([self.duration_s])
        return float(self.course().integral(end)[0] / self.duration_s)

    def course(self, _peak: float = 1.0) -> Lines:
        """The rate over time [1/s]; a plan says its own peaks."""
        return Lines((*self.times_s, self.times_s[-1]), (*self.rates_per_s, 0.0))


Trace = Bins | Stages
