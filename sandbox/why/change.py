"""The smallest single change that clears a limit, found by trying it."""

import math
from collections.abc import Mapping

from sandbox.errors import SandboxError
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.outcome import LimitUse
from sandbox.units import number

CLEARED = 1e-4
"""Share throttled or growing that counts as nothing."""
TRIES = 14
FARTHEST = 64.0
"""No search starts beyond so many times the present value."""


def clearing(evaluation: Evaluation, key: str, use: LimitUse) -> tuple[Mapping[str, object] | None, str]:
    """The setting that raises a limit, and the least value that clears it.

    Returns:
        The change as path and value, with words for it; no change where nothing raises the limit.
    """
    path = use.raised_by
    if not path:
        return None, "nothing in the design raises this limit; send it less"
    enough = _least(evaluation, key, path, use)
    if enough is None:
        return None, f"raising {in_words(evaluation, path)} alone does not clear it"
    return {path: int(enough)}, f"{in_words(evaluation, path)} of {number(enough)} clears it"


def in_words(evaluation: Evaluation, path: str) -> str:
    """A setting as people say it: what it is, and of what."""
    section, _, rest = path.partition(".")
    place, _, setting = rest.rpartition(".")
    words = setting.replace("_", " ")
    nodes = evaluation.design.nodes
    if section == "nodes":
        return f"{nodes[place].title}: {words}"
    if section == "edges":
        edge = evaluation.design.edges[int(place)]
        return f"{nodes[edge.source].title} → {nodes[edge.target].title}: {words}"
    return f"{f'account {place}' if place else 'the account'}: {words}"


def _least(evaluation: Evaluation, key: str, path: str, use: LimitUse) -> float | None:
    """The least whole value at which nothing is refused, by bisection."""
    now = current(evaluation, path)
    low = now if now is not None else use.capacity
    scale = min(max(use.demand / max(use.capacity, 1e-9), 1.0), FARTHEST)
    high = max(float(math.ceil(low * scale)), low + 1.0)
    for _ in range(TRIES):
        if _clears(evaluation, key, path, high):
            break
        low, high = high, math.ceil(high * 1.5) + 1.0
    else:
        return None
    for _ in range(TRIES):
        middle = math.floor((low + high) / 2)
        if middle <= low:
            break
        if _clears(evaluation, key, path, middle):
            high = middle
        else:
            low = middle
    return high


def current(evaluation: Evaluation, path: str) -> float | None:
    """The present value of a setting; None where it is left out."""
    section, _, rest = path.partition(".")
    if section == "nodes":
        node, _, setting = rest.rpartition(".")
        value = getattr(evaluation.design.nodes[node].settings, setting, None)
    elif section == "edges":
        index, _, setting = rest.partition(".")
        value = getattr(evaluation.design.edges[int(index)].settings, setting, None)
    else:
        value = None
    return float(value) if isinstance(value, (int, float)) else None


def _clears(evaluation: Evaluation, key: str, path: str, value: float) -> bool:
    """Whether a value is legal and leaves the node with nothing refused and nothing growing."""
    try:
        told = evaluate_plain(evaluation.design.with_value(path, int(value)), evaluation.load).nodes[key]
    except SandboxError:
        return False
    most = max(told.offered_per_s, 1e-9) * CLEARED
    return told.throttled_per_s <= most and told.backlog_growth_per_s <= most
