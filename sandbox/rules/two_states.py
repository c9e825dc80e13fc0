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

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import Rule
from sandbox.units import rate


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare what an empty system ends in with what a saturated one ends in."""
    if not evaluation.metastable:
        return
    steady, s = evaluation.steady, evaluation.scenario
    good, bad = steady.offered[:, s], steady.saturated[:, s]
    row = int((bad / (good + 1e-9)).argmax())
    owner = next(
        (
            k
            for k, p in evaluation.lowered.parts.items()
            for x in p.stations
            if steady.compiled.rows[x.id] == row
        ),
        None,
    )
    yield Finding(
        RULE.name,
        RULE.severity,
        f"after a disturbance it can stay at {rate(float(bad[row]))} offered instead of {rate(float(good[row]))}: "
        "retries keep the overload alive",
        node=owner,
        source=RULE.source,
    )


RULE = Rule(
    "two-states",
    "warning",
    check,
    "https://sigops.org/s/conferences/hotos/2021/papers/hotos21-s11-bronson.pdf",
)
