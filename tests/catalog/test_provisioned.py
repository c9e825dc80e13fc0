"""Environments kept ready that follow their use: how many, how fast, and what they cost."""

import pytest
from container_designs import evaluated, monthly_usd
from pydantic import ValidationError

import sandbox
from sandbox.catalog.functions.settings import Lambda

SCALED = {"provisioned_concurrency": 10, "provisioned_max": 200, "duration_ms": 1000, "memory_mb": 1024}
SCALED |= {"timeout_s": 30, "duration_cv": 0, "init_ms": 0}


@pytest.mark.parametrize(("rate", "ready"), [(1, 10), (7, 10), (35, 50), (70, 100), (1000, 200)])
def test_as_many_are_kept_ready_as_the_target_asks_for(rate, ready):
    """35 in use at 70 % are 50; never fewer than 10 nor more than 200, and only those are paid."""
    told = evaluated("lambda", rate, **SCALED)
    kept = next(line for line in told.lines if line.item.startswith("Provisioned concurrency"))

    assert kept.quantity / 2_628_000 == pytest.approx(ready)


def test_it_costs_and_serves_what_a_fixed_number_does():
    """Where scaling comes to fifty, all is as with fifty."""
    plain = {name: value for name, value in SCALED.items() if name != "provisioned_max"}
    one = evaluated("lambda", 35, **SCALED).nodes["x"]
    other = evaluated("lambda", 35, **plain | {"provisioned_concurrency": 50}).nodes["x"]

    assert one.monthly_usd == pytest.approx(other.monthly_usd)
    assert one.cold_start_ratio == pytest.approx(other.cold_start_ratio)
    assert one.environments == pytest.approx(other.environments)


def test_what_is_not_kept_ready_is_there_for_all():
    """A reservation of 60 is 60, whether 10, 40 or none of them are kept ready."""
    served = {
        evaluated("lambda", 100, **kept, reserved_concurrency=60).nodes["x"].accepted_per_s
        for kept in (
            {"duration_ms": 1000, "timeout_s": 30},
            {"duration_ms": 1000, "timeout_s": 30, "provisioned_concurrency": 40},
            {"duration_ms": 1000, "timeout_s": 30, "provisioned_concurrency": 10, "provisioned_max": 40},
        )
    }

    assert max(served) == pytest.approx(min(served), rel=1e-3)


def test_they_come_after_minutes():
    """Three minutes above the target and a minute and a half to prepare; in the end as many as at rest."""
    design = evaluated("lambda", 35, **SCALED).design
    timeline = sandbox.simulate(design, horizon_s=3600)
    ready = timeline.run.ready[:, 0, 0]
    minute = timeline.time_s.searchsorted

    assert ready[minute(60)] == 10
    assert ready[minute(180)] == 10
    assert ready[minute(320)] > 10
    assert ready[-1] == pytest.approx(50, abs=1)


def test_a_month_of_a_launch_day():
    """AWS: 100 environments of 1.5 GB for 8 h and 500,000 calls of 100 ms on them: 18.00 + 0.73 USD.

    A month that is all like those 8 h has 91.25 times as much of both.
    Source: https://aws.amazon.com/lambda/pricing/, 2026
    """
    share = 8 / 730
    usd = monthly_usd(
        "lambda", 500_000 / (8 * 3600), provisioned_concurrency=100, memory_mb=1536, duration_ms=100,
        duration_cv=0, init_ms=0,
    )  # fmt: skip
    requests = 0.5 * 0.20

    assert usd * share - requests == pytest.approx(18.00 + 0.73, abs=0.01)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"provisioned_max": 5}, "needs a provisioned_concurrency"),
        ({"provisioned_max": 5, "provisioned_concurrency": 6}, "of at most as many"),
        (
            {"provisioned_max": 50, "provisioned_concurrency": 6, "reserved_concurrency": 20},
            "more than reserved",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(settings, says):
    """Each message names the settings."""
    with pytest.raises(ValidationError, match=says):
        Lambda(**settings)
