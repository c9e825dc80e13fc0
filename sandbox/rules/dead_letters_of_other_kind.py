"""A dead-letter queue is of another kind than what it takes dead letters from.

## Why it matters
AWS refuses it: a FIFO queue or topic needs a FIFO dead-letter queue, a standard one a standard one.

## Instead of
    fifo = true                  # on the queue, with a standard dead-letter queue
## Use
    fifo = true                  # on both
"""

from collections.abc import Iterator, Mapping

from sandbox.catalog.services.sns import Sns
from sandbox.catalog.services.sqs import Sqs
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every dead-letter edge of a queue or a topic."""
    design = evaluation.design
    for edge in design.edges:
        source, target = design.nodes[edge.source].settings, design.nodes[edge.target].settings
        if edge.role != "dead-letter" or not isinstance(source, Sqs | Sns) or not isinstance(target, Sqs):
            continue
        if source.fifo != target.fifo:
            what = "queue" if isinstance(source, Sqs) else "topic"
            yield RULE.finding(
                f"AWS refuses it: the dead-letter queue of a {_kind(source.fifo)} {what} is "
                f"{_kind(source.fifo)} too; this one is {_kind(target.fifo)}",
                edge=edge_name(edge),
                fix=_fix(design, edge, target, fifo=source.fifo),
            )


def _kind(fifo: bool) -> str:
    return "FIFO" if fifo else "standard"


def _fix(design: Design, edge: Edge, target: Sqs, *, fifo: bool) -> Mapping[str, object] | None:
    """Make the dead-letter queue alike, where nothing else there stands against it."""
    sources = (design.nodes[into.source].settings for into in design.inflows(edge.target) if into != edge)
    shared = any(isinstance(other, Sqs | Sns) and other.fifo != fifo for other in sources)
    only_fifo = target.high_throughput or target.message_groups is not None
    return None if shared or only_fifo else {f"nodes.{edge.target}.fifo": fifo}


RULE = Rule(
    "dead-letters-of-other-kind",
    "error",
    check,
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html",
)
