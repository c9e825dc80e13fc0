"""The JSON contract of an evaluation: every name in it is relied on by other people's scripts."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox.outcome import EdgeOutcome, FlowOutcome, LimitUse, NodeOutcome, Percentiles
from sandbox.total import TotalCost

if TYPE_CHECKING:
    from sandbox.evaluation import Evaluation

SCHEMA = 1


def to_dict(evaluation: "Evaluation") -> dict[str, object]:
    """The whole result as plain values."""
    return {
        **numbers(evaluation),
        "headroom": [
            {
                "node": rung.node,
                "limit": rung.limit,
                "load_multiplier": rung.load_multiplier,
                "rate_per_s": finite(rung.rate_per_s),
                "adjustable": rung.adjustable,
                "months": finite(rung.months),
            }
            for rung in evaluation.headroom
        ],
        "findings": [_finding(finding) for finding in evaluation.findings],
        "goals": [
            {
                "metric": g.metric,
                "at_load": g.at_load,
                "wanted": g.wanted,
                "actual": finite(g.actual),
                "met": g.met,
                "horizon_s": g.horizon_s,
            }
            for g in evaluation.goals
        ],
    }


def numbers(evaluation: "Evaluation") -> dict[str, object]:
    """The result without headroom, findings and goals: what a goal may be about."""
    design = evaluation.design
    return {
        "schema": SCHEMA,
        "design": design.name,
        "region": design.region,
        "load": evaluation.load,
        "converged": evaluation.converged,
        "nodes": {key: _node(node) for key, node in evaluation.nodes.items()},
        "edges": [_edge(edge) for edge in evaluation.edges],
        "flows": {key: _flow(flow) for key, flow in evaluation.flows.items()},
        "cost": {
            "monthly_usd": sum((line.usd for line in evaluation.lines), start=0.0),
            "per_million_requests_usd": evaluation.per_million_usd,
            "total": _total(evaluation.total_cost),
            "lines": [vars(line) | {} for line in evaluation.lines],
        },
    }


def _total(total: TotalCost | None) -> dict[str, object] | None:
    """The bill with the people's cost; null where the design says nothing of effort."""
    if total is None:
        return None
    return {
        "run_monthly_usd": total.run_usd,
        "build_usd": total.build_usd,
        "monthly_usd": total.monthly_usd,
        "first_year_usd": total.over(1),
        "three_years_usd": total.over(3),
    }


def finite(value: float | None) -> float | None:
    """A number, or null for what has none."""
    return None if value is None or not math.isfinite(value) else float(value)


def _percentiles(told: Percentiles | None) -> dict[str, float | None] | None:
    return None if told is None else {name: finite(value) for name, value in vars(told).items()}


def _limit(use: LimitUse) -> dict[str, object]:
    return {
        "name": use.name,
        "unit": use.unit,
        "scope": use.scope,
        "demand": finite(use.demand),
        "capacity": finite(use.capacity),
        "utilisation": finite(use.utilisation),
        "adjustable": use.adjustable,
    }


def _node(node: NodeOutcome) -> dict[str, object]:
    return {
        "service": node.service,
        "offered_per_s": finite(node.offered_per_s),
        "accepted_per_s": finite(node.accepted_per_s),
        "throttled_per_s": finite(node.throttled_per_s),
        "failed_per_s": finite(node.failed_per_s),
        "invocations_per_s": finite(node.invocations_per_s),
        "concurrency": finite(node.concurrency),
        "latency_ms": _percentiles(node.latency),
        "cold_start_ratio": finite(node.cold_start_ratio),
        "environments": finite(node.environments),
        "backlog_growth_per_s": finite(node.backlog_growth_per_s),
        "oldest_age_s": finite(node.oldest_age_s),
        "lost_per_s": finite(node.lost_per_s),
        "limits": [_limit(use) for use in node.limits],
        "monthly_usd": finite(node.monthly_usd),
    }


def _edge(edge: EdgeOutcome) -> dict[str, object]:
    return {
        "from": edge.source,
        "to": edge.target,
        "kind": edge.kind,
        "items_per_s": finite(edge.items_per_s),
        "batch_size": finite(edge.batch_size),
        "lanes": finite(edge.lanes),
        "attempts_per_item": finite(edge.attempts_per_item),
    }


def _flow(flow: FlowOutcome) -> dict[str, object]:
    return {
        "rate_per_s": finite(flow.rate_per_s),
        "success_ratio": finite(flow.success_ratio),
        "latency_ms": _percentiles(flow.latency),
        "completion_lag_ms": {key: _percentiles(told) for key, told in flow.completion_lag.items()},
        "lost_per_s": finite(flow.lost_per_s),
    }


def _finding(finding: object) -> Mapping[str, object]:
    """Node and edge are both there; the one that does not apply is null."""
    return dict(vars(finding))
