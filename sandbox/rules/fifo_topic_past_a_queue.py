"""A FIFO topic delivers to something else than a queue.

## Why it matters
AWS refuses the subscription: only queues keep what a FIFO topic promises.

## Instead of
    # FIFO topic → function
## Use
    # FIFO topic → FIFO queue → function
"""

from collections.abc import Iterator

from sandbox.catalog.services.sns import Sns
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every subscription of a FIFO topic."""
    design = evaluation.design
    for edge in design.edges:
        topic, target = design.nodes[edge.source].settings, design.nodes[edge.target]
        if isinstance(topic, Sns) and topic.fifo and target.service != "sqs":
            kind = "a function" if target.service == "lambda" else "an HTTP endpoint"
            yield RULE.finding(
                f"AWS refuses it: a FIFO topic delivers to queues alone, not to {kind}; put a queue between",
                edge=edge_name(edge),
            )


RULE = Rule(
    "fifo-topic-past-a-queue",
    "error",
    check,
    "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
)
