"""A DynamoDB table: units of its operations, what it and its partitions take, and what it bills."""

import pytest
from bill_cases import load
from hypothesis import given
from hypothesis import strategies as st
from link_cases import check, link, lowered, most
from pydantic import ValidationError

import sandbox
from sandbox.catalog.facts import facts
from sandbox.catalog.service import services
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import Units, units, units_of
from sandbox.engine.network import Doubling, Tracking


@pytest.mark.parametrize("case", load("dynamodb"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Requests, capacity and storage are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("operation", "item_kb", "consistent", "read", "write"),
    [
        ("read", 8, True, 2, 0),
        ("read", 8, False, 1, 0),
        ("transact-read", 8, False, 4, 0),
        ("read", 3, True, 1, 0),
        ("read", 0.1, False, 0.5, 0),
        ("query", 9, False, 1.5, 0),
        ("scan", 1024, True, 256, 0),
        ("write", 0.5, False, 0, 1),
        ("write", 1, False, 0, 1),
        ("write", 3, False, 0, 3),
        ("transact-write", 3, False, 0, 6),
        ("delete", 2.5, False, 0, 3),
    ],
)
def test_operations_take_units(operation, item_kb, consistent, read, write):
    """The examples of read-write-operations.html and of the pricing page for provisioned capacity."""
    assert units_of(operation, item_kb, consistent) == Units(read, write)


def test_an_edge_may_say_how_it_reads():
    """The table's consistency holds where the edge says nothing."""
    assert units(link(item_kb=4), consistent_reads=True).read == 1
    assert units(link(item_kb=4, consistent=False), consistent_reads=True).read == 0.5
    assert units(link(item_kb=4, consistent=True), consistent_reads=False).read == 1


@pytest.mark.parametrize(
    ("settings", "hop", "per_s"),
    [
        ({"mode": "provisioned", "read_units": 80}, {"item_kb": 3, "consistent": True}, 80),
        ({"mode": "provisioned", "write_units": 100}, {"item_kb": 0.5, "operation": "write"}, 100),
        ({"mode": "provisioned"}, {"item_kb": 1, "operation": "write"}, 5),
        ({"read_units": 5000}, {"item_kb": 4, "consistent": True}, 5000),
        ({}, {"item_kb": 4, "consistent": True}, 40_000),
        ({}, {"item_kb": 4}, 80_000),
        ({}, {"item_kb": 4, "operation": "write"}, 10_000),
        ({"mode": "provisioned", "write_units": 90_000}, {"item_kb": 1, "operation": "write"}, 40_000),
        ({"hot_key_share": 0.5}, {"item_kb": 1, "operation": "write"}, 2000),
        ({"hot_key_share": 1}, {"item_kb": 4, "consistent": True}, 3000),
        ({"partitions": 10}, {"item_kb": 1, "operation": "write"}, 10_000),
        ({"partitions": 10, "hot_key_share": 0.4}, {"item_kb": 1, "operation": "write"}, 2500),
        ({"partitions": 10, "hot_key_share": 0.1}, {"item_kb": 1, "operation": "write"}, 10_000),
    ],
)
def test_a_table_and_its_partitions_take_so_much(settings, hop, per_s):
    """80 strong reads/s of 3 KB are 80 units, 100 writes/s of 512 B 100; a partition takes 3,000 and 1,000.

    An on-demand table capped at 5,000 read units takes 5,000 (warm-throughput-scenarios.html), and one
    without a cap what the account's quota gives a table (ServiceQuotas.html).
    """
    parts = lowered("dynamodb", settings, (link(0, **hop),))

    assert most(parts, 0) == pytest.approx(per_s)
    assert set(parts.limits) == {quota.id for quota in parts.quotas}


def test_an_account_may_have_larger_tables():
    """AWS raises the table's quota on request, and a partition's never."""
    more = {"dynamodb_table_write_units": 100_000}
    write = link(item_kb=1, operation="write")

    assert most(lowered("dynamodb", {}, (write,), **more), 0) == 100_000
    assert most(lowered("dynamodb", {"hot_key_share": 0.25}, (write,), **more), 0) == 4000


def test_a_stream_carries_what_was_changed():
    """Reads leave nothing in a table's stream."""
    hops = (link(0), link(1, operation="write"), link(2, operation="delete"), link(3, operation="query"))

    parts = lowered("dynamodb", {}, hops, (link(9, kind="stream"),))

    assert parts.emitters == {9: ("node#1", "node#2")}
    assert parts.entries == {index: f"node#{index}" for index in range(4)}


def test_reads_and_writes_do_not_share_units():
    """A station of reads demands read units alone."""
    parts = lowered("dynamodb", {"hot_key_share": 0.5}, (link(0), link(1, operation="write")))

    demanded = [{demand.quota for demand in station.demands} for station in parts.stations]

    assert demanded == [
        {"node.read units", "node.hot partition read units"},
        {"node.write units", "node.hot partition write units"},
    ]


def test_only_provisioned_tables_scale():
    """Auto scaling of an on-demand table is refused, and the message says what to set."""
    with pytest.raises(ValidationError, match="auto_scaling is for provisioned tables"):
        DynamoDb(auto_scaling=True)


@given(st.integers(2, 1000), st.floats(0.01, 0.99), st.sampled_from(["read", "write"]))
def test_skew_never_helps(partitions, share, operation):
    """A hot partition takes no more than an even spread, and hot and rest share out all requests."""
    hop = link(0, item_kb=1, operation=operation)
    even = lowered("dynamodb", {"partitions": partitions}, (hop,))
    skewed = lowered("dynamodb", {"partitions": partitions, "hot_key_share": share}, (hop,))

    assert most(skewed, 0) <= most(even, 0) * (1 + 1e-9)
    parts = {demand.part: demand.share for demand in skewed.stations[0].demands if demand.part}
    assert sum(parts.values()) == pytest.approx(1) or not parts


@given(st.floats(0, 400), st.booleans())
def test_consistency_and_transactions_double(item_kb, consistent):
    """A strong read takes twice an eventual one, a transaction twice a strong one."""
    eventual = units_of("read", item_kb, consistent=False).read

    assert units_of("read", item_kb, consistent=True).read == 2 * eventual
    assert units_of("transact-read", item_kb, consistent).read == 4 * eventual
    assert (
        units_of("transact-write", item_kb, consistent).write == 2 * units_of("write", item_kb, False).write
    )


def test_the_worked_example_of_growth_follows_from_the_parameter():
    """After a peak of 50,000 reads/s up to 100,000 are served at once (on-demand-capacity-mode.html)."""
    assert 50_000 * facts("dynamodb").quotas["on_demand_growth"].value == 100_000


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
