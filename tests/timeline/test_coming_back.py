"""Whether a disturbance is over: when load and faults rest, and when everything is as it was."""

import numpy as np
import pytest

import sandbox
from sandbox.design.presets import preset
from sandbox.engine.timeline.inputs import Fault, Inputs
from sandbox.simulate import simulate
from sandbox.timeline.recovery import disturbed_until
from tests.timeline.spiked import QUEUE

CASES = [
    ("nothing happens", Inputs(), 0.0),
    ("a constant load", Inputs({"t": np.full(100, 5.0)}), 0.0),
    ("a spike", Inputs({"t": np.r_[np.ones(20), np.full(10, 9.0), np.ones(70)]}), 30.0),
    ("a fault that ends", Inputs(faults=(Fault(10.0, 40.0, ("f",), fail=1.0),)), 40.0),
    ("a fault that does not", Inputs(faults=(Fault(10.0, stations=("f",), fail=1.0),)), None),
    ("a load that never rests", Inputs({"t": np.arange(100.0)}), None),
    ("the later of two", Inputs({"t": np.r_[np.full(60, 2.0), np.ones(40)]}, (Fault(0.0, 50.0),)), 60.0),
]


@pytest.mark.parametrize(("inputs", "until"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_disturbance_ends_with_the_last_thing_that_moves(inputs, until):
    """Profiles at their last value and faults that are over."""
    assert disturbed_until(inputs, 100.0, 1.0) == until


def test_a_backlog_drains_when_arithmetic_says():
    """100/s for 60 s against 50 a second: about 3,000 wait at the end, gone after 3,000 / 40 s."""
    told = simulate(sandbox.loads(QUEUE), 600)

    backlog = told.median.nodes["jobs"].backlog
    most = backlog.max()
    assert most == pytest.approx(3000, rel=0.1)  # pollers start at 5 and add 300 a minute
    assert told.summary.disturbed_until_s == 120
    assert told.summary.recovered_at_s == pytest.approx(120 + most / 40, rel=0.1)


def test_what_is_not_over_says_what_holds_it_up():
    """Cut off before the backlog is gone, it says how much is left and how long that takes."""
    told = simulate(sandbox.loads(QUEUE), 150)

    assert told.summary.recovered_at_s is None
    (sentence,) = told.summary.held_up_by
    left = told.median.nodes["jobs"].backlog[-1]
    assert sentence.startswith(f"jobs still holds {left:,.0f} items")


def test_a_source_that_sends_nothing_again_holds_nothing_up():
    """More than usual came in the last second of a random run by chance: that is no loop."""
    design = sandbox.loads(preset("queue-worker").text, "queue-worker")

    sentences = simulate(design, 900.0, 1.0, 5, seed=7).summary.held_up_by

    assert not [sentence for sentence in sentences if sentence.startswith("Shop →")]
    assert [sentence for sentence in sentences if sentence.startswith("Book order → Order table")]
