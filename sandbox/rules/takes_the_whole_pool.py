"""One function can take the concurrency that the others of its account need.

## Why it matters
Functions without a reservation share one pool. When one of them gets more load, or becomes slower, it fills
the pool, and functions that have nothing to do with it are throttled. A reservation is also a ceiling.

## Instead of
    duration_ms = 2000           # of a report, in one pool with the shop
## Use
    reserved_concurrency = 600   # for the reports; the rest stays with the others
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.edges import PolledEdge
from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.rule import Rule
from sandbox.units import number, times

NEAR = 3.0
"""Multiple of its present load at which a function that fills the pool is told of."""
ROOM = 1.5
"""Multiple of its concurrency that the fix reserves."""
_SPARE = 0.8


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the largest function of every pool that several share."""
    for use, sharing in _pools(evaluation).values():
        key = max(sharing, key=lambda name: sharing[name])
        mine, others = sharing[key], [name for name in sharing if name != key and sharing[name] > 0]
        if not others or mine <= 0 or use.demand >= use.capacity or _has_ceiling(evaluation, key):
            continue
        most = (use.capacity - (use.demand - mine)) / mine
        if most <= NEAR and mine >= use.demand / 2:
            titles = " and ".join(evaluation.design.nodes[name].title for name in others[:2])
            more = f" and {len(others) - 2} more" if len(others) > 2 else ""
            yield RULE.finding(
                f"takes {number(mine)} of the {number(use.capacity)} {use.unit} that it shares with {titles}"
                f"{more}; at {times(most)} of its load they are throttled too",
                node=key,
                fix=_fix(key, mine, use),
            )


def _pools(evaluation: Evaluation) -> dict[str, tuple[LimitUse, dict[str, float]]]:
    """By the pool, how far it is used and the concurrency of each function that shares it."""
    found: dict[str, tuple[LimitUse, dict[str, float]]] = {}
    for key, node in evaluation.design.nodes.items():
        if not isinstance(node.settings, Lambda) or node.settings.reserved_concurrency is not None:
            continue
        told = evaluation.nodes[key]
        pool = next((use for use in told.limits if use.key.startswith("slots:")), None)
        if pool is not None and pool.key.endswith("lambda.concurrency"):
            found.setdefault(pool.key, (pool, {}))[1][key] = told.concurrency or 0.0
    return found


def _has_ceiling(evaluation: Evaluation, key: str) -> bool:
    """Whether all that drives a function says how much of it at once."""
    edges = evaluation.design.inflows(key)
    return bool(edges) and all(
        isinstance(edge.settings, PolledEdge) and edge.settings.maximum_concurrency for edge in edges
    )


def _fix(key: str, mine: float, use: LimitUse) -> dict[str, object] | None:
    """A reservation with room for the function, if the others then still have enough."""
    wanted = ceil(mine * ROOM)
    if use.demand - mine > _SPARE * (use.capacity - wanted):
        return None
    return {f"nodes.{key}.reserved_concurrency": wanted}


RULE = Rule(
    "takes-the-whole-pool",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
)
