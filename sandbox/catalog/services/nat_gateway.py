"""NAT gateway: lets what runs in private subnets call what has a public address.

It passes calls on and waits with them. Each of its addresses has 55,000 ports for each destination: a
connection that gets none is refused (`ErrorPortAllocation`). It is paid by the hour in each Availability
Zone and by the GB, there and back; calls that take an endpoint of the network instead go past it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.egress.carried import carried
from sandbox.catalog.egress.destinations import Destination, destinations, is_choice
from sandbox.catalog.egress.edges import endpoint
from sandbox.catalog.egress.limits import Gateways, ports, rows
from sandbox.catalog.facts import facts
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage
from sandbox.engine.network import Arc, Slots, Station

_QUOTAS = facts("nat-gateway").quotas


class NatGateway(Settings):
    """A way out of private subnets."""

    zones: int = Field(default=2, ge=1, le=6, json_schema_extra={"unit": "zones"})
    """Availability Zones with a gateway of their own, which share the calls; paid by the hour."""

    addresses: int = Field(
        default=1, ge=1, le=8, json_schema_extra={"unit": "addresses", "aws": "SecondaryAllocationIds"}
    )
    """Elastic IP addresses of each gateway; each has 55,000 connections to one destination."""

    doubled_after_s: float = Field(default=60, ge=1, le=86_400, json_schema_extra={"unit": "s"})
    """Time under load until a gateway's bandwidth doubles, 5 Gbit/s at first; AWS gives no number."""

    latency_ms: float = Field(default=1, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Its own part of the time; AWS publishes none."""


def lower(site: Site) -> Parts:
    """Rates refuse at the door; behind it the calls of each destination hold a port as long as they last."""
    nat = cast("NatGateway", site.settings)
    gateways = Gateways(site, nat.zones, nat.addresses, nat.doubled_after_s)
    found = tuple(destinations(site))
    rated = tuple(row for to in found for row in rows(gateways, to))
    held = {to.name: pool for to in found if (pool := ports(gateways, to)) is not None}
    door = Station(
        site.id,
        fixed=nat.latency_ms / 1000,
        demands=tuple(row.demand for row in rated),
        slots=tuple(pool.id for pool, _ in held.values()) if len(found) == 1 else (),
        routes=is_choice(sum(to.calls for to in found)),
    )
    plain = Parts(
        (door,),
        quotas=tuple({row.quota.id: row.quota for row in rated}.values()),
        slots=tuple(pool for pool, _ in held.values()),
        limits={row.quota.id: row.seen_as for row in rated} | {pool.id: seen for pool, seen in held.values()},
    )
    ways = [to for to in found if not to.takes] if len(found) > 1 else []
    return _parted(plain, [(to, held[to.name][0]) for to in ways])


def _parted(plain: Parts, ways: Sequence[tuple[Destination, Slots]]) -> Parts:
    """The same with a station for each of several destinations, because each has ports of its own."""
    door = plain.stations[0]
    names = {to.name: f"{door.id}>{to.name}" for to, _ in ways}
    links = [(names[to.name], to, link) for to, _ in ways for link in to.links]
    return replace(
        plain,
        stations=(door, *(Station(names[to.name], slots=(pool.id,), routes=True) for to, pool in ways)),
        emitters={link.index: (name,) for name, _, link in links},
        gains={link.index: link.settings.calls / to.calls for _, to, link in links},
        arcs=tuple(Arc(door.id, names[to.name], gain=to.calls, parallel=to.parallel) for to, _ in ways),
        behind=frozenset(names.values()),
    )


def patience(_settings: Settings, link: Link) -> float:
    """Longest silence on a connection before it is dropped [s]; a gateway endpoint keeps no connections."""
    has_end = endpoint(link.settings) != "gateway" and not getattr(link.settings, "tcp_keepalive", False)
    return _QUOTAS["idle_s"].value if has_end else np.inf


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Hours and addresses in each zone, data both ways; endpoints by the service, hours and data likewise."""
    nat = cast("NatGateway", settings)
    ways: dict[str, list[LinkUse]] = {"": [], "interface": [], "gateway": []}
    for link in usage.outflows:
        ways[endpoint(link.settings)].append(link)
    called = {link.peer_service for link in ways["interface"]}
    return [
        Charge("nat-gateway.hours", np.array([nat.zones * HOURS])),
        Charge("nat-gateway.public_ipv4", np.array([nat.zones * nat.addresses * HOURS])),
        Charge("nat-gateway.data", _gb(ways[""])),
        Charge("nat-gateway.endpoint_hours", np.array([len(called) * nat.zones * HOURS])),
        Charge("nat-gateway.endpoint_data", _gb(ways["interface"])),
    ]


def _gb(links: list[LinkUse]) -> Array:
    """Data of a month, there and back: what is refused was sent all the same [GB]."""
    total: Array = np.zeros(1)
    for link in links:
        sent, back = carried(link)
        total = total + (link.offered * sent + link.accepted * back) / KB_PER_GB * MONTH_S
    return total


SERVICE = Service(
    id="nat-gateway",
    title="NAT gateway",
    family="other",
    badge="NAT",
    icon="⇱",
    settings=NatGateway,
    lower=lower,
    bill=bill,
    patience=patience,
    summary="Lets what runs in private subnets call what has a public address.",
    also_called=(
        "nat",
        "vpc",
        "private",
        "subnet",
        "egress",
        "outbound",
        "internet",
        "endpoint",
        "privatelink",
    ),
    counts={
        "gateways": lambda _settings: 1.0,
        "elastic_ips": lambda settings: float(
            cast("NatGateway", settings).zones * cast("NatGateway", settings).addresses
        ),
    },
)
