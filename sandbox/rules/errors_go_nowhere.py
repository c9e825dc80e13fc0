"""Events that a function fails on are dropped after the last try, with nobody told.

## Why it matters
AWS tries a failed event again, twice unless set, and then drops it. Whoever handed it over was told that all
is well, so without a dead-letter queue or a destination for failures nobody can find out what is missing.

## Instead of
    edges = [{from = "topic", to = "notify"}]
## Use
    edges = [{from = "topic", to = "notify"}, {from = "notify", to = "failed", role = "on-failure"}]
"""

from collections.abc import Iterator

from sandbox.catalog.edges import AsyncEdge
from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.items_lost import SHOWN
from sandbox.rules.rule import Rule
from sandbox.units import rate

_LAST = {"on-failure", "dead-letter"}
_RETRIES = 2
"""Tries after a failed one, where nothing is set."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function that gets events; where some are lost already a graver rule speaks."""
    design = evaluation.design
    for key, node in design.nodes.items():
        if not isinstance(node.settings, Lambda) or evaluation.nodes[key].lost_per_s >= SHOWN:
            continue
        events = [
            (index, edge.settings)
            for index, edge in enumerate(design.edges)
            if edge.target == key and edge.kind == "async" and isinstance(edge.settings, AsyncEdge)
        ]
        if not events or any(edge.role in _LAST for edge in design.outflows(key)):
            continue
        came = sum(evaluation.edges[index].items_per_s for index, _ in events)
        tries = max(_RETRIES if edge.retries is None else edge.retries for _, edge in events) + 1
        tried = "try" if tries == 1 else f"{tries} tries"
        yield RULE.finding(f"gets {rate(came)} events; one that fails is dropped after {tried}", node=key)


RULE = Rule(
    "errors-go-nowhere",
    "note",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    metric="failed_per_s",
)
