"""How large one item is on each hop.

The edge's `item_kb`, else the target's `message_kb`, else what the source received.
"""

from sandbox.design.model import Design
from sandbox.design.parts import Edge

UNKNOWN_KB = 2.0
"""Size of what comes from nowhere: the default payload of traffic."""


def item_sizes(design: Design) -> tuple[float, ...]:
    """Size of one item on each edge, in the design's order [KB]."""
    known: dict[str, float] = {}
    return tuple(_on_edge(design, edge, known, set()) for edge in design.edges)


def answer_kb(design: Design, node: str, seen: frozenset[str] = frozenset()) -> float:
    """Mean size of a node's answer: its own `response_kb`, else the largest of what it calls [KB]."""
    own = getattr(design.nodes[node].settings, "response_kb", None)
    if own is not None:
        return float(own)
    asked = [
        edge.target
        for edge in design.outflows(node)
        if edge.connection.kind == "sync" and edge.role != "authorizer" and edge.target not in seen
    ]
    return max((answer_kb(design, target, seen | {node}) for target in asked), default=0.0)


def _on_edge(design: Design, edge: Edge, known: dict[str, float], asking: set[str]) -> float:
    own = getattr(edge.settings, "item_kb", None)
    if own is None:
        own = getattr(design.nodes[edge.target].settings, "message_kb", None)
    return float(own) if own is not None else _received(design, edge.source, known, asking)


def _received(design: Design, node: str, known: dict[str, float], asking: set[str]) -> float:
    """What a node receives: a source's payload, else the item of its first incoming edge."""
    if node in known:
        return known[node]
    payload = getattr(design.nodes[node].settings, "payload_kb", None)
    if payload is None and node not in asking:
        for edge in design.inflows(node):
            if edge.role == "":
                payload = _on_edge(design, edge, known, asking | {node})
                break
    known[node] = UNKNOWN_KB if payload is None else float(payload)
    return known[node]
