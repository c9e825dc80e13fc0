"""Queues may start more batches at once than their function's reserved concurrency takes.

## Why it matters
What the function throttles was received all the same, and each receive counts: messages
become dead letters although no function has failed.

## Instead of
    reserved_concurrency = 5     # with maximum_concurrency = 20 on its queue
## Use
    maximum_concurrency = 5      # as much as is reserved; or reserve the sum over the queues
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.ceilings import LEAST_MAXIMUM
from sandbox.rules.mappings import QueueMapping, queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Add up what the queues of each function may start at once."""
    fed: dict[str, list[QueueMapping]] = {}
    for at in queue_mappings(evaluation.design):
        fed.setdefault(at.function.id, []).append(at)
    for key, mappings in fed.items():
        reserved, most = mappings[0].target.reserved_concurrency, sum(map(most_batches, mappings))
        if reserved is not None and most > reserved:
            yield RULE.finding(
                f"its queues may start {number(most)} batches at once, it has reserved {number(reserved)}; "
                "the others are throttled, and each of their messages has used up a receive",
                node=key,
                fix=_fix(mappings, reserved, most),
            )


def _fix(mappings: list[QueueMapping], reserved: int, most: float) -> dict[str, object]:
    """A single queue starts what is reserved and throttles nobody else's work; several need more of it."""
    only = mappings[0]
    if len(mappings) == 1 and only.edge.maximum_concurrency and reserved >= LEAST_MAXIMUM:
        return {f"{only.path}.maximum_concurrency": reserved}
    return {f"nodes.{only.function.id}.reserved_concurrency": ceil(most)}


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
