"""Items are worked more than once, and nothing says that their consumer can stand it.

## Why it matters
What fails comes back, and a failed batch brings back all of its items, also those that were done. Unless the
consumer knows them by their key, what it writes, sends or charges for them happens once more.

## Instead of
    error_ratio = 0.01           # of a function that writes orders, one try in a hundred
## Use
    idempotent = true            # once its writes are conditional; report_item_failures repeats fewer
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.consumers import consumers, often
from sandbox.rules.rule import Rule
from sandbox.units import listed, percent

SHOWN = 1 / 3600
"""Items worked again from which it is told: one an hour [items/s]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every consumer that writes and does not say whether it may do so twice."""
    for at in consumers(evaluation):
        if at.is_idempotent is None and at.writes and at.again_per_s >= SHOWN:
            yield RULE.finding(
                f"{often(at.again_per_s)} are worked again, {percent(at.again_per_s / at.items_per_s)} of "
                f"all, and each time it writes to {listed(at.writes)}; make that conditional and say "
                "idempotent = true",
                node=at.node.id,
            )


RULE = Rule(
    "items-worked-twice",
    "note",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
)
