"""The ways of saying how much traffic there is, as one choice; changing it keeps the rate."""

from collections.abc import Mapping
from math import isfinite

from sandbox.catalog.rates import Loop
from sandbox.catalog.service import Settings
from sandbox.catalog.services.traffic import DEFAULT_PER_S, Traffic, rate
from sandbox.catalog.usage import MONTH_S
from widgets.form.field import Field

NAME = "said_as"
"""The field's name; there is no such setting in the file."""
SECOND, PERIOD, PEOPLE, LOOP = WAYS = ("a second", "a period", "people", "a closed loop")

_ACTIONS = 10
"""Requests of each person in a day, to begin with."""


def way(traffic: Traffic) -> str:
    """How the traffic is said now."""
    if traffic.requests is not None:
        return PERIOD
    if traffic.users is None:
        return SECOND
    return LOOP if isinstance(traffic.users, Loop) else PEOPLE


def field(settings: Settings) -> Field | None:
    """The choice among the ways, for traffic."""
    if not isinstance(settings, Traffic):
        return None
    words = f"How the rate is said. Now: {rate(settings).words}."
    return Field(NAME, "said as", "choice", way(settings), SECOND, choices=WAYS, help=words)


def values(traffic: Traffic, wanted: object) -> Mapping[str, object]:
    """The settings that say about the same rate in another way.

    >>> values(Traffic(rate_per_s=2), PERIOD)["requests"]
    {'count': 5256000, 'per': 'month'}
    >>> values(Traffic(rate_per_s=2), PEOPLE)["users"]
    {'count': 17280, 'actions': 10, 'per': 'day'}
    """
    peak, mean, _ = rate(traffic)
    peak, mean = (per_s if isfinite(per_s) else DEFAULT_PER_S for per_s in (peak, mean))
    said: dict[str, object] = {"rate_per_s": None, "requests": None, "users": None}
    if wanted == PERIOD:
        said["requests"] = {"count": round(mean * MONTH_S), "per": "month"}
    elif wanted == PEOPLE:
        said["users"] = {"count": max(1, round(peak * 86_400 / _ACTIONS)), "actions": _ACTIONS, "per": "day"}
    elif wanted == LOOP:
        said["users"] = {"concurrent": max(1, round(peak)), "think_s": 1}
    else:
        said["rate_per_s"] = peak
    return said
