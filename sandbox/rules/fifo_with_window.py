"""The mapping of a FIFO queue has a batching window.

## Why it matters
AWS refuses the mapping: messages of a FIFO queue are handed over in order as they come, and
Lambda does not wait to gather them.

## Instead of
    batch_window_s = 5           # on a mapping of a FIFO queue
## Use
    batch_window_s = 0
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import duration


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every FIFO queue that drives a function."""
    for at in queue_mappings(evaluation.design):
        if at.source.fifo and at.edge.batch_window_s > 0:
            yield RULE.finding(
                f"AWS refuses a batching window on a FIFO queue; it is {duration(at.edge.batch_window_s)}",
                edge=at.name,
                fix={f"{at.path}.batch_window_s": 0},
            )


RULE = Rule(
    "fifo-with-window",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
)
