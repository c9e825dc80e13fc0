"""Adding what is joined at once, and joining what is there, with sensible settings."""

from collections.abc import Iterable

from sandbox.catalog.connections import refusal
from sandbox.catalog.practice import End
from sandbox.catalog.service import services
from sandbox.design.edits.edges import add_edge
from sandbox.design.edits.nodes import new_node
from sandbox.design.edits.settling import NEW_EDGE, settled
from sandbox.design.edits.splitting import inserted
from sandbox.design.edits.ways import Follower, Way, followers, hindrance, leaders, ways
from sandbox.design.model import Design
from sandbox.errors import DesignError, Problem

_BEHIND: frozenset[End] = frozenset({"edge", "target"})
_BEFORE: frozenset[End] = frozenset({"edge", "source"})


def added(
    design: Design,
    service: str,
    *,
    after: str | None = None,
    before: str | None = None,
    into: int | None = None,
    way: Way | None = None,
) -> tuple[Design, str]:
    """Add a node: behind another, before another, into an edge, or alone.

    Args:
        design: Where to.
        service: Id of its service.
        after: Id of the node that leads to it.
        before: Id of the node that it leads to.
        into: Place of the edge that it splits.
        way: How it is joined to the node after or before it; the most usual way where left out.

    Returns:
        The design with it, and its id.

    Raises:
        UnknownNameError: There is no node *after* or *before*.
        DesignError: The service is not in the catalogue, or may not stand there, and why.
    """
    if into is not None:
        return inserted(design, service, into)
    if before is not None:
        return _before(design, service, before, way)
    if after is not None and way is None:
        source = design.node(after).service
        way = _usual(followers(design, after), service, source, service)
    design, key = new_node(design, service, after, way.role if way else "")
    if after is not None and way is not None:
        design = add_edge(design, after, key, way.role, way.settings)
        place = len(design.edges) - 1
        design = settled(design, (place,), {place: _BEHIND})
    return design, key


def joined(design: Design, source: str, target: str, way: Way) -> Design:
    """Join two nodes in one of their `ways`, and let their settings follow.

    Raises:
        UnknownNameError: One of the nodes is not there.
        DesignError: They cannot be joined so, and why.
    """
    offered = {other.connection for other in ways(design, source, target)}
    if way.connection not in offered:
        why = hindrance(design, source, target) or f"'{way.title}' is not one of their ways"
        raise DesignError([Problem(f"{source} cannot lead to {target}: {why}")])
    design = add_edge(design, source, target, way.role, way.settings)
    place = len(design.edges) - 1
    return settled(design, (place,), {place: NEW_EDGE})


def _before(design: Design, service: str, target: str, way: Way | None) -> tuple[Design, str]:
    """Add a node that leads to another."""
    way = way or _usual(leaders(design, target), service, service, design.node(target).service)
    design, key = new_node(design, service, target)
    design = add_edge(design, key, target, way.role, way.settings)
    place = len(design.edges) - 1
    return settled(design, (place,), {place: _BEFORE}), key


def _usual(offered: Iterable[Follower], service: str, *ends: str) -> Way:
    """How a service is most usually joined, among what is offered.

    Raises:
        DesignError: It is not offered, and why.
    """
    for follower in offered:
        if follower.service == service:
            return follower.way
    words = refusal(*ends) if service in services() else f"there is no service '{service}'"
    raise DesignError([Problem(words)])
