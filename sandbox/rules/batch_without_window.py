"""A queue's mapping wants batches of more than ten messages without waiting for them.

## Why it matters
One receive brings ten messages at most, so larger batches must be gathered. AWS refuses the
mapping unless its batching window is at least a second.

## Instead of
    batch_size = 100             # with batch_window_s = 0
## Use
    batch_size = 100
    batch_window_s = 1
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import duration, number

LEAST_WINDOW_S = 1
"""Shortest window of a batch that takes more than one receive [s]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every mapping of a standard queue; a FIFO queue has neither large batches nor a window."""
    most = facts("sqs").quotas["batch_most"].value
    for at in queue_mappings(evaluation.design):
        size, window = at.edge.batch_size, at.edge.batch_window_s
        if not at.source.fifo and size > most and window < LEAST_WINDOW_S:
            yield RULE.finding(
                f"AWS refuses batches of {number(size)} messages with a window of {duration(window)}; "
                f"above {number(most)} the window is at least {duration(LEAST_WINDOW_S)}",
                edge=at.name,
                fix={f"{at.path}.batch_window_s": LEAST_WINDOW_S},
            )


RULE = Rule(
    "batch-without-window",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
)
