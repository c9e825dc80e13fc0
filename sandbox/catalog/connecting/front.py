"""Ways from front doors."""

from collections.abc import Iterator, Mapping

from sandbox.catalog.calling import PROGRAMS, start_from
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import AsyncEdge, CallEdge
from sandbox.catalog.mappings import EVENTS

_BEHIND: Mapping[str, tuple[str, ...]] = {
    "api-gateway-rest": (
        "lambda", "sqs", "sns", "eventbridge", "step-functions", "kinesis", "firehose", "dynamodb", "s3",
        "alb", *PROGRAMS, "external",
    ),
    "api-gateway-http": (
        "lambda", "sqs", "eventbridge", "step-functions", "kinesis", "alb", *PROGRAMS, "external",
    ),
    "api-gateway-websocket": (
        "lambda", "sqs", "sns", "eventbridge", "step-functions", "kinesis", "dynamodb", "external",
    ),
    "alb": ("lambda", *PROGRAMS, "external"),
    "cloudfront": (
        "s3", "alb", "api-gateway-http", "api-gateway-rest", "api-gateway-websocket", "appsync", "lambda",
        "ec2", "on-premises", "external",
    ),
    "appsync": ("lambda", "dynamodb", "opensearch", "eventbridge", "external"),
}  # fmt: skip
"""What a front door passes requests on to; whoever asked waits, and must try again by himself."""

_AUTHORIZERS: Mapping[str, tuple[str, ...]] = {
    "api-gateway-rest": ("lambda", "cognito"),
    "api-gateway-http": ("lambda", "cognito"),
    "api-gateway-websocket": ("lambda",),
    "alb": ("cognito",),
    "appsync": ("lambda", "cognito"),
}
"""What a front door lets decide whether a request may pass."""

_TITLES = {"cloudfront": "ask for what no cache has", "appsync": "resolve fields"}
_TRIGGER_RETRIES = 2
"""Cognito tries a trigger three times in all."""


def _ways() -> Iterator[Connection]:
    for front, behind in _BEHIND.items():
        for target in behind:
            title = _TITLES.get(front, "pass requests on")
            yield Connection(front, target, "sync", CallEdge, title=title)
    for front, authorizers in _AUTHORIZERS.items():
        for target in authorizers:
            title = "authorizer" if target == "lambda" else "sign-in"
            yield Connection(front, target, "sync", CallEdge, role="authorizer", title=title)
    for front in ("api-gateway-rest", "api-gateway-http", "api-gateway-websocket"):
        yield start_from(front)
    yield Connection("cognito", "lambda", "sync", CallEdge, retries=_TRIGGER_RETRIES, title="trigger")
    yield Connection(
        "api-gateway-rest", "lambda", "async", AsyncEdge, mode="async", title="asynchronous call", held=EVENTS
    )


WAYS = tuple(_ways())

_USE_REST = "an HTTP API has no direct integration with {}; use a REST API, or a function between"

REASONS = {
    ("api-gateway-http", "sns"): _USE_REST.format("SNS"),
    ("api-gateway-http", "dynamodb"): _USE_REST.format("DynamoDB"),
    ("api-gateway-http", "s3"): _USE_REST.format("S3"),
    ("api-gateway-http", "firehose"): _USE_REST.format("Firehose"),
    ("api-gateway-websocket", "cognito"): (
        "a WebSocket API is authorised by a function, which may check a user pool's tokens"
    ),
    ("alb", "*"): "a load balancer hands HTTP requests to functions, containers, instances and addresses",
    ("cloudfront", "*"): "a distribution asks origins that answer by HTTP: buckets, APIs, load balancers",
    ("appsync", "*"): "a resolver reads and writes tables, calls functions or asks by HTTP",
    ("cognito", "*"): "a user pool only calls functions, its triggers",
}
