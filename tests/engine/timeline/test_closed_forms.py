"""Runs whose course is known in advance: drains, steps, bursts, retries, dead letters, retention, poison."""

from math import inf

import numpy as np
import pytest

from sandbox.engine.network import (
    Arc,
    ArcKind,
    Demand,
    Doubling,
    Environments,
    Holding,
    Network,
    Quota,
    Slots,
    Station,
    Tracking,
)
from sandbox.engine.steady import solve
from sandbox.engine.timeline.inputs import Fault, Inputs
from sandbox.engine.timeline.recovery import recovery
from sandbox.engine.timeline.run import run
from sandbox.engine.timeline.told import Run


def driven(holding: Holding, consumer: Station, arrivals: float = 0.0, dead: bool = False) -> Network:
    """A holding station, its consumer, and where dead letters go."""
    stations = [Station("q", arrivals=arrivals, holding=holding), consumer]
    arcs = [Arc("q", consumer.id, ArcKind.DRIVE)]
    if dead:
        stations.append(Station("dead", holding=Holding(lanes_least=0.0, lanes_most=0.0)))
        arcs.append(Arc("q", "dead", ArcKind.DEAD_LETTER))
    return Network(tuple(stations), tuple(arcs))


@pytest.mark.parametrize(("work", "seconds", "concurrent"), [(0.5, 311, 316), (1.7, 578, 583)])
def test_drain(work: float, seconds: int, concurrent: int) -> None:
    """100,000 messages, pollers 5 and 60 a minute more: ∫(5 + t)/D dt = 100,000 at 311 s, or at 578 s."""
    rules = Holding(lanes_least=5.0, lanes_most=1250.0, lanes_added=1.0, initial=100_000.0)

    told = run(driven(rules, Station("f", fixed=work)), horizon_s=700)

    left = told.waiting[:, 0, 0]
    assert left[seconds - 1] > 0
    assert left[seconds] == 0
    assert told.lanes[seconds - 1, 0, 0] == pytest.approx(concurrent, abs=1.0)
    assert told.totals.completed[0, 0] == pytest.approx(100_000)
    assert told.age[100, 0, 0] == pytest.approx(101.0)


def test_environments_are_added_at_their_rate() -> None:
    """From 0 to 3,000 a second of a second each: 1,000 in service at once, then 100 more each second."""
    network = Network(
        (Station("f", arrivals=3000.0, fixed=1.0, slots=("p",), environments="e"),),
        slots=(Slots("p", 10_000),),
        environments=(Environments("e", added=100.0, added_burst=1000.0),),
    )

    told = run(network, horizon_s=60)

    busy = told.in_service[:, 0, 0]
    assert busy[:18] == pytest.approx(1000.0 + 100.0 * told.time_s[:18], rel=1e-6)
    assert busy[-1] == pytest.approx(3000.0, rel=1e-3)


def test_bucket() -> None:
    """A bucket of 5,000 that 10,000 a second refill lets exactly 5,000 more pass than those."""
    network = Network(
        (Station("f", arrivals=20_000.0, demands=(Demand("q"),)),), quotas=(Quota("q", 10_000.0, 5000.0),)
    )

    told = run(network, horizon_s=30)

    assert told.totals.completed[0, 0] == pytest.approx(30 * 10_000 + 5000, abs=1e-6)
    assert told.accepted[1:, 0, 0] == pytest.approx(10_000.0)


def test_credit_is_used_up_and_earned_again() -> None:
    """300 s of 100 units/s saved bridge 200 units/s for 300 s; ten minutes of 50 units/s save them again."""
    network = Network(
        (Station("t", arrivals=1.0, demands=(Demand("q"),)),), quotas=(Quota("q", 100.0, 30_000.0),)
    )
    rate = np.concatenate([np.full(400, 200.0), np.full(600, 50.0), np.full(400, 200.0)])

    told = run(network, Inputs({"t": rate}), horizon_s=1400)

    refused = told.offered[:, 0, 0] - told.accepted[:, 0, 0]
    assert refused[:300] == pytest.approx(0.0, abs=1e-3)
    assert refused[300:400] == pytest.approx(100.0)
    assert refused[1000:1300] == pytest.approx(0.0, abs=1e-3)
    assert refused[1300:] == pytest.approx(100.0)


def test_doubling() -> None:
    """A new table takes 4,000 at first, and twice its peak once half an hour has passed."""
    moves = Doubling(start=4000.0, factor=2.0, after=1800.0)
    network = Network(
        (Station("t", arrivals=10_000.0, demands=(Demand("q"),)),),
        quotas=(Quota("q", 40_000.0, 40_000.0, moves=moves),),
    )

    told = run(network, horizon_s=4000, keep=4000)

    through = told.accepted[:, 0, 0]
    assert through[100] == pytest.approx(4000.0)
    assert through[1700] == pytest.approx(4000.0)
    assert through[1950] == pytest.approx(8000.0)
    assert through[3950] == pytest.approx(10_000.0)


