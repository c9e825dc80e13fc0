"""RDS Proxy: a share of the database's connections, lent to callers that are many."""

import pytest
from database_cases import design, evaluated, settings_of
from pydantic import ValidationError

import sandbox
from sandbox.catalog.databases.edges import PoolEdge
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Link, Parts, Site, services

SMALL = {"service": "rds", "instance_class": "db.t4g.micro"}
"""2 vCPUs, and 1 GiB for 112 connections of PostgreSQL."""

FEW = {
    "service": "aurora",
    "mode": "provisioned",
    "instance_class": "db.r7g.16xlarge",
    "max_connections": 30,
    "query_ms": 100,
}
"""64 vCPUs, but only 30 connections: 300 queries of 100 ms per second."""


def pool(database: dict, **settings: object) -> Parts:
    """What a proxy before a database becomes."""
    service, rest = database["service"], {key: v for key, v in database.items() if key != "service"}
    behind = Link(0, "sync", "", "db", service, PoolEdge(), 1.0, settings_of(service, **rest))
    sut = services()["rds-proxy"]
    site = Site("pool", sut.settings(**settings), resolve("rds-proxy", "us-east-1", {}), "", (), (behind,))
    return sut.lower(site)


@pytest.mark.parametrize(
    ("database", "share", "connections"),
    [
        ({"service": "rds", "max_connections": 1000}, 0.95, 950),
        ({"service": "rds", "max_connections": 1000}, 1.0, 1000),
        ({"service": "rds", "instance_class": "db.t4g.medium"}, 0.5, 225),
        ({"service": "aurora", "max_acu": 8, "min_acu": 1}, 0.9, 1502),
    ],
)
def test_the_pool_is_a_share_of_what_the_database_allows(database, share, connections):
    """AWS's example: max_connections of 1,000 and 95 % are 950 (rds-proxy-connections)."""
    (slots,) = pool(database, connection_share=share).slots

    assert (slots.id, slots.capacity) == ("pool.pool", connections)


@pytest.mark.parametrize(
    ("timeout_s", "patience", "places"), [(120, 120, float("inf")), (0, float("inf"), 0)]
)
def test_who_finds_no_connection_waits_so_long(timeout_s, patience, places):
    """120 s unless the proxy says otherwise; without a timeout nobody waits (ConnectionBorrowTimeout)."""
    (slots,) = pool(SMALL, borrow_timeout_s=timeout_s).slots

    assert (slots.patience, slots.places) == (patience, places)


def test_a_proxy_saves_the_database_from_a_function_that_scales():
    """At 450/s the function's environments outnumber the connections; the pool lends a few of them."""
    direct, pooled = evaluated(SMALL, rate=450), evaluated(SMALL, rate=450, proxy={})
    lent = next(limit for limit in pooled.nodes["db"].limits if limit.name == "connections")

    assert direct.flows["users"].success_ratio < 0.9
    assert pooled.flows["users"].success_ratio == pytest.approx(1, abs=1e-6)
    assert pooled.nodes["fn"].environments > 112
    assert lent.demand < 20


def test_what_waits_too_long_for_a_connection_fails():
    """400 queries/s for a pool that lends 297: the rest waits 5 s and fails, by the queue M/M/N+D."""
    told = evaluated(FEW, rate=400, proxy={"borrow_timeout_s": 5}, function={"timeout_s": 3})
    seen = told.nodes["pool"]

    assert seen.accepted_per_s == pytest.approx(30 / 0.101, rel=0.005)
    assert seen.throttled_per_s > 0
    assert seen.latency.mean == pytest.approx(5000, rel=0.05)
    assert {limit.name for limit in seen.limits} == {"connections of the pool"}


def test_time_tells_the_same_story():
    """Below its capacity the pool lends what is asked for, over time as at rest."""
    asked = design(FEW, rate=200, proxy={})
    steady = sandbox.evaluate(asked)

    course = sandbox.simulate(asked, horizon_s=60, step_s=1).to_dict()["nodes"]

    assert course["pool"]["completed_per_s"][-1] == pytest.approx(200, rel=1e-3)
    assert course["pool"]["concurrency"][-1] == pytest.approx(steady.nodes["pool"].concurrency, rel=1e-2)


def test_over_time_borrowers_that_wait_too_long_are_refused():
    """Of 600/s the pool takes 297; once 5 s of waiting are reached, the rest is refused."""
    asked = design(
        FEW,
        rate=600,
        proxy={"borrow_timeout_s": 5},
        function={"timeout_s": 60, "reserved_concurrency": 5000},
        account={"lambda_concurrency": 10_000},
    )

    course = sandbox.simulate(asked, horizon_s=90, step_s=1).to_dict()["nodes"]["pool"]

    assert course["throttled_per_s"][2] < 0.1 * 600
    assert course["throttled_per_s"][-1] == pytest.approx(600 - 297, rel=0.05)


@pytest.mark.parametrize(
    "settings", [{"connection_share": 0}, {"connection_share": 1.1}, {"borrow_timeout_s": 301}]
)
def test_bounds_are_aws_own(settings):
    """1 to 100 %, and 0 to 300 s (botocore, ConnectionPoolConfiguration)."""
    with pytest.raises(ValidationError):
        settings_of("rds-proxy", **settings)
