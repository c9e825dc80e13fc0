"""What callers keep of a quota: connections of environments, of fleets and of calls in progress."""

import numpy as np
import pytest

from sandbox.engine.cold import cold_starts
from sandbox.engine.network import Arc, Demand, Environments, Growing, Network, Quota, Slots, Station
from sandbox.engine.steady import solve
from sandbox.engine.timeline.run import run


def network(capacity: float = 1000, *, measure: str = "environments", ways: int = 1, **caller) -> Network:
    """A hundred calls a second of half a second each, which ask a database with so many connections."""
    doors = tuple(f"db#{n}" for n in range(ways))
    return Network(
        stations=(
            Station("users", arrivals=100),
            Station("fn", fixed=0.5, **caller),
            *(Station(door, demands=(Demand("connections", 2.0),)) for door in doors),
        ),
        arcs=(Arc("users", "fn"), *(Arc("fn", door) for door in doors)),
        quotas=(Quota("connections", capacity, measure=measure),),
        environments=(Environments("fn"),),
        slots=(Slots("tasks", 80),),
    )


def asked(net: Network) -> float:
    """Connections that are asked for."""
    return float(solve(net).demand[0, 0])


def test_live_environments_keep_a_connection_each_idle_or_not():
    """Fifty are in service; those used within the idle expiry keep theirs."""
    alive = float(cold_starts(100, 50, 620).alive)

    assert asked(network(environments="fn")) == pytest.approx(2 * alive, rel=1e-6)
    assert alive > 60


def test_a_caller_counts_once_however_many_of_its_calls_lead_there():
    """One connection serves reads and writes."""
    assert asked(network(ways=3, environments="fn")) == pytest.approx(asked(network(environments="fn")))


@pytest.mark.parametrize(
    ("measure", "caller", "kept"),
    [
        ("slots", {}, 50),
        ("environments", {}, 50),
        ("slots", {"environments": "fn"}, 50),
        ("capacity", {"slots": ("tasks",)}, 80),
    ],
)
def test_others_keep_what_they_use_or_what_they_have(measure, caller, kept):
    """Little's law counts calls in progress; a fleet keeps its pools whether they are used or not."""
    assert asked(network(measure=measure, **caller)) == pytest.approx(2 * kept, rel=1e-3)


def test_a_demand_may_count_otherwise_than_its_quota():
    """A pool of connections lends what is in use; functions beside it keep theirs."""
    net = Network(
        stations=(
            Station("users", arrivals=10),
            Station("proxy", fixed=1.0),
            Station("db", demands=(Demand("connections", measure="slots"),)),
        ),
        arcs=(Arc("users", "proxy"), Arc("proxy", "db")),
        quotas=(Quota("connections", 100, measure="environments"),),
    )

    assert asked(net) == pytest.approx(10)


def test_what_gets_no_connection_fails():
    """A hundred connections for more environments: the share that is left over is refused."""
    told = solve(network(100, environments="fn"))

    refused = 1 - float(told.accepted[2, 0] / told.offered[2, 0])

    assert refused == pytest.approx(1 - 100 / float(told.demand[0, 0]), rel=1e-6)
    assert float(told.success[0, 0]) == pytest.approx(1 - refused, rel=1e-6)


@pytest.mark.parametrize("capacity", [1000, 100])
def test_time_ends_where_the_steady_state_is(capacity):
    """After the idle expiry as many environments live, and as many calls get a connection."""
    net = network(capacity, environments="fn")
    steady = solve(net)

    told = run(net, horizon_s=1500)

    assert told.accepted[-1, 2, 0] == pytest.approx(float(steady.accepted[2, 0]), rel=2e-3)


def test_a_capacity_that_grows_by_a_share_of_itself_is_faster_the_larger_it_is():
    """From 1 to 16 slots at 5 % a second takes as long as from 4 to 64: ln 16 ÷ 0.05 = 55 s."""
    assert np.log(16) / 0.05 == pytest.approx(55.45, abs=0.01)
    for start, rate in ((1.0, 8.0), (4.0, 32.0)):
        net = Network(
            stations=(Station("users", arrivals=rate), Station("db", fixed=1.0, slots=("cpu",))),
            arcs=(Arc("users", "db"),),
            slots=(Slots("cpu", 1000, moves=Growing(target=0.5, rise=0.05, start=start)),),
        )

        slots = run(net, horizon_s=120).slots[:, 0, 0]

        assert abs(int(np.argmax(slots >= 2 * rate * 0.99)) - 56) <= 2
        assert slots[-1] == pytest.approx(2 * rate, rel=0.02)
