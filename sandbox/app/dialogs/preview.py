"""A design in a few lines and as a graph without numbers: nothing is computed for it."""

from typing import cast

from sandbox.design.model import Design
from widgets.canvas.graph import Edge, Family, Graph, Kind, Node

_KINDS = frozenset({"sync", "async", "polled", "stream", "dead-letter"})


def outline(design: Design) -> Graph:
    """What a design looks like: nodes with their names and services, and how they are connected."""
    nodes = tuple(
        Node(
            node.id,
            node.title,
            node.kind.badge,
            node.kind.icon,
            cast("Family", node.kind.family),
            hint=node.position,
        )
        for node in design.nodes.values()
    )
    edges = tuple(
        Edge(index, edge.source, edge.target, cast("Kind", edge.kind if edge.kind in _KINDS else "async"))
        for index, edge in enumerate(design.edges)
    )
    return Graph(nodes, edges)


def counted(design: Design) -> str:
    """How large a design is, and where it runs.

    >>> counted(Design())
    'empty · us-east-1'
    """
    parts = [_many(len(design.nodes), "node"), _many(len(design.edges), "connection")]
    return (
        " · ".join([*(part for part in parts if part), design.region])
        if design.nodes
        else f"empty · {design.region}"
    )


def summary(design: Design) -> str:
    r"""The first line of a design's description, without Markdown's signs at its start.

    >>> summary(Design(description="# A queue\n\nIt piles up."))
    'A queue'
    """
    lines = (line.strip("#*> ").strip() for line in design.description.splitlines())
    return next((line for line in lines if line), "")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}" if count else ""
