"""A delivery stream: what it takes, when it delivers, what a function does on the way, and its bill."""

import pytest
from bill_cases import load
from flow_designs import chain, edge, evaluated, limit, node
from link_cases import check, link, lowered, most

LAKE = ("firehose", {})
BUCKET = ("s3", {})


def _lake(rate: float, kb: float, more: str = "", **settings: object) -> str:
    text = chain(("firehose", settings), BUCKET, rate=rate, more=more).replace(
        f"rate_per_s = {rate}", f"rate_per_s = {rate}\npayload_kb = {kb}"
    )
    return text.replace('to = "n1"', 'to = "n1"\noperation = "put"')


@pytest.mark.parametrize("case", load("firehose"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Records in steps of 5 KB, and what is done with them."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "region", "kb", "per_s"),
    [
        ({}, "us-east-1", 1, 2_000),
        ({"records_per_request": 500}, "us-east-1", 0.001, 500_000),
        ({"records_per_request": 500}, "us-east-1", 1, 5_120),
        ({}, "eu-central-1", 1, 1_000),
        ({}, "eu-central-1", 4, 256),
    ],
)
def test_puts_are_limited_by_requests_records_and_bytes(settings, region, kb, per_s):
    """2,000 requests, 500,000 records and 5 MiB a second, a part of that in smaller regions (limits.html)."""
    parts = lowered("firehose", settings, (link(item_kb=kb),), region=region)

    assert most(parts, 0) == pytest.approx(per_s)


def test_more_is_refused():
    """Puts of 4 KB at 2,000 a second are 8,000 KB of 5,120: the rest is refused."""
    told = evaluated(_lake(2_000, 4))

    assert told.nodes["n0"].accepted_per_s == pytest.approx(1_280)


def test_a_quota_that_was_raised_holds():
    """Raised to 10 MiB/s: 4,000 requests and a million records a second, in proportion (limits.html)."""
    parts = lowered(
        "firehose", {}, (link(item_kb=1),),
        firehose_put_kb_per_s=10_240, firehose_put_requests_per_s=4_000, firehose_put_records_per_s=1_000_000,
    )  # fmt: skip

    assert most(parts, 0) == 4_000


@pytest.mark.parametrize(
    ("rate", "kb", "objects_per_s"),
    [
        (1_000, 4, 1_000 / 1_280),  # full at 5 MB: 1,280 records
        (10, 1, 1 / 300),  # 3,000 records in five minutes are less
        (1_000, 1, 1_000 / 5_120),
    ],
)
def test_a_buffer_is_delivered_when_it_is_full_or_old(rate, kb, objects_per_s):
    """5 MB or 300 s, whichever comes first."""
    told = evaluated(_lake(rate, kb))

    assert told.nodes["n1"].accepted_per_s == pytest.approx(objects_per_s, rel=0.01)


def test_a_conversion_needs_a_larger_buffer():
    """64 MB at least: 16,384 records of 4 KB."""
    told = evaluated(_lake(1_000, 4, format_conversion=True))

    assert told.nodes["n1"].accepted_per_s == pytest.approx(1_000 / 16_384, rel=0.01)


def test_a_function_gets_smaller_buffers():
    """1 MB or 60 s: 256 records of 4 KB, so that it runs five times for each object."""
    change = node("f", "lambda", timeout_s=60) + edge("n0", "f", role="transform")

    told = evaluated(_lake(1_000, 4, more=change))

    assert told.nodes["f"].invocations_per_s == pytest.approx(1_000 / 256, rel=0.01)
    assert told.nodes["n1"].accepted_per_s == pytest.approx(1_000 / 1_280, rel=0.01)


def test_a_slow_function_holds_records_up():
    """25 invocations at once (5 for each MB/s), of 60 s and 256 records: 106.7 records a second."""
    change = node("f", "lambda", timeout_s=300, duration_ms=60_000, duration_cv=0) + edge(
        "n0", "f", role="transform"
    )

    told = evaluated(_lake(200, 4, more=change))

    assert limit(told, "n0", "transformations")[1] == pytest.approx(25 * 256 / 60, rel=0.01)
    assert told.nodes["n0"].backlog_growth_per_s == pytest.approx(200 - 25 * 256 / 60, rel=0.02)


def test_records_that_a_function_fails_on_go_aside():
    """After three retries a buffer is put where failed records go: half to the fourth, one in sixteen."""
    more = (
        node("f", "lambda", error_ratio=0.5)
        + edge("n0", "f", role="transform")
        + node("bad", "s3")
        + edge("n0", "bad", role="on-failure")
    )

    told = evaluated(_lake(160, 4, more=more))

    assert told.nodes["bad"].accepted_per_s == pytest.approx(10, rel=1e-3)


def test_partitions_are_objects_of_their_own():
    """Ten partitions put ten objects for each buffer."""
    told = evaluated(_lake(1_000, 4, dynamic_partitions=10))

    assert told.nodes["n1"].accepted_per_s == pytest.approx(10_000 / 1_280, rel=0.01)


def test_a_stream_is_read_without_a_quota_of_puts():
    """Every shard is read once a second, up to its 2 MB."""
    text = chain(("kinesis", {"shards": 4}), LAKE, BUCKET, rate=3_000)
    told = evaluated(text.replace('to = "n2"', 'to = "n2"\noperation = "put"'))

    assert told.nodes["n1"].accepted_per_s == pytest.approx(3_000 * min(1, 4_096 / 6_000), rel=1e-3)
    assert "direct puts" not in {use.name for use in told.nodes["n1"].limits}
