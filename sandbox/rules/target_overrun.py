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
from dataclasses import dataclass

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
        if not isinstance(design.nodes[edge.target].settings, External) or edge.role:
            continue
        for by in _callers(evaluation, edge):
            function, into = design.nodes[by.key].settings, drivers(design, by.key)
            if not isinstance(function, Lambda) or function.managed_instances:
                continue
            if not into or any(way.kind not in _HELD for way in into):
                continue
            most, takes = most_environments(design, by.key), _takes(evaluation, index, by)
            if takes is not None and most > takes[0]:
                yield RULE.finding(
                    f"{design.nodes[by.key].title} may run {number(most)} times at once, {takes[1]}",
                    edge=edge_name(edge),
                    fix=held_back(evaluation, by.key, takes[0]),
                )


@dataclass(frozen=True)
class _Caller:
    """What asks a service, itself or through a gateway."""

    key: str
    share: float
    """Part of the calls over the last edge that are its own."""


def _callers(evaluation: Evaluation, edge: Edge) -> Iterator[_Caller]:
    """What the calls over an edge come from, with its part of them: behind a gateway, all that use that."""
    design = evaluation.design
    if design.nodes[edge.source].service != "nat-gateway":
        yield _Caller(edge.source, 1.0)
        return
    into = {
        other.source: told.items_per_s
        for other, told in zip(design.edges, evaluation.edges, strict=True)
        if other.target == edge.source
    }
    whole = sum(into.values())
    yield from (_Caller(key, rate / whole if whole > 0 else 1.0) for key, rate in into.items())


def _takes(evaluation: Evaluation, index: int, by: _Caller) -> tuple[float, str] | None:
    """Executions of the caller that the target can serve, and why no more; nothing where it has no limit."""
    edge, caller = evaluation.design.edges[index], evaluation.nodes[by.key]
    target = evaluation.design.nodes[edge.target]
    found: list[tuple[float, str]] = []
    if not isinstance(target.settings, External) or caller.latency is None:
        return None
    if (at_once := target.settings.max_connections) is not None:
        found.append((at_once, f"each with a request under way; {target.title} serves {number(at_once)}"))
    if (limit := target.settings.rate_limit_per_s) is not None:
        calls = _calls(evaluation, index, by)
        most = environments_for(limit, caller.latency.mean / 1000, calls)
        long = milliseconds(caller.latency.mean)
        enough = number(round(most, 1))
        words = f"{long} each; {target.title} takes {rate(limit)}, as much as {enough} of them ask"
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


def _calls(evaluation: Evaluation, index: int, by: _Caller) -> float:
    """Calls of one execution, tries included; as the edge says where nothing runs."""
    told, runs = evaluation.edges[index], evaluation.nodes[by.key].invocations_per_s or 0.0
    calls = told.items_per_s * told.attempts_per_item * by.share
    return calls / runs if runs > 0 else evaluation.design.edges[index].settings.calls


RULE = Rule(
    "target-overrun",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
)
