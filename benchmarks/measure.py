"""Taking times: repeated, warmed up, the collector of garbage off, and told with their spread."""

import gc
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

UNTRUSTED = 1.5
"""Slowest over fastest of one fixed piece of work, from which on the machine is called busy."""


@dataclass(frozen=True)
class Figure:
    """One row of the table."""

    group: str
    work: str
    values: tuple[float, ...]
    """What was measured, in `unit`."""
    target: float | None = None
    """Not to be exceeded, in `unit`; None for what is only told."""
    unit: str = "ms"
    share: float = 0.5
    """The quantile that is held against the target."""

    @property
    def told(self) -> float:
        """The value that is held against the target."""
        return quantile(self.values, self.share)

    @property
    def ratio(self) -> float | None:
        """That value as a part of the target."""
        return self.told / self.target if self.target else None


def quantile(values: Sequence[float], share: float) -> float:
    """A quantile, linear between the values.

    >>> quantile([1, 2, 3, 4, 5], 0.5), quantile([0, 10], 0.95)
    (3.0, 9.5)
    """
    ranked = sorted(values)
    place = share * (len(ranked) - 1)
    low = int(place)
    high = min(low + 1, len(ranked) - 1)
    return float(ranked[low] + (ranked[high] - ranked[low]) * (place - low))


def timed(work: Callable[[], object], times: int, warm_up: int = 3) -> tuple[float, ...]:
    """How long a piece of work takes in this process [ms], each time.

    Args:
        work: What to do.
        times: How often it is measured.
        warm_up: How often it is done before.
    """
    for _ in range(warm_up):
        work()
    found = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            start = perf_counter()
            work()
            found.append((perf_counter() - start) * 1e3)
    finally:
        gc.enable()
    return tuple(found)


def process(arguments: Sequence[str], times: int) -> tuple[float, ...]:
    """How long `python <arguments>` takes as a process of its own [ms], from start to end, each time.

    Raises:
        CalledProcessError: It failed.
    """

    def run() -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, timeout=60)

    return timed(run, times, warm_up=1)


class Calm:
    """Does one fixed piece of work between the measurements: its spread tells what the machine adds."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def look(self) -> None:
        """Take the time of that work, at its best of three."""
        self.values.append(min(timed(lambda: sum(range(200_000)), times=3, warm_up=1)))

    def __str__(self) -> str:
        low, middle, high = min(self.values), statistics.median(self.values), max(self.values)
        words = "busy: measure again when it is idle" if high / low > UNTRUSTED else "calm"
        return (
            f"The machine was {words}: one fixed loop took {low:.1f}–{high:.1f} ms (median {middle:.1f})"
            f" between the measurements, a factor of {high / low:.2f}."
        )
