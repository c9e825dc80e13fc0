"""Athena: so many queries at once for the account, and what a query becomes."""

import numpy as np
import pytest
from database_cases import written
from pydantic import ValidationError

import sandbox
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Parts, Site, services
from sandbox.engine.erlang import erlang_b


def lowered(region: str = "us-east-1", account: str = "", **raised: float) -> Parts:
    """What queries become in an account."""
    sut = services()["athena"]
    return sut.lower(Site("queries", sut.settings(), resolve("athena", region, raised), account))


@pytest.mark.parametrize(
    ("region", "raised", "active"),
    [
        ("us-east-1", {}, 200),
        ("eu-west-1", {}, 150),
        ("sa-east-1", {}, 20),
        ("us-east-1", {"athena_dml": 25}, 25),
    ],
)
def test_an_account_runs_so_many_queries(region, raised, active):
    """200, 150 or 20 DML queries running or queued, or what the account has (general/latest/gr/athena)."""
    parts = lowered(region, **raised)

    assert [(pool.id, pool.capacity) for pool in parts.slots] == [("athena.active_dml", active)]
    assert parts.slots[0].places == 0


def test_the_twenty_sixth_of_twenty_five_fails():
    """A loop of 25 people finds room for all; of 26 who do not pause one is always refused."""
    told = {}
    for people in (25, 26):
        nodes = {
            "people": {"service": "traffic", "rate_per_s": people * 1.0},
            "fn": {"service": "lambda", "duration_ms": 0, "timeout_s": 60, "init_ms": 0},
            "queries": {"service": "athena", "duration_ms": 1000},
        }
        edges = [("people", "fn", {}), ("fn", "queries", {"retries": 0})]
        told[people] = sandbox.evaluate(sandbox.loads(written(nodes, edges, {"athena_dml": 25})))

    for people, evaluation in told.items():
        use = next(limit for limit in evaluation.nodes["queries"].limits if limit.key.startswith("slots"))
        assert (use.capacity, use.demand) == (25, pytest.approx(people))
        # Arrivals are random, so some are refused before: Erlang B.
        assert use.refused == pytest.approx(float(erlang_b(np.array([25.0]), np.array([float(people)]))[0]))
    assert told[26].nodes["queries"].throttled_per_s / 26 > 1 / 26


def test_accounts_do_not_compete():
    """Every account has queries of its own, and starts of its own."""
    parts = lowered(account="reports/")

    assert parts.slots[0].id == "reports/athena.active_dml"
    assert [(q.id, q.capacity, q.burst) for q in parts.quotas] == [("reports/athena.starts", 100, 500)]


def test_a_query_lasts_half_an_hour_at_most():
    """DML queries time out after 30 minutes, and then cost what they scanned."""
    assert lowered().stations[0].timeout == 1800


@pytest.mark.parametrize("settings", [{"scanned_mb": -1}, {"error_ratio": 2}, {"duration_ms": 1e9}])
def test_what_makes_no_sense_is_refused(settings):
    """Nothing below nothing, no share above one, no query of days."""
    with pytest.raises(ValidationError):
        services()["athena"].settings(**settings)
