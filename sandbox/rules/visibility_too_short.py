"""A queue's visibility is shorter than six times its consumer's timeout and the batching window.

## Why it matters
A message whose consumer is still busy, or whose batch is throttled and tried again, appears
once more: the work is done twice and billed twice, and attempts are used up for nothing.

## Instead of
    visibility_timeout_s = 30    # with timeout_s = 30
## Use
    visibility_timeout_s = 180   # six times the timeout, plus the batching window
"""

from collections.abc import Iterator

from sandbox.catalog.practice import TIMEOUTS, wanted_visibility_s
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import QueueMapping, queue_mappings
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every queue whose visibility AWS takes but advises against."""
    for at in slowest_mappings(evaluation.design):
        given, timeout, window = at.source.visibility_timeout_s, at.target.timeout_s, at.edge.batch_window_s
        wanted = wanted_visibility(at)
        if timeout <= given < wanted:
            plus = f" plus the batching window ({number(window)} s)" if window else ""
            yield RULE.finding(
                f"messages come back after {number(given)} s; AWS advises {number(wanted)} s: "
                f"{TIMEOUTS} × the timeout of {at.function.title} ({number(timeout)} s){plus}",
                node=at.queue.id,
                fix={f"nodes.{at.queue.id}.visibility_timeout_s": wanted},
            )


def slowest_mappings(design: Design) -> tuple[QueueMapping, ...]:
    """For every queue that drives functions, the mapping that wants the longest visibility."""
    slowest: dict[str, QueueMapping] = {}
    for at in queue_mappings(design):
        other = slowest.get(at.queue.id)
        if other is None or wanted_visibility(at) > wanted_visibility(other):
            slowest[at.queue.id] = at
    return tuple(slowest.values())


def wanted_visibility(at: QueueMapping) -> int:
    """Visibility timeout that AWS advises for one consumer, in whole seconds as SQS takes them [s]."""
    return wanted_visibility_s(at.target.timeout_s, at.edge.batch_window_s)


RULE = Rule(
    "visibility-too-short",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
)
