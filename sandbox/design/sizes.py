"""How large one item is on each hop.

The edge's `item_kb`, else the target's `message_kb`, else what the source received; a bucket tells of its
objects by their names.
"""

from sandbox.design.model import Design
from sandbox.design.nominal import nominal_rates
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
    """What a node receives: a source's payload, else the item of what reaches it."""
    if node in known:
        return known[node]
    settings = design.nodes[node].settings
    payload = settings.told_kb or getattr(settings, "payload_kb", None)
    if payload is None and node not in asking:
        payload = _reaching(design, node, known, asking | {node})
    known[node] = UNKNOWN_KB if payload is None else float(payload)
    return known[node]


def _reaching(design: Design, node: str, known: dict[str, float], asking: set[str]) -> float | None:
    """Item of the first edge that brings some; for what tells of its changes alone, the mean of those."""
    ordinary = [edge for edge in design.inflows(node) if edge.role == ""]
    bringing = [edge for edge in ordinary if edge.settings.calls > 0] or ordinary
    if not design.nodes[node].settings.telling:
        return _on_edge(design, bringing[0], known, asking) if bringing else None
    told = [edge for edge in bringing if _is_told(design, edge)] or bringing[:1]
    sizes = [_on_edge(design, edge, known, asking) for edge in told]
    if len(set(sizes)) <= 1:
        return next(iter(sizes), None)
    rates = zip(design.edges, nominal_rates(design), strict=True)
    weights = [rate for edge, rate in rates if edge.target == node and edge in told]
    whole = sum(weights)
    weighted = sum(size * weight for size, weight in zip(sizes, weights, strict=True))
    return weighted / whole if whole > 0 else sum(sizes) / len(sizes)


def _is_told(design: Design, edge: Edge) -> bool:
    """Whether an edge changes what its target stores, as deliveries do."""
    target = design.nodes[edge.target].settings
    said = edge.operation or edge.connection.operation or target.operations[0]
    return edge.kind != "sync" or target.synonyms.get(said, said) in target.telling
