"""What a NAT gateway lets through: ports for each destination, bandwidth, packets; and an endpoint its own.

A call is refused by the limits of its own destination alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from sandbox.catalog.egress.destinations import Destination
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Site
from sandbox.engine.network import Demand, Doubling, Quota, Slots


@dataclass(frozen=True)
class Gateways:
    """The gateways that a node stands for."""

    site: Site
    zones: int
    """One in each zone."""
    addresses: int
    """Addresses of each."""
    doubled_after_s: float
    """Time under load until a bandwidth doubles [s]."""


@dataclass(frozen=True)
class Row:
    """One limit by rate, and what a call of one destination takes of it."""

    quota: Quota
    seen_as: Limit
    demand: Demand


def rows(nat: Gateways, to: Destination) -> Iterator[Row]:
    """The rates that the calls of a destination see; a gateway endpoint has none."""
    key = nat.site.id
    if to.takes == "interface":
        yield _growing(nat, f"{key}.endpoint {to.name}", "endpoint_gbit_per_s", to, to.gbit)
    elif not to.takes:
        packets = to.packets(nat.site.quotas["packet_kb"])
        yield _growing(nat, f"{key}.bandwidth", "gbit_per_s", to, to.gbit)
        yield _growing(nat, f"{key}.packets", "packets_per_s", to, packets)
        if to.opened:
            yield _opened(nat, to)


def ports(nat: Gateways, to: Destination) -> tuple[Slots, Limit] | None:
    """Ports for the connections in use to a destination; none on the way over an endpoint."""
    if to.takes:
        return None
    pool = Slots(f"{nat.site.id}.connections {to.name}", _ports(nat, to, "connections"), rate_per_slot=inf)
    return pool, limit("nat-gateway", "connections", f"connections to {to.name}", raised_by="addresses")


def _growing(nat: Gateways, name: str, most: str, to: Destination, units: float) -> Row:
    """A rate of all zones together that doubles under load."""
    rate, first = nat.site.quotas[most] * nat.zones, nat.site.quotas[f"{most}_at_first"] * nat.zones
    quota = Quota(name, rate, burst=rate, moves=Doubling(first, 2.0, nat.doubled_after_s))
    return Row(quota, limit("nat-gateway", most, raised_by="zones"), _demand(quota, to, units))


def _opened(nat: Gateways, to: Destination) -> Row:
    """Connections that may be opened per second; at once as many as there are ports."""
    name = f"{nat.site.id}.new connections {to.name}"
    quota = Quota(name, _ports(nat, to, "new_connections_per_s"), burst=_ports(nat, to, "connections"))
    words = f"new connections to {to.name}"
    return Row(
        quota,
        limit("nat-gateway", "new_connections_per_s", words, raised_by="addresses"),
        _demand(quota, to, to.opened),
    )


def _ports(nat: Gateways, to: Destination, key: str) -> float:
    """What all addresses have together for a destination."""
    return nat.site.quotas[key] * nat.zones * nat.addresses * to.addresses


def _demand(quota: Quota, to: Destination, units: float) -> Demand:
    """What one item takes; only the calls to that destination are refused."""
    return Demand(quota.id, units, share=to.share, part=f"to {to.name} {to.takes}" if to.share < 1 else "")
