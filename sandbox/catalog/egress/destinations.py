"""Where the calls of a NAT gateway go: an address, a port and a protocol for each.

Calls of one AWS service share its name, whatever table or queue they are for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from sandbox.catalog.calling import AWS_API
from sandbox.catalog.egress.carried import carried
from sandbox.catalog.egress.edges import INTERFACE, NatEdge, endpoint
from sandbox.catalog.service import Link, Site

_GBIT_PER_KB = 1024 * 8 / 1e9
_SHARED = {*AWS_API, *INTERFACE}
"""Services that all callers reach under one name."""


@dataclass(frozen=True)
class Destination:
    """The calls to one destination by one way."""

    name: str
    takes: str
    """The endpoint that they take; nothing for the gateway."""
    links: tuple[Link, ...]
    share: float
    """Part of the items that are such calls; 1 where an item makes several calls, one after the other."""

    @property
    def calls(self) -> float:
        """Calls for each item."""
        return sum(link.settings.calls for link in self.links)

    def each(self, link: Link) -> float:
        """Calls of an edge for each item that is such a call."""
        return link.settings.calls / self.share

    @property
    def gbit(self) -> float:
        """Data there and back for each such item [Gbit]."""
        return sum(self.each(link) * sum(carried(link)) for link in self.links) * _GBIT_PER_KB

    def packets(self, packet_kb: float) -> float:
        """Packets there and back; each way has one at least, and acknowledgements are not counted.

        Args:
            packet_kb: Data of a packet [KB].
        """
        return sum(
            self.each(link) * sum(max(ceil(kb / packet_kb), 1) for kb in carried(link)) for link in self.links
        )

    @property
    def opened(self) -> float:
        """Connections that are opened for each such item."""
        return sum(self.each(link) for link in self.links if not _said(link, "reuse_connections"))

    @property
    def parallel(self) -> bool:
        """Whether they are made at the same time as others."""
        return any(getattr(link.settings, "parallel", False) for link in self.links)

    @property
    def addresses(self) -> float:
        """Addresses that its name leads to."""
        return max(_said(link, "destination_addresses") for link in self.links)


def _said(link: Link, name: str) -> float:
    """A setting of the call as a number."""
    return float(getattr(link.settings, name, NatEdge.model_fields[name].default))


def destinations(site: Site) -> Iterator[Destination]:
    """The calls of a gateway by their destinations; one that is never called is none."""
    whole = sum(link.settings.calls for link in site.outflows)
    found: dict[tuple[str, str], list[Link]] = {}
    for link in site.outflows:
        if link.settings.calls > 0:
            name = link.peer_service if link.peer_service in _SHARED else link.peer
            found.setdefault((name, endpoint(link.settings)), []).append(link)
    for (name, takes), links in found.items():
        calls = sum(link.settings.calls for link in links)
        yield Destination(name, takes, tuple(links), calls if is_choice(whole) else 1.0)


def is_choice(calls: float) -> bool:
    """Whether an item makes one call of several.

    Args:
        calls: Calls on all ways out for each item.

    >>> is_choice(0.5 + 0.5), is_choice(2)
    (True, False)
    """
    return calls <= 1 + 1e-9
