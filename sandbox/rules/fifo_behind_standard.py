"""A FIFO queue or topic is to be fed by what has no order: a standard topic or a bucket.

## Why it matters
AWS refuses the subscription or the notification: where there is no order none can be kept.

## Instead of
    # standard topic → FIFO queue
## Use
    fifo = true                  # on the topic too, or a standard queue behind it
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

BUCKETS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html"


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every delivery of a topic or a bucket; dead letters have a rule of their own."""
    design = evaluation.design
    for edge in design.edges:
        source, target = design.nodes[edge.source], design.nodes[edge.target].settings
        if edge.role or not isinstance(target, Sqs | Sns) or not target.fifo:
            continue
        what = "queue" if isinstance(target, Sqs) else "topic"
        if source.service == "s3":
            message = f"AWS refuses it: a bucket does not notify a FIFO {what}; let a function send to it"
            yield RULE.finding(message, edge=edge_name(edge), source=BUCKETS)
        elif isinstance(source.settings, Sns) and not source.settings.fifo:
            message = f"AWS refuses it: a standard topic does not deliver to a FIFO {what}"
            yield RULE.finding(message, edge=edge_name(edge), fix=_fix(design, edge))


def _fix(design: Design, edge: Edge) -> Mapping[str, object] | None:
    """Order the topic, where nothing else there stands against it."""
    onward = all(design.nodes[out.target].service == "sqs" for out in design.outflows(edge.source))
    notified = any(design.nodes[into.source].service == "s3" for into in design.inflows(edge.source))
    return {f"nodes.{edge.source}.fifo": True} if onward and not notified else None


RULE = Rule(
    "fifo-behind-standard",
    "error",
    check,
    "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
)
