"""Glue: runs at once, capacity of the account, and runs that wait in the job's queue."""

import pytest
from database_cases import written
from pydantic import ValidationError

import sandbox
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Parts, Site, services


def lowered(region: str = "us-east-1", **settings: object) -> Parts:
    """What a job becomes."""
    sut = services()["glue"]
    return sut.lower(Site("job", sut.settings(**settings), resolve("glue", region, {}), ""))


@pytest.mark.parametrize(
    ("region", "settings", "runs", "dpu"),
    [
        ("us-east-1", {}, 4000, 1000),
        ("eu-central-1", {}, 4000, 500),
        ("us-east-1", {"concurrent_runs": 3}, 3, 1000),
    ],
)
def test_a_job_runs_so_often_at_once(region, settings, runs, dpu):
    """4,000 runs of a job and 1,000 or 500 DPU for the account (general/latest/gr/glue)."""
    parts = lowered(region, **settings)

    assert (parts.slots[0].id, parts.slots[0].capacity) == ("job.runs", runs)
    assert (parts.quotas[0].id, parts.quotas[0].capacity) == ("glue.dpu", dpu)


@pytest.mark.parametrize(("dpu", "minutes", "runs_per_hour"), [(10, 6, 1000), (100, 60, 10), (2, 30, 1000)])
def test_runs_share_the_accounts_capacity(dpu, minutes, runs_per_hour):
    """1,000 DPU run 100 jobs of 10 at once: 1,000 an hour of six minutes each."""
    parts = lowered(dpu=dpu, minutes=minutes)
    (demand,) = parts.stations[0].demands

    assert parts.quotas[0].capacity / demand.units * 3600 == pytest.approx(runs_per_hour)


def test_a_run_that_finds_no_room_waits_in_the_queue():
    """A job that runs once at a time takes six runs an hour of ten minutes; what comes faster piles up."""
    nodes = {
        "clock": {"service": "schedule", "every_s": 300},
        "fn": {"service": "lambda"},
        "job": {"service": "glue", "minutes": 10, "minutes_cv": 0, "concurrent_runs": 1},
    }
    edges = [("clock", "fn", {}), ("fn", "job", {})]

    told = sandbox.evaluate(sandbox.loads(written(nodes, edges, {})))

    assert told.nodes["fn"].latency.mean < 1000
    assert told.nodes["job"].accepted_per_s == pytest.approx(1 / 600, rel=0.1)
    assert told.nodes["fn"].backlog_growth_per_s + told.nodes["job"].backlog_growth_per_s > 0


def test_a_workflow_waits_for_the_run():
    """A task that runs a job ends when the job does."""
    nodes = {
        "clock": {"service": "schedule", "every_s": 3600},
        "flow": {"service": "step-functions", "duration_ms": 0},
        "job": {"service": "glue", "minutes": 10},
    }
    told = sandbox.evaluate(sandbox.loads(written(nodes, [("clock", "flow", {}), ("flow", "job", {})], {})))
    (line,) = [line for line in told.lines if line.node == "job"]

    assert told.nodes["flow"].latency.mean == pytest.approx(600_000, rel=0.01)
    assert line.quantity == pytest.approx(730 * 2 / 6)


@pytest.mark.parametrize(
    "settings",
    [{"minutes": 500}, {"dpu": 0}, {"timeout_minutes": 10_081}, {"concurrent_runs": 0}],
)
def test_what_glue_does_not_run_is_refused(settings):
    """A run within its timeout of a week at most, some capacity, some runs."""
    with pytest.raises(ValidationError):
        services()["glue"].settings(**settings)
