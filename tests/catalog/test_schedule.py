"""A schedule: what it starts and when, its quota, and its bill."""

import numpy as np
import pytest
from bill_cases import load
from flow_designs import edge, evaluated, limit, lines, node
from link_cases import check
from pydantic import ValidationError

import sandbox
from sandbox.catalog.services.schedule import Schedule, course

HEAD = 'schema = 1\nname = "test"\n'


def _nightly(target: str = "lambda", **settings: object) -> str:
    return HEAD + node("s", "schedule", **settings) + node("x", target) + edge("s", "x")


@pytest.mark.parametrize("case", load("schedule"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Invocations of Scheduler, 14 million free; a rule costs nothing."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "per_s"),
    [({}, 1 / 300), ({"every_s": 60, "events": 600}, 10), ({"every_s": 3600, "events": 36}, 0.01)],
)
def test_what_it_starts_is_its_load(settings, per_s):
    """Items of one start over the time between two."""
    told = evaluated(_nightly(**settings))

    assert told.nodes["x"].invocations_per_s == pytest.approx(per_s, rel=1e-3)
    assert told.flows["s"].rate_per_s == pytest.approx(per_s)


@pytest.mark.parametrize(
    ("kind", "name", "capacity"),
    [("scheduler", "invocations of schedules", 1000), ("rule", "invocations of targets", 18_750)],
)
def test_invocations_have_a_quota(kind, name, capacity):
    """1,000/s of Scheduler (scheduler-quotas.html); a rule shares that of the buses (eb-quota.html)."""
    told = evaluated(_nightly("sqs", every_s=60, events=6_000, kind=kind))

    assert limit(told, "s", name) == pytest.approx((100, capacity))


def test_what_is_over_the_quota_is_delayed_and_not_lost():
    """2,000 a second on average are 1,000 more than pass: the rest waits, and nothing is thrown away."""
    told = evaluated(_nightly("sqs", every_s=60, events=120_000))

    assert told.nodes["s"].backlog_growth_per_s == pytest.approx(1000, rel=1e-6)
    assert told.nodes["x"].accepted_per_s == pytest.approx(1000, rel=1e-6)
    assert told.nodes["s"].lost_per_s == 0


def test_a_pulse_is_worked_off_at_the_pace_of_the_quota():
    """6,000 items at once take six seconds at 1,000 a second: none of them sooner, and none much later."""
    told = sandbox.simulate(sandbox.loads(_nightly("sqs", every_s=300, events=6_000)), horizon_s=60, step_s=1)

    each = np.array(told.to_dict()["nodes"]["x"]["offered_per_s"])

    assert each.max() <= 1_000 * 1.001
    assert each.sum() == pytest.approx(6_000, rel=1e-3)
    assert each[:9].sum() >= 5_999


def test_a_flexible_window_spreads_a_start():
    """Half of the items have come in the middle of the window."""
    spread = course(Schedule(every_s=600, events=100, flexible_window_s=300)).integral(
        np.array([150.0, 300.0])
    )

    assert spread.tolist() == pytest.approx([50, 100])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"kind": "rule", "flexible_window_s": 60}, "is for EventBridge Scheduler"),
        ({"every_s": 60, "flexible_window_s": 90}, "is longer than every_s"),
    ],
)
def test_what_aws_has_not_is_refused(settings, words):
    """A rule has no window, and a window ends before the next start."""
    with pytest.raises(ValidationError, match=words):
        Schedule(**settings)


def test_tries_of_a_function_are_not_invocations_of_the_schedule():
    """What fails is tried again by the function's own queue; the schedule has handed it over once."""
    text = (
        HEAD
        + node("s", "schedule", every_s=60, events=600)
        + node("x", "lambda", error_ratio=1.0)
        + edge("s", "x")
    )

    told = evaluated(text)

    assert told.nodes["x"].offered_per_s == pytest.approx(30)
    assert lines(told, "s") == pytest.approx({"Scheduled invocations": 10 * 2_628_000})
