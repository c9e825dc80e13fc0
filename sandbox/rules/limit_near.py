"""A limit is used so far that a fifth more load meets it.

## Why it matters
Load grows, and a busy hour is no warning: what is over the limit is refused or waits. AWS raises an
adjustable quota on request, which takes from minutes to days, so ask before it binds.

## Instead of
    write_units = 110            # with 100 units/s asked for
## Use
    write_units = 150            # half as much again as is asked for
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.raising import by_whom, raised
from sandbox.rules.rule import Rule
from sandbox.units import ahead, number, times

NEAR = 1.2
"""Multiple of the load at which a limit that is near would bind."""
ROOM = 1.5
"""Multiple of the demand that the fix makes room for."""
MONTHS = 12.0
"""Growth that the fix makes room for, where the sources say how they grow [months]."""
_REFUSING = 1e-4


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the most used limit of every node, a shared one once; not where it throttles already."""
    told: set[str] = set()
    for key, node in evaluation.nodes.items():
        use = next((use for use in node.limits if use.key not in told), None)
        refused = node.throttled_per_s > _REFUSING * node.offered_per_s or node.backlog_growth_per_s > 0
        if use is None or refused or not is_near(use):
            continue
        told.add(use.key)
        months = evaluation.growth.months(use.key, 1 / use.utilisation)
        when = "" if months is None else f", {ahead(months)} as it grows"
        yield RULE.finding(
            f"{use.name}: {number(use.demand)} of {number(use.capacity)} {use.unit}; "
            f"it binds at {times(1 / use.utilisation)} of this load{when}{by_whom(use)}",
            node=key,
            fix=raised(evaluation, key, use, ROOM * evaluation.growth.after(use.key, MONTHS)),
            source=use.source,
        )


def is_near(use: LimitUse) -> bool:
    """Whether a limit that holds now does not hold a fifth more.

    >>> near = LimitUse("quota:a", "a", "units/s", "", 90.0, 100.0, True, "")
    >>> is_near(near), is_near(LimitUse("quota:a", "a", "units/s", "", 80.0, 100.0, True, ""))
    (True, False)
    """
    return 1 / NEAR <= use.utilisation <= 1 and use.refused <= _REFUSING


RULE = Rule(
    "limit-near",
    "warning",
    check,
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_manage_service_limits_monitor_manage_limits.html",
    metric="throttled_per_s",
)
