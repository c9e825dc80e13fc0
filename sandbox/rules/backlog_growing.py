"""A queue or stream gets more than its consumer takes, so its backlog grows.

## Why it matters
Messages wait longer and longer, and are lost when they reach the end of their retention.

## Instead of
    maximum_concurrency = 2      # 20 messages/s, with 30 arriving
## Use
    maximum_concurrency = 5      # lanes × batch ÷ duration above the inflow
"""

from collections.abc import Iterator

from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.rule import Rule
from sandbox.units import number, rate


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every node that holds items."""
    for key, node in evaluation.nodes.items():
        dead_letters = any(edge.kind == "dead-letter" for edge in evaluation.design.inflows(key))
        if node.backlog_growth_per_s <= 0 or dead_letters:
            continue
        consumer = next((use for use in node.limits if use.key.startswith("consumer")), None)
        because = _because(evaluation.design, key, consumer)
        message = f"its backlog grows by {rate(node.backlog_growth_per_s)}: {because}"
        yield RULE.finding(message, node=key)


def _because(design: Design, key: str, consumer: LimitUse | None) -> str:
    """What comes in and what its reader takes; a function reads its own events."""
    if consumer is not None:
        came, most = number(consumer.demand), number(consumer.capacity)
        return f"{came} {consumer.unit} come in, and the {consumer.name} is {most}"
    read = any(edge.kind in ("polled", "stream") for edge in design.outflows(key))
    held_by_itself = design.nodes[key].service not in ("sqs", "kinesis", "dynamodb")
    return "more comes in than is taken" if read or held_by_itself else "nothing reads it"


RULE = Rule(
    "backlog-growing",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    metric="backlog_growth_per_s",
)
