"""Every number can be asked for its reason, and the change it offers works."""

import pytest

from sandbox.errors import UnknownNameError
from sandbox.evaluate import evaluate
from sandbox.why import askable, why
from sandbox.why.asked import ANSWERS

from .designs import design, edge, node, pipeline


@pytest.mark.parametrize("load", [1.0, 60.0])
def test_everything_has_an_answer(load: float):
    """No number of any node is left without a formula, at rest and in overload."""
    evaluation = evaluate(pipeline(), load)

    for section, metric in ANSWERS:
        for key in evaluation.nodes if section == "nodes" else evaluation.flows:
            told = why(evaluation, f"{section}.{key}.{metric}")
            assert told.title
            assert told.formula
            for step in told.because:
                assert step.path is None or askable(step.path)


def test_unknown_numbers():
    """What is not a number of the result has no reason."""
    evaluation = evaluate(pipeline())

    with pytest.raises(UnknownNameError, match="region"):
        why(evaluation, "region")
    with pytest.raises(UnknownNameError, match="nobody"):
        why(evaluation, "nodes.nobody.offered_per_s")


THROTTLED = {
    "reservation": node("t", "traffic", rate_per_s=90)
    + node("f", "lambda", duration_ms=100, reserved_concurrency=10)
    + edge("t", "f"),
    "account": node("t", "traffic", rate_per_s=1100) + node("f", "lambda", duration_ms=1000) + edge("t", "f"),
    "write units": node("t", "traffic", rate_per_s=30)
    + node("f", "dynamodb", mode="provisioned", write_units=20, read_units=5)
    + edge("t", "f", operation="write", item_kb=1),
    "API throttle": node("t", "traffic", rate_per_s=30)
    + node("f", "api-gateway-http", throttle_rate_per_s=20)
    + edge("t", "f"),
}


@pytest.mark.parametrize("body", THROTTLED.values(), ids=THROTTLED)
def test_the_change_clears_it_and_a_smaller_one_does_not(body: str):
    """The change offered for a throttle clears it; one less would not."""
    evaluation = evaluate(design(body))

    told = why(evaluation, "nodes.f.throttled_per_s")

    assert told.change is not None
    ((path, value),) = told.change.items()
    cleared = evaluate(evaluation.design.with_value(path, value)).nodes["f"]
    short = evaluate(evaluation.design.with_value(path, value - 1)).nodes["f"]
    assert cleared.throttled_per_s <= 1e-4 * cleared.offered_per_s
    assert short.throttled_per_s > 1e-4 * short.offered_per_s


def test_a_failure_says_which_call_was_not_waited_for():
    """A balancer that waits a minute gives up on every call of a target that takes two."""
    slow = node("s", "external", latency_ms=120_000, latency_cv=0)
    body = node("t", "traffic", rate_per_s=1) + node("b", "alb") + slow + edge("t", "b") + edge("b", "s")

    told = why(evaluate(design(body)), "nodes.b.failed_per_s")

    assert "100 % of the calls of s take longer than 60 s" in [step.text for step in told.because]


def test_a_latency_is_told_of_what_is_asked_not_of_what_goes_along():
    """New connections of a WebSocket API take no time; its messages wait for the function."""
    sockets = node("w", "api-gateway-websocket", connections=1000) + node("f", "lambda", init_ms=0)
    body = node("t", "traffic", rate_per_s=1) + sockets + edge("t", "w") + edge("w", "f")

    told = why(evaluate(design(body)), "nodes.w.latency_ms.mean")

    assert [step.text for step in told.because] == ["its own time: 5 ms", "waiting for f: 100 ms"]
