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
from sandbox.outcome import Finding, LimitUse
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
        share = percent(node.throttled_per_s / node.offered_per_s)
        yield RULE.finding(
            f"throttles {share} of {rate(node.offered_per_s)}{_because(binding) if binding else ''}",
            node=key,
            source=binding.source if binding else "",
        )


def _because(use: LimitUse) -> str:
    """What is asked for and what is there; a mean that fits is exceeded by its peaks."""
    asked, there = f"{number(use.demand)} {use.unit} asked for", f"{number(use.capacity)} available"
    if use.unit.endswith("connections"):
        return f"; its {use.name} are exhausted: {asked}, {there}"
    if use.demand <= use.capacity:
        return f"; {use.name}: {asked} on average, {there}, and random peaks need more"
    return f"; {use.name}: {asked}, {there}"


RULE = Rule(
    "items-throttled",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html",
    metric="throttled_per_s",
)
