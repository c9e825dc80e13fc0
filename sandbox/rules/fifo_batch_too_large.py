"""The mapping of a FIFO queue wants batches of more than ten messages.

## Why it matters
AWS refuses the mapping: a batch of a FIFO queue is one receive, and that brings ten messages at most.

## Instead of
    batch_size = 100             # on a mapping of a FIFO queue
## Use
    batch_size = 10
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every FIFO queue that drives a function."""
    most = int(facts("sqs").quotas["batch_most"].value)
    for at in queue_mappings(evaluation.design):
        if at.source.fifo and at.edge.batch_size > most:
            yield RULE.finding(
                f"AWS refuses batches of {number(at.edge.batch_size)} messages from a FIFO queue; "
                f"{most} at most",
                edge=at.name,
                fix={f"{at.path}.batch_size": most},
            )


RULE = Rule(
    "fifo-batch-too-large",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
)
