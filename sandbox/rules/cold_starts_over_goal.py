"""More requests start cold than a latency goal leaves room for, and a start takes longer than the goal.

## Why it matters
A goal for the 95th percentile says what one request in twenty may take longer than. Where more than that
start a new environment, and the init alone is over the goal, no faster code can meet it.

## Instead of
    init_ms = 4000               # with a goal of 500 ms for the 99th percentile
## Use
    snap_start = true            # or provisioned_concurrency, or a smaller package
"""

from collections.abc import Iterator

from sandbox.catalog.facts import resolve
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.services.lambda_ import init_s
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import duration, milliseconds, percent

_PERCENTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that a source with a goal waits for; the strictest goal counts."""
    design = evaluation.design
    goals = [*_goals(evaluation)]
    waited = {source: _waited_for(evaluation, source) for source, _, _ in goals}
    for key, node in design.nodes.items():
        mine = [goal for goal in goals if key in waited[goal[0]]]
        if not isinstance(node.settings, Lambda) or node.settings.managed_instances or not mine:
            continue
        told = evaluation.nodes[key]
        cold = (told.cold_start_ratio or 0.0) if told.invocations_per_s else 0.0
        init = init_s(node.settings, resolve("lambda", design.region, design.account_of(key).in_force))
        over = [goal for goal in mine if cold > 1 - _PERCENTILES[goal[1]] and init * 1000 > goal[2]]
        if over:
            source, name, most = min(over, key=lambda goal: goal[2])
            yield RULE.finding(
                f"{percent(cold)} of its invocations start cold, which takes {duration(init)}; "
                f"{design.nodes[source].title} is to wait {milliseconds(most)} at {name}",
                node=key,
            )


def _goals(evaluation: Evaluation) -> Iterator[tuple[str, str, float]]:
    """Sources with a goal for a percentile of their latency, at this load, and its bound [ms]."""
    for goal in evaluation.design.goals:
        head, _, name = goal.metric.rpartition(".latency_ms.")
        source = head.removeprefix("flows.")
        known = name in _PERCENTILES and source in evaluation.design.nodes
        if known and goal.at_most is not None and goal.at_load == 1:
            yield source, name, goal.at_most


def _waited_for(evaluation: Evaluation, source: str) -> list[str]:
    """Nodes that a source waits for, itself first."""
    found = [source]
    for node in found:
        for edge in evaluation.design.outflows(node):
            if edge.kind == "sync" and edge.target not in found:
                found.append(edge.target)
    return found


RULE = Rule(
    "cold-starts-over-goal",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    metric="cold_start_ratio",
)
