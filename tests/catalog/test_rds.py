"""RDS: connections by memory, vCPUs that queries wait for, storage operations, and who keeps connections."""

import pytest
from database_cases import design, evaluated, link, lowered, settings_of
from pydantic import ValidationError

import sandbox
from sandbox.catalog.databases.connections import of_memory
from sandbox.catalog.service import services

SMALL = {"service": "rds", "instance_class": "db.t4g.micro"}
"""2 vCPUs, and 1 GiB for 112 connections of PostgreSQL."""


@pytest.mark.parametrize(
    ("engine", "gib", "connections"),
    [
        ("postgres", 1, 112),
        ("postgres", 8, 901),
        ("postgres", 32, 3604),
        ("postgres", 64, 5000),
        ("mysql", 1, 85),
        ("mysql", 16, 1365),
    ],
)
def test_memory_decides_how_many_connect(engine, gib, connections):
    """LEAST(bytes / 9,531,392, 5,000) and bytes / 12,582,880 (RDS User Guide, CHAP_Limits)."""
    assert of_memory(engine, gib) == connections


@pytest.mark.parametrize(
    ("settings", "capacity"),
    [({}, 901), ({"engine": "mysql"}, 682), ({"max_connections": 1000}, 1000), ({"readers": 2}, 901)],
)
def test_an_instance_allows_so_many_connections(settings, capacity):
    """db.m7g.large has 8 GiB; a setting wins."""
    (quota, *_) = lowered("rds", settings, link()).quotas

    assert (quota.id, quota.capacity, quota.measure) == ("db.connections", capacity, "environments")


def test_queries_wait_for_vcpus():
    """An M/M/2 at 400/s of 4 ms: 2.78 times the service, or 8.4 ms with their spread of a half."""
    told = evaluated(SMALL, rate=400, proxy={"latency_ms": 0}).nodes["db"]
    # Erlang C of 2 servers at 1.6: 0.7111; wait = 0.7111 × 4 / 0.4 = 7.11 ms, × (1 + 0.5²) / 2 = 4.44 ms.
    assert told.latency.mean == pytest.approx(4 + 4.44, abs=0.02)


def test_readers_take_reads():
    """Reads go to the readers' vCPUs and connections, writes to the writer's."""
    parts = lowered("rds", {"readers": 3}, link(0, operation="read"), link(1, operation="write"))

    reads, writes = parts.stations
    assert reads.slots == ("db.readers vCPU",)
    assert reads.demands[0].quota == "db.readers connections"
    assert (writes.slots, writes.demands[0].quota) == (("db.vCPU",), "db.connections")
    assert {pool.id: pool.capacity for pool in parts.slots} == {"db.vCPU": 2, "db.readers vCPU": 6}
    assert {quota.id: quota.capacity for quota in parts.quotas} == {
        "db.connections": 901,
        "db.readers connections": 2703,
    }


@pytest.mark.parametrize(
    ("settings", "iops"),
    [({}, 3000), ({"storage_gb": 400}, 12_000), ({"storage_gb": 500, "iops": 20_000}, 20_000)],
)
def test_storage_takes_so_many_operations(settings, iops):
    """3,000 below 400 GB, 12,000 from there on, or what is paid for (RDS User Guide, CHAP_Storage)."""
    parts = lowered("rds", {"io_per_query": 5, **settings}, link())

    (quota,) = [quota for quota in parts.quotas if quota.id == "db.IOPS"]
    assert quota.capacity == iops
    assert next(d.units for d in parts.stations[0].demands if d.quota == quota.id) == 5


@pytest.mark.parametrize(
    ("peer", "edge", "measure", "units"),
    [
        (settings_of("lambda"), {}, "", 1),
        (settings_of("lambda"), {"connections": 3}, "", 3),
        (settings_of("lambda"), {"data_api": True}, "slots", 1),
        (settings_of("fargate", concurrency_per_task=20), {}, "capacity", 1),
        (settings_of("fargate", concurrency_per_task=20), {"connections": 5}, "capacity", 0.25),
        (settings_of("on-premises", duration_ms=100), {"connections": 5}, "capacity", 0.5),
    ],
)  # fmt: skip
def test_callers_keep_connections_in_their_own_ways(peer, edge, measure, units):
    """A live environment keeps its own, a task a pool, the Data API what is in use."""
    ((demand, *_),) = (station.demands for station in lowered("rds", {}, link(peer=peer, **edge)).stations)

    assert (demand.measure, demand.units) == (measure, units)


def test_a_function_that_scales_exhausts_the_connections():
    """600/s of 0.2 s live in more than 112 environments: the rest fails, and the why names connections."""
    told = evaluated(SMALL, rate=600)
    use = next(limit for limit in told.nodes["db"].limits if limit.name == "connections")
    alive = told.nodes["fn"].environments

    assert use.capacity == 112
    assert use.demand == pytest.approx(alive, rel=1e-6)
    assert alive > 130
    assert told.nodes["db"].throttled_per_s / 600 == pytest.approx(1 - 112 / alive, rel=1e-6)
    assert told.flows["users"].success_ratio == pytest.approx(112 / alive, rel=1e-6)


def test_time_tells_the_same_story():
    """After ten minutes as many environments live as in the steady state, and as many queries fail."""
    asked = design(SMALL, rate=600)
    steady = sandbox.evaluate(asked)

    course = sandbox.simulate(asked, horizon_s=1300, step_s=1).to_dict()["nodes"]["db"]

    assert course["throttled_per_s"][-1] == pytest.approx(steady.nodes["db"].throttled_per_s, rel=5e-3)
    assert course["throttled_per_s"][0] < 0.1 * course["throttled_per_s"][-1]


def test_a_lower_concurrency_saves_the_database():
    """A function held to 100 environments takes no more than 100 of the 112 connections."""
    told = evaluated(SMALL, rate=600, function={"reserved_concurrency": 100})

    assert told.nodes["db"].throttled_per_s == pytest.approx(0, abs=1e-6)
    assert told.nodes["fn"].throttled_per_s > 0


@pytest.mark.parametrize(("settings", "percent"), [({}, 99.5), ({"multi_az": True}, 99.95)])
def test_a_standby_raises_the_commitment(settings, percent):
    """One instance alone, and with a standby (https://aws.amazon.com/rds/sla)."""
    service = services()["rds"]

    assert service.availability(service.settings(**settings), service.facts) == pytest.approx(percent / 100)


@pytest.mark.parametrize(
    "settings",
    [
        {"iops": 13_000},
        {"storage_gb": 300, "throughput_mb_per_s": 600},
        {"readers": 16},
        {"instance_class": "db.r5.large"},
        {"storage_gb": 10},
    ],
)
def test_what_rds_does_not_sell_is_refused(settings):
    """Raised storage below 400 GB, more than 15 replicas, unknown sizes."""
    with pytest.raises(ValidationError):
        settings_of("rds", **settings)
