"""A function that nothing holds back may ask more of a service than that one takes.

## Why it matters
A queue or a burst of events lets a function run as often at once as the account allows. A partner's API that
takes 150 requests a second refuses the others, they are tried again, and they use up their tries. A ceiling
leaves what is too much in the queue, where it waits.

## Instead of
    edges = [{from = "orders", to = "charge"}]     # 1,250 batches at once, before a bank that takes 150/s
## Use
    edges = [{from = "orders", to = "charge", maximum_concurrency = 50}]
"""

from collections.abc import Iterator

from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.services.external import External
from sandbox.design.parts import Edge
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.ceilings import drivers, held_back, most_environments
from sandbox.rules.mappings import edge_name
from sandbox.rules.rule import Rule
from sandbox.units import milliseconds, number, rate

_HELD = {"polled", "async"}
"""Kinds of edges on which items wait for a function that is held back."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that is driven by queues or events and asks a service with a limit."""
    design = evaluation.design
    for index, edge in enumerate(design.edges):
        target, caller = design.nodes[edge.target], design.nodes[edge.source]
        if not isinstance(target.settings, External) or not isinstance(caller.settings, Lambda) or edge.role:
            continue
        into = drivers(design, caller.id)
        if caller.settings.managed_instances or not into or any(way.kind not in _HELD for way in into):
            continue
        most, takes = most_environments(design, caller.id), _takes(evaluation, index, edge)
        if takes is not None and most > takes[0]:
            yield RULE.finding(
                f"{caller.title} may run {number(most)} times at once, {takes[1]}",
                edge=edge_name(edge),
                fix=held_back(evaluation, caller.id, takes[0]),
            )


def _takes(evaluation: Evaluation, index: int, edge: Edge) -> tuple[float, str] | None:
    """Executions of the caller that the target can serve, and why no more; nothing where it has no limit."""
    target, caller = evaluation.design.nodes[edge.target], evaluation.nodes[edge.source]
    found: list[tuple[float, str]] = []
    if not isinstance(target.settings, External) or caller.latency is None:
        return None
    if (at_once := target.settings.max_connections) is not None:
        found.append((at_once, f"each with a request under way; {target.title} serves {number(at_once)}"))
    if (limit := target.settings.rate_limit_per_s) is not None:
        calls = _calls(evaluation, index, edge)
        most = environments_for(limit, caller.latency.mean / 1000, calls)
        long = milliseconds(caller.latency.mean)
        words = f"{long} each; {target.title} takes {rate(limit)}, as much as {number(most)} of them ask"
        found.append((most, words))
    return min(found, default=None)


def environments_for(limit_per_s: float, duration_s: float, calls: float) -> float:
    """Executions at once whose calls are as many as a limit allows: limit × duration ÷ calls.

    Args:
        limit_per_s: Calls that the target takes [1/s].
        duration_s: Mean duration of an execution [s].
        calls: Calls that one execution makes.

    >>> environments_for(150, 0.5, 1), environments_for(150, 0.5, 10)
    (75.0, 7.5)
    """
    return limit_per_s * duration_s / calls if calls > 0 else float("inf")


def _calls(evaluation: Evaluation, index: int, edge: Edge) -> float:
    """Calls of one execution, tries included; as the edge says where nothing runs."""
    told, runs = evaluation.edges[index], evaluation.nodes[edge.source].invocations_per_s or 0.0
    return told.items_per_s * told.attempts_per_item / runs if runs > 0 else edge.settings.calls


RULE = Rule(
    "target-overrun",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
)
