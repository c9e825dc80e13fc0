"""Redshift Spectrum: the cluster's slots, its queue, and its connections."""

import pytest
from database_cases import written
from pydantic import ValidationError

import sandbox
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Site, services


@pytest.mark.parametrize("slots", [5, 50])
def test_queries_wait_for_the_clusters_slots(slots):
    """So many run, and no more wait than the 2,000 connections of a cluster leave."""
    sut = services()["redshift-spectrum"]
    settings = sut.settings(query_slots=slots)
    (pool,) = sut.lower(Site("q", settings, resolve("redshift-spectrum", "us-east-1", {}), "")).slots

    assert (pool.capacity, pool.places) == (slots, 2000 - slots)


def test_the_wait_is_erlang_c():
    """2 of 5 slots busy: C = 0.0597, wait = 0.0597 × 1 s / 3 × (1 + 0) / 2 = 9.9 ms beside a second."""
    nodes = {
        "users": {"service": "traffic", "rate_per_s": 2},
        "fn": {"service": "lambda", "duration_ms": 0, "timeout_s": 60, "init_ms": 0},
        "q": {"service": "redshift-spectrum", "duration_ms": 1000, "duration_cv": 0, "scanned_mb": 1024},
    }
    told = sandbox.evaluate(sandbox.loads(written(nodes, [("users", "fn", {}), ("fn", "q", {})], {})))
    (line,) = [line for line in told.lines if line.node == "q"]

    assert told.nodes["q"].latency.mean == pytest.approx(1009.9, abs=0.3)
    assert line.quantity == pytest.approx(2 * 2_628_000 / 1024)


@pytest.mark.parametrize("settings", [{"query_slots": 0}, {"query_slots": 51}])
def test_a_cluster_has_fifty_slots_at_most(settings):
    """Manual workload management allows 50 in all queues (amazon-redshift-limits)."""
    with pytest.raises(ValidationError):
        services()["redshift-spectrum"].settings(**settings)
