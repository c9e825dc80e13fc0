"""A cache: what it takes, what goes on to the store behind it, and what it bills."""

import pytest
from bill_cases import load
from hypothesis import given
from hypothesis import strategies as st
from link_cases import check, link, lowered
from pydantic import ValidationError

import sandbox
from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.service import services
from sandbox.engine.network import Doubling

CASES = [case for case in load("stores") if case["service"] == "elasticache"]
NODES = {"mode": "nodes", "requests_per_node_per_s": 1000}
REPLICATED = {**NODES, "nodes": 6, "shards": 3}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Data, processing units and nodes are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "hop", "per_s"),
    [
        ({}, {"item_kb": 1, "operation": "write"}, 15_000_000),
        ({"max_ecpu_per_s": 5000}, {"item_kb": 2, "operation": "write"}, 2500),
        ({"max_ecpu_per_s": 5000, "cache_hit_ratio": 1}, {"item_kb": 0.1}, 5000),
        ({"max_ecpu_per_s": 4400, "cache_hit_ratio": 0.9}, {"item_kb": 1}, 4000),
        ({"max_ecpu_per_s": 4400, "cache_hit_ratio": 0.9, "refill": False}, {"item_kb": 1}, 4400),
        ({"hot_key_share": 0.5}, {"item_kb": 1, "operation": "write"}, 60_000),
        ({"hot_key_share": 0.5, "read_from_replicas": True}, {"item_kb": 1, "operation": "write"}, 180_000),
        ({**NODES, "cache_hit_ratio": 1}, {"item_kb": 100}, 1000),
        ({**NODES, "cache_hit_ratio": 0.5}, {}, 1000 / 1.5),
        (REPLICATED, {"operation": "write"}, 3000),
        ({**REPLICATED, "cache_hit_ratio": 1}, {}, 3000),
        ({**REPLICATED, "cache_hit_ratio": 1, "read_from_replicas": True}, {}, 6000),
        ({**NODES, "nodes": 3, "shards": 3, "hot_key_share": 0.5}, {"operation": "write"}, 2000),
        ({**NODES, "nodes": 3, "engine": "memcached"}, {"operation": "write"}, 3000),
    ],
)
def test_a_cache_takes_so_much(settings, hop, per_s):
    """A unit for each KB, and 30,000 a second for one slot, 90,000 with replicas (Scaling.html).

    With one read in ten missed and then written, 4,000 reads/s of 1 KB are 4,000 + 400 units. A node takes
    what the settings say; without replicas' help the primaries take everything.
    """
    parts = lowered("elasticache", settings, (link(0, **hop),))
    capacity = {quota.id: quota.capacity for quota in parts.quotas if quota.measure == "rate"}
    demands = [demand for demand in parts.stations[0].demands if demand.quota in capacity and demand.units]

    found = min(capacity[demand.quota] / demand.units / demand.share for demand in demands)

    assert found == pytest.approx(per_s)
    assert set(parts.limits) == {quota.id for quota in parts.quotas}


@pytest.mark.parametrize(
    ("settings", "start", "after"),
    [
        ({}, 30_000, 150),
        ({"min_ecpu_per_s": 100_000}, 100_000, 150),
        ({"engine": "redis"}, 30_000, 660),
        ({"read_from_replicas": True}, 90_000, 150),
    ],
)
def test_a_serverless_cache_doubles(settings, start, after):
    """An empty cache takes 30,000 units/s, and twice as much every two to three minutes (Scaling.html)."""
    moves = lowered("elasticache", settings, (link(0),)).quotas[0].moves

    assert moves == Doubling(start, 2, after)


DESIGN = """
schema = 1
nodes.shop = {{service = "traffic", rate_per_s = {rate}}}
nodes.f = {{service = "lambda", duration_ms = 0, duration_cv = 0, init_ms = 0}}
nodes.c = {{service = "elasticache", latency_ms = 1, latency_cv = 0, cache_hit_ratio = 0.8}}
nodes.s = {{service = "external", latency_ms = 100, latency_cv = 0{store}}}
edges = [
    {{from = "shop", to = "f"}}, {{from = "f", to = "c"}}, {{from = "f", to = "c", operation = "write"}},
    {{from = "c", to = "s", role = "fallback"}},
]
"""


def test_only_what_is_missed_goes_on():
    """One read in five asks the store: 1 ms or 101 ms, 21 ms on average; writes ask nothing."""
    found = sandbox.evaluate(sandbox.loads(DESIGN.format(rate=50, store="")))

    assert found.nodes["s"].offered_per_s == pytest.approx(10)
    latency = found.flows["shop"].latency
    assert (latency.p50, latency.p95) == pytest.approx((2, 102), rel=1e-3)
    assert latency.mean == pytest.approx(22, rel=1e-3)


def test_a_store_that_refuses_fails_the_reads_that_are_missed():
    """Of 10/s the store takes 5: one read in ten fails, and its caller sees it."""
    found = sandbox.evaluate(sandbox.loads(DESIGN.format(rate=50, store=", rate_limit_per_s = 5")))

    assert found.flows["shop"].success_ratio == pytest.approx(0.9, rel=1e-3)


def test_connections_are_those_of_the_callers_environments():
    """Each environment keeps its connection, however many operations it does there."""
    found = sandbox.evaluate(sandbox.loads(DESIGN.format(rate=50, store="")))
    use = next(use for use in found.nodes["c"].limits if use.unit == "connections")

    assert use.capacity == 65_000
    assert use.demand == pytest.approx(found.nodes["f"].environments)


@pytest.mark.parametrize(
    ("settings", "share"),
    [
        ({}, 0.9999),
        ({"mode": "nodes"}, 0.995),
        ({"mode": "nodes", "nodes": 2}, 0.9999),
        ({"mode": "nodes", "nodes": 2, "engine": "memcached"}, 0.995),
    ],
)
def test_a_cache_without_a_replica_is_promised_less(settings, share):
    """99.99 % over several zones, 99.5 % in one (elasticache/sla)."""
    service = services()["elasticache"]

    assert service.availability(service.settings(**settings), service.facts) == pytest.approx(share)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"min_ecpu_per_s": 9000, "max_ecpu_per_s": 5000}, "min_ecpu_per_s = 9000 is more than"),
        ({"mode": "nodes", "shards": 2}, "shards = 2 need a node each"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings, words):
    """The message says which."""
    with pytest.raises(ValidationError, match=words):
        ElastiCache(**settings)


@given(st.floats(0, 1), st.floats(0, 1000))
def test_a_better_hit_ratio_never_asks_more_of_the_store(hit, item_kb):
    """What goes on is what is missed, and what is missed costs the cache a unit and a write more."""
    service = services()["elasticache"]
    cache = service.settings(cache_hit_ratio=hit)

    assert service.gain(cache, link(0, item_kb=item_kb, role="fallback")) == pytest.approx(1 - hit)
    assert service.gain(cache, link(0, item_kb=item_kb, role="fallback", calls=0.5)) == pytest.approx(
        (1 - hit) / 2
    )
