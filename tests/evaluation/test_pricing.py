"""Charges become amounts as AWS counts them: free units first, bands from 0, per account."""

import numpy as np
import pytest

from sandbox.catalog.pricing import Priced, Terms, price
from sandbox.catalog.usage import Charge
from sandbox.errors import MissingPriceError

HTTP = "api-gateway-http.requests"
CASES = (
    # what, charges (node, price, quantity), free tier, USD, source
    ("one billion calls cross a band", [("a", HTTP, 1e9)], False, 930.0),
    ("the band is the account's, not the node's", [("a", HTTP, 3e8), ("b", HTTP, 7e8)], False, 930.0),
    ("a million requests are free", [("a", "lambda.requests", 3e6)], True, 0.40),
    ("and are not where free tiers are not counted", [("a", "lambda.requests", 3e6)], False, 0.60),
    ("queues share a million", [("a", "sqs.requests", 1e6), ("b", "sqs.fifo_requests", 1e6)], True, 0.45),
)  # fmt: skip
"""1e9 HTTP calls: 300 M × 1.00 + 700 M × 0.90 (aws.amazon.com/api-gateway/pricing); 0.20 a million Lambda
requests (aws.amazon.com/lambda/pricing); 0.40 and 0.50 a million SQS requests, one million free together
(aws.amazon.com/sqs/pricing): half of each use is free."""


def charges(rows: list[tuple[str, str, float]]) -> list[tuple[str, Charge]]:
    """Charges of one scenario."""
    return [(node, Charge(key, np.array([quantity]))) for node, key, quantity in rows]


def total(priced: list[Priced]) -> float:
    """What all of it costs [USD]."""
    return float(sum(row.usd[0] for row in priced))


@pytest.mark.parametrize(("what", "rows", "free", "usd"), CASES, ids=[case[0] for case in CASES])
def test_amount(what: str, rows: list[tuple[str, str, float]], free: bool, usd: float):
    """A month costs what the pricing page says."""
    priced = price(charges(rows), Terms("us-east-1", always_free=free))

    assert total(priced) == pytest.approx(usd, abs=0.005), what


def test_nodes_share_by_use():
    """Who uses three times as much pays three times as much, free units and bands included."""
    priced = price(
        charges([("a", HTTP, 1e8), ("b", HTTP, 3e8)]),
        Terms("us-east-1"),
    )

    paid = {row.node: float(row.usd[0]) for row in priced}
    assert paid["b"] == pytest.approx(3 * paid["a"])
    assert sum(paid.values()) == pytest.approx(390.0)


def test_scenarios_are_priced_apart():
    """Every column of the scenario axis crosses its own bands."""
    charge = Charge(HTTP, np.array([1e8, 1e9]))

    (row,) = price([("a", charge)], Terms("us-east-1"))

    assert row.usd.tolist() == pytest.approx([100.0, 930.0])


def test_no_price_is_an_error_not_zero():
    """A region that lacks a price names it, and only when something is used of it."""
    used = charges([("a", "lambda.requests", 1.0)])
    unused = charges([("a", "lambda.requests", 0.0)])

    with pytest.raises(MissingPriceError, match=r"mars-north-1.*lambda\.requests"):
        price(used, Terms("mars-north-1"))
    assert price(unused, Terms("mars-north-1")) == []
