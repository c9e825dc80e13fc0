"""A DynamoDB table: units of its operations, what it and its partitions take, and what it bills."""

import pytest
from bill_cases import load
from hypothesis import given
from hypothesis import strategies as st
from link_cases import check, link, lowered, most
from pydantic import ValidationError

from sandbox.catalog.facts import facts
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import Units, units, units_of


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
