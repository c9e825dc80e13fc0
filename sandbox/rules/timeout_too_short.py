"""A function's own work takes longer than its timeout now and then.

## Why it matters
Lambda stops what is not done by then. It is billed to its end and has done nothing, and events and messages
come again, to be stopped again if their work is the same.

## Instead of
    timeout_s = 3                # of work that takes 2 s on average, and some 5 s
## Use
    timeout_s = 9                # longer than 999 in 1,000 of its runs
"""

from collections.abc import Iterator
from math import ceil, inf

from sandbox.catalog.facts import resolve
from sandbox.catalog.functions.settings import Lambda, stretch
from sandbox.catalog.practice import LONGEST_HIDDEN_S, wanted_visibility_s
from sandbox.engine.lognormal import quantile, share_over
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.mappings import queue_mappings
from sandbox.rules.rule import Rule
from sandbox.rules.timeout_over_caller import patience_s
from sandbox.rules.too_long_for_function import LONGEST_S, NEAR
from sandbox.units import duration, percent

SHOWN = 0.01
"""Share of the runs over the timeout from which it is told."""
DONE = 0.999
"""Share of the runs that the fix leaves time for."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the work that each function does itself; who waits for others may well give up early."""
    for key, node in evaluation.design.nodes.items():
        function = node.settings
        if not isinstance(function, Lambda) or function.timeout_s > NEAR * LONGEST_S:
            continue
        longest = min(_waiting(evaluation, key), default=inf)
        if longest <= function.timeout_s:
            continue  # it is as long as anybody waits
        mean = _own_s(evaluation, key, function)
        variance = (mean * function.duration_cv) ** 2
        over = float(share_over(function.timeout_s, mean, variance))
        if mean > 0 and over >= SHOWN:
            wanted = ceil(float(quantile(DONE, mean, variance)))
            yield RULE.finding(
                f"its own work takes {duration(mean)} on average; {percent(over)} of its runs are stopped at "
                f"its timeout of {duration(function.timeout_s)} and billed all the same",
                node=key,
                fix=_fix(evaluation, key, wanted) if wanted <= min(longest, NEAR * LONGEST_S) else None,
            )


def _own_s(evaluation: Evaluation, key: str, function: Lambda) -> float:
    """Mean time of a run without what it waits for [s]; nothing where it is never called."""
    told, design = evaluation.nodes[key], evaluation.design
    if not told.invocations_per_s:
        return 0.0
    per_vcpu = resolve("lambda", design.region, design.account_of(key).in_force)["memory_mb_per_vcpu"]
    items = told.accepted_per_s / told.invocations_per_s
    return (function.duration_ms + function.per_record_ms * items) * stretch(function, per_vcpu) / 1000


def _waiting(evaluation: Evaluation, key: str) -> Iterator[float]:
    """How long each caller waits [s]."""
    for index, edge in enumerate(evaluation.design.edges):
        if edge.target == key and edge.kind == "sync":
            yield patience_s(evaluation, index)


def _fix(evaluation: Evaluation, key: str, wanted: int) -> dict[str, object]:
    """The timeout, and messages that are hidden for long enough."""
    design = evaluation.design
    fix: dict[str, object] = {f"nodes.{key}.timeout_s": wanted}
    for at in queue_mappings(design):
        hidden = wanted_visibility_s(wanted, at.edge.batch_window_s)
        if at.function.id == key and at.source.visibility_timeout_s < hidden <= LONGEST_HIDDEN_S:
            fix[f"nodes.{at.queue.id}.visibility_timeout_s"] = hidden
    return fix


RULE = Rule(
    "timeout-too-short",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
    metric="latency_ms.p99",
)
