"""Events or records are given up after their last try, with nowhere to go.

## Why it matters
Nobody sees them again, and nothing says so.

## Instead of
    # kinesis → function with max_attempts = 3, and no other edge
## Use
    # an edge with role = "on-failure" to a queue
"""

from collections.abc import Iterator

from sandbox.catalog.usage import MONTH_S
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import rate

SHOWN = 1 / MONTH_S
"""Losses from which it is told: one a month [items/s]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every node whose held items are given up."""
    for key, node in evaluation.nodes.items():
        if node.lost_per_s >= SHOWN:
            lost = rate(node.lost_per_s)
            yield RULE.finding(
                f"loses {lost} after their last try; give them a dead-letter or on-failure edge", node=key
            )


RULE = Rule(
    "items-lost",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
    metric="failed_per_s",
)
