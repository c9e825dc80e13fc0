"""Aurora: capacity that follows the load, its pause, and connections by the largest capacity."""

import numpy as np
import pytest
from database_cases import design, evaluated, link, lowered, settings_of
from pydantic import ValidationError

import sandbox
from sandbox.catalog.databases.connections import allowed
from sandbox.catalog.service import services
from sandbox.engine.network import Growing

SERVERLESS = {"service": "aurora"}


@pytest.mark.parametrize(
    ("engine", "least", "most", "connections"),
    [
        ("postgres", 1, 1, 189),
        ("postgres", 1, 4, 823),
        ("postgres", 1, 8, 1669),
        ("postgres", 1, 16, 3360),
        ("postgres", 1, 32, 5000),
        ("postgres", 1, 256, 5000),
        ("postgres", 0.5, 16, 2000),
        ("postgres", 0, 4, 823),
        ("mysql", 0.5, 1, 90),
        ("mysql", 0.5, 8, 1000),
        ("mysql", 0.5, 64, 4000),
        ("mysql", 0.5, 192, 6000),
    ],
)
def test_the_largest_capacity_decides_how_many_connect(engine, least, most, connections):
    """AWS's tables (aurora-serverless-v2.setting-capacity); a floor of 0 or 0.5 allows PostgreSQL 2,000."""
    assert allowed(settings_of("aurora", engine=engine, min_acu=least, max_acu=most)) == connections


@pytest.mark.parametrize(
    ("engine", "size", "connections"),
    [
        ("mysql", "db.r6g.large", 1000),
        ("mysql", "db.r7g.4xlarge", 4000),
        ("mysql", "db.t4g.medium", 90),
        ("postgres", "db.r7g.large", 1802),
        ("postgres", "db.r7g.16xlarge", 5000),
    ],
)
def test_an_instance_allows_so_many(engine, size, connections):
    """Aurora MySQL has a table by size (AuroraMySQL.Managing.Performance), PostgreSQL goes by memory."""
    sut = settings_of("aurora", mode="provisioned", engine=engine, instance_class=size)

    assert allowed(sut) == connections


@pytest.mark.parametrize(
    ("settings", "slots", "ms", "least"),
    [
        ({"max_acu": 16}, 4, 4, 0.125),
        ({"max_acu": 16, "min_acu": 8}, 4, 4, 2),
        ({"max_acu": 2}, 1, 8, 0.25),
        ({"max_acu": 16, "min_acu": 0}, 4, 4, 0.125),
        ({"max_acu": 64, "vcpu_per_acu": 0.5}, 32, 4, 0.25),
    ],
)
def test_capacity_is_vcpus(settings, slots, ms, least):
    """A quarter of a vCPU each; less than one vCPU works on one query at a time, and longer."""
    parts = lowered("aurora", settings, link())
    (pool,) = parts.slots

    assert (pool.capacity, parts.stations[0].fixed) == (slots, pytest.approx(ms / 1000))
    assert isinstance(pool.moves, Growing)
    assert pool.moves.least == pytest.approx(least)


def test_capacity_follows_the_load_and_is_billed():
    """1,400 queries/s of 4 ms keep 5.6 vCPUs busy: 8 at a target of 0.7, which are 32 ACU."""
    told = evaluated({**SERVERLESS, "max_acu": 64, "min_acu": 1}, rate=1400, function={"duration_ms": 10})
    (line,) = [line for line in told.lines if line.item == "Capacity"]

    assert told.nodes["db"].environments == pytest.approx(32, rel=1e-6)
    assert line.quantity == pytest.approx(32 * 730, rel=1e-6)
    assert line.usd == pytest.approx(32 * 730 * 0.12, rel=1e-6)


def test_the_floor_is_billed_when_nothing_is_asked():
    """Half a unit, all the month: 0.5 × 730 h × 0.12."""
    told = evaluated(SERVERLESS, rate=0)

    assert sum(line.usd for line in told.lines if line.node == "db") == pytest.approx(43.80)


