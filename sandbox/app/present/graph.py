"""What the canvas draws: rates, loads and marks of every node and edge."""

from sandbox.design.parts import Node as Part
from sandbox.evaluation import Evaluation
from sandbox.outcome import EdgeOutcome, LimitUse, NodeOutcome
from sandbox.units import milliseconds, number, rate
from widgets.canvas.graph import Edge, Graph, Kind, Mark, Node

SHOWN = 1e-4
"""Share of what comes in from which something refused, held or lost is marked."""

SOON_S = 2.0
"""A backlog of so many seconds' arrivals is marked."""
_KINDS: dict[str, Kind] = {
    "sync": "sync",
    "async": "async",
    "polled": "polled",
    "stream": "stream",
    "dead-letter": "dead-letter",
}


def graph(evaluation: Evaluation) -> Graph:
    """The whole picture of an evaluation."""
    design = evaluation.design
    return Graph(
        tuple(_node(part, evaluation.nodes[key]) for key, part in design.nodes.items()),
        tuple(_edge(place, told) for place, told in enumerate(evaluation.edges)),
    )


def mark(told: NodeOutcome) -> tuple[Mark, str]:
    """The gravest thing that happens to items at a node, as a sign and in words."""
    least = SHOWN * told.offered_per_s
    if told.lost_per_s > least:
        return "lost", f"lost {rate(told.lost_per_s)}"
    if told.throttled_per_s > least:
        share = told.throttled_per_s / told.offered_per_s
        return "throttled", f"throttled {'<1%' if share < 0.005 else f'{share:.0%}'}"
    if told.backlog is not None and told.backlog > max(1.0, SOON_S * told.offered_per_s):
        return "held", f"backlog {number(round(told.backlog))}"
    if told.backlog is None and told.backlog_growth_per_s > max(least, 1e-9):
        return "held", f"held {rate(told.backlog_growth_per_s)}"
    return "", ""


def nearest_limit(told: NodeOutcome) -> LimitUse | None:
    """The limit that is used most."""
    return max(told.limits, key=lambda use: use.utilisation, default=None)


def _node(part: Part, told: NodeOutcome) -> Node:
    use = nearest_limit(told)
    sign, note = mark(told)
    return Node(
        id=part.id,
        label=part.title,
        badge=part.kind.badge,
        icon=part.kind.icon,
        family=part.kind.family,  # type: ignore[arg-type]  # the catalogue's families are the canvas's
        rate=rate(told.offered_per_s),
        detail=_detail(told, use),
        gauge=None if use is None else use.utilisation,
        mark=sign,
        note=note,
        hint=part.position,
    )


def _detail(told: NodeOutcome, use: LimitUse | None) -> str:
    """Load and limit where items are worked on at once, else the oldest one's age or the latency."""
    slots = next((limit for limit in told.limits if limit.key.startswith("slots:")), None)
    if slots is not None:
        return f"{_busy(told.concurrency or 0.0)} / {number(slots.capacity)}"
    if told.oldest_age_s is not None and use is not None and use.key.startswith("consumer:"):
        return f"age {milliseconds(told.oldest_age_s * 1000)}"
    if told.mean_latency_ms is not None:
        return f"mean {milliseconds(told.mean_latency_ms)}"
    return "" if told.latency is None else f"p99 {milliseconds(told.latency.p99)}"


def _busy(demand: float) -> str:
    """How many are busy, without the solver's last digits: 0.05, 0.5, 17, 800."""
    return number(round(demand, 2 if demand < 1 else 1 if demand < 100 else 0))


def _edge(place: int, told: EdgeOutcome) -> Edge:
    return Edge(
        id=place,
        source=told.source,
        target=told.target,
        kind=_KINDS.get(told.kind, "sync"),
        label=rate(told.items_per_s) if told.items_per_s > 1e-9 else "",
        hot=told.refused > SHOWN,
        idle=told.items_per_s <= 1e-9 and told.kind != "dead-letter",
    )
