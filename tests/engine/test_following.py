"""Slots that follow their use come to what the target asks for, and share what they draw on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.compiling import compile_network
from sandbox.engine.network import Arc, Draw, Network, Quota, Slots, Station, Tracking
from sandbox.engine.steady import solve
from sandbox.engine.timeline.inputs import Inputs
from sandbox.engine.timeline.run import run
from sandbox.engine.timeline.scaling import Tracked


def fleet(
    rate: float, *, most: float = 100, places: float = 100, draws: float = 0, moves: bool = True
) -> Network:
    """Tasks of 10 places that work 0.1 s on each request: at least 2, at most *most*/10."""
    rule = (
        Tracking(least=20.0, target=0.7, out_after=120, out_lag=60, start=20.0, step=10.0) if moves else None
    )
    drawn = (Draw("vCPU", draws),) if draws else ()
    return Network(
        stations=(Station("t", arrivals=rate), Station("f", fixed=0.1, slots=("tasks",))),
        arcs=(Arc("t", "f"),),
        quotas=(Quota("vCPU", 5.0, measure="capacity"),),
        slots=(Slots("tasks", most, places=places, moves=rule, draws=drawn),),
    )


@pytest.mark.parametrize(
    ("rate", "slots"),
    [(10, 20), (139, 20), (141, 30), (350, 50), (699, 100), (2000, 100)],
)
def test_there_are_as_many_as_the_target_asks_for(rate, slots):
    """35 requests in service at 70 % are 50 places; never fewer than 20 nor more than 100."""
    assert float(solve(fleet(rate)).slots[0, 0]) == slots


def test_the_wait_is_that_of_the_slots_that_are_there():
    """Twenty places for 18 Erlang make wait as long as twenty fixed ones do, however many there may be."""
    fixed = solve(fleet(180, most=20, moves=False))
    less = Tracking(least=20.0, target=0.9, start=20.0, step=10.0)
    moving = fleet(180)
    moving = Network(
        moving.stations, moving.arcs, moving.quotas, (Slots("tasks", 100, places=100, moves=less),)
    )

    assert solve(moving).wait[1] == pytest.approx(fixed.wait[1])
    assert fixed.wait[1, 0] > 1e-3


@given(rate=st.floats(1, 3000), most=st.integers(2, 30))
def test_they_stay_between_least_and_most(rate, most):
    """Whole tasks, enough for the target where there may be as many."""
    slots = float(solve(fleet(rate, most=10.0 * most)).slots[0, 0])

    assert slots % 10 == 0
    assert 20 <= slots <= 10 * most
    assert slots == 10 * most or slots * 0.7 >= rate * 0.1 * (1 - 1e-6)


def test_what_they_draw_on_limits_them():
    """Ten tasks of 1 vCPU are asked for and 5 vCPU are there: half of them serve, 500 requests a second."""
    steady = solve(fleet(650, draws=0.1))

    assert float(steady.demand[0, 0]) == pytest.approx(10.0)
    assert float(steady.accepted[1, 0]) == pytest.approx(500.0, rel=0.01)


def test_those_that_draw_share():
    """Two services that want 4 vCPU each of 5 get five eighths of what they want."""
    one = fleet(0, most=40, draws=0.1, moves=False)
    two = Network(
        (*one.stations, Station("g", arrivals=1, fixed=0.1, slots=("others",))), one.arcs, one.quotas,
        (*one.slots, Slots("others", 40, places=100, draws=(Draw("vCPU", 0.1),))),
    )  # fmt: skip
    loud = Network((Station("t", arrivals=1000), *two.stations[1:]), two.arcs, two.quotas, two.slots)

    assert float(solve(loud).accepted[1, 0]) == pytest.approx(250.0, rel=0.01)


def test_of_networks_solved_together_some_may_follow():
    """A point of a sweep whose number is fixed stays at it, beside one whose number follows."""
    together = solve(compile_network(fleet(300, moves=False), fleet(300)))

    assert together.slots[0].tolist() == [100.0, 50.0]


def test_time_starts_with_the_least_and_ends_where_the_steady_state_is():
    """Two minutes above the target, one until they are there; then what the steady state says."""
    network = fleet(450)
    told = run(network, Inputs({}), horizon_s=1200, keep=1200)
    slots = told.slots[:, 0, 0]

    assert set(slots[:179].tolist()) == {20.0}
    assert slots[185] > 20
    assert slots[-1] == pytest.approx(float(solve(network).slots[0, 0]))
    assert told.accepted[-1, 1, 0] == pytest.approx(450.0, rel=1e-3)


def test_only_so_many_are_added_at_once():
    """Eighty that are ordered come ten at once, and then one each second."""
    rule = Tracking(
        least=20.0, target=0.7, out_after=10, out_lag=0, start=20.0, step=10.0, added=1.0, added_burst=10.0
    )
    sut, most, used = Tracked(rule, 1, step_s=1.0), np.array([100.0]), np.array([70.0])
    told = [float(sut.begin(most)[0]), *(float(sut.step(used, most)[0]) for _ in range(100))]

    assert told[:10] == [20.0] * 10
    assert told[10] == 30.0
    assert told[20] == 40.0
    assert told[80:] == [100.0] * 21


def test_from_nothing_it_follows_what_is_asked():
    """Without any slot nothing is in use; what is refused for a minute brings some all the same."""
    rule = Tracking(least=0.0, target=0.7, out_after=60, out_lag=60, start=0.0, step=10.0)
    network = fleet(100)
    network = Network(network.stations, network.arcs, network.quotas, (Slots("tasks", 100, moves=rule),))
    slots = run(network, Inputs({}), horizon_s=600, keep=600).slots[:, 0, 0]

    assert slots[60] == 0
    assert slots[-1] == pytest.approx(float(solve(network).slots[0, 0])) == pytest.approx(20)
