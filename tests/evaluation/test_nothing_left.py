"""What is told where nothing succeeds, and where throttling alone uses up the receives of a message."""

import pytest

from sandbox.evaluate import evaluate

from .designs import design, edge, node


@pytest.mark.parametrize("setting", [{"error_ratio": 1}, {"reserved_concurrency": 0}], ids=str)
def test_no_success_has_no_latency(setting: dict[str, float]) -> None:
    """A flow of which nothing succeeds has a success of exactly 0 and no latency."""
    drawn = node("t", "traffic") + node("f", "lambda", **setting) + edge("t", "f")

    told = evaluate(design(drawn)).flows["t"]

    assert (told.success_ratio, told.latency) == (0.0, None)


def test_throttled_receives_are_attempts() -> None:
    """With a share q of receives throttled, five receives at most are (1 − q⁵)/(1 − q) a message."""
    drawn = (
        node("t", "traffic", rate_per_s=100)
        + node("q", "sqs")
        + node("d", "sqs")
        + node("f", "lambda", duration_ms=1000, duration_cv=0, init_ms=0, reserved_concurrency=5)
        + edge("t", "q")
        + edge("q", "f", batch_size=1)
        + edge("q", "d", role="dead-letter", max_receive_count=5)
    )

    told = evaluate(design(drawn))

    function = told.nodes["f"]
    q = function.throttled_per_s / function.offered_per_s
    assert q > 0.5
    assert told.edges[1].attempts_per_item == pytest.approx((1 - q**5) / (1 - q), rel=1e-6)
