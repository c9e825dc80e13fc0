"""A function calls another and waits for it, so that the same time is paid twice.

## Why it matters
While the second function works, the first one is billed for doing nothing and keeps its place in the
account's concurrency. If the second one is slow or throttled, the first one fails with it.

## Instead of
    edges = [{from = "order", to = "charge"}]
## Use
    edges = [{from = "order", to = "queue"}, {from = "queue", to = "charge"}]    # or a workflow over both
"""

from collections.abc import Iterator

from sandbox.catalog.functions.settings import Lambda
from sandbox.design.model import Design
from sandbox.design.parts import Edge, Node
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import duration, percent, usd

SHOWN = 0.2
"""Share of its time that the caller waits from which it is told."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that another function waits for, also through a front door."""
    design, steady, s = evaluation.design, evaluation.steady, evaluation.scenario
    places: dict[int, int] = {}
    for index, edge in enumerate(design.edges):
        asked = _asked(design, edge)
        if asked is None:
            continue
        places = places or {arc: call for call, arc in enumerate(steady.compiled.calls.arc.tolist())}
        arc = evaluation.lowered.edges[index].arcs[0]
        if arc not in places:
            continue
        waited = float(steady.made.time[places[arc], s])
        whole = float(steady.duration[steady.compiled.source[arc], s])
        if whole > 0 and waited / whole >= SHOWN and steady.arc_items[arc, s] > 0:
            share = min(waited / whole, 1.0)
            yield RULE.finding(
                f"{design.nodes[edge.source].title} waits {duration(waited)} of its {duration(whole)} for "
                f"{asked.title}: {percent(share)}, or {usd(share * _time_usd(evaluation, edge.source))} "
                "a month, are paid twice",
                edge=edge_name(edge),
            )


def _asked(design: Design, edge: Edge) -> Node | None:
    """The function that a function's call waits for; nothing where it waits for none."""
    target = design.nodes[edge.target]
    if edge.kind != "sync" or not isinstance(design.nodes[edge.source].settings, Lambda):
        return None
    if target.kind.family == "front":
        behind = (way for way in design.outflows(target.id) if way.kind == "sync" and not way.role)
        return next((design.nodes[way.target] for way in behind if _is_function(design, way)), None)
    return target if _is_function(design, edge) else None


def _is_function(design: Design, edge: Edge) -> bool:
    return isinstance(design.nodes[edge.target].settings, Lambda)


def _time_usd(evaluation: Evaluation, key: str) -> float:
    """What a month of a function's own run time is billed as [USD]."""
    return sum(line.usd for line in evaluation.lines if line.node == key and line.item.startswith("Duration"))


RULE = Rule(
    "waits-for-function",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/operatorguide/functions-calling-functions.html",
    metric="latency_ms.mean",
)
