"""Ways from front doors."""

from collections.abc import Iterator

from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, CallEdge
from sandbox.catalog.mappings import EVENTS

_BEHIND_REST = ("lambda", "sqs", "sns", "kinesis", "dynamodb", "s3", "external")
_BEHIND_HTTP = ("lambda", "sqs", "kinesis", "external")


def _ways() -> Iterator[Connection]:
    for front, behind in (("api-gateway-rest", _BEHIND_REST), ("api-gateway-http", _BEHIND_HTTP)):
        for target in behind:
            yield Connection(front, target, "sync", CallEdge, title="pass requests on")
        yield Connection(front, "lambda", "sync", CallEdge, role="authorizer", title="authorizer")
    yield Connection(
        "api-gateway-rest", "lambda", "async", AsyncEdge, mode="async", title="asynchronous call", held=EVENTS
    )


WAYS = tuple(_ways())

_USE_REST = "an HTTP API has no direct integration with {}; use a REST API, or a function between"

REASONS = {
    ("api-gateway-http", "sns"): _USE_REST.format("SNS"),
    ("api-gateway-http", "dynamodb"): _USE_REST.format("DynamoDB"),
    ("api-gateway-http", "s3"): _USE_REST.format("S3"),
}
