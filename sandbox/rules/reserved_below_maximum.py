"""Queues may start more batches at once than their function's reserved concurrency takes.

## Why it matters
What the function throttles was received all the same, and each receive counts: messages
become dead letters although no function has failed.

## Instead of
    reserved_concurrency = 5     # with maximum_concurrency = 20 on its queue
## Use
    reserved_concurrency = 20    # at least the sum over the queues of the function
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.facts import facts
from sandbox.design.parts import Node
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import QueueMapping, queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Add up what the queues of each function may start at once."""
    fed: dict[str, tuple[Node, int, float]] = {}
    for at in queue_mappings(evaluation.design):
        reserved = at.target.reserved_concurrency
        if reserved is not None:
            before = fed[at.function.id][2] if at.function.id in fed else 0.0
            fed[at.function.id] = (at.function, reserved, before + most_batches(at))
    for function, reserved, most in fed.values():
        if most > reserved:
            yield RULE.finding(
                f"its queues may start {number(most)} batches at once, it has reserved {number(reserved)}; "
                "the others are throttled, and each of their messages has used up a receive",
                node=function.id,
                fix={f"nodes.{function.id}.reserved_concurrency": ceil(most)},
            )


def most_batches(at: QueueMapping) -> float:
    """Most batches in service at once that the mapping says; nothing where it says none."""
    most = float(at.edge.maximum_concurrency or 0)
    if at.edge.provisioned_pollers is not None:
        most = at.edge.provisioned_pollers * facts("lambda").quotas["provisioned_poller_invocations"].value
    return min(most, at.source.message_groups or most)


RULE = Rule(
    "reserved-below-maximum",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
    metric="concurrency",
)
