"""Calls of AWS services go through a NAT gateway although an endpoint of the network costs less.

## Why it matters
A NAT gateway asks for each GB, there and back. A gateway endpoint leads to S3 and DynamoDB for nothing, and
an interface endpoint to most other services for a quarter of that and a small price by the hour and zone.

## Instead of
    edges = [{from = "nat", to = "files", item_kb = 500}]
## Use
    edges = [{from = "nat", to = "files", item_kb = 500, endpoint = "gateway"}]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sandbox.catalog.egress.carried import carried
from sandbox.catalog.egress.edges import GATEWAY, INTERFACE, endpoint
from sandbox.catalog.facts import facts
from sandbox.catalog.service import Link
from sandbox.catalog.usage import HOURS
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_path
from sandbox.rules.rule import Rule
from sandbox.units import number, percent, usd

if TYPE_CHECKING:  # read only where a design has one
    from sandbox.catalog.services.nat_gateway import NatGateway

SHOWN_USD = 5.0
"""What a month must be dearer by before it is told [USD]."""
LARGE = 0.2
"""Share of the bill from which it is named."""


@dataclass(frozen=True)
class _Traffic:
    """What a month of the calls of one service through a gateway comes to."""

    service: str
    links: tuple[Link, ...]
    gb: float
    usd: float
    is_all: bool
    """Whether nothing else goes through the gateway."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at what every NAT gateway is billed for, service by service."""
    for key, node in evaluation.design.nodes.items():
        if node.service != "nat-gateway":
            continue
        zones = cast("NatGateway", node.settings).zones
        links = evaluation.lowered.links[key][1]
        paid = {link.peer_service for link in links if endpoint(link.settings) == "interface"}
        for traffic in _traffic(evaluation, key):
            is_free = traffic.service in GATEWAY
            hours = 0 if traffic.service in paid else zones * HOURS
            instead = 0.0 if is_free else _endpoint_usd(evaluation.design.region, hours, traffic.gb)
            if traffic.usd - instead >= SHOWN_USD:
                yield RULE.finding(
                    _told(evaluation, key, traffic, instead),
                    node=key,
                    fix=_fix(evaluation, traffic, "gateway" if is_free else "interface"),
                )


def _traffic(evaluation: Evaluation, key: str) -> Iterator[_Traffic]:
    """The gateway's data on the bill, by the services that have endpoints."""
    through = [link for link in evaluation.lowered.links[key][1] if not endpoint(link.settings)]
    kb = {link.index: _kb_per_s(evaluation, link) for link in through}
    name = facts("nat-gateway").prices["nat-gateway.data"].name
    lines = [line for line in evaluation.lines if line.node == key and line.item == name]
    whole = sum(kb.values())
    for service in dict.fromkeys(link.peer_service for link in through):
        if service in INTERFACE and whole > 0:
            links = tuple(link for link in through if link.peer_service == service)
            share = sum(kb[link.index] for link in links) / whole
            gb, paid = sum(line.quantity for line in lines), sum(line.usd for line in lines)
            yield _Traffic(service, links, gb * share, paid * share, len(links) == len(through))


def _kb_per_s(evaluation: Evaluation, link: Link) -> float:
    """Data of the calls over an edge, there and back [KB/s]."""
    told = evaluation.edges[link.index]
    sent, back = carried(link)
    return told.items_per_s * told.attempts_per_item * (sent + back * (1 - told.refused))


def _endpoint_usd(region: str, hours: float, gb: float) -> float:
    """What a month of an interface endpoint would cost [USD]; nothing helps where that is not known."""
    prices = facts("nat-gateway").prices
    by_hour, by_gb = prices["nat-gateway.endpoint_hours"], prices["nat-gateway.endpoint_data"]
    if not (by_hour.is_known_in(region) and by_gb.is_known_in(region)):
        return float("inf")
    return hours * by_hour.unit_usd(region)[0] + gb * by_gb.unit_usd(region)[0]


def _told(evaluation: Evaluation, key: str, traffic: _Traffic, instead: float) -> str:
    """The finding in words, with what it is of the whole bill."""
    design = evaluation.design
    targets = " and ".join(dict.fromkeys(design.nodes[link.peer].title for link in traffic.links))
    way = f"an interface endpoint asks {usd(instead)}" if instead else "a gateway endpoint is free"
    words = f"{number(traffic.gb)} GB a month of {targets} go through it for {usd(traffic.usd)}; {way}"
    mine = evaluation.nodes[key].monthly_usd
    if traffic.is_all:
        words += f"; it carries nothing else, and costs {usd(mine - traffic.usd)} besides"
    whole = evaluation.monthly_usd
    return (
        f"{words}; the NAT gateway is {percent(mine / whole)} of the bill" if mine >= LARGE * whole else words
    )


def _fix(evaluation: Evaluation, traffic: _Traffic, way: str) -> Mapping[str, object]:
    """The endpoint for every call of the service."""
    return {f"{edge_path(evaluation.design, link.index)}.endpoint": way for link in traffic.links}


RULE = Rule(
    "nat-for-aws-traffic",
    "warning",
    check,
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html",
    metric="monthly_usd",
)
