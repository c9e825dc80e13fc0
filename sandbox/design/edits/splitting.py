"""Putting a new node into an edge: source → new → target, where both halves are legal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandbox.catalog import usual
from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import connections, refusal
from sandbox.catalog.practice import End
from sandbox.catalog.refusals import refused
from sandbox.catalog.service import services
from sandbox.design.connecting import build_edge
from sandbox.design.edits.following import followed
from sandbox.design.edits.nodes import new_node
from sandbox.design.edits.settling import settled
from sandbox.design.edits.ways import Follower, Way
from sandbox.design.model import Design
from sandbox.design.parts import Edge, Node
from sandbox.design.tables import edge_table
from sandbox.errors import DesignError, Problem

_OF_TARGET = ("operation", "consistent")
"""Settings that say what is done at an edge's target, and stay with it."""
_HEAD = ("from", "to", "role", "mode")
_NEW: tuple[End, End] = ("target", "source")
"""The end of either half where the new node stands."""


@dataclass(frozen=True)
class _Halves:
    """The two ways that a split edge becomes."""

    ways: tuple[Connection, Connection]

    def home(self, key: str) -> int | None:
        """Which half takes a setting of the old edge: the first that has it, or the one at its target."""
        for half in (1, 0) if key in _OF_TARGET else (0, 1):
            has_it = key in self.ways[half].settings.model_fields
            if has_it and (key != "operation" or services()[self.ways[half].target].settings.operations):
                return half
        return None


def insertable(design: Design, place: int) -> tuple[Follower, ...]:
    """Services that may be put into an edge, the most usual behind its source first."""
    edge = design.edges[place]
    found: dict[str, Follower] = {}
    for way in usual.ranked(design.nodes[edge.source].service):
        halves = _halves(design, edge, way.target)
        if isinstance(halves, _Halves):
            found.setdefault(way.target, Follower(way.target, Way(halves.ways[0])))
    return tuple(found.values())


def inserted(design: Design, service: str, place: int) -> tuple[Design, str]:
    """Put a new node into an edge; the old edge's settings stay on the half where they are valid.

    Args:
        design: The drawing.
        service: Id of the new node's service.
        place: The edge's place. The first half takes it, the second stands right behind.

    Returns:
        The design with both halves, and the new node's id.

    Raises:
        DesignError: One of the halves is not legal, and why.
    """
    old = design.edges[place]
    halves = _halves(design, old, service)
    if isinstance(halves, Problem):
        raise DesignError([halves])
    grown, key = new_node(design, service, old.source)
    ends = ((old.source, key), (key, old.target))
    both = [_half(halves, half, ends[half], old, grown.nodes) for half in (0, 1)]
    edges = (*design.edges[:place], *both, *design.edges[place + 1 :])
    places = {at: at if at <= place else at + 1 for at in range(len(design.edges))}
    elsewhere = {
        (place, name): place + 1 for name in type(old.settings).model_fields if halves.home(name) == 1
    }
    after = followed(design, replace(grown, edges=edges), {}, places, elsewhere)
    new: dict[int, frozenset[End]] = {}
    for half in (0, 1):
        kept = both[half].kind == old.kind
        new[place + half] = frozenset((_NEW[half],)) if kept else frozenset((_NEW[half], "edge"))
    return settled(after, (place, place + 1), new), key


def _halves(design: Design, old: Edge, service: str) -> _Halves | Problem:
    """The ways of both halves, or why there are none."""
    if service not in services():
        return Problem(f"there is no service '{service}'")
    ends = old.connection.source, old.connection.target
    firsts = [way for way in connections(ends[0], service) if way.role == old.role]
    seconds = [way for way in connections(service, ends[1]) if not way.role]
    if not firsts or not seconds:
        wrong = (service, ends[1]) if firsts else (ends[0], service)
        if not connections(*wrong):
            return Problem(refusal(*wrong))
        told = f"the {old.role or 'ordinary'} flow cannot go from {wrong[0]} to {wrong[1]}"
        return Problem(f"{service} cannot stand between {ends[0]} and {ends[1]}: {told}")
    alike = [way for way in firsts if way.mode == old.connection.mode]
    halves = _Halves(((alike or firsts)[0], seconds[0]))
    source, target = design.nodes[old.source].settings, design.nodes[old.target].settings
    stops = (
        refused(halves.ways[0], source, None),
        refused(halves.ways[1], services()[service].settings(), target),
    )
    why = next(filter(None, stops), None)
    return Problem(f"{service} cannot stand between {ends[0]} and {ends[1]}: {why}") if why else halves


def _half(halves: _Halves, half: int, ends: tuple[str, str], old: Edge, nodes: Mapping[str, Node]) -> Edge:
    """One half, with those of the old edge's settings that are valid there and nowhere before."""
    way = halves.ways[half]
    table: dict[str, object] = {"from": ends[0], "to": ends[1]}
    table |= {key: value for key, value in (("role", way.role), ("mode", way.mode)) if value}
    edge, problems = build_edge("edges.0", table, nodes)
    for key, value in edge_table(old).items():
        if key in _HEAD or halves.home(key) != half:
            continue
        told, wrong = build_edge("edges.0", table | {key: value}, nodes)
        if told is not None and not wrong:
            edge, table = told, table | {key: value}
    if edge is None:
        raise DesignError(problems)
    return edge
