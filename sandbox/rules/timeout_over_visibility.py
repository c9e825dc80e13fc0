"""A function may run longer than the messages of its queue stay hidden.

## Why it matters
A message would be delivered again while it is still worked on, so AWS refuses the mapping.

## Instead of
    timeout_s = 60               # with visibility_timeout_s = 30
## Use
    visibility_timeout_s = 360   # six times the timeout, plus the batching window
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.rules.visibility_too_short import slowest_mappings, wanted_visibility
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every queue that drives a function."""
    for at in slowest_mappings(evaluation.design):
        given, timeout = at.source.visibility_timeout_s, at.target.timeout_s
        if timeout > given:
            yield RULE.finding(
                f"AWS refuses the mapping: {at.function.title} may run {number(timeout)} s, "
                f"and messages come back after {number(given)} s",
                node=at.queue.id,
                fix={f"nodes.{at.queue.id}.visibility_timeout_s": wanted_visibility(at)},
            )


RULE = Rule(
    "timeout-over-visibility",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
)
