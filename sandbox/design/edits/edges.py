"""One edge at a time: add, take away, lead elsewhere."""

from collections.abc import Mapping
from dataclasses import replace

from sandbox.design.connecting import build_edge
from sandbox.design.edits.following import followed, picked, same
from sandbox.design.model import Design
from sandbox.design.tables import edge_table
from sandbox.errors import DesignError


def add_edge(
    design: Design,
    source: str,
    target: str,
    role: str = "",
    settings: Mapping[str, object] | None = None,
) -> Design:
    """Join two nodes, behind the other edges.

    Args:
        design: Where to.
        source: Id of the node it leaves.
        target: Id of the node it reaches.
        role: `dead-letter` and the like; nothing for the ordinary flow.
        settings: What differs from the connection's defaults, as TOML has it (`mode` too).

    Raises:
        DesignError: The services cannot be connected, and why; or a setting is wrong.
    """
    table: dict[str, object] = {"from": source, "to": target, **(settings or {})}
    if role:
        table["role"] = role
    edge, problems = build_edge(f"edges.{len(design.edges)}", table, design.nodes)
    if edge is None:
        raise DesignError(problems)
    return followed(design, replace(design, edges=(*design.edges, edge)), {}, same(design))


def remove_edge(design: Design, place: int) -> Design:
    """Take an edge away, by its place."""
    edges, places = picked(design, lambda other, _: other != place)
    return followed(design, replace(design, edges=edges), {}, places)


def reconnect_edge(design: Design, place: int, source: str, target: str) -> Design:
    """Let an edge join other nodes; its settings stay where the new connection has them.

    Raises:
        DesignError: The services cannot be connected, and why.
    """
    old = edge_table(design.edges[place])
    ends: dict[str, object] = {"from": source, "to": target}
    edge, problems = build_edge(f"edges.{place}", old | ends, design.nodes)
    if edge is None:
        edge, problems = build_edge(f"edges.{place}", ends, design.nodes)
    if edge is None:
        raise DesignError(problems)
    return followed(design, design.with_edge(place, edge), {}, same(design))