def test_tracking() -> None:
    """Two minutes above 70 %, three more until it is there: throttled in between, and not after."""
    moves = Tracking(least=5.0, target=0.7, out_after=120.0, out_lag=180.0)
    network = Network(
        (Station("t", arrivals=70.0, demands=(Demand("q"),)),),
        quotas=(Quota("q", 1000.0, 1000.0, moves=moves),),
    )
    rate = np.concatenate([np.full(60, 70.0), np.full(2000, 140.0)])

    told = run(network, Inputs({"t": rate}), horizon_s=2000)

    capacity = told.capacity[:, 0, 0]
    assert capacity[50] == pytest.approx(100.0)
    assert capacity[60 + 290] == pytest.approx(100.0)
    assert capacity[60 + 310] > 100.0
    assert capacity[-1] == pytest.approx(200.0, rel=0.01)
    assert told.accepted[-1, 0, 0] == pytest.approx(140.0)


def test_dead_letters_take_all_their_receives() -> None:
    """Three receives, thirty seconds apart: what always fails is given up after a minute, not before."""
    rules = Holding(lanes_least=5.0, lanes_most=100.0, attempts=3.0, throttles_count=True, retry_delay=30.0)

    told = run(driven(rules, Station("f", fixed=0.1, error=1.0), 10.0, dead=True), horizon_s=200)

    dead = told.dead[:, 0, 0]
    assert dead[:61].max() == 0
    assert dead[61:] == pytest.approx(10.0)
    assert told.paused[150, 0, 0] == pytest.approx(10.0 * 58, rel=0.05)
    assert told.totals.held[2, 0] == pytest.approx(told.totals.dead[0, 0], abs=10.0 + 1e-6)


def test_events_are_tried_after_one_and_two_minutes() -> None:
    """Two retries, a minute after the first failure and two after the second: given up after three."""
    rules = Holding(lanes_least=0.0, attempts=3.0, retry_delay=60.0, retry_growth=2.0)

    told = run(driven(rules, Station("f", fixed=0.1, error=1.0), 10.0), horizon_s=300)

    assert told.offered[50, 1, 0] == pytest.approx(10.0)
    assert told.offered[100, 1, 0] == pytest.approx(20.0)
    assert told.offered[250, 1, 0] == pytest.approx(30.0)
    assert told.dead[:180, 0, 0].max() == 0
    assert told.dead[185:, 0, 0] == pytest.approx(10.0)


def test_retention() -> None:
    """Twice what can be done, kept for a minute: a minute's arrivals stay, and half of what comes is lost."""
    rules = Holding(lanes_least=1.0, lanes_most=1.0, retention=60.0)

    told = run(driven(rules, Station("f", fixed=0.2), 10.0), horizon_s=400)

    assert told.lost[-1, 0, 0] == pytest.approx(5.0)
    assert told.age[100, 0, 0] == pytest.approx(0.5 * told.time_s[100], rel=0.02)
    assert told.age[-1, 0, 0] == pytest.approx(60.0, abs=1.0)


STREAM = Holding(lanes_least=4.0, lanes_most=4.0, batch_most=10.0, poll=1.0, in_place=True, attempts=6.0)


def test_failing_stream_stops() -> None:
    """What fails is tried again in its lane: nothing passes, and lanes give up after six tries."""
    fault = Fault(60.0, 90.0, stations=("f",), fail=1.0)

    told = run(driven(STREAM, Station("f", fixed=1.0), 40.0), Inputs(faults=(fault,)), horizon_s=120)

    assert told.completed[62:90, 0, 0] == pytest.approx(0.0)
    given_up = np.flatnonzero(told.dead[:, 0, 0])
    assert given_up[0] >= 65
    assert set(np.diff(given_up).tolist()) == {6}
    assert told.totals.dead[0, 0] == pytest.approx(40.0 * len(given_up))


@pytest.mark.parametrize(("attempts", "stopped"), [(6.0, 6), (20.0, 20)])
def test_poisoned_batch_stops_its_lane(attempts: float, stopped: int) -> None:
    """One of four lanes waits for its batch's last attempt, and its quarter of the records with it."""
    rules = Holding(4.0, 4.0, batch_most=10.0, poll=1.0, in_place=True, attempts=attempts)
    fault = Fault(60.0, stations=("q",), poisoned=1.0)

    told = run(driven(rules, Station("f", fixed=1.0), 30.0), Inputs(faults=(fault,)), horizon_s=200)

    assert told.completed[61 : 60 + stopped - 1, 0, 0] == pytest.approx(22.5)
    assert told.waiting[:, 0, 0].max() == pytest.approx(7.5 * stopped, abs=12.0)
    assert told.totals.dead[0, 0] == pytest.approx(10.0, abs=3.0)
    assert told.waiting[-1, 0, 0] == pytest.approx(0.0, abs=1e-3)


