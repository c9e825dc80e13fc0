"""Ways from what carries and directs: queues, topics, streams."""

from collections.abc import Iterator

from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import (
    AsyncEdge,
    DeadLetterEdge,
    DeliveryEdge,
    OnFailureEdge,
    PolledEdge,
    StreamEdge,
)
from sandbox.catalog.mappings import DELIVERY, EVENTS, POLLER, RECORDS


def _ways() -> Iterator[Connection]:
    yield Connection("sqs", "lambda", "polled", PolledEdge, title="process in batches", held=POLLER)
    yield Connection("sqs", "sqs", "dead-letter", DeadLetterEdge, "dead-letter", title="dead letters")
    for target in ("sqs", "external"):
        yield Connection("sns", target, "async", DeliveryEdge, title="deliver messages", held=DELIVERY)
    yield Connection("sns", "lambda", "async", AsyncEdge, title="deliver messages", held=EVENTS)
    yield Connection("sns", "sqs", "dead-letter", OnFailureEdge, "dead-letter", title="dead letters")
    yield Connection(
        "kinesis", "lambda", "stream", StreamEdge, title="process in batches, in order", held=RECORDS
    )
    for target in ("sqs", "sns", "s3"):
        yield Connection(
            "kinesis", target, "dead-letter", OnFailureEdge, "on-failure", title="on-failure destination"
        )


WAYS = tuple(_ways())

REASONS = {
    ("sqs", "*"): "a queue waits to be polled; let a function, a pipe or containers read it and call on",
    ("sns", "*"): "a topic delivers to functions, queues, delivery streams and HTTP endpoints",
    ("kinesis", "*"): "a stream waits to be read; let a function, a pipe or containers read it and call on",
}
