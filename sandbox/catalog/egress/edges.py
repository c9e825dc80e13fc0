"""Settings of the edges to and from a NAT gateway, and which AWS service has an endpoint instead of it."""

from typing import Literal

from pydantic import Field

from sandbox.catalog.edges import CallEdge
from sandbox.catalog.flows.edges import StartEdge
from sandbox.catalog.service import EdgeSettings

GATEWAY = ("s3", "dynamodb")
"""What a gateway endpoint leads to; it costs nothing.

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
"""

INTERFACE = (
    *("s3", "dynamodb", "lambda", "sqs", "sns", "eventbridge", "step-functions", "kinesis", "firehose"),
    *("cognito", "athena"),
)
"""What an interface endpoint leads to.

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""


class OutwardEdge(EdgeSettings):
    """A program in a private subnet calls out; what it does there stands on the edge behind."""

    calls: float = Field(default=1.0, ge=0, le=1_000_000, json_schema_extra={"unit": "per item"})
    """Calls for each item at the source; a fraction is a probability."""

    per: Literal["item", "invocation"] = "item"
    """Whether the calls are counted for each item or once for the whole batch."""

    parallel: bool = False
    """Called at the same time as the other parallel calls of the source."""


class NatEdge(CallEdge):
    """A call that leaves private subnets through a NAT gateway; the caller's SDK tries again here."""

    reuse_connections: bool = True
    """Calls go over connections that are kept open; else each opens its own and holds a port for a minute."""

    tcp_keepalive: bool = False
    """Signs of life are sent while an answer is waited for; else it is dropped after 350 s of silence."""

    destination_addresses: int = Field(default=1, ge=1, le=10_000, json_schema_extra={"unit": "addresses"})
    """Addresses that the target's name leads to; each takes as many connections."""


class NatStartEdge(StartEdge, NatEdge):
    """A call through a NAT gateway that starts a workflow and goes on."""


class _Interface(EdgeSettings):
    endpoint: Literal["interface"] | None = Field(default=None, json_schema_extra={"aws": "VpcEndpointType"})
    """An endpoint in the network that calls take instead of the gateway: paid by the hour, zone and GB."""


class NatServiceEdge(_Interface, NatEdge):
    """A call of an AWS service that has interface endpoints."""


class NatServiceStartEdge(_Interface, NatStartEdge):
    """A call that starts a workflow and goes on."""


class NatStoreEdge(NatEdge):
    """A call of S3 or DynamoDB, which have gateway endpoints too."""

    endpoint: Literal["gateway", "interface"] | None = Field(
        default=None, json_schema_extra={"aws": "VpcEndpointType"}
    )
    """An endpoint in the network that calls take instead of the gateway: `gateway` is free."""


def endpoint(edge: object) -> str:
    """The endpoint that the calls of an edge take; nothing where they go through the gateway.

    >>> endpoint(NatStoreEdge(endpoint="gateway")), endpoint(NatEdge())
    ('gateway', '')
    """
    return getattr(edge, "endpoint", None) or ""