def burst(floor: float) -> list[float]:
    """Latency over time of a database of such a floor, whose load rises fiftyfold after a minute [ms]."""
    database = {**SERVERLESS, "max_acu": 64, "min_acu": floor}
    function = {"duration_ms": 10, "reserved_concurrency": 500}
    asked = design(database, 20, function=function, account={"lambda_concurrency": 5000})
    spike = {"shape": "spike", "factor": 50, "at_s": 60, "for_s": 600}
    sut = asked.with_value("nodes.users.profile", spike)

    course = sandbox.simulate(sut, horizon_s=240, step_s=1).to_dict()["nodes"]["db"]

    return [value or 0 for value in course["latency_ms"]]


def test_a_burst_waits_while_capacity_grows_and_a_higher_floor_scales_faster():
    """4 vCPUs are asked for: ln 45 ÷ 5 % = 76 s from where half a unit was, much less from 16 units."""
    low, high = burst(0.5), burst(16)

    assert max(low[62:140]) > 5 * max(high[62:140])
    assert low[230] < 0.2 * max(low[62:140])


def test_it_pauses_only_when_nobody_is_connected():
    """The environments of a function stay connected until they expire; a proxy stays for good."""
    paused = {"min_acu": 0, "pause_after_s": 300}
    (function,) = lowered("aurora", paused, link()).environments

    assert (function.idle_expiry, function.init, function.most) == (300 + 620, 15, 1)
    assert lowered("aurora", paused, link(data_api=True)).environments[0].idle_expiry == 300
    assert lowered("aurora", paused, link(service="rds-proxy")).environments == ()
    assert lowered("aurora", paused, link(service="fargate")).environments == ()
    assert lowered("aurora", {"min_acu": 0.5}, link()).environments == ()


def test_a_paused_database_resumes_with_the_next_query_and_bills_what_it_was_awake():
    """A query a thousand seconds after another, pause after 920 s: e^−0.92 meet a paused database."""
    told = evaluated({**SERVERLESS, "min_acu": 0}, rate=0.001, function={"timeout_s": 60})
    asleep = np.exp(-0.92)
    (line,) = [line for line in told.lines if line.node == "db"]

    assert told.nodes["db"].cold_start_ratio == pytest.approx(asleep, rel=0.01)
    assert line.quantity == pytest.approx(0.5 * 730 * (1 - asleep), rel=0.01)
    assert told.nodes["db"].latency.p99 > 15_000


def test_readers_share_what_is_read():
    """Two readers of 4 vCPUs each take the reads, and their connections are twice one's."""
    parts = lowered("aurora", {"readers": 2, "max_acu": 16}, link(operation="read"))

    assert parts.stations[0].slots == ("db.readers vCPU",)
    assert {pool.id: pool.capacity for pool in parts.slots} == {"db.vCPU": 4, "db.readers vCPU": 8}
    assert {quota.id: quota.capacity for quota in parts.quotas}["db.readers connections"] == 4000


def test_the_data_api_keeps_no_connection_and_is_billed_by_requests():
    """100/s × 2,628,000 s at 0.35 a million; connections are those in use."""
    told = evaluated(SERVERLESS, edge={"data_api": True})
    use = next(limit for limit in told.nodes["db"].limits if limit.name == "connections")
    (line,) = [line for line in told.lines if line.item == "Data API"]

    assert use.demand < 0.6 * told.nodes["fn"].environments
    assert line.quantity == pytest.approx(262_800_000)
    assert line.usd == pytest.approx(91.98)


@pytest.mark.parametrize(
    ("settings", "percent"), [({}, 99.9), ({"readers": 1}, 99.9), ({"readers": 1, "multi_az": True}, 99.99)]
)
def test_another_zone_raises_the_commitment(settings, percent):
    """Instances in two zones (https://aws.amazon.com/rds/aurora/sla)."""
    service = services()["aurora"]

    assert service.availability(service.settings(**settings), service.facts) == pytest.approx(percent / 100)


@pytest.mark.parametrize(
    "settings",
    [
        {"min_acu": 20, "max_acu": 16},
        {"max_acu": 0.5},
        {"max_acu": 257},
        {"max_acu": 16.3},
        {"multi_az": True},
        {"pause_after_s": 200},
    ],
)
def test_what_aurora_does_not_sell_is_refused(settings):
    """Half steps up to 256, a floor below the ceiling, a pause after five minutes at least."""
    with pytest.raises(ValidationError):
        settings_of("aurora", **settings)
