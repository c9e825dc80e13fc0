"""The solver against the simulator, on networks whose parameters come from seeds.

A number of the solver agrees when it lies in the simulation's 99.9 % interval, widened by a tolerance where
the model says less than the simulator plays; each tolerance says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest

from sandbox.engine.network import Network
from sandbox.engine.steady import Steady, solve

from . import seeded
from .measure import Measured
from .simulate import simulate

ROUNDING: Final = 1e-6
"""What is always full is simulated without any spread."""

RARE: Final = 1e-3
"""Refusals rarer than this need longer runs than ours; they are only compared to within it."""


@dataclass(frozen=True)
class Tolerance:
    """By how much solver and simulator may differ beyond the interval."""

    flow: float = 0.0
    """Rates and batches, relative."""
    refused: float = 0.0
    """Shares of refusals and successes, absolute."""
    wait: float = 0.0
    """Mean waits, relative."""
    time: float = 0.0
    """Loads, durations and batches, relative, where more than the rates."""

    def of(self, measure: str) -> float:
        """What is allowed for a measure."""
        if measure in ("blocking", "success"):
            return max(self.refused, RARE)
        if measure in ("load", "duration", "batch"):
            return max(self.flow, self.time)
        return self.wait if measure == "wait" else self.flow


@dataclass(frozen=True)
class Kind:
    """A kind of network, and what its model leaves out."""

    build: Callable[[int], Network]
    tolerance: Tolerance = Tolerance()
    warm_up: float = 100.0
    exponential: bool = False


KINDS: Final = {
    "loss": Kind(seeded.loss),
    "waiting": Kind(seeded.waiting, warm_up=500.0, exponential=True),
    # The wait for times that are not exponential is a correction of the one for those that are.
    "lognormal": Kind(seeded.lognormal, Tolerance(0.005, 0.005, 0.1), warm_up=500.0),
    # M/M/N+D has a closed form; what is always full in a simulation is so nearly always.
    "impatient": Kind(seeded.impatient, Tolerance(0.001), exponential=True),
    # So few users ask less when they wait; the wait is taken as that of random arrivals, which is longer, and
    # so is the line, whose end may then refuse a few.
    "closed": Kind(seeded.closed, Tolerance(0.06, 0.01, 0.9, 0.25), warm_up=300.0, exponential=True),
    # A sum of two lognormal times is taken as lognormal.
    "timed": Kind(seeded.timed, Tolerance(0.005, 0.005)),
    # Few callers ask less often than random arrivals when some of them are busy already: less is refused than
    # Erlang's formula says, which takes what each station is asked for as random.
    "chain": Kind(seeded.chain, Tolerance(0.04, 0.05)),
    # The more so where a caller, who can only wait for one answer at a time, calls twice.
    "fanning": Kind(seeded.fanning, Tolerance(0.03, 0.1)),
    # A retry is taken as independent of what refused the first try; after a pause it nearly is.
    "retrying": Kind(seeded.retrying, Tolerance(0.005, 0.005)),
    # Two limits on one function are taken as independent, and what passes its own cap as random (Kelly 1986).
    "shared": Kind(seeded.shared, Tolerance(0.03, 0.01)),
    # Batches are taken as what arrives while a poller is busy, 1 at least; the exact bulk queue has up
    # to 15 % larger ones near 1. The wait is that of exponential times, corrected for others.
    "polled": Kind(seeded.polled, Tolerance(0.0, 0.0, 0.15, 0.17)),
    # Reads hold their lane a little longer than the mean where some find more than one batch.
    "stream": Kind(seeded.stream, Tolerance(0.01, 0.0, 0.05)),
    # Shards that are not hot read on as if they were alone.
    "skewed": Kind(seeded.skewed, Tolerance(0.01)),
    # A read that finds more than one batch leaves a rest, which is a batch too; the engine leaves it out, and
    # where a read finds about one batch every second one is such a rest.
    "capped": Kind(seeded.capped, Tolerance(0.01, 0.0, 0.15, 0.5)),
    # Retries are taken as random arrivals, an item's second try as independent of its first.
    "asynchronous": Kind(seeded.asynchronous, Tolerance(0.005, 0.005), warm_up=1000.0),
}

VALUES: Final[dict[str, Callable[[Steady, int], float]]] = {
    "offered": lambda steady, row: steady.offered[row, 0],
    "accepted": lambda steady, row: steady.accepted[row, 0],
    "load": lambda steady, row: steady.load[row, 0],
    "duration": lambda steady, row: steady.duration[row, 0],
    "batch": lambda steady, row: steady.batch[row, 0],
    "blocking": lambda steady, row: 1.0 - steady.accepted[row, 0] / steady.offered[row, 0],
    "success": lambda steady, row: steady.success[row, 0],
    "wait": lambda steady, row: steady.wait[row, 0],
}
"""What the solver says of a station, by the simulator's name for it."""

HELD: Final = ("offered", "accepted", "wait")
"""What is compared of a holding station."""

WITHOUT_WAIT: Final = ("skewed", "asynchronous")
"""Kinds whose wait is not compared: a growing backlog's has no mean, and events wait for no lane."""


def disagreements(network: Network, steady: Steady, measured: Measured, kind: str) -> list[str]:
    """Every number that differs by more than the interval and the tolerance, in words."""
    tolerance = KINDS[kind].tolerance
    found: list[str] = []
    for row, station in enumerate(network.stations):
        for measure in HELD if station.holding else VALUES:
            if measure == "wait" and kind in WITHOUT_WAIT:
                continue
            mean, half = measured.of(measure, station.id)
            share = measure in ("blocking", "success")
            assert share or measure == "wait" or half <= 0.15 * mean, (
                f"{measure} of {station.id}: ±{half:.3g}"
            )
            allowed = half + tolerance.of(measure) * (1.0 if share else mean)
            value = VALUES[measure](steady, row)
            if not abs(value - mean) <= allowed + ROUNDING * max(mean, 1.0):
                found.append(f"{station.id} {measure}: {value:.5g}, simulated {mean:.5g} ± {half:.2g}")
    return found


def judge(kind: str, seed: int, events: int) -> None:
    """Solve and simulate one network; they must agree."""
    case = KINDS[kind]
    network = case.build(seed)

    steady = solve(network)
    measured = simulate(network, seed=seed, warm_up=case.warm_up, events=events, exponential=case.exponential)

    assert steady.converged.all()
    assert disagreements(network, steady, measured, kind) == []


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", KINDS)
def test_agreement(kind: str, seed: int) -> None:
    """Throughput, load, refusals and waits agree with a simulation of every request."""
    judge(kind, seed, events=100_000)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 108))
@pytest.mark.parametrize("kind", KINDS)
def test_agreement_at_length(kind: str, seed: int) -> None:
    """The same for more networks, watched for longer."""
    judge(kind, seed, events=300_000)
