"""Several parts at once: taken away, or copied beside themselves."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sandbox.design.edits.following import followed, picked, same
from sandbox.design.edits.nodes import free_id
from sandbox.design.edits.placing import freed
from sandbox.design.model import Design


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


def duplicated(design: Design, keys: Collection[str]) -> tuple[Design, Mapping[str, str]]:
    """Add copies of nodes, each behind the original's last, with the edges between them.

    Returns:
        The design with them, and the new ids by the old ones, in the design's order.

    Raises:
        UnknownNameError: One of the nodes is not there.
    """
    wanted = {design.node(key).id for key in keys}
    ids: dict[str, str] = {}
    grown = design
    for key in design.nodes:
        if key in wanted:
            ids[key] = free_id(grown, key)
            grown = grown.with_node(replace(design.nodes[key], id=ids[key]))
    places = freed(design, {ids[key]: design.nodes[key].position for key in ids})
    nodes = {key: replace(node, position=places.get(key, node.position)) for key, node in grown.nodes.items()}
    inner = tuple(
        replace(edge, source=ids[edge.source], target=ids[edge.target])
        for edge in design.edges
        if edge.source in wanted and edge.target in wanted
    )
    after = replace(grown, nodes=nodes, edges=(*design.edges, *inner))
    return followed(design, after, {}, same(design)), ids
