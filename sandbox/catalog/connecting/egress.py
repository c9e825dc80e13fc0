"""Ways out of private subnets, through a NAT gateway to what has a public address."""

from collections.abc import Iterator

from sandbox.catalog.calling import AWS_API, CONTAINERS, FRONTS, SDK_RETRIES
from sandbox.catalog.connection import Connection
from sandbox.catalog.edges import CallEdge
from sandbox.catalog.egress.edges import (
    GATEWAY,
    INTERFACE,
    NatEdge,
    NatServiceEdge,
    NatServiceStartEdge,
    NatStoreEdge,
    OutwardEdge,
)

_NAT = "nat-gateway"
_INSIDE = ("lambda", *CONTAINERS)
"""What runs code in private subnets."""

_ASKED = (*AWS_API, "athena")
"""What is called with an AWS SDK, which tries again by itself."""


def _ways() -> Iterator[Connection]:
    for source in _INSIDE:
        yield Connection(source, _NAT, "sync", OutwardEdge, title="call out of private subnets")
    for target in ("external", *_ASKED, *FRONTS, "on-premises"):
        retries = SDK_RETRIES if target in _ASKED else 0
        yield Connection(_NAT, target, "sync", _settings(target), retries=retries, title="call and wait")
    yield Connection(
        _NAT, "step-functions", "sync", NatServiceStartEdge, mode="async", retries=SDK_RETRIES,
        title="start and go on",
    )  # fmt: skip


def _settings(target: str) -> type[CallEdge]:
    """Settings of a call: which endpoints there are instead."""
    if target in GATEWAY:
        return NatStoreEdge
    return NatServiceEdge if target in INTERFACE else NatEdge


WAYS = tuple(_ways())

REASONS = {
    ("*", "nat-gateway"): "it is the way out of private subnets for functions, containers and instances",
    (
        "nat-gateway",
        "*",
    ): "it leads to what has a public address; what is in the network itself is reached without it",
}
