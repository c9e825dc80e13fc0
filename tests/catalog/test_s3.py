"""An S3 bucket: what its prefixes take, whom it notifies, and what it bills."""

import pytest
from bill_cases import load
from link_cases import check, link, lowered, most


@pytest.mark.parametrize("case", load("s3"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Requests, storage and retrieval are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("prefixes", "operation", "per_s"),
    [
        (10, "get", 55_000),
        (10, "read", 55_000),
        (10, None, 55_000),
        (1, "put", 3500),
        (2, "write", 7000),
        (1, "delete", 3500),
        (1, "list", 5500),
        (1, "select", 5500),
    ],
)
def test_each_prefix_takes_reads_and_writes(prefixes, operation, per_s):
    """Ten prefixes take 55,000 GETs a second (optimizing-performance.html)."""
    parts = lowered("s3", {"prefixes": prefixes}, (link(operation=operation),))

    assert most(parts, 0) == per_s
    assert set(parts.limits) == {quota.id for quota in parts.quotas}


def test_a_bucket_notifies_of_what_was_put():
    """A get or a delete is no new object; what failed elsewhere is put, and so is one."""
    hops = (link(0), link(1, operation="put"), link(2, operation="delete"))
    failed = link(3, kind="dead-letter", role="on-failure")

    parts = lowered("s3", {}, (*hops, failed), (link(9, kind="async"),))

    assert parts.emitters == {9: ("node#1", "node#3")}
