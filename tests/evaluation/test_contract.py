"""The JSON result keeps its names, and never holds what JSON cannot."""

import json

import pytest

from sandbox.app.present import costs
from sandbox.app.reading import Reading
from sandbox.evaluate import evaluate

from .designs import design, edge, node, pipeline

NODE = {
    "service", "offered_per_s", "accepted_per_s", "throttled_per_s", "failed_per_s", "invocations_per_s",
    "concurrency", "latency_ms", "cold_start_ratio", "environments", "backlog_growth_per_s", "oldest_age_s",
    "lost_per_s", "limits", "monthly_usd",
}  # fmt: skip
LIMIT = {"name", "unit", "scope", "demand", "capacity", "utilisation", "adjustable"}
EDGE = {"from", "to", "kind", "items_per_s", "batch_size", "lanes", "attempts_per_item"}
FLOW = {"rate_per_s", "success_ratio", "latency_ms", "completion_lag_ms", "lost_per_s"}
LINE = {"node", "item", "quantity", "unit", "unit_usd", "usd", "source"}
TOP = {
    "schema", "design", "region", "load", "converged", "nodes", "edges", "flows", "headroom", "cost",
    "findings", "goals",
}  # fmt: skip


def test_names():
    """Every object has exactly the keys of the contract."""
    told = evaluate(pipeline()).to_dict()

    assert set(told) == TOP
    assert {frozenset(n) for n in told["nodes"].values()} == {frozenset(NODE)}
    assert {frozenset(limit) for n in told["nodes"].values() for limit in n["limits"]} == {frozenset(LIMIT)}
    assert {frozenset(e) for e in told["edges"]} == {frozenset(EDGE)}
    assert {frozenset(f) for f in told["flows"].values()} == {frozenset(FLOW)}
    assert {frozenset(line) for line in told["cost"]["lines"]} == {frozenset(LINE)}
    rung = {"node", "limit", "load_multiplier", "rate_per_s", "adjustable", "months"}
    assert set(told["headroom"][0]) == rung


ABSURD = {
    "nothing sent": node("t", "traffic", rate_per_s=0) + node("f", "lambda") + edge("t", "f"),
    "a billion a second": node("t", "traffic", rate_per_s=1e9) + node("f", "lambda") + edge("t", "f"),
    "no concurrency": node("t", "traffic") + node("f", "lambda", reserved_concurrency=0) + edge("t", "f"),
    "always failing": node("t", "traffic", retries=100)
    + node("f", "lambda", error_ratio=1)
    + node("q", "sqs")
    + edge("t", "q")
    + edge("q", "f"),
    "always late": node("t", "traffic") + node("f", "lambda", duration_ms=9e5, timeout_s=1) + edge("t", "f"),
    "no time at all": node("t", "traffic") + node("f", "lambda", duration_ms=0, init_ms=0) + edge("t", "f"),
    "alone": node("q", "sqs"),
    "feeds itself": node("t", "traffic") + node("f", "lambda") + node("q", "sqs") + edge("t", "f")
    + edge("f", "q", calls=2) + edge("q", "f"),
    "one user who never thinks": '[nodes.t]\nservice = "traffic"\nusers = {concurrent = 1, think_s = 0}\n'
    + node("f", "lambda") + edge("t", "f"),
}  # fmt: skip


@pytest.mark.parametrize("body", ABSURD.values(), ids=ABSURD)
def test_no_nan(body: str):
    """Absurd designs have a result too, without NaN or infinity."""
    json.dumps(evaluate(design(body)).to_dict(), allow_nan=False)


def test_lines_sum_to_the_total():
    """The bill's lines add up to what the nodes and the total say."""
    told = evaluate(pipeline()).to_dict()

    by_line = sum(line["usd"] for line in told["cost"]["lines"])
    assert by_line == pytest.approx(told["cost"]["monthly_usd"], abs=1e-9)
    assert sum(n["monthly_usd"] for n in told["nodes"].values()) == pytest.approx(by_line, rel=1e-9)


def test_loads_at_once():
    """An array of loads gives what each load gives alone."""
    import numpy as np  # noqa: PLC0415

    together = evaluate(pipeline(), np.array([1.0, 3.0]))
    alone = evaluate(pipeline(), 3.0)

    assert together.at(1).nodes["ship"].offered_per_s == pytest.approx(
        alone.nodes["ship"].offered_per_s, rel=1e-7
    )
    assert together.at(1).monthly_usd == pytest.approx(alone.monthly_usd, rel=1e-7)


def test_cost_of_a_customer():
    """The bill over the customers that the month's requests come from: 26,280 who make 1,000 each at 10/s."""
    told = evaluate(
        design(
            node("t", "traffic", rate_per_s=10, requests_per_customer_month=1000)
            + node("f", "lambda")
            + edge("t", "f")
        )
    )

    assert told.per_customer_usd == pytest.approx(told.monthly_usd / 26_280)
    assert evaluate(pipeline()).per_customer_usd is None


def test_the_bill_with_the_people():
    """Twelve hours a month and 160 to build, at 90 USD each: 1,080 a month, 14,400 once."""
    effort = "[effort]\nbuild_hours = 160\nrun_hours_per_month = 12\nusd_per_hour = 90\n"
    evaluation = evaluate(design(effort + node("t", "traffic") + node("f", "lambda") + edge("t", "f")))
    cost = evaluation.to_dict()["cost"]
    bill = cost["monthly_usd"]

    assert cost["total"] == pytest.approx(
        {
            "run_monthly_usd": 1080,
            "build_usd": 14_400,
            "monthly_usd": bill + 1080,
            "first_year_usd": 14_400 + 12 * (bill + 1080),
            "three_years_usd": 14_400 + 36 * (bill + 1080),
        }
    )
    assert "$14,400.00 to build" in costs.total(Reading(evaluation))
    assert evaluate(pipeline()).to_dict()["cost"]["total"] is None
    assert costs.total(Reading(evaluate(pipeline()))) == ""
