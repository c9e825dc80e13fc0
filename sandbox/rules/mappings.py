"""What rules about event source mappings share: the mappings of a design, and paths of their settings."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.catalog.edges import PolledEdge
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.services.sqs import Sqs
from sandbox.design.model import Design
from sandbox.design.parts import Edge, Node


@dataclass(frozen=True)
class QueueMapping:
    """A queue that drives a function."""

    queue: Node
    function: Node
    name: str
    """The edge, as `intake>ship`."""
    path: str
    """Path of the edge in the design."""
    source: Sqs
    edge: PolledEdge
    target: Lambda


def queue_mappings(design: Design) -> Iterator[QueueMapping]:
    """Every edge over which Lambda polls a queue, in the design's order."""
    for index, edge in enumerate(design.edges):
        if edge.kind != "polled":
            continue
        queue, function = design.nodes[edge.source], design.nodes[edge.target]
        source, polled, target = queue.settings, edge.settings, function.settings
        if isinstance(source, Sqs) and isinstance(polled, PolledEdge) and isinstance(target, Lambda):
            path = edge_path(design, index)
            yield QueueMapping(queue, function, edge_name(edge), path, source, polled, target)


def edge_name(edge: Edge) -> str:
    """An edge as people see it."""
    return f"{edge.source}>{edge.target}"


def edge_path(design: Design, index: int) -> str:
    """Path of an edge in the design: by its ends, or by its place where other edges have the same ends."""
    edge = design.edges[index]
    alike = sum(other.target == edge.target for other in design.outflows(edge.source))
    return f"edges.{edge_name(edge)}" if alike == 1 else f"edges.{index}"
