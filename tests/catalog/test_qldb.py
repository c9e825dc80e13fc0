"""QLDB: a ledger that has ended, and is still worked out as it was."""

import pytest
from bill_cases import load
from link_cases import check, link, lowered

import sandbox

CASES = [case for case in load("stores") if case["service"] == "qldb"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counted(case):
    """I/Os and storage were billed so until the service ended."""
    check(case)


def test_transactions_share_the_sessions():
    """3,000 at once for each ledger, whatever they do (limits.html)."""
    parts = lowered("qldb", {}, (link(0), link(1, operation="write")))

    assert [pool.capacity for pool in parts.slots] == [3000]
    assert {station.slots for station in parts.stations} == {("node.sessions",)}


DESIGN = """
schema = 1
account = {lambda_concurrency = 100000}
nodes.shop = {service = "traffic", rate_per_s = 4000}
nodes.f = {service = "lambda", timeout_s = 30, duration_ms = 0}
nodes.l = {service = "qldb", latency_ms = 1000}
edges = [{from = "shop", to = "f"}, {from = "f", to = "l", operation = "write", retries = 0}]
"""


def test_a_session_is_held_for_a_transaction():
    """4,000 transactions/s of a second want 4,000 sessions; 3,000 are there, a quarter is refused."""
    found = sandbox.evaluate(sandbox.loads(DESIGN)).nodes["l"]

    assert found.throttled_per_s / found.offered_per_s == pytest.approx(0.25, abs=0.005)
