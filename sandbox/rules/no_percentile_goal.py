"""Latency has a goal for its mean, but none for a percentile.

## Why it matters
A mean hides the slow ones: with one request in twenty at two seconds and the rest at 50 ms the mean is
150 ms. People who ask for a page with ten requests meet a slow one on two pages in five.

## Instead of
    metric = "flows.shoppers.latency_ms.mean"
## Use
    metric = "flows.shoppers.latency_ms.p95"
"""

from collections.abc import Iterator

from sandbox.design.metrics import is_of_run
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import milliseconds

_MEAN = ".latency_ms.mean"


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the goals of each source and node that have one for a mean."""
    goals = evaluation.design.goals
    for goal in goals:
        head = goal.metric.removesuffix(_MEAN)
        if head == goal.metric or goal.at_most is None or is_of_run(goal.metric):
            continue  # a run has no percentiles
        if not any(other.metric.startswith(f"{head}.latency_ms.p") for other in goals):
            name = head.rpartition(".")[2]
            yield RULE.finding(
                f"a mean of {milliseconds(goal.at_most)} is wanted, and no percentile: "
                "one request in twenty may take twenty times that",
                node=name if name in evaluation.design.nodes else None,
            )


RULE = Rule(
    "no-percentile-goal",
    "note",
    check,
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html",
)
