"""The report says what the result says, at any width."""

import copy
import io

import pytest
from rich.console import Console

from sandbox.exports.text import plain, rendered, report, verdict

LIMIT = {
    "name": "reserved concurrency", "unit": "invocations", "scope": "per function",
    "demand": 12.0, "capacity": 10.0, "utilisation": 1.2, "adjustable": True,
}  # fmt: skip
NODE = {
    "service": "lambda", "offered_per_s": 200.0, "accepted_per_s": 150.0, "throttled_per_s": 50.0,
    "failed_per_s": 0.0, "invocations_per_s": 150.0, "concurrency": 10.0,
    "latency_ms": {"mean": 80.0, "p50": 70.0, "p95": 150.0, "p99": 1234.0}, "cold_start_ratio": 0.001,
    "environments": 12.0, "backlog_growth_per_s": 0.0, "oldest_age_s": None, "lost_per_s": 0.0,
    "limits": [LIMIT], "monthly_usd": 12.5,
}  # fmt: skip
IDLE = NODE | {
    "service": "sqs", "throttled_per_s": 0.0, "concurrency": None, "latency_ms": None, "environments": None,
    "limits": [], "backlog_growth_per_s": None, "monthly_usd": 0.0,
}  # fmt: skip
LINE = {
    "node": "ship", "item": "Requests", "quantity": 1e6, "unit": "request", "unit_usd": 2e-7, "usd": 0.2,
    "source": "https://aws.amazon.com/lambda/pricing/",
}  # fmt: skip
FLOW = {
    "rate_per_s": 200.0, "success_ratio": 0.75, "latency_ms": None, "completion_lag_ms": {"ship": None},
    "lost_per_s": 50.0,
}  # fmt: skip
RESULT = {
    "schema": 1, "design": "Shop [bold]", "region": "us-east-1", "load": 1.0, "converged": True,
    "nodes": {"ship": NODE, "intake": IDLE}, "edges": [], "flows": {"shoppers": FLOW},
    "headroom": [
        {
            "node": "ship", "limit": "reserved concurrency", "load_multiplier": 0.8, "rate_per_s": 160.0,
            "adjustable": True,
        }
    ],
    "cost": {"monthly_usd": 0.2, "per_million_requests_usd": None, "lines": [LINE]},
    "findings": [
        {
            "rule": "r", "severity": "warning", "node": "ship", "message": "too few",
            "fix": {"nodes.ship.x": 1}, "source": "s",
        }
    ],
    "goals": [{"metric": "cost.monthly_usd", "at_load": 1.0, "wanted": "≤ 1", "actual": None, "met": False}],
}  # fmt: skip


def text(content, width: int = 140) -> str:
    """Content as plain text."""
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as capture:
        console.print(content)
    return capture.get()


@pytest.mark.parametrize("width", [60, 80, 140, 200])
def test_says_what_matters(width: int) -> None:
    """What throttles, by how much, for which limit, and what it costs stands in the report."""
    said = " ".join(text(report(RESULT, width), width).split())

    for words in (
        "Shop [bold]",
        "ship throttles 25 % of 200/s",
        "reserved concurrency",
        "$0.20",
        "too few",
        "missed",
    ):
        assert words in said, words
    assert "12 invocations wanted, 10 there" in said


def test_nothing_is_wrong() -> None:
    """A design that holds says so, and what will be first."""
    result = copy.deepcopy(RESULT)
    result["nodes"]["ship"] |= {"throttled_per_s": 0.0}
    result["headroom"][0]["load_multiplier"] = 1.4

    said = text(report(result))

    assert "nothing is throttled" in said
    assert "First to throttle: ship, reserved concurrency, at ×1.40" in said


def test_what_piles_up_and_is_lost() -> None:
    """A growing backlog and losses are told; numbers that did not settle too."""
    result = copy.deepcopy(RESULT) | {"converged": False}
    result["nodes"]["intake"] |= {"backlog_growth_per_s": 30.0, "lost_per_s": 2.0}

    said = text(report(result))

    assert "intake piles up by 30/s" in said
    assert "intake loses 2/s" in said
    assert "did not settle" in said


def test_an_empty_design() -> None:
    """A design without nodes has a report too."""
    empty = RESULT | {"nodes": {}, "flows": {}, "headroom": [], "findings": [], "goals": []}
    empty["cost"] = {"monthly_usd": 0.0, "per_million_requests_usd": None, "lines": []}

    assert "Shop" in text(report(empty))
    assert "states no goals" in text(verdict(empty))


def test_verdict() -> None:
    """Goals that are missed are counted."""
    assert "the goal is missed" in text(verdict(RESULT))


def test_control_characters_of_a_design_reach_no_terminal(monkeypatch: pytest.MonkeyPatch):
    """A design of somebody else can neither clear the screen nor name the window, in colour or without."""
    hostile = RESULT | {"design": "Shop\x1b]0;mine\x07\x9b2J"}
    monkeypatch.setattr("sys.stdout", terminal := io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    for make in (rendered, plain):
        text = make(lambda width: report(hostile, width))
        assert "Shop]0;mine2J" in text
        assert not {"\x1b]", "\x07", "\x9b"} & {
            text[at : at + size] for at in range(len(text)) for size in (1, 2)
        }
