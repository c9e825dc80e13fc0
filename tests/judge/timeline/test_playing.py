"""The judge itself, on designs whose course can be worked out by hand."""

import pytest

from sandbox.engine.erlang import erlang_b

from .playing import play

DRAIN = """
[nodes.intake]
service = "sqs"
initial_messages = 20000

[nodes.work]
service = "lambda"
duration_ms = 500
duration_cv = 0
init_ms = 0

[[edges]]
from = "intake"
to = "work"
batch_size = 1
added_per_minute = 60
"""

LOSS = """
[nodes.callers]
service = "traffic"
rate_per_s = 40

[nodes.work]
service = "lambda"
duration_ms = 250
init_ms = 0
reserved_concurrency = 10

[[edges]]
from = "callers"
to = "work"
"""

FAILING = """
[nodes.orders]
service = "traffic"
rate_per_s = 100
profile = { shape = "steps", steps = [{ at_s = 0, factor = 1 }, { at_s = 100, factor = 0 }] }

[nodes.intake]
service = "sqs"
visibility_timeout_s = 5

[nodes.work]
service = "lambda"
duration_ms = 100
error_ratio = 0.5

[nodes.dead]
service = "sqs"

[[edges]]
from = "orders"
to = "intake"

[[edges]]
from = "intake"
to = "work"
report_item_failures = true

[[edges]]
from = "intake"
to = "dead"
role = "dead-letter"
max_receive_count = 3
"""


def test_pollers_drain_a_queue() -> None:
    """5 + t pollers of 2/s each empty 20,000 messages when 2(5t + t²/2) = 20,000: after 136.5 s."""
    backlog = play(DRAIN, 160, 1, [("backlog", "intake")])["backlog", "intake"][0]

    assert int((backlog > 0).sum()) == pytest.approx(136.5, abs=1.5)


def test_a_full_function_refuses_as_erlang_said() -> None:
    """Ten slots and a load of ten refuse B(10, 10) = 21.5 %."""
    told = play(LOSS, 2000, 1, [("offered", "work"), ("throttled", "work")])
    refused = told["throttled", "work"].sum() / told["offered", "work"].sum()

    assert refused == pytest.approx(float(erlang_b(10, 10.0)), abs=0.01)


def test_what_fails_three_times_is_a_dead_letter() -> None:
    """Of messages that fail one time in two, one in eight dies, and nothing else is left."""
    measures = [("offered", "intake"), ("completed", "work"), ("dead", "intake"), ("offered", "dead")]
    told = {key: values.sum() for key, values in play(FAILING, 140, 1, measures).items()}
    sent, served, died, buried = (told[key] for key in measures)

    assert sent == served + died
    assert died == buried
    assert died / sent == pytest.approx(1 / 8, abs=0.012)
