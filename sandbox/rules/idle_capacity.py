"""Capacity that is paid by the hour has little to do, even when the load is at its peak.

## Why it matters
Shards, provisioned units, nodes, instances and tasks cost the same whether they work or not. A twentieth in
use pays for the other nineteen all month; what follows the load, or is smaller, does the same for less.

## Instead of
    shards = 20                  # for 800 records/s, which one shard takes
## Use
    shards = 2                   # or mode = "on-demand", where nobody knows the peak
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.limit_near import MONTHS, ROOM
from sandbox.rules.peaks import peak_at
from sandbox.rules.rule import Rule
from sandbox.rules.standing import Standing, standing
from sandbox.units import percent, times, usd

IDLE = 0.2
"""Share in use at the peak below which it is told."""
SHOWN_USD = 50.0
"""Least that the unused part must cost in a month [USD]."""
PART = 0.1
"""Least share of the whole bill that the unused part must be."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every capacity that is there whether it is used or not, at the highest of its load's course."""
    least = max(SHOWN_USD, PART * evaluation.monthly_usd)
    for key, node in evaluation.nodes.items():
        if node.monthly_usd < least:
            continue
        idle = [each for each in standing(evaluation, key) if each.usd >= least]
        peak = peak_at(evaluation, key) if idle else None
        if peak is None:
            continue
        fix: dict[str, object] = {}
        said = []
        for each in idle:
            used = max(each.used * peak, each.fixed)
            less = each.enough(peak * ROOM * _growth(evaluation, key))
            if used < IDLE and less and each.usd * (1 - used) >= least:
                fix |= {f"nodes.{key}.{name}": value for name, value in less.items()}
                said.append(_told(each, peak))
        if said:
            yield RULE.finding("; ".join(said), node=key, fix=fix)


def _told(each: Standing, peak: float) -> str:
    """What is paid for what is not used."""
    used = max(each.used * peak, each.fixed)
    when = f" even at the peak, {times(peak)} of this load" if peak > 1 else ""
    return f"{each.words} cost {usd(each.usd)} a month, and {percent(used)} of that is in use{when}"


def _growth(evaluation: Evaluation, key: str) -> float:
    """Multiple that its load grows to in a year, where the sources say so."""
    uses = evaluation.nodes[key].limits
    return evaluation.growth.after(uses[0].key, MONTHS) if uses else 1.0


RULE = Rule(
    "idle-capacity",
    "warning",
    check,
    "https://docs.aws.amazon.com/wellarchitected/latest/framework/cost_type_size_number_resources_metrics.html",
    metric="monthly_usd",
)
