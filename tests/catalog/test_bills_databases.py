"""A month of databases, jobs and queries on files costs what AWS's pages and examples say."""

import pytest
from bill_cases import load, usd
from database_cases import charges

CASES = load("databases")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Capacity, instances, storage, operations and what is scanned are counted as AWS bills them."""
    found = charges(case)
    counted = {price: float(charge.quantity[0]) for price, charge in found.items()}

    assert counted == pytest.approx(case["charges"], rel=1e-6)
    region = case.get("region", "us-east-1")
    total = sum(usd(charge, region) * charge.asked for charge in found.values())
    assert total == pytest.approx(case["usd"], abs=0.0051)
