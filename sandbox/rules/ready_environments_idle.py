"""Most environments that are kept ready have nothing to do.

## Why it matters
Provisioned concurrency is paid by the hour, used or not. It is cheaper than running on demand only where
more than about six in ten are in use.

## Instead of
    provisioned_concurrency = 100    # with 10 in use
## Use
    provisioned_concurrency = 17     # or provisioned_max, so that scaling follows the load
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.peaks import peak_at
from sandbox.rules.rule import Rule
from sandbox.units import number, percent, usd

IDLE = 0.3
"""Share in use below which it is told."""
USE = 0.6
"""Share in use that the fix aims at."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every function with a fixed number of environments kept ready, at the highest of its load."""
    for key, node in evaluation.design.nodes.items():
        function = node.settings
        if not isinstance(function, Lambda) or not (ready := function.provisioned_concurrency):
            continue
        peak = peak_at(evaluation, key)
        if peak is None:
            continue
        busy = (evaluation.nodes[key].concurrency or 0.0) * peak
        enough = max(ceil(busy / USE), 1)
        if function.provisioned_max is None and busy < IDLE * ready and enough < ready:
            when = " at the peak" if peak > 1 else ""
            idle = _usd(evaluation, key) * (1 - busy / ready)
            yield RULE.finding(
                f"{number(busy)} of {number(ready)} environments kept ready are in use{when}, "
                f"{percent(busy / ready)}; the others cost {usd(idle)} a month",
                node=key,
                fix={f"nodes.{key}.provisioned_concurrency": enough},
            )


def _usd(evaluation: Evaluation, key: str) -> float:
    """What a month of the environments kept ready is billed as [USD]."""
    mine = (line for line in evaluation.lines if line.node == key)
    return sum(line.usd for line in mine if line.item.startswith("Provisioned concurrency"))


RULE = Rule(
    "ready-environments-idle",
    "warning",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
    metric="environments",
)
