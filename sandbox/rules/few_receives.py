"""A queue that drives a function gives its messages up after fewer than five receives.

## Why it matters
A throttled batch counts as a receive too, so with few receives a short overload fills the
dead-letter queue although no function has failed.

## Instead of
    max_receive_count = 1
## Use
    max_receive_count = 5        # or more
"""

from collections.abc import Iterator

from sandbox.catalog.edges import DeadLetterEdge
from sandbox.catalog.practice import LEAST_RECEIVES
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name, edge_path, queue_mappings
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the dead-letter edges of every queue that drives a function."""
    design = evaluation.design
    polled = {at.queue.id for at in queue_mappings(design)}
    for index, edge in enumerate(design.edges):
        settings = edge.settings
        if edge.source not in polled or not isinstance(settings, DeadLetterEdge):
            continue
        if settings.max_receive_count < LEAST_RECEIVES:
            times = f"{settings.max_receive_count} receive{'s' if settings.max_receive_count > 1 else ''}"
            yield RULE.finding(
                f"messages are given up after {times}, throttled ones too; "
                f"AWS advises {LEAST_RECEIVES} or more",
                edge=edge_name(edge),
                fix={f"{edge_path(design, index)}.max_receive_count": LEAST_RECEIVES},
            )


RULE = Rule(
    "few-receives",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
)
