"""A node refuses part of what it is asked for.

## Why it matters
What is refused goes back to the caller: a person sees an error, a caller with retries asks
again and so adds to the load, a poller brings the message back later.

## Instead of
    reserved_concurrency = 10    # asked for 14
## Use
    reserved_concurrency = 30    # or a queue before it, or a shorter duration
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import number, percent, rate

SHOWN = 1e-4
"""Share refused from which it is told."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every node that refuses more than one item in ten thousand."""
    for key, node in evaluation.nodes.items():
        if node.throttled_per_s <= SHOWN * node.offered_per_s or node.offered_per_s <= 0:
            continue
        binding = next((use for use in node.limits if use.refused > 0), None)
        because = (
            f": {binding.name} is asked for {number(binding.demand)} of {number(binding.capacity)} {binding.unit}"
            if binding
            else ""
        )
        share = percent(node.throttled_per_s / node.offered_per_s)
        yield Finding(
            rule=RULE.name,
            severity=RULE.severity,
            node=key,
            message=f"throttles {share} of {rate(node.offered_per_s)}{because}",
            source=binding.source if binding else RULE.source,
        )


RULE = Rule(
    "items-throttled", "error", check, "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"
)
