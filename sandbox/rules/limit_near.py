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
from math import ceil

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding, LimitUse
from sandbox.rules.rule import Rule
from sandbox.units import number, times

NEAR = 1.2
"""Multiple of the load at which a limit that is near would bind."""
ROOM = 1.5
"""Multiple of the demand that the fix makes room for."""
_REFUSING = 1e-4


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at the most used limit of every node, each limit once; not where it throttles already."""
    told: set[str] = set()
    for key, node in evaluation.nodes.items():
        use = next(iter(node.limits), None)
        refused = node.throttled_per_s > _REFUSING * node.offered_per_s or node.backlog_growth_per_s > 0
        if use is None or use.key in told or refused or not is_near(use):
            continue
        told.add(use.key)
        asked = "; AWS raises it on request" if use.raised_by.startswith("account") else ""
        if not use.adjustable:
            asked = "; AWS does not raise it"
        yield RULE.finding(
            f"{use.name}: {number(use.demand)} of {number(use.capacity)} {use.unit}; "
            f"it binds at {times(1 / use.utilisation)} of this load{asked}",
            node=key,
            fix=_fix(evaluation, key, use),
            source=use.source,
        )


def is_near(use: LimitUse) -> bool:
    """Whether a limit that holds now does not hold a fifth more.

    >>> near = LimitUse("quota:a", "a", "units/s", "", 90.0, 100.0, True, "")
    >>> is_near(near), is_near(LimitUse("quota:a", "a", "units/s", "", 80.0, 100.0, True, ""))
    (True, False)
    """
    return 1 / NEAR <= use.utilisation <= 1 and use.refused <= _REFUSING


def _fix(evaluation: Evaluation, key: str, use: LimitUse) -> dict[str, object] | None:
    """The setting that raises the limit, in step with the room that is wanted."""
    now = _current(evaluation, key, use)
    return {use.raised_by: ceil(now * ROOM * use.utilisation)} if now else None


def _current(evaluation: Evaluation, key: str, use: LimitUse) -> float | None:
    """What a setting that is a whole number has now; nothing where it is left out or another kind."""
    design, path = evaluation.design, use.raised_by
    section, _, rest = path.partition(".")
    setting = path.rpartition(".")[2]
    if section in {"account", "accounts"}:
        account = design.account_of(key)
        return account.in_force.get(setting, account.default(setting)) or use.capacity
    if section == "nodes":
        value = getattr(design.nodes[key].settings, setting, None)
    else:
        value = (
            getattr(design.edges[int(rest.partition(".")[0])].settings, setting, None) if section else None
        )
    return float(value) if isinstance(value, int) else None


RULE = Rule(
    "limit-near",
    "warning",
    check,
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_manage_service_limits_monitor_manage_limits.html",
)
