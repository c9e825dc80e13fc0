"""A queue's mapping has provisioned pollers and a maximum concurrency, which exclude each other.

## Why it matters
AWS refuses the mapping. Each provisioned poller brings ten invocations, so their number
already says how many run at once.

## Instead of
    provisioned_pollers = 5      # with maximum_concurrency = 20
## Use
    provisioned_pollers = 5      # 50 invocations at once, paid by the hour
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import queue_mappings
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every queue that drives a function."""
    for at in queue_mappings(evaluation.design):
        pollers, most = at.edge.provisioned_pollers, at.edge.maximum_concurrency
        if pollers is not None and most is not None:
            yield RULE.finding(
                f"AWS refuses provisioned pollers ({pollers:,}) beside a maximum concurrency ({most:,})",
                edge=at.name,
                fix={f"{at.path}.maximum_concurrency": None},
            )


RULE = Rule(
    "pollers-and-maximum",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
)
