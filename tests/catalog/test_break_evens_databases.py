"""When Aurora I/O-Optimized pays: where its dearer instances and storage cost what I/O requests cost else.

AWS's own rule is a quarter of the spend; instances cost 1.3 times as much, so without storage the break-even
is 0.3 / 1.3 = 23 % of the spend.
"""

from dataclasses import replace

import pytest
from bill_cases import month, usd

from sandbox.catalog.service import services

QUERIES = 1_000_000_000
"""Queries of the month; what varies is the I/O of each."""


def aurora_usd(io_per_query: float, **settings: object) -> tuple[float, float]:
    """A month's bill, and the part of it that is I/O [USD]."""
    sut = services()["aurora"]
    aurora = sut.settings(mode="provisioned", io_per_query=io_per_query, **settings)
    usage = replace(month({"service": "aurora", "requests": QUERIES}), inflows=())
    charged = sut.bill(aurora, usage)
    by_price = {charge.price: usd(charge, "us-east-1") * charge.asked for charge in charged}
    return sum(by_price.values()), by_price["aurora.io_requests"]


def io_share(**settings: object) -> float:
    """Share of I/O in the standard bill at which both cost the same, found by halving."""
    low, high = 0.0, 1000.0
    for _ in range(60):
        middle = (low + high) / 2
        dearer = aurora_usd(middle, **settings)[0] > aurora_usd(middle, io_optimized=True, **settings)[0]
        low, high = (low, middle) if dearer else (middle, high)
    total, io = aurora_usd(low, **settings)
    return io / total


@pytest.mark.parametrize("instance_class", ["db.r6g.large", "db.r7g.4xlarge"])
@pytest.mark.parametrize("readers", [0, 2])
def test_io_optimized_pays_from_a_quarter_of_the_spend_on(instance_class, readers):
    """0.3 × compute = I/O, so that I/O is 0.3 / 1.3 of the spend: 23.1 %, AWS says about 25 %."""
    found = io_share(instance_class=instance_class, readers=readers)

    assert found == pytest.approx(0.3 / 1.3, rel=0.02)
    assert found == pytest.approx(0.25, abs=0.02)


def test_storage_moves_it():
    """Storage costs 2.25 times as much: 500 GB beside one r6g.large (189.80) need I/O of 119.44, a third."""
    dearer = 0.3 * 730 * 0.26 + 500 * (0.225 - 0.1)

    assert io_share(instance_class="db.r6g.large", storage_gb=500) == pytest.approx(
        dearer / (730 * 0.26 + 50 + dearer), rel=1e-6
    )
