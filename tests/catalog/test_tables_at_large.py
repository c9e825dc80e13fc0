"""A DynamoDB table beyond its own capacity: indexes, its account, its growth, its stream and its promises."""

import pytest
from link_cases import link, lowered, most
from pydantic import ValidationError

import sandbox
from sandbox.catalog.facts import facts
from sandbox.catalog.service import services
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.engine.network import Doubling, Tracking

INDEXED = {"mode": "provisioned", "write_units": 1000, "global_secondary_indexes": 2}


@pytest.mark.parametrize(
    ("settings", "item_kb", "per_s"),
    [
        (INDEXED, 1, 1000),
        ({**INDEXED, "index_write_units": 400}, 1, 400),
        ({**INDEXED, "index_write_units": 400}, 2, 200),
        ({**INDEXED, "index_write_units": 400, "index_share": 0.1}, 1, 1000),
        ({**INDEXED, "index_write_units": 400, "index_share": 2}, 1, 200),
        ({"global_secondary_indexes": 1}, 1, 40_000),
        ({"global_secondary_indexes": 1, "index_share": 2}, 1, 20_000),
        ({"global_secondary_indexes": 1, "index_hot_share": 0.5}, 1, 2000),
        ({"global_secondary_indexes": 1, "index_hot_share": 1, "index_share": 0.5}, 1, 2000),
        ({"global_secondary_indexes": 1, "index_hot_share": 0.5, "hot_key_share": 0.2}, 1, 2000),
    ],
)
def test_an_index_that_cannot_keep_up_refuses_the_tables_writes(settings, item_kb, per_s):
    """Writes stop at what the index takes (gsi-throttling.html), and one of its partitions takes 1,000."""
    write = link(item_kb=item_kb, operation="write")

    assert most(lowered("dynamodb", settings, (write,)), 0) == pytest.approx(per_s)


def test_an_index_does_not_slow_reads():
    """What is read of the table has nothing to do with its indexes."""
    settings = {**INDEXED, "read_units": 100, "index_write_units": 1}

    assert most(lowered("dynamodb", settings, (link(item_kb=4, consistent=True),)), 0) == 100


def test_provisioned_tables_share_the_accounts_units():
    """80,000 for all provisioned tables of an account and region; on-demand tables do not count."""
    write = link(item_kb=1, operation="write")
    provisioned = lowered("dynamodb", {"mode": "provisioned", "write_units": 30_000}, (write,))
    on_demand = lowered("dynamodb", {}, (write,))
    shared = {quota.id: quota.capacity for quota in provisioned.quotas if quota.id.startswith("dynamodb.")}

    assert shared == {"dynamodb.account_read_units": 80_000, "dynamodb.account_write_units": 80_000}
    assert not any(quota.id.startswith("dynamodb.") for quota in on_demand.quotas)


FULL = """
schema = 1
account = {dynamodb_account_write_units = 1000}
nodes.shop = {service = "traffic", rate_per_s = 900}
nodes.desk = {service = "traffic", rate_per_s = 900}
nodes.a = {service = "dynamodb", mode = "provisioned", write_units = 1000}
nodes.b = {service = "dynamodb", mode = "provisioned", write_units = 1000, global_secondary_indexes = 1}
edges = [
    {from = "shop", to = "a", operation = "write", item_kb = 1},
    {from = "desk", to = "b", operation = "write", item_kb = 1},
]
"""


def test_an_accounts_units_are_used_up_by_all_its_tables():
    """900 units for one, 1,800 for the other and its index: 2,700 are asked for of 1,000."""
    found = sandbox.evaluate(sandbox.loads(FULL))
    use = next(use for use in found.nodes["a"].limits if use.name == "provisioned write units of the account")

    assert (use.demand, use.capacity) == pytest.approx((2700, 1000))
    assert found.nodes["a"].throttled_per_s / 900 == pytest.approx(1 - 1000 / 2700)
    assert "over-account-quota" in {finding.rule for finding in found.findings}


@pytest.mark.parametrize(
    ("settings", "start"),
    [({}, 12_000), ({"warm_read_units": 30_000}, 30_000), ({"warm_read_units": 100}, 12_000)],
)
def test_a_new_on_demand_table_doubles(settings, start):
    """12,000 read units at first, or what it was warmed to; then twice the past peak."""
    moves = lowered("dynamodb", settings, (link(),)).quotas[0].moves

    assert moves == Doubling(start, 2, 1800)


WARM = """
schema = 1
nodes.shop = {{service = "traffic", rate_per_s = 20000}}
nodes.t = {{service = "dynamodb", consistent_reads = true{settings}}}
edges = [{{from = "shop", to = "t", item_kb = 4, retries = 0}}]
"""


@pytest.mark.parametrize(
    ("settings", "at_once", "after_an_hour"),
    [
        ("", 12_000, 20_000),
        (", warm_read_units = 30000", 20_000, 20_000),
        (", warm_read_units = 30000, read_units = 5000", 5000, 5000),
    ],
)
def test_warm_throughput_is_there_at_once(settings, at_once, after_an_hour):
    """A table warmed to 30,000 whose most is 5,000 takes 5,000 (warm-throughput-scenarios.html)."""
    design = sandbox.loads(WARM.format(settings=settings))
    passed = sandbox.simulate(design, horizon_s=3600, step_s=10).to_dict()["nodes"]["t"]["completed_per_s"]

    assert passed[6] == pytest.approx(at_once, rel=0.01)
    assert passed[-1] == pytest.approx(after_an_hour, rel=0.01)


