"""Ways from what runs code, and from what stands for somebody else's."""

from collections.abc import Iterator

from sandbox.catalog.calling import CONTAINERS, calls_from
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, OnFailureEdge
from sandbox.catalog.mappings import EVENTS


def _ways() -> Iterator[Connection]:
    for source in ("lambda", *CONTAINERS, "on-premises"):
        yield from calls_from(source)
        yield Connection(
            source, "lambda", "async", AsyncEdge, mode="async", title="asynchronous call", held=EVENTS
        )
    for target in ("sqs", "sns", "lambda", "eventbridge", "s3"):
        yield Connection(
            "lambda", target, "dead-letter", OnFailureEdge, "on-failure", title="on-failure destination"
        )
    for target in ("sqs", "sns"):
        yield Connection("lambda", target, "dead-letter", OnFailureEdge, "dead-letter", title="dead letters")


WAYS = tuple(_ways())

REASONS = {
    ("external", "*"): "an external service answers its caller; to model its own requests, add traffic",
}
