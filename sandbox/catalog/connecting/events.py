"""Ways of buses, pipes, workflows and delivery streams."""

from collections.abc import Iterator

from sandbox.catalog.calling import AWS_API, CONTAINERS, SDK_RETRIES, start_from
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, DeliveryEdge, OnFailureEdge
from sandbox.catalog.flows.edges import (
    BufferEdge,
    IngestEdge,
    PipeEdge,
    PipeItemsEdge,
    PipeQueueEdge,
    PipeStartEdge,
    PipeStreamEdge,
    RetriedEdge,
    StartTaskEdge,
    TaskEdge,
)
from sandbox.catalog.flows.holding import (
    DESTINATION,
    INGESTED,
    PIPED_CHANGES,
    PIPED_QUEUE,
    PIPED_RECORDS,
    RETRIED,
)
from sandbox.catalog.mappings import DELIVERY, EVENTS
from sandbox.catalog.service import EdgeSettings

_INVOKED = ("step-functions", "sqs", "sns", "eventbridge", "kinesis", "firehose", "api-gateway-rest")
"""What a rule invokes beside functions and HTTP endpoints."""

_TASKS = (
    *("lambda", "dynamodb", "sqs", "sns", "eventbridge", "s3", "kinesis", "firehose", "step-functions"),
    *(*CONTAINERS, "api-gateway-rest", "api-gateway-http", "external", "on-premises", "glue", "athena"),
)
"""What a task of a workflow calls."""

_BATCHED = ("lambda", "step-functions", "external", "api-gateway-rest")
"""What gets a pipe's batch as one request."""

_ONE_BY_ONE = ("sqs", "sns", "eventbridge", "kinesis", "firehose")
"""What gets its items."""

_DESTINATIONS = {"s3": "put", "opensearch": "index", "external": ""}
"""What a delivery stream fills, and what it does there."""

_TRANSFORM_RETRIES = 3
_ENRICHED = "enrich batches"


def _ways() -> Iterator[Connection]:
    yield from _bus()
    yield from _pipe()
    yield from _workflow()
    yield from _firehose()


def _bus() -> Iterator[Connection]:
    """To targets, through the rules."""
    yield Connection("eventbridge", "lambda", "async", AsyncEdge, title="deliver events", held=EVENTS)
    for target in _INVOKED:
        yield Connection("eventbridge", target, "async", RetriedEdge, title="deliver events", held=RETRIED)
    yield Connection(
        "eventbridge", "external", "async", RetriedEdge, title="deliver events", held=DESTINATION
    )
    yield Connection("eventbridge", "sqs", "dead-letter", OnFailureEdge, "dead-letter", title="dead letters")


def _pipe() -> Iterator[Connection]:
    """Into a pipe, and out of it."""
    yield Connection("sqs", "pipes", "polled", PipeQueueEdge, title="hand on in batches", held=PIPED_QUEUE)
    for source, held in (("kinesis", PIPED_RECORDS), ("dynamodb", PIPED_CHANGES)):
        title = "hand on in batches, in order"
        yield Connection(source, "pipes", "stream", PipeStreamEdge, title=title, held=held)
    for target in (*_BATCHED, *_ONE_BY_ONE):
        settings: type[EdgeSettings] = PipeEdge if target in _BATCHED else PipeItemsEdge
        yield Connection("pipes", target, "sync", settings, title="hand on")
    yield start_from("pipes", settings=PipeStartEdge)
    for target in _BATCHED:
        yield Connection("pipes", target, "sync", PipeEdge, "enrichment", title=_ENRICHED)
    for target in ("sqs", "sns"):
        yield Connection("pipes", target, "dead-letter", OnFailureEdge, "dead-letter", title="dead letters")


def _workflow() -> Iterator[Connection]:
    """Tasks, and what compensates runs that fail."""
    for target in _TASKS:
        retries = SDK_RETRIES if target in AWS_API else 0
        yield Connection("step-functions", target, "sync", TaskEdge, retries=retries, title="run a task")
    yield start_from("step-functions", SDK_RETRIES, StartTaskEdge)
    for target in ("lambda", "step-functions", "sqs", "sns", "eventbridge"):
        yield Connection(
            "step-functions",
            target,
            "dead-letter",
            OnFailureEdge,
            "on-failure",
            title="compensate failed runs",
        )


def _firehose() -> Iterator[Connection]:
    """Into a delivery stream, through a function, and to where it delivers."""
    yield Connection(
        "kinesis", "firehose", "stream", IngestEdge, title="deliver in large objects", held=INGESTED
    )
    yield Connection("sns", "firehose", "async", DeliveryEdge, title="deliver messages", held=DELIVERY)
    for target, done in _DESTINATIONS.items():
        title = "deliver in large objects"
        yield Connection("firehose", target, "sync", BufferEdge, title=title, operation=done)
    yield Connection(
        "firehose",
        "lambda",
        "sync",
        BufferEdge,
        "transform",
        retries=_TRANSFORM_RETRIES,
        title="change records",
    )
    yield Connection(
        "firehose", "s3", "dead-letter", OnFailureEdge, "on-failure", title="records that failed"
    )


WAYS = tuple(_ways())

_POLLS = "a pipe polls queues and streams; send to one of those, or to a bus"

REASONS = {
    (
        "eventbridge",
        "*",
    ): "a rule invokes functions, workflows, queues, topics, streams, buses and HTTP endpoints",
    ("*", "pipes"): _POLLS,
    (
        "pipes",
        "*",
    ): "a pipe hands batches to functions, workflows, queues, topics, buses, streams and endpoints",
    (
        "step-functions",
        "*",
    ): "a task calls functions, containers, stores, queues, topics, buses and HTTP endpoints",
    ("firehose", "*"): "a delivery stream fills buckets, search services and HTTP endpoints",
    ("eventbridge", "dynamodb"): "a rule cannot write to a table; let a function or a workflow do it",
}
