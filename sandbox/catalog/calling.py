"""What a program can call, and how often it tries: shared by everything that runs code."""

from collections.abc import Iterator

from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import CallEdge
from sandbox.catalog.flows.edges import StartEdge

SDK_RETRIES = 2
"""Tries that an AWS SDK makes after a failed one (its standard mode: three in all)."""

FRONTS = ("api-gateway-rest", "api-gateway-http", "alb", "cloudfront", "appsync")
"""What answers requests by HTTP; a caller that wants another try must make it itself."""

AWS_API = (
    *("lambda", "sqs", "sns", "eventbridge", "step-functions", "kinesis", "firehose", "dynamodb", "s3"),
    *("cognito", "api-gateway-websocket"),
)
"""What is called with an AWS SDK, which tries again by itself."""

CONTAINERS = ("fargate", "ecs-ec2", "eks", "ec2")
"""What runs a program that answers requests: they reach it through a balancer or by name."""

PROGRAMS = (*CONTAINERS, "on-premises")
"""The same with one's own servers."""

REQUESTABLE = (*FRONTS, *AWS_API, *PROGRAMS, "external")
"""What takes a request by itself, from traffic and from code."""


def calls_from(source: str, title: str = "call and wait") -> Iterator[Connection]:
    """The synchronous calls that code running at a service can make."""
    for target in REQUESTABLE:
        retries = SDK_RETRIES if target in AWS_API else 0
        yield Connection(source, target, "sync", CallEdge, retries=retries, title=title)
    yield start_from(source, SDK_RETRIES)


def start_from(source: str, retries: int = 0, settings: type[CallEdge] = StartEdge) -> Connection:
    """Starting an express workflow without waiting for its result."""
    return Connection(
        source, "step-functions", "sync", settings, mode="async", retries=retries, title="start and go on"
    )
