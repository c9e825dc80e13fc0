"""Ways from where load comes from."""

from collections.abc import Iterator

from sandbox.catalog.calling import REQUESTABLE, start_from
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, CallEdge, OnFailureEdge
from sandbox.catalog.flows.edges import RetriedEdge
from sandbox.catalog.flows.holding import RETRIED
from sandbox.catalog.mappings import EVENTS

_SCHEDULED = ("step-functions", "sqs", "sns", "eventbridge", "kinesis", "firehose")
"""What a schedule invokes beside functions."""


def _ways() -> Iterator[Connection]:
    for target in REQUESTABLE:
        yield Connection("traffic", target, "sync", CallEdge, title="send requests")
    yield Connection(
        "traffic", "lambda", "async", AsyncEdge, mode="async", title="asynchronous call", held=EVENTS
    )
    yield start_from("traffic")
    yield Connection("schedule", "lambda", "async", AsyncEdge, title="start", held=EVENTS)
    for target in _SCHEDULED:
        yield Connection("schedule", target, "async", RetriedEdge, title="start", held=RETRIED)
    yield Connection("schedule", "sqs", "dead-letter", OnFailureEdge, "dead-letter", title="dead letters")


WAYS = tuple(_ways())

REASONS = {
    ("*", "traffic"): "traffic only sends; nothing can call it",
    ("*", "schedule"): "a schedule starts by the clock; nothing can call it",
    (
        "schedule",
        "*",
    ): "a schedule starts functions and workflows, and sends to queues, topics, buses and streams",
    ("traffic", "*"): (
        "traffic sends requests to front doors, functions, workflows, queues, topics, buses, streams,"
        " tables and buckets"
    ),
}
