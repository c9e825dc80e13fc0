"""How long it takes: waits that are fixed, bounded or rare are not one exponential."""

import pytest

from sandbox.design.reading import loads
from sandbox.evaluate import Evaluation, evaluate

CALL = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 10
{traffic}
[nodes.x]
service = "external"
latency_ms = 100
latency_cv = 0
{external}
[[edges]]
from = "t"
to = "x"
"""

HELD = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 10
[nodes.h]
service = "{service}"
{holder}
[nodes.f]
service = "lambda"
duration_ms = 100
timeout_s = 60
init_ms = 0
{function}
[[edges]]
from = "t"
to = "h"
[[edges]]
from = "h"
to = "f"
"""


def run(text: str, **words: str) -> Evaluation:
    """A design with its gaps filled, evaluated."""
    return evaluate(loads(text.format(**words)))


def test_latency_is_cut_at_the_timeout() -> None:
    """No percentile of an API's latency is beyond the 29 s after which it answers."""
    text = CALL.replace('to = "x"', 'to = "api"').replace("latency_cv = 0", "") + (
        '[nodes.api]\nservice = "api-gateway-rest"\n[[edges]]\nfrom = "api"\nto = "x"\n'
    )
    sut = run(text.replace("latency_ms = 100", "latency_ms = 29000"), traffic="", external="")

    assert sut.nodes["api"].latency.p99 <= 29_000 * 1.001
    assert sut.nodes["api"].latency.p95 == pytest.approx(29_000, rel=1e-3)


def test_a_flow_is_measured_over_its_successes() -> None:
    """Tries of 100 ms, pauses of 1 s, half fail: successes take 100, 1200 or 2300 ms by 4 : 2 : 1."""
    sut = run(CALL, traffic="retries = 2", external="error_ratio = 0.5").flows["t"]

    assert sut.latency.mean == pytest.approx((4 * 100 + 2 * 1200 + 1 * 2300) / 7, rel=0.01)
    assert sut.latency.p50 == pytest.approx(100, rel=0.05)


def test_a_delay_is_the_same_for_all() -> None:
    """Messages hidden for a minute are done a minute later, not half of them sooner."""
    lag = run(HELD, service="sqs", holder="delay_s = 60", function="").flows["t"].completion_lag["f"]

    assert lag.mean == pytest.approx(60_100, rel=0.01)
    assert lag.p50 >= 60_000
    assert lag.p99 <= 61_000


def test_a_rare_second_try_does_not_delay_the_median() -> None:
    """Nine messages of ten are done at once; the tenth comes back after the visibility timeout of 180 s."""
    lag = run(HELD, service="sqs", holder="visibility_timeout_s = 180", function="error_ratio = 0.1").flows[
        "t"
    ]

    assert lag.completion_lag["f"].p50 < 1_000
    assert lag.completion_lag["f"].p95 > 180_000


def test_a_poll_is_never_more_than_a_second_away() -> None:
    """A record waits between 0 and 1 s for the next poll of its shard."""
    lag = run(HELD, service="kinesis", holder="", function="").flows["t"].completion_lag["f"]

    assert lag.p99 < 1_600


def test_an_event_is_tried_after_one_and_after_two_minutes() -> None:
    """Where all three executions of 1 s fail, the last ends after 3 s of work and 180 s of pauses."""
    text = """
schema = 1
[nodes.t]
service = "traffic"
rate_per_s = 10
[nodes.f]
service = "lambda"
duration_ms = 1000
duration_cv = 0
timeout_s = 60
init_ms = 0
error_ratio = 1
[[edges]]
from = "t"
to = "f"
mode = "async"
"""
    assert evaluate(loads(text)).flows["t"].completion_lag["f"].mean == pytest.approx(183_000, rel=0.01)
