"""A queue or stream gets more than its consumer takes, so its backlog grows.

## Why it matters
Messages wait longer and longer, and are lost when they reach the end of their retention.

## Instead of
    maximum_concurrency = 2      # 20 messages/s, with 30 arriving
## Use
    maximum_concurrency = 5      # lanes × batch ÷ duration above the inflow
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number, rate


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every node that holds items."""
    for key, node in evaluation.nodes.items():
        dead_letters = any(edge.kind == "dead-letter" for edge in evaluation.design.inflows(key))
        if node.backlog_growth_per_s <= 0 or dead_letters:
            continue
        consumer = next((use for use in node.limits if use.key.startswith("consumer")), None)
        because = (
            f": {consumer.name} is {number(consumer.capacity)} {consumer.unit}, asked for {number(consumer.demand)}"
            if consumer
            else ": nothing reads it"
        )
        message = f"its backlog grows by {rate(node.backlog_growth_per_s)}{because}"
        yield Finding(RULE.name, RULE.severity, message, node=key, source=RULE.source)


RULE = Rule(
    "backlog-growing",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
)