def test_poisoned_batch_without_limit_waits_for_its_end() -> None:
    """Without a limit of attempts the lane stands until the batch is older than records are kept."""
    rules = Holding(4.0, 4.0, batch_most=10.0, poll=1.0, in_place=True, retention=120.0)
    fault = Fault(60.0, stations=("q",), poisoned=1.0)

    told = run(driven(rules, Station("f", fixed=1.0), 30.0), Inputs(faults=(fault,)), horizon_s=700)

    assert told.completed[61:175, 0, 0] == pytest.approx(22.5)
    assert told.totals.lost[0, 0] > 0
    assert told.completed[-1, 0, 0] == pytest.approx(30.0)


STORM = Network(
    (Station("c", arrivals=150.0), Station("f", fixed=0.1, slots=("p",))),
    (Arc("c", "f", attempts=4, timeout=0.35),),
    slots=(Slots("p", 20, places=100),),
)
"""Callers who give up after 0.35 s and try four times; 20 slots of 0.1 s with 100 places to wait in."""


def spike(calm: float) -> Run:
    """Four times the rate for twenty seconds."""
    rate = np.full(400, calm)
    rate[100:120] *= 4.0
    return run(STORM, Inputs({"c": rate}), horizon_s=400)


def test_storm_does_not_end_with_the_spike() -> None:
    """At 150/s the retries hold the overload up, at the saturated state's 463/s; at 60/s they do not."""
    storm, calm = spike(150.0), spike(60.0)

    assert storm.offered[90, 1, 0] == pytest.approx(150.0, rel=1e-3)
    assert storm.offered[-1, 1, 0] == pytest.approx(solve(STORM).saturated[1, 0], rel=1e-3)
    stuck = recovery(storm, solve(STORM), 120.0)
    assert stuck.recovered_at[0] == inf
    assert stuck.away[1, 0]
    assert stuck.arcs[0, 0]
    back = recovery(calm, solve(STORM, 0.4), 120.0)
    assert 120.0 <= back.recovered_at[0] < 140.0
    assert not back.away.any()


def test_slow_dependency_starts_a_storm() -> None:
    """Half a minute of thrice the time is enough to stay in the storm."""
    told = run(STORM, Inputs(faults=(Fault(100.0, 130.0, stations=("f",), slower=3.0),)), horizon_s=400)

    assert told.offered[95, 1, 0] == pytest.approx(150.0, rel=1e-3)
    assert told.offered[-1, 1, 0] == pytest.approx(463.0, rel=0.01)


def test_tries_come_back_after_their_pause() -> None:
    """A quota of nothing for ten seconds: four tries ten seconds apart, each as many as the first ones."""
    network = Network(
        (Station("c", arrivals=10.0), Station("f", demands=(Demand("q"),))),
        (Arc("c", "f", attempts=3, backoff=20.0),),
        quotas=(Quota("q", 1000.0, 1000.0),),
    )
    fault = Fault(50.0, 60.0, limits=("q",), capacity=0.0)

    told = run(network, Inputs(faults=(fault,)), horizon_s=150)

    offered = told.offered[:, 1, 0]
    assert offered[:70] == pytest.approx(10.0)
    assert offered[73:79] == pytest.approx(20.0)
    assert offered[100:] == pytest.approx(10.0)


def test_closed_loop() -> None:
    """Fifty users who think for a second and are served twenty a second settle at the steady rate."""
    network = Network(
        (Station("u", users=50.0, think=1.0), Station("f", fixed=0.5, slots=("p",))),
        (Arc("u", "f"),),
        slots=(Slots("p", 10.0, places=inf),),
    )

    told, steady = run(network, horizon_s=120), solve(network)

    assert told.offered[-1, 0, 0] == pytest.approx(steady.offered[0, 0], rel=1e-3)
    assert told.wait[-1, 1, 0] == pytest.approx(steady.wait[1, 0], rel=0.01)


def test_lost_capacity_comes_back() -> None:
    """Half the slots for a minute refuse what exceeds them, and all is well after."""
    network = Network((Station("f", arrivals=80.0, fixed=1.0, slots=("p",)),), slots=(Slots("p", 120.0),))
    fault = Fault(100.0, 160.0, limits=("p",), capacity=0.5)

    told = run(network, Inputs(faults=(fault,)), horizon_s=300)

    assert told.in_service[110:160, 0, 0].max() <= 60.0 + 1e-3
    assert told.success[150, 0, 0] < 0.75
    assert told.success[-1, 0, 0] == pytest.approx(1.0, abs=1e-3)
