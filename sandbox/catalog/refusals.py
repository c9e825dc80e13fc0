"""What AWS refuses between two services that may be connected, because of their settings."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.catalog.connection import Connection
from sandbox.catalog.service import Settings

Test = Callable[[bool, bool], bool]
"""Whether it is refused: whether the source is ordered (FIFO), whether the target is."""


@dataclass(frozen=True)
class Refusal:
    """One thing that AWS does not do."""

    source: str
    targets: tuple[str, ...]
    role: str
    applies: Test
    reason: str
    doc: str


def refused(way: Connection, source: Settings, target: Settings | None) -> str | None:
    """Why AWS refuses a connection between two nodes, in one clause; None where it does not.

    Args:
        way: The connection.
        source: Settings of the node it leaves.
        target: Settings of the node it reaches; None for a new one, which is made to fit where it can be.

    >>> from sandbox.catalog.connections import connections
    >>> from sandbox.catalog.services.sns import Sns
    >>> refused(connections("sns", "lambda")[0], Sns(fifo=True), None)
    'a FIFO topic delivers to queues alone; put a queue between'
    """
    ordered = _ordered(source)
    alike = ordered if target is None else _ordered(target)
    for refusal in REFUSALS:
        concerns = refusal.source == way.source and way.target in refusal.targets
        if concerns and refusal.role == way.role and refusal.applies(ordered, alike):
            return refusal.reason
    return None


def _ordered(settings: Settings) -> bool:
    return bool(getattr(settings, "fifo", False))


_DOCS = "https://docs.aws.amazon.com"
_DEAD = f"{_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html"
_TOPIC = f"{_DOCS}/sns/latest/dg/fifo-message-delivery.html"
_BUCKET = f"{_DOCS}/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html"
_KINDS = "dead letters of a FIFO {0} go to a FIFO queue, those of a standard {0} to a standard one"

REFUSALS = (
    Refusal("sqs", ("sqs",), "dead-letter", lambda a, b: a != b, _KINDS.format("queue"), _DEAD),
    Refusal("sns", ("sqs",), "dead-letter", lambda a, b: a != b, _KINDS.format("topic"), _DEAD),
    Refusal(
        "sns", ("lambda", "external", "firehose"), "", lambda a, _: a,
        "a FIFO topic delivers to queues alone; put a queue between", _TOPIC,
    ),
    Refusal(
        "sns", ("sqs",), "", lambda a, b: b and not a,
        "a standard topic does not deliver to a FIFO queue", _TOPIC,
    ),
    Refusal(
        "s3", ("sqs", "sns"), "", lambda _, b: b,
        "a bucket does not notify FIFO queues and topics; let a function send to it", _BUCKET,
    ),
)  # fmt: skip
