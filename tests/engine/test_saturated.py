"""Callers that wait for something full: a long line whose callers are held by it and so send less."""

from collections.abc import Callable
from math import inf

import numpy as np
import pytest

from sandbox.engine.network import Arc, ArcKind, Environments, Holding, Network, Slots, Station
from sandbox.engine.steady import solve

LOADS = np.array([0.1, 0.5, 0.9, 1.0, 1.05, 1.2, 1.5, 2.0, 3.0, 5.0, 8.0, 10.0, 20.0])
CALLS = 3.0


def shop(query_s: float) -> Network:
    """Tasks that call a database three times, each with a line before it."""
    return Network(
        (
            Station("people", arrivals=250.0),
            Station("shop", fixed=0.12, cv=0.5, slots=("tasks",)),
            Station("database", fixed=query_s, cv=0.5, slots=("vcpus",)),
        ),
        (Arc("people", "shop"), Arc("shop", "database", gain=CALLS)),
        slots=(
            Slots("tasks", 120.0, places=100.0, service_cv=0.5),
            Slots("vcpus", 4.0, places=3600.0, service_cv=0.5),
        ),
    )


def proxy(query_s: float) -> Network:
    """Functions before a proxy that lends connections, before a database."""
    return Network(
        (
            Station("people", arrivals=100.0),
            Station("function", fixed=0.25, cv=0.5, timeout=10.0, slots=("concurrency",)),
            Station("proxy", fixed=0.001, slots=("pool",)),
            Station("database", fixed=query_s, cv=0.5, slots=("vcpus",)),
        ),
        (Arc("people", "function"), Arc("function", "proxy"), Arc("proxy", "database")),
        slots=(
            Slots("concurrency", 1000.0, rate_per_slot=10.0),
            Slots("pool", 90.0, places=inf, patience=5.0),
            Slots("vcpus", 2.0, places=200.0, service_cv=0.5),
        ),
    )


@pytest.mark.parametrize("query_ms", [1, 5, 8, 20])
@pytest.mark.parametrize("design", [shop, proxy])
def test_it_comes_to_rest(design: Callable[[float], Network], query_ms: int) -> None:
    """From below its capacity to twenty times the load, with both starts."""
    network = design(query_ms / 1000)

    steady = solve(network, LOADS)

    assert steady.converged.all()
    for pool, row in enumerate(range(1, len(network.stations))):
        assert (steady.load[row] <= network.slots[pool].capacity * (1 + 1e-9)).all()


@pytest.mark.parametrize("query_ms", [5, 8, 20])
def test_what_is_full_is_used_up(query_ms: int) -> None:
    """Three calls each of so many seconds on four processors let (4/3)/s through, and hold all tasks."""
    steady = solve(shop(query_ms / 1000), [5.0, 10.0, 20.0])

    most = 4.0 / (CALLS * query_ms / 1000)
    np.testing.assert_allclose(steady.accepted[1], most, rtol=0.02)
    np.testing.assert_allclose(steady.load[1], 120.0, rtol=1e-3)
    # Little: all tasks are in their own work or at the database.
    np.testing.assert_allclose(steady.duration[1], 120.0 / steady.accepted[1], rtol=1e-3)


def test_scenarios_that_settle_late_are_the_same_alone() -> None:
    """Scenarios that go on when others have settled come to what each comes to alone."""
    together = solve(shop(0.005), LOADS)

    for column, load in enumerate(LOADS):
        alone = solve(shop(0.005), load)
        np.testing.assert_allclose(together.duration[:, column], alone.duration[:, 0], rtol=1e-6)


def test_two_pools_at_once() -> None:
    """What takes a slot of each of two pools that others share never holds more than either has."""
    network = Network(
        (
            Station("both", arrivals=30.0, fixed=0.1, slots=("small", "large")),
            Station("next", fixed=0.3, slots=("large",)),
            Station("last", fixed=0.3, slots=("large",)),
            Station("queue", holding=Holding(lanes_least=0.0, attempts=3.0, retry_delay=60.0)),
            Station("worker", fixed=0.2, slots=("small",)),
        ),
        (
            Arc("both", "next", ArcKind.HANDOFF),
            Arc("next", "last"),
            Arc("last", "queue", ArcKind.HANDOFF),
            Arc("queue", "worker", ArcKind.DRIVE),
        ),
        slots=(Slots("small", 3.0), Slots("large", 25.5, rate_per_slot=10.0)),
    )

    steady = solve(network, np.geomspace(0.1, 100.0, 13))

    assert steady.converged.all()
    assert (steady.load[0] + steady.load[4] <= 3.0 * (1 + 1e-9)).all()
    assert (steady.load[:3].sum(axis=0) <= 25.5 * (1 + 1e-9)).all()


def test_a_cold_start_before_a_line_takes_no_slot() -> None:
    """Where a line is, what starts meanwhile stands in it: no more are served than there are slots."""
    network = Network(
        (Station("f", arrivals=1000.0, fixed=0.5, slots=("room",), environments="fleet"),),
        slots=(Slots("room", 8.0, places=20.0, service_cv=0.5),),
        environments=(Environments("fleet", init=0.5),),
    )

    steady = solve(network, [0.01, 0.1, 1.0, 100.0])

    assert (steady.load[0] <= 8.0 * (1 + 1e-9)).all()
