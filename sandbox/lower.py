"""Design → Network: every node becomes stations, every edge arcs and what holds between them.

The result remembers which stations and arcs stand for which node and edge, so that what
the engine finds can be told in the words of the design.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Limit, Link, Parts, Service, Site, services
from sandbox.design.model import Design
from sandbox.design.parts import Node
from sandbox.design.sizes import answer_kb, item_sizes
from sandbox.engine.network import Network, Slots, Station
from sandbox.wiring import EdgePlan, Wiring

Ends = tuple[tuple[Link, ...], tuple[Link, ...]]


@dataclass(frozen=True)
class Lowered:
    """A network, and what of it stands for what the user drew."""

    design: Design
    network: Network
    parts: Mapping[str, Parts]
    """By node."""
    links: Mapping[str, Ends]
    """By node, its edges in and out."""
    edges: tuple[EdgePlan, ...]
    limits: Mapping[str, Limit]
    """By the id of each quota and pool of slots."""

    def reached(self, key: str) -> list[str]:
        """Nodes that a source leads to, itself first."""
        found = [key]
        for node in found:
            found += [link.peer for link in self.links[node][1] if link.peer not in found]
        return list(dict.fromkeys(found))

    def companions(self) -> Iterator[tuple[Station, tuple[str, ...]]]:
        """Stations whose arrivals go along with those of sources, and the sources that lead to their node."""
        for key, part in self.parts.items():
            for station in part.stations:
                if station.aside and station.arrivals:
                    peers = (link.peer for link in self.links[key][0])
                    yield station, tuple(peer for peer in peers if self.design.nodes[peer].kind.begins)


def lower(design: Design) -> Lowered:
    """Turn a design into a network and remember what became of what."""
    catalogue = services()
    links = _links(design)
    parts = {
        key: _parts(design, node, catalogue[node.service], links[key]) for key, node in design.nodes.items()
    }
    wiring = Wiring(design, catalogue, parts, links)
    plans = wiring.connect()
    stations = {station.id: station for part in parts.values() for station in part.stations}
    quotas = {quota.id: quota for part in parts.values() for quota in part.quotas}
    environments = {env.id: env for part in parts.values() for env in part.environments}
    network = Network(
        stations=tuple(_routed(station, wiring) for station in (*stations.values(), *wiring.stations)),
        arcs=(*wiring.arcs, *(arc for part in parts.values() for arc in part.arcs)),
        quotas=tuple(quotas.values()),
        slots=_pools(parts),
        environments=tuple(environments.values()),
    )
    limits = {key: seen for part in parts.values() for key, seen in part.limits.items()}
    return Lowered(design, network, parts, links, plans, limits)


def _links(design: Design) -> dict[str, Ends]:
    """Every node's edges in and out, as it sees them."""
    sizes, answers = item_sizes(design), _answers(design)
    inflows: dict[str, list[Link]] = {key: [] for key in design.nodes}
    outflows: dict[str, list[Link]] = {key: [] for key in design.nodes}
    for index, edge in enumerate(design.edges):
        for found, end, peer in ((inflows, edge.target, edge.source), (outflows, edge.source, edge.target)):
            other, kind = design.nodes[peer], edge.connection.kind
            found[end].append(
                Link(
                    index, kind, edge.role, peer, other.service, edge.settings, sizes[index], other.settings,
                    answers.get(edge.target, 0.0),
                )
            )  # fmt: skip
    return {key: (tuple(inflows[key]), tuple(outflows[key])) for key in design.nodes}


def _answers(design: Design) -> dict[str, float]:
    """Mean size of what every node that is called answers [KB]."""
    called = dict.fromkeys(edge.target for edge in design.edges if edge.kind == "sync")
    return {key: answer_kb(design, key) for key in called}


def _parts(design: Design, node: Node, service: Service, ends: Ends) -> Parts:
    """Lower one node in its account."""
    quotas = resolve(node.service, design.region, design.account_of(node.id).in_force)
    prefix = f"{node.account}/" if node.account else ""
    return service.lower(Site(node.id, node.settings, quotas, prefix, *ends))


def _routed(station: Station, wiring: Wiring) -> Station:
    """A station whose ways out are not alternatives after all calls them one after the other."""
    return replace(station, routes=False) if station.routes and station.id in wiring.sequential else station


def _pools(parts: Mapping[str, Parts]) -> tuple[Slots, ...]:
    """Every pool once, less what single nodes take out of it."""
    taken: dict[str, float] = {}
    pools: dict[str, Slots] = {}
    for part in parts.values():
        pools.update((pool.id, pool) for pool in part.slots)
        for key, slots in part.set_aside.items():
            taken[key] = taken.get(key, 0.0) + slots
    return tuple(
        replace(pool, capacity=max(pool.capacity - taken.get(key, 0.0), 0.0)) for key, pool in pools.items()
    )
