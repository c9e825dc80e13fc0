"""What must be true of the steady state of every network."""

from dataclasses import replace
from math import inf
from random import Random

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sandbox.engine.network import Arc, ArcKind, Holding, Network, Slots, Station
from sandbox.engine.steady import Steady, solve

from .networks import networks

CLOSE = 1e-6
FIELDS = ("offered", "accepted", "invocations", "load", "duration", "wait", "success", "batch", "arc_items")
EXAMPLES = settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
"""The networks are small already: making them smaller still would take minutes."""

WALK = np.geomspace(0.05, 20.0, 60)
"""Load multipliers from almost nothing to far too much."""


def same(
    one: Steady,
    other: Steady,
    rows: list[int] | None = None,
    column: int | None = None,
    close: float = CLOSE,
) -> None:
    """Two solutions hold the same numbers, up to an order of the stations and a choice of scenario.

    A wait is one of somebody: where next to nothing comes, as little as rounding, it is not compared.
    """
    chosen = slice(None) if column is None else [column]
    order = slice(None) if rows is None else rows
    come = (one.offered[:, chosen] > CLOSE) & (other.offered[order] > CLOSE)
    for name in FIELDS:
        left, right = getattr(one, name)[:, chosen], getattr(other, name)
        right = right if name == "arc_items" else right[order]
        if name == "wait":
            left, right = np.where(come, left, 0.0), np.where(come, right, 0.0)
        np.testing.assert_allclose(left, right, rtol=close, atol=close, err_msg=name)


@EXAMPLES
@given(networks())
def test_numbers(network: Network) -> None:
    """All numbers are numbers and not negative, shares between 0 and 1; only waits may be infinite."""
    steady = solve(network, [0.1, 1.0, 10.0])

    for name in FIELDS:
        values = getattr(steady, name)
        assert not np.isnan(values).any(), name
        assert (values >= 0).all(), name
        assert name in ("wait", "duration", "load") or np.isfinite(values).all(), name
    for name in ("success", "success_item", "late", "by_rate", "overflow", "cold_ratio", "pool_blocking"):
        values = getattr(steady, name)
        assert ((values >= 0) & (values <= 1 + CLOSE)).all(), name


@EXAMPLES
@given(networks())
def test_admission(network: Network) -> None:
    """Nothing is accepted that was not offered; nothing is offered that was not sent."""
    steady = solve(network, [0.1, 1.0, 10.0])

    assert (steady.accepted <= steady.offered * (1 + CLOSE)).all()
    names = [station.id for station in network.stations]
    sent = np.array([[station.arrivals] for station in network.stations]) * steady.loads
    for arc, items in zip(network.arcs, steady.arc_items, strict=True):
        sent[names.index(arc.target)] += items
    np.testing.assert_allclose(steady.offered, sent, rtol=1e-5, atol=CLOSE)


@EXAMPLES
@given(networks())
def test_slots(network: Network) -> None:
    """No pool serves more at once than it has slots, beside what runs in environments kept ready."""
    steady = solve(network, [0.1, 1.0, 10.0])

    for pool in network.slots:
        users = [
            row
            for row, station in enumerate(network.stations)
            if pool.id in station.slots and station.environments != "fleet 1"
        ]
        assert (steady.load[users].sum(axis=0) <= pool.capacity * (1 + CLOSE)).all(), pool.id


@EXAMPLES
@given(networks())
def test_holding(network: Network) -> None:
    """What a holding station takes in leaves, is given up, or stays."""
    steady = solve(network, [0.1, 1.0, 10.0])

    rows = [row for row, station in enumerate(network.stations) if station.holding]
    held = steady.held
    np.testing.assert_allclose(steady.accepted[rows], held.passed + held.growth, rtol=1e-5, atol=CLOSE)
    assert (held.dead <= held.passed * (1 + CLOSE) + CLOSE).all()
    assert (held.growth >= -CLOSE).all()


@EXAMPLES
@given(networks())
def test_converged(network: Network) -> None:
    """Ordinary networks reach their fixed point."""
    assert solve(network, [0.1, 1.0, 10.0, 100.0]).converged.all()


@EXAMPLES
@given(networks())
def test_scenarios(network: Network) -> None:
    """A load among others has the same solution as alone.

    Both are where a round changes less than 1e-9; where rounds creep, several of those from rest.
    """
    loads = [1.0, 2.0, 4.0]

    together = solve(network, loads)

    for column, load in enumerate(loads):
        same(together, solve(network, load), column=column, close=3e-8)


@EXAMPLES
@given(networks(), st.randoms(use_true_random=False))
def test_order(network: Network, shuffler: Random) -> None:
    """The order in which stations are listed does not matter."""
    order = list(range(len(network.stations)))
    shuffler.shuffle(order)
    shuffled = replace(network, stations=tuple(network.stations[row] for row in order))

    same(solve(network), solve(shuffled), rows=[order.index(row) for row in range(len(order))])


SINGLE = {
    "slots": Network((Station("s", arrivals=10, fixed=1.0, slots=("p",)),), slots=(Slots("p", 10),)),
    "waiting room": Network(
        (Station("s", arrivals=10, fixed=1.0, slots=("p",)),), slots=(Slots("p", 10, places=15),)
    ),
    "patience": Network(
        (Station("s", arrivals=10, fixed=1.0, slots=("p",)),),
        slots=(Slots("p", 10, places=inf, patience=1.0),),
    ),
    "started rate": Network(
        (Station("s", arrivals=100, fixed=0.01, slots=("p",)),), slots=(Slots("p", 10, rate_per_slot=10),)
    ),
    "poller": Network(
        (
            Station("s", arrivals=20, holding=Holding(lanes_least=20, lanes_most=20, batch_most=10)),
            Station("f", fixed=1.0, per_item=0.1),
        ),
        (Arc("s", "f", ArcKind.DRIVE),),
    ),
    "stream": Network(
        (
            Station("s", arrivals=20, holding=Holding(lanes_least=4, lanes_most=4, batch_most=50, poll=1)),
            Station("f", fixed=0.1, per_item=0.05),
        ),
        (Arc("s", "f", ArcKind.DRIVE),),
    ),
}


@pytest.mark.parametrize("kind", SINGLE)
def test_monotone(kind: str) -> None:
    """With more load no less is accepted and served, no less is refused, and no wait is shorter."""
    steady = solve(SINGLE[kind], WALK)

    def falls(values: NDArray[np.float64]) -> bool:
        finite = np.minimum(values, 1e12)
        return bool((np.diff(finite) < -CLOSE * np.maximum(finite[:-1], CLOSE)).any())

    assert steady.converged.all()
    assert not falls(steady.accepted[-1])
    assert not falls(1.0 - steady.accepted[0] / steady.offered[0])
    assert not falls(steady.load[-1])
    if kind != "stream":  # a batch that fills sooner waits less
        assert not falls(steady.wait[0])


def test_closed_loop() -> None:
    """More users of a closed loop bring more throughput, up to what the slots can do."""
    users = [1, 5, 20, 50, 200]

    rates = [
        solve(
            Network(
                (Station("u", users=count, think=1.0), Station("s", fixed=0.1, slots=("p",))),
                (Arc("u", "s"),),
                slots=(Slots("p", 2, places=inf),),
            )
        ).accepted[1, 0]
        for count in users
    ]

    assert rates == sorted(rates)
    assert rates[0] == pytest.approx(1 / 1.1, rel=0.02)
    assert rates[-1] <= 20.0 * (1 + CLOSE)
