"""Ways from where load comes from."""

from collections.abc import Iterator

from sandbox.catalog.calling import REQUESTABLE
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, CallEdge
from sandbox.catalog.mappings import EVENTS


def _ways() -> Iterator[Connection]:
    for target in REQUESTABLE:
        yield Connection("traffic", target, "sync", CallEdge, title="send requests")
    yield Connection(
        "traffic", "lambda", "async", AsyncEdge, mode="async", title="asynchronous call", held=EVENTS
    )


WAYS = tuple(_ways())

REASONS = {
    ("*", "traffic"): "traffic only sends; nothing can call it",
    ("traffic", "*"): (
        "traffic sends requests to front doors, functions, queues, topics, streams, tables and buckets"
    ),
}
