"""Loads at which one way of storing or streaming becomes cheaper than another, as published and here.

Each claim was recomputed by hand from the list prices of us-east-1; what comes out of whole designs must be
within 2 % of that.
"""

import pytest
from crossing import crossing
from link_cases import charges

import sandbox
from sandbox.catalog.pricing import Terms, price

DESIGN = """
schema = 1
nodes.a = {{service = "traffic", rate_per_s = {rate}}}
nodes.s = {{service = "{service}"{settings}}}
nodes.f = {{service = "lambda"}}
edges = [{{from = "a", to = "s", item_kb = 1{edge}}}{reader}]
"""
READER = ', {from = "s", to = "f"}'


def monthly_usd(service: str, rate: float, settings: str, edge: str = "", reader: str = "") -> float:
    """What a month of one node costs at so many items a second."""
    text = DESIGN.format(
        rate=rate, service=service, settings=f", {settings}" if settings else "", edge=edge, reader=reader
    )
    cost = sandbox.evaluate(sandbox.loads(text)).cost
    return float(cost.by_node["s"][0])


@pytest.mark.parametrize(
    ("edge", "provisioned"),
    [
        (', operation = "write"', "write_units = 1000, read_units = 1"),
        (', operation = "read", consistent = true', "read_units = 1000, write_units = 1"),
    ],
)
def test_a_table_on_demand_is_cheaper_below_29_percent(edge, provisioned):
    """0.00065 ÷ 3600 × 10⁶ ÷ 0.625 = 0.289 of what is provisioned, for writes and for reads alike."""
    given = monthly_usd("dynamodb", 0, f'mode = "provisioned", {provisioned}', edge)

    found = crossing(lambda rate: monthly_usd("dynamodb", rate, "", edge), lambda _: given, 0.001, 1000)

    assert found / 1000 == pytest.approx(0.289, rel=0.02)


def test_a_table_that_is_always_full_costs_3_46_times_as_much_on_demand():
    """0.625 ÷ (0.00065 × 10⁶ ÷ 3600) = 3.46: also how far a peak may stand above the mean."""
    edge = ', operation = "write"'
    full = 'mode = "provisioned", write_units = 10000, read_units = 1'

    ratio = monthly_usd("dynamodb", 10_000, "", edge) / monthly_usd("dynamodb", 10_000, full, edge)

    assert ratio == pytest.approx(3.46, rel=0.02)


def test_puts_cost_more_than_their_shard_above_30_percent():
    """trek10.com: 0.015 ÷ (3.6 × 0.014) = 0.298 of a shard's 1,000 records/s."""
    shard = monthly_usd("kinesis", 0, "shards = 1")

    found = crossing(
        lambda rate: monthly_usd("kinesis", rate, "shards = 1") - shard, lambda _: shard, 0.001, 1000
    )

    assert found / 1000 == pytest.approx(0.298, rel=0.02)


@pytest.mark.parametrize(("mode", "usd"), [("on-demand", 58.9), ("provisioned", 14.6)])
def test_a_steady_stream_is_cheaper_by_the_shard(mode, usd):
    """100 records/s of 1 KB and one consumer: by the volume 58.9 USD a month, by the shard 14.6."""
    assert monthly_usd("kinesis", 100, f'mode = "{mode}"', reader=READER) == pytest.approx(usd, rel=0.02)


def test_a_hundred_shards_at_their_most():
    """100 × 730 × 0.015 + 262,800 million × 0.014 = 4,774 USD, where a post claimed 2,300."""
    assert monthly_usd("kinesis", 100_000, "shards = 100") == pytest.approx(4774.2, rel=0.02)


@pytest.mark.parametrize(("batch", "per_s"), [(1, 3.51), (10, 39.3)])
def test_a_shard_is_cheaper_than_a_queue_above_so_many_messages(batch, per_s):
    """10.95 ÷ ((0.40 × 3 ÷ batch − 0.014) × 2.628), without empty receives."""

    def queue(rate: float) -> float:
        items = rate * 2_628_000
        case = {
            "service": "sqs",
            "inflows": [{"items": items / batch, "item_kb": 1}],
            "outflows": [{"kind": "polled", "items": items, "batches": items / batch, "item_kb": 1}],
        }
        rows = [("q", charge) for charge in charges(case).values()]
        return float(sum(row.usd[0] for row in price(rows, Terms("us-east-1"))))

    found = crossing(queue, lambda rate: monthly_usd("kinesis", rate, "shards = 1"), 0.0001, 100)

    assert found == pytest.approx(per_s, rel=0.02)
