"""What rules about limits share: who raises a limit, and the value that its setting then has."""

from math import ceil

from sandbox.errors import DesignError
from sandbox.evaluation import Evaluation
from sandbox.outcome import LimitUse


def by_whom(use: LimitUse) -> str:
    """Who raises a limit, where that is not a setting of the design; it follows a sentence."""
    if not use.adjustable:
        return "; AWS does not raise it"
    return "; AWS raises it on request" if use.raised_by.startswith("account") else ""


def raised(evaluation: Evaluation, key: str, use: LimitUse, factor: float) -> dict[str, object] | None:
    """The setting that makes a limit a multiple of what is used of it.

    Args:
        evaluation: The evaluated design.
        key: The node that the limit is told of.
        use: The limit and how far it is used.
        factor: Multiple of the present demand that the limit is to be.

    Returns:
        The setting by its path; nothing where none raises it, or not so far.
    """
    now = _current(evaluation, key, use)
    if now is False:
        fix: dict[str, object] = {use.raised_by: True}
    elif now and now is not True:
        fix = {use.raised_by: ceil(now * factor * use.utilisation)}
    else:
        return None
    try:
        evaluation.design.with_values(fix)
    except DesignError:
        return None
    return fix


def _current(evaluation: Evaluation, key: str, use: LimitUse) -> float | bool | None:
    """What a setting that is a switch or a whole number has now; nothing where it is left out or another."""
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
    if isinstance(value, bool):
        return value
    return float(value) if isinstance(value, int) else None
