"""A month costs what AWS's pages, price lists and measurements say it costs."""

import pytest
from bill_cases import charges, load, usd

CASES = load("lambda", "front_doors")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_month_is_counted_as_aws_counts(case):
    """Requests, GB-seconds and hours are AWS's own."""
    found = charges(case)

    counted = {price: float(found[price].quantity[0]) for price in case.get("charges", {})}

    assert counted == pytest.approx(case.get("charges", {}), rel=1e-9)
    assert not set(case.get("none", ())) & set(found)


@pytest.mark.parametrize("case", [case for case in CASES if "usd" in case], ids=lambda case: case["id"])
def test_a_month_costs_what_is_printed(case):
    """Prices, bands and free amounts give the printed sum, to the cent."""
    kind = "always" if case.get("free") else "12-month" if case.get("free_12_month") else ""
    region = case.get("region", "us-east-1")

    total = sum(usd(charge, region, kind) for charge in charges(case).values())

    assert total == pytest.approx(case["usd"], abs=0.0100001)


def test_every_case_has_a_source():
    """A bill that nobody printed proves nothing."""
    assert all(case["source"] and case["why"] for case in CASES)
