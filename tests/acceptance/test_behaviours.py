"""Behaviours of calls that show in a comparison: one design before and after one change."""

import pytest

from .changed import PARTNER, QUEUE, SHOP, late, run


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
