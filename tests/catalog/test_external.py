"""An external service takes what its rate and its connections let it, and costs what the design says."""

import pytest
from bill_cases import month, usd

from sandbox.catalog.service import Site
from sandbox.catalog.services.external import External, bill, lower


@pytest.mark.parametrize(
    ("settings", "quotas", "slots"),
    [
        ({}, [], []),
        ({"rate_limit_per_s": 50}, [("x.rate", 50, 50)], []),
        ({"rate_limit_per_s": 0.2}, [("x.rate", 0.2, 1)], []),
        ({"max_connections": 8}, [], [("x.connections", 8)]),
        ({"rate_limit_per_s": 50, "max_connections": 8}, [("x.rate", 50, 50)], [("x.connections", 8)]),
    ],
)
def test_only_limits_that_are_given_bind(settings, quotas, slots):
    """A rate lets a second's worth pass at once; every limit is shown."""
    parts = lower(Site("x", External(**settings), {}, ""))
    (station,) = parts.stations

    assert [(quota.id, quota.capacity, quota.burst) for quota in parts.quotas] == quotas
    assert [(pool.id, pool.capacity) for pool in parts.slots] == slots
    assert [demand.quota for demand in station.demands] == [quota.id for quota in parts.quotas]
    assert station.slots == tuple(pool.id for pool in parts.slots)
    assert set(parts.limits) == {row[0] for row in quotas + slots}


def test_it_answers_in_its_time():
    """Latency, spread and errors are the settings', in seconds."""
    (station,) = lower(Site("x", External(latency_ms=250, error_ratio=0.01), {}, "")).stations

    assert (station.fixed, station.cv, station.error) == (0.25, 0.5, 0.01)


@pytest.mark.parametrize(("price", "printed"), [(40, 80), (0, 0)])
def test_it_costs_what_the_design_says(price, printed):
    """Two million requests at 40 USD a million; no charge where nothing is asked."""
    charges = bill(External(usd_per_million=price), month({"service": "external", "requests": 2_000_000}))

    assert sum(usd(charge, "us-east-1") for charge in charges) == pytest.approx(printed)
