"""Some of a function's invocations come near the fifteen minutes that it may run at most.

## Why it matters
What is not done by then is cut, billed to its end and begun again from the start, and its data only grows.
Such work belongs in a container task, or in a workflow of short steps.

## Instead of
    duration_ms = 600_000        # ten minutes, and some take fifteen
## Use
    service = "fargate"          # a task that a workflow starts, or a map over parts of the work
"""

from collections.abc import Iterator

from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import duration, milliseconds, percent

LONGEST_S = 900.0
"""Most that a function's timeout may be [s]."""
NEAR = 0.8
"""Share of the longest time that the slowest of a hundred may take."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the 99th percentile of every function."""
    for key, node in evaluation.design.nodes.items():
        latency = evaluation.nodes[key].latency
        if not isinstance(node.settings, Lambda) or latency is None:
            continue
        if latency.p99 / 1000 > NEAR * LONGEST_S:
            yield RULE.finding(
                f"one invocation in a hundred takes {milliseconds(latency.p99)}, "
                f"{percent(latency.p99 / 1000 / LONGEST_S)} of the {duration(LONGEST_S)} that it may run",
                node=key,
            )


RULE = Rule(
    "too-long-for-function",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    metric="latency_ms.p99",
)
