"""Own servers: a fixed capacity at a fixed cost."""

import pytest
from container_designs import evaluated


@pytest.mark.parametrize(
    ("rate", "settings", "served"),
    [
        (150, {}, 150),
        (400, {}, 200),
        (400, {"servers": 3}, 300),
        (40, {"servers": 2, "requests_per_server_per_s": 5, "duration_ms": 50}, 10),
    ],
)
def test_so_many_are_served(rate, settings, served):
    """Servers × requests of each, however many come and however long each takes."""
    assert evaluated("on-premises", rate, **settings).nodes["x"].accepted_per_s == pytest.approx(
        served, rel=0.02
    )


def test_they_cost_what_they_cost():
    """3,000 USD a month and 20 h at 90 USD: 4,800 USD, without load and with it; no transfer is billed."""
    cost = {"usd_per_month": 3000, "people_hours_per_month": 20, "usd_per_hour": 90}

    assert evaluated("on-premises", 0, **cost).nodes["x"].monthly_usd == pytest.approx(4800)
    assert evaluated("on-premises", 150, **cost).nodes["x"].monthly_usd == pytest.approx(4800)


def test_their_number_does_not_follow():
    """Ten times the load meets the same two servers."""
    assert evaluated("on-premises", 100, load=10).nodes["x"].environments == 2
