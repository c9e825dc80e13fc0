"""What must be true of every network over time, of all kinds of stations, and of random arrivals."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings

from sandbox.engine.network import Arc, ArcKind, Holding, Network, Slots, Station
from sandbox.engine.steady import Steady, solve
from sandbox.engine.timeline.inputs import Fault, Inputs
from sandbox.engine.timeline.run import run
from sandbox.engine.timeline.told import Run
from tests.judge.networks import networks

EXAMPLES = settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
"""The networks are small already: making them smaller still would take minutes."""
MANY = settings(EXAMPLES, max_examples=60)
CLOSE = 1e-3
QUIET = 0.15
"""Load at which ordinary networks have one state only, and no backlog that outlasts its beginning."""


def disturbed(network: Network) -> Inputs:
    """A source that rises and stops, and something that is slow, fails and loses capacity."""
    rate = np.concatenate([np.full(20, 50.0), np.full(10, 400.0), np.full(30, 0.0), np.full(20, 80.0)])
    fault = Fault(25.0, 45.0, ("loss 1",), 3.0, 0.3, ("quota 0", "pool 0"), 0.4)
    return Inputs({"loss 0": rate}, (fault,))


def accounted(network: Network) -> None:
    """After every tick, whatever happens, everything is somewhere."""
    told = run(network, disturbed(network), horizon_s=120, loads=[0.3, 1.0, 3.0])

    assert told.largest_gap < 1e-9
    assert told.totals.gap.max() < 1e-9
    for name in ("offered", "accepted", "completed", "waiting", "paused", "in_service", "age", "tokens"):
        values = getattr(told, name)
        assert np.isfinite(values).all(), name
        assert (values >= -1e-4).all(), name
    assert (told.slots_used <= told.slots * 1.05 + 0.05)[:20].all()


@EXAMPLES
@given(networks())
def test_nothing_is_lost_untold(network: Network) -> None:
    """What arrives is completed, fails, is rejected, given up, lost, or still held, at every tick."""
    accounted(network)


@pytest.mark.slow
@MANY
@given(networks())
def test_nothing_is_lost_untold_at_length(network: Network) -> None:
    """The same for more networks."""
    accounted(network)


def apart(told: Run, steady: Steady) -> list[str]:
    """Rates, loads and backlogs that do not end as in the steady state, in words."""
    held = told.compiled.held
    most, found = float(steady.offered.max()), []
    pairs = (("offered", "offered"), ("accepted", "accepted"), ("load", "in_service"))
    for aim, name in pairs:
        wanted, seen = getattr(steady, aim)[:, 0], getattr(told, name)[-1, :, 0]
        wrong = np.abs(wanted - seen) > CLOSE * np.abs(wanted) + 1e-6 * most
        if aim == "load":
            wrong[held] = False
        found += [f"{name} of {row}: {wanted[row]}, at the end {seen[row]}" for row in np.flatnonzero(wrong)]
    content = told.waiting[:, held, 0] + told.paused[:, held, 0]
    growth = (content[-1] - content[-2]) / (told.time_s[-1] - told.time_s[-2])
    wrong = np.abs(growth - steady.held.growth[:, 0]) > CLOSE * np.maximum(steady.offered[held, 0], 1e-3)
    return found + [f"growth of {row}: {growth[row]}" for row in np.flatnonzero(wrong)]


def settled(network: Network) -> None:
    """With a constant profile a run ends in the steady state.

    A line before a pool whose environments are kept ready is left out: the steady state takes such a pool
    as one group, without the line. So are endless lines that overflow: they never come to rest.
    """
    assume(not any("room" in "".join(s.slots) and s.environments == "fleet 1" for s in network.stations))
    steady = solve(network, QUIET)
    assume(bool(steady.converged.all()) and not steady.metastable.any())
    endless = np.array([pool.places == inf and pool.patience == inf for pool in network.slots])
    assume(not (steady.pool_load[endless, 0] > 0.95 * steady.compiled.slots["capacity"][endless, 0]).any())

    told = run(network, horizon_s=2500, loads=QUIET, keep=250)

    assert apart(told, steady) == []


@settings(EXAMPLES, max_examples=3)
@given(networks())
def test_a_constant_profile_ends_in_the_steady_state(network: Network) -> None:
    """Rates, loads and the growth of backlogs agree with the steady state."""
    settled(network)


@pytest.mark.slow
@settings(EXAMPLES, max_examples=30)
@given(networks())
def test_a_constant_profile_ends_in_the_steady_state_at_length(network: Network) -> None:
    """The same for more networks."""
    settled(network)


SKEWED = Holding(lanes_least=4, lanes_most=4, batch_most=50, poll=1, hot_share=0.5, hot_lanes=1)
OVERLOADED = {
    "slots": Network((Station("s", arrivals=14, fixed=1.0, slots=("p",)),), slots=(Slots("p", 10),)),
    "line": Network(
        (Station("s", arrivals=14, fixed=1.0, slots=("p",)),), slots=(Slots("p", 10, places=15),)
    ),
    "patience": Network(
        (Station("s", arrivals=14, fixed=1.0, slots=("p",)),),
        slots=(Slots("p", 10, places=inf, patience=1.0),),
    ),
    "started rate": Network(
        (Station("s", arrivals=140, fixed=0.01, slots=("p",)),), slots=(Slots("p", 10, rate_per_slot=10),)
    ),
    "queue": Network(
        (
            Station("q", arrivals=150, holding=Holding(lanes_least=5, lanes_most=10, batch_most=10)),
            Station("f", fixed=1.0, per_item=0.1),
        ),
        (Arc("q", "f", ArcKind.DRIVE),),
    ),
    "stream": Network(
        (
            Station("q", arrivals=200, holding=SKEWED),
            Station("f", fixed=0.1, per_item=0.02),
        ),
        (Arc("q", "f", ArcKind.DRIVE),),
    ),
}


@pytest.mark.parametrize("kind", OVERLOADED)
def test_overload_ends_in_the_steady_state(kind: str) -> None:
    """The same where each kind of limit binds."""
    network = OVERLOADED[kind]

    assert apart(run(network, horizon_s=600), solve(network)) == []


LOSS = Network((Station("s", arrivals=9.0, fixed=1.0, slots=("p",)),), slots=(Slots("p", 10.0),))


def test_the_same_seed_gives_the_same_run() -> None:
    """Random arrivals are those of the seed, and others with another one."""
    first, again, other = (run(LOSS, horizon_s=60, replicas=5, seed=seed) for seed in (7, 7, 8))

    np.testing.assert_array_equal(first.accepted, again.accepted)
    assert (first.offered != other.offered).any()
    assert (first.offered[:, 0, 0] != first.offered[:, 0, 1]).any()


@pytest.mark.parametrize(("work", "rate"), [(0.1, 90.0), (1.0, 9.0), (20.0, 0.45)])
def test_random_arrivals_are_refused_as_often_as_in_theory(work: float, rate: float) -> None:
    """Ten slots and 9 Erlang refuse 16.8 %, whether services end within a tick or last for many.

    A tick's refusals follow from its mean load, which costs up to 1.5 points where a service lasts one tick.
    """
    network = replace(LOSS, stations=(Station("s", arrivals=rate, fixed=work, slots=("p",)),))

    told = run(network, horizon_s=1500, replicas=24, seed=1)

    refused = told.totals.rejected.sum() / told.totals.arrived.sum()
    assert refused == pytest.approx(0.168, abs=0.015)


@pytest.mark.parametrize("peakedness", [0.3, 1.0, 4.0])
def test_random_arrivals_vary_as_they_should(peakedness: float) -> None:
    """Numbers of arrivals in a tick have the mean and the variance-to-mean ratio of their source."""
    network = Network((Station("s", arrivals=50.0, peakedness=peakedness),))

    told = run(network, horizon_s=400, replicas=20, seed=3)

    counts = told.offered[:, 0]
    assert counts.mean() == pytest.approx(50.0, rel=0.02)
    assert counts.var() / counts.mean() == pytest.approx(peakedness, rel=0.08)


def test_a_long_run_is_thinned() -> None:
    """Fewer points hold the means of their stretches, and the totals are those of the whole."""
    rate = np.arange(1000.0)

    told = run(LOSS, Inputs({"s": rate}), horizon_s=1000, keep=100)

    assert len(told.time_s) == 100
    assert told.offered[:, 0, 0] == pytest.approx(rate.reshape(100, 10).mean(axis=1))
    assert told.totals.arrived[0, 0] == pytest.approx(rate.sum())


@pytest.mark.parametrize(
    "inputs",
    [
        Inputs({"nobody": np.ones(3)}),
        Inputs({"s": np.array([1.0, np.nan])}),
        Inputs({"s": np.array([-1.0])}),
        Inputs({"s": np.zeros(0)}),
        Inputs(faults=(Fault(stations=("nobody",)),)),
        Inputs(faults=(Fault(limits=("nothing",)),)),
        Inputs(faults=(Fault(stations=("s",), fail=2.0),)),
    ],
)
def test_wrong_inputs_are_refused(inputs: Inputs) -> None:
    """What names nobody or says no number is refused before anything runs."""
    with pytest.raises(ValueError, match=r"profile|fault"):
        run(LOSS, inputs)


def test_a_run_can_be_watched_and_stopped() -> None:
    """Progress is told, and a run that is called off tells what there is."""
    seen: list[float] = []

    told = run(LOSS, horizon_s=500, progress=seen.append, cancelled=lambda: len(seen) > 3)

    assert seen == sorted(seen)
    assert 0 < len(told.time_s) < 500
