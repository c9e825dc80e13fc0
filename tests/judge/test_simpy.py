"""The solver against SimPy: throughput, load, refusals and mean waits of small networks drawn from seeds.

They must agree within the simulation's 99.9 % interval: there are hundreds of comparisons. Only where the
model says less than the simulation plays is there a tolerance beside it, which says why. The seeds fix all
chance, so that every run gives the same numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest

from sandbox.engine.steady import Steady, solve

from . import simpy_kinds
from .simpy_kinds import Case
from .simpy_world import Estimate, watch

SHARES: Final = ("blocking", "success")
"""Measures whose tolerances are absolute."""

RARE: Final = 5e-4
"""Refusals rarer than this need longer runs than ours; they are only compared to within it."""

BLUNT_SHARE: Final = 0.04
"""An interval wider than this would prove nothing about a share."""

CHANCE: Final = 1000
"""Added to a network's seed, so that what happens is not drawn from the numbers its parameters are."""


@dataclass(frozen=True)
class Kind:
    """A kind of network, and by how much solver and simulation may differ beyond the interval."""

    draw: Callable[[int], Case]
    flow: float = 0.0
    """Rates, loads and waits, relative."""
    share: float = 0.0
    """Shares of refusals and successes, absolute."""


KINDS: Final = {
    "loss": Kind(simpy_kinds.loss),
    "waiting": Kind(simpy_kinds.waiting),
    "crowded": Kind(simpy_kinds.crowded),
    "chain": Kind(simpy_kinds.chain),
    # Each function's arrivals are taken as random, and its time as independent of them. But who is refused
    # further down answers at once, just when much is asked: the slots above are free sooner, and refuse less.
    "tight chain": Kind(simpy_kinds.tight_chain, flow=0.03, share=0.015),
    "waiting chain": Kind(simpy_kinds.waiting_chain),
    # The tries of one request are taken as independent. But how many are pausing varies slowly: who has met a
    # crowd once meets a little more than the mean the next time, less so the longer the pause.
    "retrying": Kind(simpy_kinds.retrying, share=0.005),
    "shared": Kind(simpy_kinds.shared),
}

VALUES: Final[dict[str, Callable[[Steady, int], float]]] = {
    "offered": lambda steady, row: float(steady.offered[row, 0]),
    "throughput": lambda steady, row: float(steady.accepted[row, 0]),
    "load": lambda steady, row: float(steady.load[row, 0]),
    "blocking": lambda steady, row: float(1.0 - steady.accepted[row, 0] / steady.offered[row, 0]),
    "success": lambda steady, row: float(steady.success[row, 0]),
    "wait": lambda steady, row: float(steady.wait[row, 0]),
}
"""What the solver says of a station, by the name of the measure."""


def disagreement(measure: str, value: float, seen: Estimate, kind: Kind) -> str:
    """What is wrong between the solver's value and the simulated one; nothing where they agree."""
    tolerance = max(kind.share, RARE) if measure in SHARES else kind.flow * seen.mean
    if abs(value - seen.mean) <= seen.half + tolerance + 1e-9:
        return ""
    return f"{measure}: {value:.5g}, simulated {seen.mean:.5g} ± {seen.half:.2g}"


def judge(name: str, seed: int, requests: int, blunt: float) -> None:
    """Solve and simulate one network; they must agree.

    Args:
        name: A key of `KINDS`.
        seed: Of the parameters.
        requests: About how many come from outside while SimPy counts.
        blunt: An interval wider than this part of its mean would prove nothing.
    """
    kind = KINDS[name]
    case = kind.draw(seed)

    steady = solve(case.network)
    measured = watch(case.build, seed + CHANCE, requests / case.rate)

    assert steady.converged.all()
    wrong: list[str] = []
    for row, station in enumerate(case.network.stations):
        for measure, seen in measured[station.id].items():
            assert seen.half <= (BLUNT_SHARE if measure in SHARES else blunt * seen.mean), measure
            if told := disagreement(measure, VALUES[measure](steady, row), seen, kind):
                wrong.append(f"{station.id} {told}")
    assert wrong == []


@pytest.mark.parametrize("name", KINDS)
def test_agreement(name: str) -> None:
    """One network of each kind does what SimPy's processes do."""
    judge(name, seed=0, requests=40_000, blunt=0.4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("name", KINDS)
def test_agreement_at_length(name: str, seed: int) -> None:
    """The same for more networks, watched for longer."""
    judge(name, seed, requests=200_000, blunt=0.25)
