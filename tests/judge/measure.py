"""What a simulation has counted, with how sure it is of it.

The measured time is cut into batches that are long against everything that happens in them; the spread
between batches gives the confidence interval of a rate, or of a ratio of two counts (Law, *Simulation
Modeling and Analysis*, 5th ed., 2015, chapter 9.5.3).
"""

from dataclasses import dataclass, fields
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

BATCHES: Final = 20
STUDENT: Final = 3.883
"""Two-sided 99.9 % quantile of Student's t with 19 degrees of freedom: there are hundreds of comparisons."""


@dataclass(slots=True)
class Tally:
    """Running counts of one station, in items unless said otherwise."""

    offered: float = 0.0
    accepted: float = 0.0
    rejected: float = 0.0
    invocations: float = 0.0
    """Admitted batches."""
    answered: float = 0.0
    """Items of invocations that have come to an end."""
    succeeded: float = 0.0
    completed: float = 0.0
    """Invocations that have come to an end."""
    lasted: float = 0.0
    """Seconds they have taken together."""
    waits: float = 0.0
    """Invocations (loss) or items (holding) that have waited, for however short."""
    waited: float = 0.0
    """Seconds they have waited together."""
    cold: float = 0.0
    """Invocations that had to start an environment."""
    dead: float = 0.0
    """Items a holding station gave up: exhausted, or older than its retention."""
    held: float = 0.0
    """Items in a holding station now."""
    busy: float = 0.0
    """Invocations in service now."""
    area: float = 0.0
    """Integral of `busy` over time, less busy × now."""

    def enter(self, now: float) -> None:
        """One more in service."""
        self.busy += 1
        self.area -= now

    def leave(self, now: float) -> None:
        """One less in service."""
        self.busy -= 1
        self.area += now


COUNTERS: Final = tuple(field.name for field in fields(Tally))

MEASURES: Final[dict[str, tuple[str, str]]] = {
    "offered": ("offered", "seconds"),
    "accepted": ("accepted", "seconds"),
    "invocations": ("invocations", "seconds"),
    "load": ("area", "seconds"),
    "growth": ("held", "seconds"),
    "dead": ("dead", "seconds"),
    "passed": ("succeeded", "seconds"),
    "blocking": ("rejected", "offered"),
    "success": ("succeeded", "answered"),
    "duration": ("lasted", "completed"),
    "wait": ("waited", "waits"),
    "cold": ("cold", "invocations"),
    "batch": ("accepted", "invocations"),
}
"""Name of a measure: what is counted, and what it is divided by."""


class Estimate(NamedTuple):
    """A mean and half the width of its 99.9 % confidence interval."""

    mean: float
    half: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of every station in every batch of a run."""

    stations: tuple[str, ...]
    counts: NDArray[np.float64]
    """[counter, station, batch]: how much each counter has grown in each batch."""
    seconds: float
    """Length of a batch."""

    def of(self, measure: str, station: str) -> Estimate:
        """One measure of one station; a mean of NaN where nothing was counted.

        Args:
            measure: A key of `MEASURES`.
            station: Its id.
        """
        above, below = (self._count(name, station) for name in MEASURES[measure])
        if not below.sum():
            return Estimate(np.nan, np.nan)
        ratio = above.sum() / below.sum()
        spread = np.std(above - ratio * below, ddof=1) / below.mean()
        return Estimate(float(ratio), float(STUDENT * spread / np.sqrt(BATCHES)))

    def _count(self, name: str, station: str) -> NDArray[np.float64]:
        if name == "seconds":
            return np.full(BATCHES, self.seconds)
        values: NDArray[np.float64] = self.counts[COUNTERS.index(name), self.stations.index(station)]
        return values


def snapshot(tallies: list[Tally], now: float) -> NDArray[np.float64]:
    """All counters at one moment, [counter, station]; the integral is brought up to date."""
    counts = np.array([[getattr(tally, name) for tally in tallies] for name in COUNTERS])
    counts[COUNTERS.index("area")] += counts[COUNTERS.index("busy")] * now
    return counts
