"""The ladder finds the load at which each limit binds."""

from math import inf

import pytest

from sandbox.engine.compiling import compile_network
from sandbox.engine.ladder import climb
from sandbox.engine.network import Arc, ArcKind, Demand, Holding, Network, Quota, Slots, Station


def test_quotas_bind_in_proportion():
    """Demands of 10/s on 25 and on 1,000 bind at 2.5 and at 100 times the load."""
    network = Network(
        stations=(Station("a", arrivals=10, demands=(Demand("small"), Demand("large"))),),
        quotas=(Quota("large", 1000), Quota("small", 25)),
    )

    rungs = climb(compile_network(network))

    assert [rung.id for rung in rungs] == ["small", "large"]
    assert [rung.multiplier for rung in rungs] == pytest.approx([2.5, 100], rel=1e-3)
    assert rungs[0].rate == pytest.approx(25, rel=1e-3)


TABLE = ((5, 1.361), (10, 4.461), (20, 12.03), (50, 37.90), (100, 84.06))
"""Traffic that 1 % of is lost, by number of channels: the Erlang B table of ITU-D SG 2, Handbook Teletraffic
Engineering (Iversen), table of E(n, A) = 1 %."""


@pytest.mark.parametrize(("slots", "erlang"), TABLE)
def test_slots_bind_at_one_percent(slots: int, erlang: float):
    """Slots count as binding when one of a hundred random arrivals is refused."""
    network = Network(stations=(Station("a", arrivals=1, fixed=1, slots=("s",)),), slots=(Slots("s", slots),))

    (rung,) = climb(compile_network(network))

    assert rung.multiplier == pytest.approx(erlang, rel=2e-3)


def test_consumers_bind_at_their_capacity():
    """Twenty lanes × 100 records ÷ 1 s take 2,000 records/s."""
    network = Network(
        stations=(
            Station("s", arrivals=500),
            Station(
                "q", holding=Holding(lanes_least=20, lanes_most=20, batch_most=100, poll=1, in_place=True)
            ),
            Station("f", fixed=1),
        ),
        arcs=(Arc("s", "q", ArcKind.HANDOFF), Arc("q", "f", ArcKind.DRIVE)),
    )

    (rung,) = climb(compile_network(network))

    assert (rung.kind, rung.id) == ("consumer", "q")
    assert rung.multiplier == pytest.approx(4, rel=1e-3)


def test_retries_do_not_hide_the_edge():
    """A limit whose refusals are tried again binds where it first refuses, however steeply it then rises."""
    network = Network(
        stations=(Station("a", arrivals=10), Station("b", demands=(Demand("q"),))),
        arcs=(Arc("a", "b", attempts=4, backoff=0.1),),
        quotas=(Quota("q", 30),),
    )

    (rung,) = climb(compile_network(network))

    assert rung.multiplier == pytest.approx(3, rel=1e-3)


def test_behind_a_limit_nothing_binds():
    """What is asked for just its capacity, because a limit before it lets no more through, is free."""
    network = Network(
        stations=(
            Station("a", arrivals=10, demands=(Demand("first"),)),
            Station("b", demands=(Demand("second"),)),
        ),
        arcs=(Arc("a", "b"),),
        quotas=(Quota("first", 100), Quota("second", 100)),
    )

    assert [rung.id for rung in climb(compile_network(network))] == ["first"]


def test_a_full_line_binds_though_its_callers_are_refused_first():
    """Two servers of 20 ms take 100/s: they are the cause, and the callers held by their line the symptom."""
    network = Network(
        stations=(
            Station("callers", arrivals=10, fixed=0.1, slots=("callers",)),
            Station("store", fixed=0.02, slots=("servers",)),
        ),
        arcs=(Arc("callers", "store"),),
        slots=(Slots("callers", 1000), Slots("servers", 2, places=inf)),
    )

    rungs = climb(compile_network(network))

    assert [rung.id for rung in rungs] == ["servers", "callers"]
    assert [rung.multiplier for rung in rungs] == pytest.approx([10, 10], rel=0.03)
