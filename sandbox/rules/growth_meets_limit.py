"""The load grows so that it meets a limit within a year.

## Why it matters
Growth of a few per cent a month is not felt until something refuses. The month in which that will be is
known today: AWS raises an adjustable quota on request, and what it does not raise takes another design.

## Instead of
    growth_per_month = 0.1       # with read_units = 500, of which 300 are used: full in 5 months
## Use
    read_units = 1500            # room for the year and half as much again
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.growth import Growth
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.limit_near import MONTHS, ROOM, is_near
from sandbox.rules.raising import by_whom, raised
from sandbox.rules.rule import Rule
from sandbox.units import ahead, number, percent, times

_PROTECTS = "throttle_rate_per_s"
"""What an API refuses by its own throttle is meant to be refused."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the limit of every node that growth meets first, each limit once."""
    growth = evaluation.growth
    if not growth.is_said:
        return
    farthest = (1.0 + growth.fastest) ** MONTHS
    told: set[str] = set()
    for key, node in evaluation.nodes.items():
        met = (
            (months, use)
            for use in node.limits
            if 1.0 < 1.0 / max(use.utilisation, 1e-12) <= farthest and not is_near(use)
            if (months := growth.months(use.key, 1.0 / use.utilisation)) is not None and months <= MONTHS
        )
        months, use = min(met, key=lambda row: row[0], default=(0.0, None))
        if use is None or use.key in told:
            continue
        told.add(use.key)
        yield RULE.finding(
            f"{use.name}: {number(use.demand)} of {number(use.capacity)} {use.unit} now; {_pace(growth)} "
            f"it binds {ahead(months)}, at {times(1 / use.utilisation)} of this{by_whom(use)}",
            node=key,
            fix=_fix(evaluation, key, use),
            source=use.source,
        )


def _pace(growth: Growth) -> str:
    """How the sources grow, in words."""
    paces = set(growth.rates.values())
    return f"with {percent(growth.fastest)} more each month" if len(paces) == 1 else "as its sources grow"


def _fix(evaluation: Evaluation, key: str, use: LimitUse) -> dict[str, object] | None:
    """The setting with room for what the load grows to in the time that is looked at, and some more."""
    if use.raised_by.endswith(_PROTECTS):
        return None
    return raised(evaluation, key, use, ROOM * evaluation.growth.after(use.key, MONTHS))


RULE = Rule(
    "growth-meets-limit",
    "warning",
    check,
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_manage_service_limits_suff_buffer_limits.html",
    metric="throttled_per_s",
)
