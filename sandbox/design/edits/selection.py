"""Several parts at once: taken away, or copied beside themselves."""

from collections.abc import Collection
from dataclasses import replace

from sandbox.design.edits.following import followed, picked, same
from sandbox.design.edits.nodes import free_id
from sandbox.design.edits.placing import freed
from sandbox.design.model import Design
from sandbox.design.parts import Edge, Node


def remove_parts(design: Design, nodes: Collection[str] = (), edges: Collection[int] = ()) -> Design:
    """Take nodes away with their edges, and further edges by their places.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    gone = {design.node(key).id for key in nodes}
    kept, places = picked(
        design,
        lambda place, edge: place not in edges and edge.source not in gone and edge.target not in gone,
    )
    left = {key: node for key, node in design.nodes.items() if key not in gone}
    return followed(design, replace(design, nodes=left, edges=kept), dict.fromkeys(gone), places)


def duplicated(design: Design, keys: Collection[str]) -> tuple[Design, tuple[str, ...]]:
    """Add copies of nodes, with the edges between them.

    Returns:
        The design with them, and the copies' ids, in the design's order.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    wanted = {design.node(key).id for key in keys}
    nodes = [node for key, node in design.nodes.items() if key in wanted]
    return with_copies(design, nodes, inner(design, wanted))


def inner(design: Design, keys: Collection[str]) -> tuple[Edge, ...]:
    """Edges that join nodes of a selection with each other."""
    return tuple(edge for edge in design.edges if edge.source in keys and edge.target in keys)


def with_copies(
    design: Design, nodes: Collection[Node], edges: Collection[Edge]
) -> tuple[Design, tuple[str, ...]]:
    """Add copies of nodes and of the edges between them.

    Returns:
        The design with them, and the ids they got; these and their positions are free ones.
    """
    ids: dict[str, str] = {}
    grown = design
    places = freed(design, {node.id: node.position for node in nodes})
    for node in nodes:
        ids[node.id] = free_id(grown, node.id)
        grown = grown.with_node(replace(node, id=ids[node.id], position=places[node.id]))
    copies = (replace(edge, source=ids[edge.source], target=ids[edge.target]) for edge in edges)
    after = replace(grown, edges=(*design.edges, *copies))
    return followed(design, after, {}, same(design)), tuple(ids.values())
