"""A Kinesis stream: what its shards take, evenly or with a hot one, and what it bills."""

from math import ceil

import pytest
from bill_cases import load
from hypothesis import given
from hypothesis import strategies as st
from link_cases import check, link, lowered, most

import sandbox
from sandbox.catalog.facts import facts
from sandbox.catalog.service import services
from sandbox.lower import lower


@pytest.mark.parametrize("case", load("kinesis"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Shards, puts, reads and retention are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "region", "item_kb", "per_s"),
    [
        ({}, "us-east-1", 0.5, 1000),
        ({}, "us-east-1", 2, 512),
        ({"shards": 10}, "us-east-1", 1, 10_000),
        ({"shards": 10}, "us-east-1", 4, 2560),
        ({"mode": "on-demand"}, "eu-central-1", 0.5, 200_000),
        ({"mode": "on-demand"}, "eu-central-1", 10, 20_480),
        ({"mode": "on-demand"}, "us-east-1", 10, 1_048_576),
        ({"mode": "advantage"}, "us-east-1", 10, 1_048_576),
    ],
)
def test_a_stream_takes_records_and_bytes(settings, region, item_kb, per_s):
    """1,000 records/s or 1 MB/s for each shard; on demand 200 MB/s, or 10 GB/s in large regions."""
    parts = lowered("kinesis", settings, (link(item_kb=item_kb),), region=region)

    assert most(parts, 0) == per_s
    assert set(parts.limits) == {quota.id for quota in parts.quotas}


@pytest.mark.parametrize(
    ("settings", "per_s"),
    [
        ({"shards": 10, "hot_shard_share": 0.5}, 2000),
        ({"shards": 10, "hot_shard_share": 1}, 1000),
        ({"shards": 10, "hot_shard_share": 0.1}, 10_000),
        ({"shards": 2, "hot_shard_share": 0.6}, 1000 / 0.6),
        ({"mode": "on-demand", "hot_shard_share": 0.5}, 2000),
    ],
)
def test_a_hot_shard_binds_first(settings, per_s):
    """Half of the records on one shard of 1,000/s: it binds at 2,000/s; a single key never gets more."""
    assert most(lowered("kinesis", settings, (link(item_kb=0.1),)), 0) == pytest.approx(per_s)


@given(st.integers(2, 1000), st.floats(0.01, 0.99), st.floats(0.1, 1000))
def test_skew_never_helps(shards, share, item_kb):
    """A hot shard takes no more than an even spread, and hot and rest share out all records."""
    even = lowered("kinesis", {"shards": shards}, (link(item_kb=item_kb),))
    skewed = lowered("kinesis", {"shards": shards, "hot_shard_share": share}, (link(item_kb=item_kb),))

    assert most(skewed, 0) <= most(even, 0) * (1 + 1e-9)
    parts = {demand.part: demand.share for demand in skewed.stations[0].demands}
    assert sum(parts.values()) == pytest.approx(1)


def test_consumers_read_what_every_edge_put():
    """A consumer gets the records of all edges that put, each of which has its own station."""
    parts = lowered("kinesis", {}, (link(0), link(3)), (link(5, kind="stream"),))

    assert parts.entries == {0: "node#0", 3: "node#3"}
    assert parts.emitters == {5: ("node#0", "node#3")}


@pytest.mark.parametrize(
    ("settings", "shards"),
    [({"shards": 2}, 2), ({"mode": "on-demand"}, 4), ({"mode": "on-demand", "shards": 20}, 20)],
)
def test_a_new_on_demand_stream_has_four_shards(settings, shards):
    """An on-demand stream starts with 4 MB/s of writes (service-sizes-and-limits.html)."""
    assert services()["kinesis"].settings(**settings).open_shards == shards


@pytest.mark.parametrize(("kb", "records"), [(1, 900), (5, 700), (3, 2000), (50, 100)])
def test_the_sizing_formula_gives_enough_shards(kb, records):
    """ceil(KiB/s / 1024) shards, and 1,000 records/s for each, carry the load (how-do-i-size-a-stream)."""
    shards = max(ceil(kb * records / 1024), ceil(records / 1000))

    assert most(lowered("kinesis", {"shards": shards}, (link(item_kb=kb),)), 0) >= records
    if shards > 1:
        assert most(lowered("kinesis", {"shards": shards - 1}, (link(item_kb=kb),)), 0) < records


def test_the_worked_examples_of_the_guide_follow_from_the_parameters():
    """Traffic of up to 40 MB/s may burst to 80; a read of 10 MB keeps a shard from reading for 5 s."""
    quotas = facts("kinesis").quotas

    assert 40 * quotas["on_demand_growth"].value == 80
    assert quotas["read_most_kb"].value / quotas["shard_read_kb"].value == 5


ADVANTAGE = """
schema = 1
accounts.other = {{}}
nodes.a = {{service = "traffic", rate_per_s = {rate}, payload_kb = 1}}
nodes.k = {{service = "kinesis", mode = "advantage"}}
nodes.l = {{service = "kinesis", mode = "advantage"{account}}}
edges = [{{from = "a", to = "k"}}, {{from = "a", to = "l"}}]
"""
IN, OUT = 2053.125, 1026.5625


@pytest.mark.parametrize(
    ("rate", "account", "usd"),
    [
        (1, "", IN + OUT),
        (1, ', account = "other"', 2 * (IN + OUT)),
        (25_600, "", 2 * IN + OUT),
    ],
)
def test_an_account_pays_for_its_commitment_once(rate, account, usd):
    """25 MiB/s are 64,160.15625 GB a month: at 0.032 a GB in and 0.016 out.

    Two streams that put 1 KB/s share it in one account, and in two accounts each bears it alone; two of
    25 MiB/s each pay for all that is put, and once for the reading that nobody does.
    """
    cost = sandbox.evaluate(sandbox.loads(ADVANTAGE.format(rate=rate, account=account))).cost

    assert cost.monthly_usd == pytest.approx(usd)
    assert sum(line.usd for line in cost.lines()) == pytest.approx(usd)


SHARED = """
schema = 1
nodes.a = {{service = "traffic", rate_per_s = 10}}
nodes.k = {{service = "kinesis"}}
nodes.f = {{service = "lambda", duration_ms = 1, init_ms = 0, duration_cv = 0}}
edges = [{{from = "a", to = "k"}}{readers}]
"""
READER, FANNED = ', {from = "k", to = "f"}', ', {from = "k", to = "f", enhanced_fan_out = true}'


@pytest.mark.parametrize(
    ("readers", "poll_s"),
    [(READER, 1), (5 * READER, 1), (10 * READER, 2), (20 * FANNED + READER, 1), (20 * READER + FANNED, 4)],
)
def test_readers_share_five_reads_a_second(readers, poll_s):
    """Five functions read a shard once a second each, ten every two; fan-out takes no part (with-kinesis)."""
    lowered_ = lower(sandbox.loads(SHARED.format(readers=readers)))
    polls = {station.holding.poll for station in lowered_.network.stations if station.holding}

    assert max(polls) == pytest.approx(poll_s)
    assert (0 in polls) == (FANNED in readers)
