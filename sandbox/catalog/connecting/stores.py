"""Ways from what stores: streams of changes, and notifications."""

from collections.abc import Iterator

from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, DeliveryEdge, OnFailureEdge, StreamEdge
from sandbox.catalog.mappings import CHANGES, DELIVERY, EVENTS


def _ways() -> Iterator[Connection]:
    yield Connection(
        "dynamodb", "lambda", "stream", StreamEdge, title="process in batches, in order", held=CHANGES
    )
    for target in ("sqs", "sns", "s3"):
        yield Connection(
            "dynamodb", target, "dead-letter", OnFailureEdge, "on-failure", title="on-failure destination"
        )
    yield Connection("dynamodb", "kinesis", "async", DeliveryEdge, title="hand on changes", held=DELIVERY)
    yield Connection("s3", "lambda", "async", AsyncEdge, title="notify of new objects", held=EVENTS)
    for target in ("sqs", "sns", "eventbridge"):
        yield Connection("s3", target, "async", DeliveryEdge, title="notify of new objects", held=DELIVERY)


WAYS = tuple(_ways())

REASONS = {
    ("dynamodb", "*"): (
        "a table only emits its changes; let a function, a pipe or containers read them and call on"
    ),
    ("s3", "*"): "a bucket only notifies functions, queues, topics and buses of new objects",
}
