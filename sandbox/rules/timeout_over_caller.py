"""A function sometimes runs for longer than its caller waits for it.

## Why it matters
The caller gives up and gets an error while the function works on: it is billed to its end and
keeps its concurrency, and a caller that tries again starts the same work a second time.

## Instead of
    timeout_s = 60               # of a function behind a REST API, which waits 29 s
## Use
    timeout_s = 29               # or a queue between, where the work takes longer
"""

from collections.abc import Iterator

from sandbox.catalog.functions.settings import Lambda
from sandbox.design.model import Design
from sandbox.design.parts import Edge
from sandbox.engine.lognormal import share_over
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import duration, percent

SHOWN = 1e-4
"""Share of late calls from which it is told."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that a front door calls and waits for."""
    design = evaluation.design
    for index, edge in enumerate(design.edges):
        source, target = design.nodes[edge.source], design.nodes[edge.target]
        function = target.settings
        if edge.kind != "sync" or source.kind.family != "front" or not isinstance(function, Lambda):
            continue
        longest = _patience(evaluation, design, index, edge)
        late = _late(evaluation, index, longest)
        if function.timeout_s > longest and late > SHOWN:
            yield RULE.finding(
                f"{percent(late)} of the calls of {target.title} take longer than the {duration(longest)} "
                f"that {source.title} waits; it may work on for {duration(function.timeout_s)}",
                edge=edge_name(edge),
                fix={f"nodes.{target.id}.timeout_s": longest},
            )


def _late(evaluation: Evaluation, index: int, longest: float) -> float:
    """Share of the calls over an edge that take longer."""
    steady, s = evaluation.steady, evaluation.scenario
    row = steady.compiled.rows[evaluation.lowered.edges[index].entry]
    return float(share_over(longest, steady.duration[row, s], steady.variance[row, s]))


def _patience(evaluation: Evaluation, design: Design, index: int, edge: Edge) -> float:
    """How long the caller waits for one call, or for all of them [s]."""
    source = design.nodes[edge.source]
    link = next(link for link in evaluation.lowered.links[edge.source][1] if link.index == index)
    whole = float(getattr(source.settings, "timeout_s", source.kind.patience(source.settings, link)))
    return min(whole, source.kind.patience(source.settings, link))


RULE = Rule(
    "timeout-over-caller",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html",
    metric="latency_ms.p99",
)
