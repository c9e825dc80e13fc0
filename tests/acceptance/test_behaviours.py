"""Behaviours that show in a comparison: one design before and after one change."""

from math import erfc, log, sqrt

import numpy as np
import pytest

from sandbox.design.reading import loads
from sandbox.evaluate import Evaluation, evaluate

SHOP = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 100
[nodes.api]
service = "api-gateway-http"
latency_ms = 0
[nodes.f]
service = "lambda"
duration_ms = 95
init_ms = 0
timeout_s = 900
[nodes.d]
service = "dynamodb"
[[edges]]
from = "t"
to = "api"
[[edges]]
from = "api"
to = "f"
[[edges]]
from = "f"
to = "d"
item_kb = 1
"""

PARTNER = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 10
[nodes.f]
service = "lambda"
duration_ms = 100
init_ms = 0
timeout_s = 900
[nodes.a]
service = "external"
latency_ms = 200
[nodes.b]
service = "external"
latency_ms = 300
[[edges]]
from = "t"
to = "f"
[[edges]]
from = "f"
to = "a"
[[edges]]
from = "f"
to = "b"
"""

QUEUE = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 100
[nodes.q]
service = "sqs"
visibility_timeout_s = 180
[nodes.f]
service = "lambda"
duration_ms = 1000
timeout_s = 30
init_ms = 0
reserved_concurrency = 5
[nodes.dead]
service = "sqs"
[[edges]]
from = "t"
to = "q"
[[edges]]
from = "q"
to = "f"
batch_size = 1
[[edges]]
from = "q"
to = "dead"
role = "dead-letter"
max_receive_count = 3
"""


def run(text: str, load: float = 1.0, **changes: object) -> Evaluation:
    """A design with some values changed: `f__duration_ms` is a node's, `edge0__calls` an edge's."""
    values = {}
    for name, value in changes.items():
        part, _, key = name.partition("__")
        place = f"edges.{part[4:]}" if part.startswith("edge") else f"nodes.{part}"
        values[f"{place}.{key}"] = value
    return evaluate(loads(text).with_values(values), load)


def late(mean: float, cv: float, limit: float) -> float:
    """Share of lognormal times over a limit, by its textbook formula."""
    variance = log(1 + cv**2)
    return 0.5 * erfc((log(limit / mean) + variance / 2) / sqrt(2 * variance))


def test_a_slow_store_fills_everything_above_it() -> None:
    """A store of 500 instead of 5 ms raises the concurrency of the function and of the API to rate × time."""
    fast, slow = run(SHOP), run(SHOP, d__latency_ms=500)

    assert fast.nodes["f"].concurrency == pytest.approx(100 * 0.100, rel=1e-3)
    assert slow.nodes["f"].concurrency == pytest.approx(100 * 0.595, rel=1e-3)
    assert fast.nodes["api"].concurrency == pytest.approx(100 * 0.100, rel=1e-3)
    assert slow.nodes["api"].concurrency == pytest.approx(100 * 0.595, rel=1e-3)
    assert slow.nodes["f"].monthly_usd > 3 * fast.nodes["f"].monthly_usd


def test_calls_one_after_the_other_add_up() -> None:
    """100 ms of its own, then 200, then 300: 600 ms."""
    sut = run(PARTNER)

    assert sut.nodes["f"].latency.mean == pytest.approx(600, rel=1e-3)
    assert sut.nodes["f"].concurrency == pytest.approx(6, rel=1e-3)


def test_parallel_calls_take_as_long_as_the_longest() -> None:
    """Without spread: 100 ms of its own, then 200 and 300 at once, 400 ms."""
    sut = run(PARTNER, edge1__parallel=True, edge2__parallel=True, a__latency_cv=0, b__latency_cv=0)

    assert sut.nodes["f"].latency.mean == pytest.approx(400, rel=1e-3)


def test_parallel_calls_with_spread_take_longer_than_the_longest_mean() -> None:
    """The mean of a maximum lies between the largest mean and the sum."""
    sut = run(PARTNER, edge1__parallel=True, edge2__parallel=True)

    assert 400 <= sut.nodes["f"].latency.mean < 600


def test_retries_amplify() -> None:
    """Three tries at a partner that fails half the time: 1 + 1/2 + 1/4 calls, and one in eight fails."""
    sut = run(PARTNER, edge1__retries=2, a__error_ratio=0.5)

    assert sut.nodes["a"].offered_per_s == pytest.approx(17.5, rel=1e-3)
    assert sut.nodes["f"].failed_per_s == pytest.approx(1.25, rel=1e-3)
    assert sut.nodes["b"].offered_per_s == pytest.approx(8.75, rel=1e-3)


def test_pauses_before_retries_hold_the_slot() -> None:
    """A second try after 1 s, made half the time, adds 0.5 s and half a call to each execution."""
    sut = run(PARTNER, edge1__retries=1, edge1__retry_backoff_ms=1000, a__error_ratio=0.5)
    first = 100 + 1.5 * 200 + 0.5 * 1000

    assert sut.nodes["f"].latency.mean == pytest.approx(first + 0.75 * 300, rel=1e-3)
    assert sut.nodes["f"].concurrency == pytest.approx(10 * (first + 0.75 * 300) / 1000, rel=1e-3)


def test_an_sdk_tries_a_store_three_times() -> None:
    """A table that takes half of what it is asked sees more tries, and loses less than half."""
    sut = run(SHOP, d__mode="provisioned", d__read_units=25)
    tries = sut.edges[2].attempts_per_item
    q = sut.nodes["d"].throttled_per_s / sut.nodes["d"].offered_per_s

    assert tries == pytest.approx(1 + q + q**2, rel=1e-3)
    assert sut.nodes["d"].accepted_per_s == pytest.approx(50, rel=1e-3)
    assert sut.nodes["f"].failed_per_s == pytest.approx(100 * q**3, rel=1e-3)


def test_an_impatient_caller_does_not_stop_its_callee() -> None:
    """A function cut at 1 s leaves a call of 10 s running to its end."""
    sut = run(
        PARTNER, edge2__calls=0, a__latency_ms=10_000, a__latency_cv=0, f__timeout_s=1, f__duration_cv=0
    )

    assert sut.nodes["f"].failed_per_s == pytest.approx(10, rel=1e-3)
    assert sut.nodes["f"].concurrency == pytest.approx(10, rel=1e-2)
    assert sut.nodes["a"].concurrency == pytest.approx(100, rel=1e-3)


@pytest.mark.parametrize("limit", [1.5, 2.0, 4.0])
def test_the_share_over_the_timeout_fails(limit: float) -> None:
    """Of lognormal times the textbook's share is over the limit."""
    api = run(SHOP, f__duration_ms=1000, d__latency_ms=0, api__timeout_s=limit, edge2__calls=0)

    assert api.nodes["api"].failed_per_s == pytest.approx(100 * late(1, 0.5, limit), rel=0.01)


