"""An S3 bucket: what its prefixes take, whom it notifies, and what it bills."""

import pytest
from bill_cases import load
from front_designs import counted, drawn
from link_cases import check, link, lowered, most
from pydantic import ValidationError

import sandbox
from sandbox.catalog.buckets.settings import S3
from sandbox.catalog.service import services
from sandbox.engine.network import Doubling


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


def test_a_new_bucket_is_divided_while_it_is_busy():
    """It begins with one prefix's 5,500 reads and 3,500 writes; by default that is long past."""
    new, old = (
        lowered("s3", settings, (link(),))
        for settings in ({"prefixes": 10, "divided_after_s": 900}, {"prefixes": 10})
    )

    assert [quota.moves for quota in new.quotas] == [Doubling(5500, 2, 900), Doubling(3500, 2, 900)]
    assert [quota.capacity for quota in new.quotas] == [55_000, 35_000]
    assert [quota.moves for quota in old.quotas] == [None, None]


NEW = """
schema = 1
nodes.shop = {service = "traffic", rate_per_s = 20000}
nodes.b = {service = "s3", prefixes = 4, divided_after_s = 600}
edges = [{from = "shop", to = "b"}]
"""


def test_a_new_bucket_refuses_until_it_is_divided():
    """Of 20,000 reads/s a prefix takes 5,500, after ten minutes 11,000 and after twenty all of them."""
    run = sandbox.simulate(sandbox.loads(NEW), horizon_s=2400, step_s=10).to_dict()
    passed = dict(zip(run["time_s"], run["nodes"]["b"]["completed_per_s"], strict=True))
    at = {time: next(rate for t, rate in passed.items() if t >= time) for time in (300, 900, 2000)}

    assert at == pytest.approx({300: 5500, 900: 11_000, 2000: 20_000}, rel=0.01)


@pytest.mark.parametrize(
    ("storage_class", "share"), [("standard", 0.999), ("standard-ia", 0.99), ("glacier-instant", 0.99)]
)
def test_what_is_seldom_read_is_promised_less(storage_class, share):
    """AWS commits to 99.9 % for the standard class, and to less for the others (s3/sla)."""
    service = services()["s3"]

    assert service.availability(S3(storage_class=storage_class), service.facts) == pytest.approx(share)


def test_data_that_is_moved_needs_a_place():
    """The message says what is missing."""
    with pytest.raises(ValidationError, match="lifecycle_gb needs lifecycle_class"):
        S3(lifecycle_gb=10)


@pytest.mark.parametrize(("operation", "gb"), [("put", 0), ("get", 1e6 * 100 / 1_048_576)])
def test_uploads_do_not_leave_aws(operation, gb):
    """A million objects of 100 KB are transferred out when they are read, not when they are written."""
    nodes = {
        "people": {"service": "traffic", "requests": {"count": 1_000_000, "per": "month"}},
        "files": {"service": "s3", "response_kb": 100},
    }
    done = sandbox.evaluate(drawn(nodes, ("people > files", {"operation": operation})))

    assert counted(done, "files").get("Transfer out to the internet", 0) == pytest.approx(gb)


def test_what_is_delivered_is_put():
    """A delivery that names no operation leaves an object."""
    parts = lowered("s3", {}, (link(0, kind="async"),), (link(9, kind="async"),))

    assert most(parts, 0) == 3500
    assert parts.emitters == {9: ("node#0",)}
