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

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.pools import Pool, can_reserve, has_ceiling, pools, reservation
from sandbox.rules.rule import Rule
from sandbox.units import listed, number, times

NEAR = 3.0
"""Multiple of its present load at which a function that fills the pool is told of."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the largest function of every pool that several share."""
    for pool in pools(evaluation):
        key = filler(evaluation, pool)
        if key is None:
            continue
        others = [name for name in pool.sharing if name != key and pool.sharing[name] > 0]
        titles = listed([evaluation.design.nodes[name].title for name in others])
        mine, is_full = pool.sharing[key], pool.use.demand >= pool.use.capacity
        then = "they are throttled with it" if is_full else (
            f"at {times(pool.most(mine))} of its load they are throttled too"
        )  # fmt: skip
        yield RULE.finding(
            f"takes {number(mine)} of the {number(pool.use.capacity)} {pool.use.unit} that it shares with "
            f"{titles}; {then}",
            node=key,
            fix=None if is_full else _fix(evaluation, key, pool),
        )


def filler(evaluation: Evaluation, pool: Pool) -> str | None:
    """The function that takes half of what is used, and all of it now or before three times its load."""
    key = max(pool.sharing, key=lambda name: pool.sharing[name])
    mine, use = pool.sharing[key], pool.use
    alone = not any(busy > 0 for name, busy in pool.sharing.items() if name != key)
    if alone or mine <= 0 or has_ceiling(evaluation, key):
        return None
    if use.demand >= use.capacity:
        return key if mine >= sum(pool.sharing.values()) / 2 else None
    return key if pool.most(mine) <= NEAR and mine >= use.demand / 2 else None


def _fix(evaluation: Evaluation, key: str, pool: Pool) -> dict[str, object] | None:
    """A reservation with room for the function, if the others then still have enough."""
    wanted = reservation(evaluation, key)
    account = evaluation.design.nodes[key].account
    if not pool.leaves_room({key: wanted}) or not can_reserve(evaluation, account, wanted):
        return None
    return {f"nodes.{key}.reserved_concurrency": wanted}


RULE = Rule(
    "takes-the-whole-pool",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    metric="concurrency",
)