def test_users_who_wait_ask_less() -> None:
    """50 users who think for 5 s and wait for 100 ms send 50 / 5.1 requests a second."""
    loop = SHOP.replace("rate_per_s = 100", "users = {concurrent = 50, think_s = 5}")
    fast, slow = run(loop), run(loop, d__latency_ms=4905)

    assert fast.flows["t"].rate_per_s == pytest.approx(50 / 5.1, rel=1e-3)
    assert slow.flows["t"].rate_per_s == pytest.approx(50 / 10, rel=1e-3)


def test_throttling_alone_fills_a_dead_letter_queue() -> None:
    """Receives that end in a throttle count; no message fails by itself, and letters are dead."""
    sut = run(QUEUE)

    assert sut.nodes["f"].failed_per_s == pytest.approx(0, abs=1e-6)
    assert sut.nodes["f"].throttled_per_s > 1
    assert sut.nodes["dead"].offered_per_s > 0.1


def test_a_cap_on_the_mapping_prevents_it() -> None:
    """With a maximum concurrency no higher than the reservation nothing is throttled and nothing is dead."""
    sut = run(QUEUE, edge1__maximum_concurrency=2)

    assert sut.nodes["dead"].offered_per_s == pytest.approx(0, abs=0.01)
    assert sut.nodes["q"].backlog_growth_per_s == pytest.approx(98, rel=1e-2)


def test_a_batching_window_saves_invocations() -> None:
    """With a window messages wait, and are handled together."""
    alone = run(QUEUE, f__reserved_concurrency=100, f__duration_ms=100, edge1__batch_size=10)
    together = run(
        QUEUE, f__reserved_concurrency=100, f__duration_ms=100, edge1__batch_size=10, edge1__batch_window_s=1
    )

    assert together.nodes["f"].invocations_per_s < alone.nodes["f"].invocations_per_s / 2
    assert together.nodes["q"].oldest_age_s > alone.nodes["q"].oldest_age_s + 0.2


def test_provisioned_environments_do_not_start_cold() -> None:
    """Enough of them leave no cold start; too few leave some, and nothing is throttled."""
    cold, some, none = (
        run(SHOP, 1e-5, f__init_ms=500, **ready)
        for ready in ({}, {"f__provisioned_concurrency": 1}, {"f__provisioned_concurrency": 20})
    )

    assert cold.nodes["f"].cold_start_ratio > some.nodes["f"].cold_start_ratio > 0
    assert none.nodes["f"].cold_start_ratio == pytest.approx(0, abs=1e-9)
    assert some.nodes["f"].throttled_per_s == pytest.approx(0, abs=1e-9)


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