def test_auto_scaling_follows_its_settings():
    """Two minutes above the target, three until it is there, a quarter of an hour to give back."""
    settings = {"mode": "provisioned", "auto_scaling": True, "read_units": 500, "min_read_units": 20}
    moves = lowered("dynamodb", {**settings, "scaling_target": 0.5}, (link(),)).quotas[0].moves

    assert moves == Tracking(
        least=20, target=0.5, out_after=120, out_lag=180, in_after=900, decreases=4, decrease_after=3600
    )


@pytest.mark.parametrize(
    ("operation", "item_kb", "calls"),
    [("query", 100, 1), ("query", 1024, 1), ("query", 2500, 3), ("scan", 1025, 2), ("read", 400, 1)],
)
def test_a_query_reads_page_by_page(operation, item_kb, calls):
    """A page has 1 MB, and the next one is asked for after it (operation Query)."""
    parts = lowered("dynamodb", {"latency_ms": 5}, (link(item_kb=item_kb, operation=operation),))

    assert parts.stations[0].fixed == pytest.approx(calls * 0.005)


def test_a_stream_tells_of_what_expires():
    """Half of what is written expires: three records for two writes, and one for each delete."""
    hops = (link(1, operation="write"), link(2, operation="transact-write"), link(3, operation="delete"))

    parts = lowered("dynamodb", {"ttl_share": 0.5}, hops, (link(9, kind="stream"),))

    assert parts.emitted == {"node#1": 1.5, "node#2": 1.5, "node#3": 1.0}


EXPIRING = """
schema = 1
nodes.shop = {service = "traffic", rate_per_s = 100}
nodes.t = {service = "dynamodb", ttl_share = 0.5}
nodes.f = {service = "lambda"}
edges = [{from = "shop", to = "t", operation = "write"}, {from = "t", to = "f"}]
"""


def test_a_streams_reader_sees_what_expires():
    """100 writes a second, half of which expire in the end, are 150 records."""
    assert sandbox.evaluate(sandbox.loads(EXPIRING)).edges[1].items_per_s == pytest.approx(150)


@pytest.mark.parametrize(("replicas", "share"), [(0, 0.9999), (1, 0.99999)])
def test_a_global_table_is_promised_more(replicas, share):
    """99.99 % for a table, 99.999 % for a global one (dynamodb/sla)."""
    service = services()["dynamodb"]

    assert service.availability(DynamoDb(replicas=replicas), service.facts) == pytest.approx(share)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"index_hot_share": 0.5}, "need global_secondary_indexes"),
        ({"global_secondary_indexes": 1, "index_write_units": 5}, "are for provisioned tables"),
        (
            {"mode": "provisioned", "auto_scaling": True, "min_write_units": 9},
            "min_write_units = 9 is more than write_units = 5",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings, words):
    """The message says which."""
    with pytest.raises(ValidationError, match=words):
        DynamoDb(**settings)


def test_capacity_may_be_lowered_27_times_a_day():
    """Four decreases at the start of the day and one more each hour (ServiceQuotas.html)."""
    quotas = facts("dynamodb").quotas

    assert 4 + 23 * 3600 / quotas["auto_scaling_decrease_s"].value == 27
    assert quotas["auto_scaling_decreases"].value == 4


CHANGES = """
schema = 1
nodes.shop = {service = "traffic", rate_per_s = 100}
nodes.t = {service = "dynamodb"}
nodes.k = {service = "kinesis"}
nodes.w = {service = "fargate", tasks = 2, duration_ms = 1}
edges = [
    {from = "shop", to = "t", operation = "write", item_kb = 1},
    {from = "t", to = "k"}, {from = "t", to = "w"},
]
"""


def test_changes_go_to_kinesis_and_to_containers():
    """Every write becomes a record in the stream, and one for the containers that read the table's own."""
    found = sandbox.evaluate(sandbox.loads(CHANGES))

    assert found.nodes["k"].offered_per_s == pytest.approx(100)
    assert found.nodes["w"].offered_per_s == pytest.approx(100)
    billed = {line.item for line in found.cost.lines() if line.node == "t"}
    assert {"Stream read requests", "Changes handed on to Kinesis"} <= billed


STEP = """
schema = 1
[nodes.shop]
service = "traffic"
rate_per_s = 420
profile = {shape = "steps", steps = [{at_s = 0, factor = 0.16666666666666666}, {at_s = 900, factor = 1}]}
[nodes.t]
service = "dynamodb"
mode = "provisioned"
auto_scaling = true
write_units = 1000
[[edges]]
from = "shop"
to = "t"
operation = "write"
item_kb = 1
"""


def test_saved_capacity_bridges_a_part_of_the_time_until_more_is_there():
    """At 70/s 100 units are there, and 30,000 saved: 320/s beyond them last 94 s of the 300 until more is."""
    run = sandbox.simulate(sandbox.loads(STEP), horizon_s=1800, step_s=10).to_dict()
    refused = dict(zip(run["time_s"], run["nodes"]["t"]["throttled_per_s"], strict=True))

    assert all(rate == pytest.approx(0, abs=1e-6) for time, rate in refused.items() if time < 990)
    assert all(rate == pytest.approx(320) for time, rate in refused.items() if 1010 <= time < 1200)
    assert all(rate == pytest.approx(0, abs=1e-6) for time, rate in refused.items() if time > 1220)
