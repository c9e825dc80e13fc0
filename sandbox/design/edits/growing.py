"""Adding what is joined at once, and joining what is there, with sensible settings."""

from sandbox.catalog.edges import refusal
from sandbox.catalog.practice import End
from sandbox.catalog.service import services
from sandbox.catalog.usual import BEGINNINGS
from sandbox.design.edits.edges import add_edge
from sandbox.design.edits.nodes import add_node, new_node_id
from sandbox.design.edits.settling import NEW_EDGE, settled
from sandbox.design.edits.ways import Way, followers, hindrance
from sandbox.design.model import Design
from sandbox.errors import DesignError, Problem

_BEHIND: frozenset[End] = frozenset({"edge", "target"})
_BEFORE: frozenset[End] = frozenset({"edge", "source"})


def added(
    design: Design, service: str, *, after: str | None = None, way: Way | None = None
) -> tuple[Design, str]:
    """Add a node, joined to what it follows.

    Args:
        design: Where to.
        service: Id of its service.
        after: Id of the node that leads to it; it stands alone where left out.
        way: How it is joined; the most usual way where left out.

    Returns:
        The design with it, and its id.

    Raises:
        UnknownNameError: There is no node *after*.
        DesignError: The service is not in the catalogue, or may not follow that node, and why.
    """
    if after is not None and way is None:
        way = _usual(design, after, service)
    key = new_node_id(design, service, way.role if way else "")
    design = add_node(design, key, service, BEGINNINGS.get(service))
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
    why = hindrance(design, source, target)
    if why:
        raise DesignError([Problem(f"{source} cannot lead to {target}: {why}")])
    design = add_edge(design, source, target, way.role, way.settings)
    place = len(design.edges) - 1
    return settled(design, (place,), {place: NEW_EDGE})


def _usual(design: Design, source: str, service: str) -> Way:
    """How a service most usually follows a node."""
    for follower in followers(design, source):
        if follower.service == service:
            return follower.way
    words = (
        refusal(design.node(source).service, service) if service in services() else f"there is no {service}"
    )
    raise DesignError([Problem(words)])
