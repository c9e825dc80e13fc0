"""Bills, routes, shares and accounts that show in a comparison."""

import numpy as np
import pytest

from sandbox.design.reading import loads
from sandbox.evaluate import evaluate

from .changed import SHOP, run


def test_tiers_are_counted_for_the_whole_account() -> None:
    """Two APIs with 200 million requests each pay what one with 400 million does: 300 + 90 USD."""
    text = """
schema = 1
[nodes.t]
service = "traffic"
requests = {count = 200_000_000, per = "month"}
[nodes.u]
service = "traffic"
requests = {count = 200_000_000, per = "month"}
[nodes.a]
service = "api-gateway-http"
[nodes.b]
service = "api-gateway-http"
[nodes.e]
service = "external"
[[edges]]
from = "t"
to = "a"
[[edges]]
from = "u"
to = "b"
"""
    sut = run(text)

    assert sut.monthly_usd == pytest.approx(390, rel=1e-6)
    assert sut.nodes["a"].monthly_usd == pytest.approx(195, rel=1e-6)


def test_every_account_has_its_own_tiers() -> None:
    """The same two in two accounts pay 200 USD each."""
    text = """
schema = 1
[accounts.other]
[nodes.t]
service = "traffic"
requests = {count = 200_000_000, per = "month"}
[nodes.a]
service = "api-gateway-http"
[nodes.b]
service = "api-gateway-http"
account = "other"
[[edges]]
from = "t"
to = "a"
[[edges]]
from = "t"
to = "b"
"""
    assert run(text).monthly_usd == pytest.approx(400, rel=1e-6)


def test_the_free_tier_is_taken_off() -> None:
    """A million requests and 400,000 GB-seconds of Lambda are free in a month, where it is counted."""
    text = """
schema = 1
[nodes.t]
service = "traffic"
requests = {count = 3_000_000, per = "month"}
[nodes.f]
service = "lambda"
memory_mb = 1024
duration_ms = 200
duration_cv = 0
init_ms = 0
response_kb = 0
[[edges]]
from = "t"
to = "f"
"""
    paid = run(text)
    free = run(text.replace("schema = 1", "schema = 1\n[account]\nfree_tier = true"))

    assert paid.monthly_usd == pytest.approx(3 * 0.20 + 600_000 * 0.0000166667, rel=1e-6)
    assert free.monthly_usd == pytest.approx(2 * 0.20 + 200_000 * 0.0000166667, rel=1e-6)


def test_volume_drives_the_bill_and_the_peak_drives_the_limits() -> None:
    """Users of office hours load the system by their peak, and are billed by their actions."""
    text = SHOP.replace(
        "rate_per_s = 100",
        'users = {count = 36000, actions = 10, per = "day", hours = "9-19", peak_factor = 3}',
    )
    sut = run(text)
    calls = [line.quantity for line in sut.lines if line.node == "f" and line.item == "Requests"]

    assert sut.nodes["api"].offered_per_s == pytest.approx(30)
    assert calls == [pytest.approx(360_000 * 730 / 24, rel=1e-3)]


def test_routes_and_sequences() -> None:
    """Ways out that sum to 1 are chosen between; beyond that they are called one after the other."""
    text = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 10
[nodes.api]
service = "api-gateway-http"
latency_ms = 0
[nodes.a]
service = "external"
latency_ms = 200
[nodes.b]
service = "external"
latency_ms = 400
[[edges]]
from = "t"
to = "api"
[[edges]]
from = "api"
to = "a"
calls = 0.5
[[edges]]
from = "api"
to = "b"
calls = 0.5
"""
    chosen, both = run(text), run(text, edge1__calls=1, edge2__calls=1)

    assert chosen.nodes["api"].latency.mean == pytest.approx(300, rel=1e-3)
    assert both.nodes["api"].latency.mean == pytest.approx(600, rel=1e-3)


def test_readers_of_a_shard_share_its_reads() -> None:
    """Two functions on one stream each see every record; with fan-out of their own they do not compete."""
    text = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 100
payload_kb = 10
[nodes.k]
service = "kinesis"
shards = 2
[nodes.f]
service = "lambda"
init_ms = 0
[nodes.g]
service = "lambda"
init_ms = 0
[[edges]]
from = "t"
to = "k"
[[edges]]
from = "k"
to = "f"
[[edges]]
from = "k"
to = "g"
"""
    shared = run(text)
    own = run(text, edge1__enhanced_fan_out=True, edge2__enhanced_fan_out=True)

    assert shared.nodes["f"].offered_per_s == shared.nodes["g"].offered_per_s == pytest.approx(100)
    assert {round(use.capacity, 1) for use in shared.nodes["k"].limits if "throughput" in use.name} == {204.8}
    assert {round(use.capacity, 1) for use in own.nodes["k"].limits if "throughput" in use.name} == {409.6}


def test_cache_hits_are_a_branch_of_their_own() -> None:
    """With 80 % hits the median is a hit and the 95th percentile a miss; quantiles are not averaged."""
    text = SHOP.replace("api-gateway-http", "api-gateway-rest").replace("latency_ms = 0", "latency_ms = 2")
    sut = run(text, api__cache_gb=0.5, api__cache_hit_ratio=0.8, f__duration_ms=495)

    assert sut.nodes["api"].latency.p50 < 10
    assert sut.nodes["api"].latency.p95 > 500
    assert sut.nodes["api"].latency.mean == pytest.approx(2 + 0.2 * 500, rel=1e-2)


def test_the_mismatch_of_an_api_and_its_function_shows_in_the_ladder() -> None:
    """An API's 10,000 requests/s stand in front of 1,000 executions: with 200 ms those bind first."""
    sut = run(SHOP, f__duration_ms=195)
    rungs = {rung.limit.split()[1] if rung.node == "f" else rung.node: rung for rung in sut.headroom}

    assert rungs["concurrency"].rate_per_s == pytest.approx(4_900, rel=0.03)
    assert rungs["api"].rate_per_s == pytest.approx(10_000, rel=1e-3)


def test_one_mapping_cannot_starve_a_function_with_a_reservation() -> None:
    """A shared pool gives a flooded neighbour its part; a reservation is its own."""
    neighbour = """
[nodes.u]
service = "traffic"
rate_per_s = 3000
[nodes.g]
service = "lambda"
duration_ms = 1000
timeout_s = 60
init_ms = 0
[[edges]]
from = "u"
to = "g"
"""
    text = SHOP + neighbour
    shared, own = run(text), run(text, f__reserved_concurrency=50)

    assert shared.flows["t"].success_ratio == pytest.approx(shared.flows["u"].success_ratio, rel=1e-3)
    assert shared.flows["t"].success_ratio < 0.5
    assert own.flows["t"].success_ratio == pytest.approx(1, abs=1e-6)


def test_availability_multiplies_along_the_calls() -> None:
    """API Gateway's and Lambda's 99.95 % and the table's 99.99 % come to 99.89 %."""
    assert run(SHOP).flows["t"].availability == pytest.approx(0.9995 * 0.9995 * 0.9999)


def test_many_loads_are_evaluated_at_once() -> None:
    """An array of loads gives the same as one after the other."""
    loads_ = np.array([0.5, 1.0, 20.0, 200.0])
    whole = evaluate(loads(SHOP), loads_)

    for column, load in enumerate(loads_):
        alone = run(SHOP, float(load))
        assert whole.at(column).nodes["f"].concurrency == pytest.approx(
            alone.nodes["f"].concurrency, rel=1e-6
        )
        assert whole.at(column).monthly_usd == pytest.approx(alone.monthly_usd, rel=1e-6)
