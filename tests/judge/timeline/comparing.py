"""Median and 5–95 % band of played runs against the sandbox's, over time.

A quantile of few runs is itself uncertain: of n runs with spread σ the median has a standard error of
1.25 σ/√n, the 5th and the 95th percentile of 2.1 σ/√n (√(p(1 − p))/φ(z), for a normal distribution). The
sandbox may be off by four of them, in about one of 16,000 comparisons by chance, beside what its model
leaves out.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEVELS: Final = (5.0, 50.0, 95.0)
NAMES: Final = ("5th percentile", "median", "95th percentile")
ERRORS: Final = np.array([[2.113], [1.253], [2.113]])
"""Standard errors of those percentiles, in σ/√n."""

SURE, SURE_OF_WIDTH = 4.0, 2.0
"""So many standard errors, of a percentile and of the width of a band."""

WIDE: Final = 2 * 1.645
"""Width of the middle nine tenths, in σ."""
WIDTH_ERROR: Final = 2.113 * 2**0.5 / WIDE
"""Standard error of that width as a share of it, times √n; where all windows go up and down together."""


@dataclass(frozen=True)
class Tolerance:
    """By how much median and band may differ beyond chance, and why."""

    why: str = "Nothing but chance."
    share: float = 0.0
    """Of the judge's value."""
    amount: float = 0.0
    """In the measure's unit."""
    late_s: int = 2
    """Seconds by which something may happen sooner or later: what comes in a tick is delivered from the next
    one on, and what follows it follows a tick later."""
    width: tuple[float, float] = (0.75, 1.3)
    """Width of the sandbox's band over the judge's, on average over time."""


@dataclass(frozen=True)
class Compared:
    """Both sides of one measure [percentile, window]."""

    judge: Array
    sandbox: Array
    excess: Array
    """How far they are apart, as a part of what is allowed."""
    width: float
    """Width of the sandbox's band over the judge's, on average."""
    unsure: float
    """By which share that may be chance."""
    window_s: int

    def told(self, tolerance: Tolerance) -> list[str]:
        """Where they disagree, in words."""
        found: list[str] = []
        for level, name in enumerate(NAMES):
            if (self.excess[level] > 1.0).any():
                at = int(self.excess[level].argmax())
                found.append(
                    f"{name} at {at * self.window_s} s: {self.sandbox[level, at]:.4g}, "
                    f"played {self.judge[level, at]:.4g}, {self.excess[level, at]:.1f} times what may be; "
                    f"{(self.excess[level] > 1.0).sum()} such windows"
                )
        least, most = tolerance.width
        if not least * (1.0 - self.unsure) <= self.width <= most * (1.0 + self.unsure):
            found.append(f"its band is {self.width:.2f} times as wide as that of the played runs")
        return found


def windows(values: Array, seconds: int, shift: int = 0) -> Array:
    """Means over so many seconds each, of a course moved by some seconds [run, second] → [run, window].

    There is nothing before the start, and all stays as it is after the end:

    >>> windows(np.array([[2.0, 4.0, 6.0, 8.0]]), 2, shift=-1).tolist()
    [[1.0, 5.0]]
    """
    count, places = values.shape[1], np.arange(values.shape[1]) + shift
    moved = np.where(places < 0, 0.0, values[:, np.clip(places, 0, count - 1)])
    whole = count // seconds
    return np.asarray(moved[:, : whole * seconds].reshape(len(values), whole, seconds).mean(axis=2))


def compare(judge: Array, sandbox: Array, window_s: int, tolerance: Tolerance) -> Compared:
    """Hold two sets of runs against each other.

    Args:
        judge: Played runs [run, second].
        sandbox: Replicas [run, second].
        window_s: Length of the windows over whose means they are compared.
        tolerance: What the sandbox's model leaves out.
    """
    told = np.percentile(windows(sandbox, window_s), LEVELS, axis=0)
    moved = np.stack(
        [
            np.percentile(windows(judge, window_s, shift), LEVELS, axis=0)
            for shift in range(-tolerance.late_s, tolerance.late_s + 1)
        ]
    )
    mine = moved[tolerance.late_s]
    bands = [side[2] - side[0] for side in (told, mine)]
    runs = np.sqrt(1.0 / len(judge) + 1.0 / len(sandbox))
    chance = SURE * ERRORS * np.maximum(*bands) / WIDE * runs
    uneven = max(1.0 - tolerance.width[0], tolerance.width[1] - 1.0) / 2.0 * bands[1]
    edges = np.array([[1.0], [0.0], [1.0]]) * uneven
    allowed = chance + edges + tolerance.share * np.abs(mine) + tolerance.amount
    apart = np.maximum(np.maximum(moved.min(axis=0) - told, told - moved.max(axis=0)), 0.0)
    widths = [float(band.mean()) for band in bands]
    width = widths[0] / widths[1] if widths[1] > 0 else 1.0
    unsure = SURE_OF_WIDTH * WIDTH_ERROR / np.sqrt(len(judge))
    return Compared(mine, told, apart / np.maximum(allowed, 1e-6), width, float(unsure), window_s)
