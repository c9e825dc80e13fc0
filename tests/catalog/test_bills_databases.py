"""A month of databases, jobs and queries on files costs what AWS's pages and examples say."""

from dataclasses import replace

import pytest
from bill_cases import load, usd
from database_cases import charges, evaluated

import sandbox
from sandbox.evaluation import Evaluation

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


@pytest.mark.parametrize(
    ("region", "acu_hour", "gb_month", "million_io"),
    [
        ("us-east-1", 0.12, 0.10, 0.20),
        ("eu-west-1", 0.14, 0.11, 0.22),
        ("eu-central-1", 0.14, 0.119, 0.22),
        ("ap-northeast-1", 0.15, 0.12, 0.24),
        ("ap-south-1", 0.18, 0.11, 0.22),
    ],
)
def test_the_same_cluster_costs_what_its_region_asks(region, acu_hour, gb_month, million_io):
    """2 ACU all the month, 100 GB and 10 queries/s with one I/O each, line by line."""
    database = {"service": "aurora", "min_acu": 2, "storage_gb": 100, "io_per_query": 1}
    told = in_region(evaluated(database, rate=10), region)
    lines = {line.item: line for line in told.lines if line.node == "db"}

    assert lines["Capacity"].usd == pytest.approx(2 * 730 * acu_hour)
    assert lines["Storage"].usd == pytest.approx(100 * gb_month)
    assert lines["I/O requests"].usd == pytest.approx(26.28 * million_io)
    assert all(line.source.startswith("https://aws.amazon.com/rds/aurora/pricing") for line in lines.values())


def in_region(told: Evaluation, region: str) -> Evaluation:
    """The same design elsewhere."""
    return sandbox.evaluate(replace(told.design, region=region))
