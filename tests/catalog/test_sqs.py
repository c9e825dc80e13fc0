"""An SQS queue: what it may be set to, how fast it takes messages, and what it bills."""

import numpy as np
import pytest
from bill_cases import load
from flow_designs import chain, evaluated, limit
from hypothesis import given
from hypothesis import strategies as st
from link_cases import check, link, link_use, lowered, most
from pydantic import ValidationError

from sandbox.catalog.queue_bill import between, empty_polls, receives
from sandbox.catalog.services.sqs import Sqs


@pytest.mark.parametrize("case", load("sqs"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Sends, receives, deletes and empty polls are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "region", "calls_per_s"),
    [
        ({"fifo": True}, "us-east-1", 300),
        ({"fifo": True, "high_throughput": True}, "us-east-1", 70_000),
        ({"fifo": True, "high_throughput": True}, "eu-central-1", 19_000),
        ({"fifo": True, "high_throughput": True}, "ap-south-1", 9_000),
        ({"fifo": True, "high_throughput": True}, "eu-west-2", 4_500),
        ({"fifo": True, "high_throughput": True}, "ca-central-1", 2_400),
    ],
)
def test_a_fifo_queue_limits_its_send_calls(settings, region, calls_per_s):
    """The values of quotas-messages.html in the SQS developer guide."""
    parts = lowered("sqs", settings, (link(),), region=region)

    assert most(parts, 0) == calls_per_s
    assert set(parts.limits) == {quota.id for quota in parts.quotas}


def test_a_standard_queue_takes_any_rate():
    """A standard queue supports a nearly unlimited number of calls: it has no quota."""
    parts = lowered("sqs", {}, (link(),))

    assert not parts.quotas
    assert not parts.stations[0].demands


def test_an_account_may_have_more_high_throughput():
    """AWS raises the high-throughput quota on request, not the ordinary one."""
    more = {"sqs_fifo_calls_per_s": 100_000}

    assert most(lowered("sqs", {"fifo": True, "high_throughput": True}, (link(),), **more), 0) == 100_000
    assert most(lowered("sqs", {"fifo": True}, (link(),), **more), 0) == 300


@pytest.mark.parametrize("key", ["high_throughput", "message_groups"])
def test_only_fifo_queues_have_groups(key):
    """A standard queue with a FIFO setting is refused, and the message says which."""
    with pytest.raises(ValidationError, match=f"{key} is for FIFO queues"):
        Sqs(**{key: 1})


@pytest.mark.parametrize(("groups", "calls_per_s"), [(4, 1_200), (100, 30_000), (1_000, 70_000)])
def test_few_groups_use_few_partitions(groups, calls_per_s):
    """High throughput spreads the groups over partitions of 300 calls a second each."""
    settings = {"fifo": True, "high_throughput": True, "message_groups": groups}

    assert most(lowered("sqs", settings, (link(),)), 0) == calls_per_s


def test_a_fifo_queue_is_no_faster_to_receive_from():
    """300 receives of ten are 3,000 messages a second, however many groups and functions there are."""
    text = chain(
        ("sqs", {"fifo": True, "message_groups": 5_000}),
        ("lambda", {"duration_ms": 10, "duration_cv": 0, "init_ms": 0}),
        rate=100,
    )

    told = evaluated(text)

    assert limit(told, "n0", "throughput of n1")[1] == pytest.approx(3_000)


def test_groups_are_the_concurrency():
    """Four groups of messages of half a second, one by one: eight a second (services-sqs-scaling.html)."""
    text = chain(
        ("sqs", {"fifo": True, "message_groups": 4}),
        ("lambda", {"duration_ms": 500, "duration_cv": 0}),
        rate=5,
    )

    told = evaluated(text.replace('to = "n1"', 'to = "n1"\nbatch_size = 1'))

    assert limit(told, "n0", "throughput of n1") == pytest.approx((5, 8), rel=1e-3)


def test_a_queue_of_three_kinds_costs_what_is_printed():
    """Ten million standard and fair, ten million FIFO: 10.00 (AWS Pricing Calculator)."""
    printed = {case["id"]: case["usd"] for case in load("sqs") if "usd" in case}
    fair = "ten million fair requests cost ten cents more for each million"

    assert printed[fair] + printed["ten million FIFO requests"] == pytest.approx(10.0)


def test_a_fifo_queue_is_not_fair():
    """Fairness is a feature of standard queues."""
    with pytest.raises(ValidationError, match="fair is for standard queues"):
        Sqs(fifo=True, fair=True)


@given(st.floats(0.01, 50), st.floats(0, 100))
def test_requests_of_a_mean_batch_lie_between_whole_batches(size, spread):
    """A mean size between two whole ones is billed between them, without a jump."""
    sizes = np.array([np.floor(size), size, np.floor(size) + 1, size + spread])

    low, middle, high, beyond = between(sizes, lambda count: np.ceil(count / 10))

    assert low - 1e-9 <= middle <= high + 1e-9
    assert beyond >= middle - 1e-9


@given(st.floats(0, 1e9), st.floats(1, 500), st.floats(0, 1))
def test_empty_polls_are_never_more_than_idle_pollers_can_make(items, lanes, part):
    """No more than one for each idle poller in 20 s, and never fewer than none."""
    row = {"kind": "polled", "items": items, "lanes": lanes, "lanes_least": 1, "busy": part * lanes}

    empty = float(empty_polls(link_use(0, row))[0])

    assert -1e-9 <= empty <= (1 - part) * lanes / 20 + 1e-9


@given(st.integers(1, 10_000), st.floats(0.1, 1024))
def test_a_batch_is_billed_for_its_payload_at_least(size, item_kb):
    """Receives and deletes cover ten messages each at most, and 64 KB each at most."""
    row = {"kind": "polled", "items": 1000 * size, "batches": 1000, "item_kb": item_kb}

    billed = float(receives(link_use(0, row))[0]) * 2_628_000 / 1000

    assert billed >= max(2 * np.ceil(size / 10), size * item_kb / 64 + np.ceil(size / 10)) * (1 - 1e-9)
