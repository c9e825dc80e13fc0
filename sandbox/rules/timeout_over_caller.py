"""What is called sometimes works for longer than its caller waits for it.

## Why it matters
Timeouts nest: each caller waits at least as long as what it calls may take. Else it gives up with an error
while the other works on, is billed to its end and keeps its place; and a caller that tries again starts the
same work a second time.

## Instead of
    timeout_s = 60               # of a function behind a REST API, which waits 29 s
## Use
    timeout_s = 29               # or a queue between, where the work takes longer
"""

from collections.abc import Iterator
from math import inf, isfinite

from sandbox.design.model import Design
from sandbox.engine.lognormal import share_over
from sandbox.errors import DesignError
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import duration, percent

SHOWN = 1e-4
"""Share of late calls from which it is told."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every call of what has a timeout of its own, from clients' doors to the last function."""
    design = evaluation.design
    for index, edge in enumerate(design.edges):
        source, target = design.nodes[edge.source], design.nodes[edge.target]
        if edge.kind != "sync" or "timeout_s" not in type(target.settings).model_fields:
            continue
        given: float | None = getattr(target.settings, "timeout_s", None)
        longest = patience_s(evaluation, index)
        late = _late(evaluation, index, longest) if isfinite(longest) else 0.0
        if (given is None or given > longest) and late > SHOWN:
            works_on = "has no timeout" if given is None else f"may work on for {duration(given)}"
            yield RULE.finding(
                f"{percent(late)} of the calls of {target.title} take longer than the {duration(longest)} "
                f"that {source.title} waits; it {works_on}",
                edge=edge_name(edge),
                fix=_fix(design, f"nodes.{target.id}.timeout_s", longest),
            )


def _fix(design: Design, path: str, longest: float) -> dict[str, object] | None:
    """The callee's timeout as long as its caller waits; nothing where it cannot be so short."""
    fix: dict[str, object] = {path: int(longest) if longest.is_integer() else longest}
    try:
        design.with_values(fix)
    except DesignError:
        return None
    return fix


def _late(evaluation: Evaluation, index: int, longest: float) -> float:
    """Share of the calls over an edge that take longer."""
    steady, s = evaluation.steady, evaluation.scenario
    row = steady.compiled.rows[evaluation.lowered.edges[index].entry]
    return float(share_over(longest, steady.duration[row, s], steady.variance[row, s]))


def patience_s(evaluation: Evaluation, index: int) -> float:
    """How long the caller over an edge waits for one call, or for all of them [s]."""
    edge = evaluation.design.edges[index]
    source = evaluation.design.nodes[edge.source]
    link = next(link for link in evaluation.lowered.links[edge.source][1] if link.index == index)
    whole = getattr(source.settings, "timeout_s", None)
    return min(inf if whole is None else float(whole), source.kind.patience(source.settings, link))


RULE = Rule(
    "timeout-over-caller",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html",
    metric="latency_ms.p99",
)
