"""A dead-letter queue keeps messages no longer than the queue that they come from.

## Why it matters
A standard queue counts a message's age from when it was first sent, also after it became a dead letter. One
that waited long before has little time left, and is gone before anybody looks.

## Instead of
    retention_s = 345_600        # four days, on both queues
## Use
    retention_s = 1_209_600      # fourteen days, on the dead-letter queue
"""

from collections.abc import Iterator

from sandbox.catalog.practice import LONGEST_RETENTION_S
from sandbox.catalog.services.sqs import Sqs
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import duration


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every standard queue that takes the dead letters of another; a FIFO queue counts anew."""
    design = evaluation.design
    for edge in design.edges:
        queue, dead = design.nodes[edge.source].settings, design.nodes[edge.target].settings
        if edge.role != "dead-letter" or not isinstance(queue, Sqs) or not isinstance(dead, Sqs):
            continue
        if dead.fifo or dead.retention_s > min(queue.retention_s, LONGEST_RETENTION_S - 1):
            continue
        yield RULE.finding(
            f"it keeps messages for {duration(dead.retention_s)}, counted from when they were first sent, "
            f"and {design.nodes[edge.source].title} for {duration(queue.retention_s)}",
            edge=edge_name(edge),
            fix={f"nodes.{edge.target}.retention_s": LONGEST_RETENTION_S},
        )


RULE = Rule(
    "dead-letters-kept-too-short",
    "warning",
    check,
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
)
