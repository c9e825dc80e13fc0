"""Edges → arcs: who calls whom, what is handed on, and what holds items on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from sandbox.catalog.connection import Hop
from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Link, Parts, Service
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.engine.network import Arc, ArcKind, Station


@dataclass(frozen=True)
class EdgePlan:
    """What an edge became."""

    arcs: tuple[int, ...]
    """Arcs that bring its items to the target's door."""
    holding: str | None = None
    """The station that holds its items on the way."""
    entry: str = ""
    """The station where its items enter."""


@dataclass
class Wiring:
    """Builds the arcs of a design, edge by edge."""

    design: Design
    catalogue: Mapping[str, Service]
    parts: Mapping[str, Parts]
    links: Mapping[str, tuple[tuple[Link, ...], tuple[Link, ...]]]
    arcs: list[Arc] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    sequential: set[str] = field(default_factory=set)
    """Stations whose ways out are called one after the other, not chosen between."""
    doors: dict[str, str] = field(default_factory=dict)
    """For a station that asks an authorizer first, the station that then chooses the way."""

    opened: set[str] = field(default_factory=set)
    """Those that their caller already leads to."""

    def connect(self) -> tuple[EdgePlan, ...]:
        """Wire every edge; authorizers come first, and what gives up comes last."""
        plans: dict[int, EdgePlan] = {}
        edges = list(enumerate(self.design.edges))
        for node in self.design.nodes:
            self._choose(node)
        for index, edge in sorted(
            edges, key=lambda pair: (pair[1].kind == "dead-letter", pair[1].role != "authorizer")
        ):
            plans[index] = self._connect(index, edge, plans)
        return tuple(plans[index] for index, _ in edges)

    def _choose(self, node: str) -> None:
        """Decide whether the node's ways out are alternatives, and put its authorizer before them."""
        part = self.parts[node]
        stations = {station.id: station for station in part.stations}
        edges = self.design.edges
        ways = [
            link
            for link in self.links[node][1]
            if (link.kind == "sync" or edges[link.index].connection.mode == "async")
            and link.index not in part.emitters
        ]
        routes = [link for link in ways if link.role != "authorizer"]
        for caller in self._callers(node):
            if not stations[caller].routes:
                continue
            if sum(link.settings.calls for link in routes) > 1 + 1e-9:
                self.sequential.add(caller)
            elif len(ways) > len(routes):
                door = f"{caller}!routes"
                self.stations.append(Station(door, routes=True))
                self.sequential.add(caller)
                self.doors[caller] = door

    def _callers(self, node: str) -> tuple[str, ...]:
        part = self.parts[node]
        return part.callers or (part.stations[0].id,)

    def _entry(self, node: str, index: int) -> str:
        part = self.parts[node]
        return part.entries.get(index, part.stations[0].id)

    def _link(self, index: int, edge: Edge) -> Link:
        return next(link for link in self.links[edge.source][1] if link.index == index)

    def _add(self, *arcs: Arc) -> tuple[int, ...]:
        """Add arcs and say where they stand."""
        first = len(self.arcs)
        self.arcs.extend(arcs)
        return tuple(range(first, len(self.arcs)))

    def _connect(self, index: int, edge: Edge, plans: Mapping[int, EdgePlan]) -> EdgePlan:
        entry = self._entry(edge.target, index)
        if edge.kind == "sync":
            return self._call(index, edge, entry)
        if edge.kind == "dead-letter":
            gives_up = self._gives_up(edge, plans)
            return EdgePlan(self._add(*(Arc(s, entry, ArcKind.DEAD_LETTER) for s in gives_up)), None, entry)
        return self._hold(index, edge, entry)

    def _call(self, index: int, edge: Edge, entry: str) -> EdgePlan:
        """A synchronous call from every station that calls."""
        link = self._link(index, edge)
        source = self.design.nodes[edge.source]
        service = self.catalogue[source.service]
        part = self.parts[edge.source]
        gain = part.gains.get(index, service.gain(source.settings, link)) * self._arriving(index, edge)
        patient = source.settings if source.kind.begins else edge.settings
        retries = getattr(patient, "retries", None)
        retries = edge.connection.retries if retries is None else retries
        arcs = []
        for caller in part.emitters.get(index, self._callers(edge.source)):
            asks_first = caller in self.doors and edge.role == "authorizer"
            start = caller if asks_first else self._door(caller)
            arcs.append(
                Arc(
                    start,
                    entry,
                    gain=gain,
                    per_batch=getattr(edge.settings, "per", "item") == "invocation",
                    attempts=1.0 + retries,
                    backoff=getattr(patient, "retry_backoff_ms", 0.0) / 1000,
                    parallel=getattr(edge.settings, "parallel", False),
                    timeout=service.patience(source.settings, link),
                    at_once=service.at_once(source.settings, link),
                )
            )
        return EdgePlan(self._add(*arcs), None, entry)

    def _arriving(self, index: int, edge: Edge) -> float:
        """Share of the calls that the target lets come so far."""
        target = self.design.nodes[edge.target]
        return self.catalogue[target.service].arriving(target.settings, self._inward[index])

    @cached_property
    def _inward(self) -> dict[int, Link]:
        """Every edge as its target sees it."""
        return {link.index: link for inflows, _ in self.links.values() for link in inflows}

    def _door(self, caller: str) -> str:
        """Where a station's ordinary calls start; behind its authorizer where it has one."""
        door = self.doors.get(caller)
        if door is None:
            return caller
        if door not in self.opened:
            self.opened.add(door)
            self._add(Arc(caller, door))
        return door

    def _hold(self, index: int, edge: Edge, entry: str) -> EdgePlan:
        """An edge that holds its items: handed over, kept, and driven into the target."""
        held = f"{edge.source}>{edge.target}#{index}"
        kept = edge.connection.held
        assert kept is not None, f"{edge.kind} edges hold what they carry"
        self.stations.append(Station(held, holding=kept.terms(self._hop(index, edge))))
        gain = edge.settings.calls
        part = self.parts[edge.source]
        if index in part.emitters or edge.connection.mode != "async":
            for emitter in part.emitters.get(index, self._callers(edge.source)):
                each = gain * part.emitted.get(emitter, 1.0) * self._share(index, edge)
                self._add(Arc(emitter, held, ArcKind.HANDOFF, gain=each))
        else:
            accept = f"{held}:accept"
            self.stations.append(Station(accept))
            per_batch = getattr(edge.settings, "per", "item") == "invocation"
            for caller in self._callers(edge.source):
                self._add(Arc(self._door(caller), accept, gain=gain, per_batch=per_batch))
            self._add(Arc(accept, held, ArcKind.HANDOFF))
        return EdgePlan(self._add(Arc(held, entry, ArcKind.DRIVE)), held, entry)

    def _share(self, index: int, edge: Edge) -> float:
        """Consumers of one queue compete for its messages; readers of a stream each see all."""
        if edge.kind != "polled":
            return 1.0
        rivals = [link for link in self.links[edge.source][1] if link.kind == "polled"]
        return 1.0 / len(rivals)

    def _hop(self, index: int, edge: Edge) -> Hop:
        source, target = self.design.nodes[edge.source], self.design.nodes[edge.target]
        dead = [e for e in self.design.outflows(edge.source) if e.role == "dead-letter"]
        receives = getattr(dead[0].settings, "max_receive_count", inf) if dead else inf
        readers = [
            other
            for other in self.links[edge.source][1]
            if other.kind == "stream" and not getattr(other.settings, "enhanced_fan_out", False)
        ]
        rivals = [other for other in self.links[edge.source][1] if other.kind == "polled"]
        raised = self.design.account_of(edge.target).in_force
        return Hop(
            edge.settings,
            source.settings,
            target.settings,
            self._link(index, edge).item_kb,
            lambda service: resolve(service, self.design.region, raised),
            float(receives),
            max(len(readers), 1),
            max(len(rivals), 1),
        )

    def _gives_up(self, edge: Edge, plans: Mapping[int, EdgePlan]) -> list[str]:
        """Holding stations whose exhausted items take a dead-letter or on-failure edge.

        The first edge of a role takes all of it.
        """
        rivals = [other for other in self.design.outflows(edge.source) if other.role == edge.role]
        if rivals[0] != edge:
            return []
        found = list(self.parts[edge.source].gives_up.get(edge.role, ()))
        for end, links in zip(("target", "source"), self.links[edge.source], strict=True):
            for link in links:
                held = self.design.edges[link.index].connection.held
                if held and (end, edge.role) in held.gives_up and (plan := plans[link.index]).holding:
                    found.append(plan.holding)
        return found
