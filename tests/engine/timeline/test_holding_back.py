"""Under a constant load, callers that wait for something full come to rest where the steady state is."""

import numpy as np
import pytest

from sandbox.engine.network import Arc, Network, Slots, Station
from sandbox.engine.steady import solve
from sandbox.engine.timeline.run import run

LAST = 300
CALLS = 3.0


def shop(query_s: float, tasks: float = 120.0) -> Network:
    """Tasks that call a database three times, each with a line before it."""
    return Network(
        (
            Station("people", arrivals=250.0),
            Station("shop", fixed=0.12, cv=0.5, slots=("tasks",)),
            Station("database", fixed=query_s, cv=0.5, slots=("vcpus",)),
        ),
        (Arc("people", "shop"), Arc("shop", "database", gain=CALLS)),
        slots=(
            Slots("tasks", tasks, places=100.0, service_cv=0.5),
            Slots("vcpus", 4.0, places=3600.0, service_cv=0.5),
        ),
    )


def layers() -> Network:
    """A front before the shop, which waits for it as the shop waits for its database."""
    inner = shop(0.008)
    return Network(
        (*inner.stations, Station("front", fixed=0.01, cv=0.5, slots=("doors",))),
        (Arc("people", "front"), Arc("front", "shop"), Arc("shop", "database", gain=CALLS)),
        slots=(*inner.slots, Slots("doors", 400.0, places=50.0, service_cv=0.5)),
    )


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(shop(0.004), id="not yet full"),
        pytest.param(shop(0.008), id="full"),
        pytest.param(shop(0.02), id="full of slow queries"),
        pytest.param(shop(0.008, tasks=1000.0), id="many callers"),
        pytest.param(layers(), id="callers of callers"),
    ],
)
@pytest.mark.parametrize("load", [1.0, 2.0])
def test_it_comes_to_rest(network: Network, load: float) -> None:
    """The last ticks serve what the steady state serves, and wait as long before the database."""
    steady = solve(network, load)

    told = run(network, horizon_s=1200, loads=load)

    shop, database = 1, 2
    np.testing.assert_allclose(told.accepted[-LAST:, shop].mean(axis=0), steady.accepted[shop], rtol=0.02)
    np.testing.assert_allclose(told.in_service[-LAST:, shop].mean(axis=0), steady.load[shop], rtol=0.02)
    np.testing.assert_allclose(
        told.wait[-LAST:, database].mean(axis=0), steady.wait[database], rtol=0.03, atol=1e-3
    )
    assert told.largest_gap < 1e-9


def test_just_full() -> None:
    """Where as much comes as the database takes, its line comes and goes, but as much is served."""
    network = shop(0.0053)
    steady = solve(network)

    told = run(network, horizon_s=1200)

    np.testing.assert_allclose(told.accepted[-LAST:, 1].mean(axis=0), steady.accepted[1], rtol=0.02)
