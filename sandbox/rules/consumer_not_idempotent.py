"""Something that must not do its work twice gets its items at least once.

## Why it matters
Queues, streams and events promise that an item is handed out at least once. After an error, a timeout or a
lost answer it comes again, and now and then it does so for no reason at all: a customer is charged twice.

## Instead of
    idempotent = false           # of a function behind a standard queue
## Use
    idempotent = true            # once its writes are conditional on the item's own key
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.consumers import Consumer, consumers, often
from sandbox.rules.rule import Rule
from sandbox.units import listed, rate

SHOWN = 1 / 86_400
"""Items that are worked again from which a FIFO queue is told of: one a day [items/s]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every consumer that says so of itself; a FIFO queue alone only repeats what fails."""
    for at in consumers(evaluation):
        if at.is_idempotent is False and (at.again_per_s >= SHOWN or not at.keeps_order):
            done = f"what it does to {listed(at.writes)}" if at.writes else "its work"
            yield RULE.finding(
                f"is not idempotent, and gets {rate(at.items_per_s)} at least once: {_how_often(at)}, "
                f"and {done} is done twice",
                node=at.node.id,
            )


def _how_often(at: Consumer) -> str:
    """What is known of how many come again."""
    if at.again_per_s >= SHOWN:
        return f"{often(at.again_per_s)} are worked again"
    return "any of them may come again, though none fails here"


RULE = Rule(
    "consumer-not-idempotent",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html",
)
