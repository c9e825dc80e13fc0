"""How often everything is asked by the design's own numbers: nothing is refused, no batches form.

It serves to weigh what comes over several edges before the design is solved.
"""

from sandbox.catalog.facts import resolve
from sandbox.catalog.service import Link, Site
from sandbox.design.model import Design
from sandbox.design.parts import Edge

ROUNDS = 100
"""Times that what comes back in a circle is followed."""
CLOSE = 1e-9
QUICKEST_S = 1e-3
"""Users who do not think send no faster than this [s]."""


def nominal_rates(design: Design) -> tuple[float, ...]:
    """Items per second over each edge, in the design's order; consumers of one queue share its messages."""
    sent = {key: _sent(design, key) for key, node in design.nodes.items() if node.kind.begins}
    gains = [_gain(design, edge) for edge in design.edges]
    rates = {key: sent.get(key, 0.0) for key in design.nodes}
    for _ in range(ROUNDS):
        before, rates = rates, {key: sent.get(key, 0.0) for key in design.nodes}
        for edge, gain in zip(design.edges, gains, strict=True):
            if edge.target not in sent:
                rates[edge.target] += before[edge.source] * gain
        if all(abs(rates[key] - before[key]) <= CLOSE * rates[key] for key in rates):
            break
    return tuple(rates[edge.source] * gain for edge, gain in zip(design.edges, gains, strict=True))


def _gain(design: Design, edge: Edge) -> float:
    """Items over an edge for each at its source; what failed takes no part."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    if edge.kind == "dead-letter":
        return 0.0
    link = Link(0, edge.kind, edge.role, target.id, target.service, edge.settings, 0.0)
    alike = sum(other.kind == "polled" for other in design.outflows(edge.source))
    return source.kind.gain(source.settings, link) / (alike if edge.kind == "polled" else 1)


def _sent(design: Design, key: str) -> float:
    """What a source sends: its rate, or the most that its users can."""
    node = design.nodes[key]
    quotas = resolve(node.service, design.region, design.account_of(key).in_force)
    station = node.kind.lower(Site(key, node.settings, quotas, "")).stations[0]
    return station.arrivals or station.users / max(station.think, QUICKEST_S)
