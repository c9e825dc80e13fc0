"""At this load the design has two lasting states, and a disturbance can leave it in the worse one.

## Why it matters
It runs well until a spike or a fault; then retries and timeouts feed the overload, and it
does not come back when the spike is over.

## Instead of
    retries = 4                  # on a caller that gives up early
## Use
    retries = 1                  # or a shorter queue, or more capacity
"""

from collections.abc import Iterator
from math import log

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import rate

NOTHING = 1e-9
"""Keeps what nothing arrives at out of the comparison [items/s]."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare what an empty system ends in with what a saturated one ends in."""
    if not evaluation.metastable:
        return
    steady, s = evaluation.steady, evaluation.scenario
    good, bad = steady.offered[:, s], steady.saturated[:, s]
    owners = {
        steady.compiled.rows[station.id]: key
        for key, parts in evaluation.lowered.parts.items()
        for station in parts.stations
    }
    row = max(owners, key=lambda at: abs(log((bad[at] + NOTHING) / (good[at] + NOTHING))))
    yield RULE.finding(
        f"after a disturbance it may stay at {rate(float(bad[row]))} offered instead of "
        f"{rate(float(good[row]))}: retries and waiting callers keep the overload alive",
        node=owners[row],
    )


RULE = Rule(
    "two-states",
    "warning",
    check,
    "https://sigops.org/s/conferences/hotos/2021/papers/hotos21-s11-bronson.pdf",
    metric="offered_per_s",
)
