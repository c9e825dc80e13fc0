"""Amazon Cognito: a directory of users that signs them in and gives out tokens.

Requests are counted by category, over all user pools of the account. Front doors check a token
by themselves, so of the requests that they let Cognito authorise only those reach it whose
client must sign in first. Users are billed once a month, however often they come.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal, cast

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import Charge, Usage
from sandbox.engine.network import Demand, Quota, Station

_QUOTAS = facts("cognito").quotas
_CATEGORIES = {
    "sign-up": "creation",
    "read-user": "read",
    "update-user": "update",
    "recover": "recovery",
}
"""The category of each operation but signing in and refreshing."""


class Cognito(Settings):
    """A user pool."""

    operations: ClassVar[tuple[str, ...]] = ("sign-in", "refresh", *_CATEGORIES)

    tier: Literal["lite", "essentials", "plus"] = Field(
        default="lite", json_schema_extra={"aws": "UserPoolTier"}
    )
    """Feature plan, which sets the price of a user."""

    monthly_active_users: float | None = Field(
        default=None, ge=0, le=1e10, json_schema_extra={"unit": "users"}
    )
    """Users who do anything here in a month, each paid once; the customers of the traffic where left out."""

    sign_in_ratio: float | None = Field(default=None, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests whose user must sign in: all, but none of those that a front door checks."""

    refresh_share: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of those that only refresh their token."""

    federated_share: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the sign-ins through another identity provider (Google, Apple, Facebook, Amazon)."""

    enterprise_users: float = Field(default=0, ge=0, le=1e10, json_schema_extra={"unit": "users"})
    """Further users of the month, who come by SAML or OIDC; below plus they have a price of their own."""

    challenges_per_sign_in: float = Field(default=1, ge=0, le=10, json_schema_extra={"unit": "responses"})
    """Challenges answered to sign in: the password's is one, a second factor one more."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=60_000, json_schema_extra={"unit": "ms"}
    )
    """Mean time of a request; AWS publishes none."""

    latency_cv: float = Field(
        default=_QUOTAS["latency_cv"].value,
        ge=0,
        le=10,
        json_schema_extra={"unit": "standard deviations/mean"},
    )
    """Spread of that time."""


def lower(site: Site) -> Parts:
    """One station for each edge that leads here, as each does something of its own."""
    pool = cast("Cognito", site.settings)
    found: dict[str, tuple[Quota, Limit]] = {}
    stations = []
    for link in site.inflows:
        demands = []
        for key, units, share, part in _taken(pool, link):
            quota, seen = _quota(site, key)
            found[quota.id] = quota, seen
            demands.append(Demand(quota.id, units, share=share, part=part))
        stations.append(_station(f"{site.id}#{link.index}", pool, tuple(demands)))
    return Parts(
        stations=tuple(stations) or (_station(site.id, pool, ()),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        callers=tuple(station.id for station in stations),
        quotas=tuple(quota for quota, _ in found.values()),
        limits={quota.id: seen for quota, seen in found.values()},
    )


def _station(name: str, pool: Cognito, demands: tuple[Demand, ...]) -> Station:
    return Station(name, fixed=pool.latency_ms / 1000, cv=pool.latency_cv, demands=demands)


def _taken(pool: Cognito, link: Link) -> Iterator[tuple[str, float, float, str]]:
    """Categories that an edge's items take of: key, requests of an item, share of the items, and its name.

    Answers to challenges have an allowance of three times the category of signing in, and what goes
    beyond takes of that category itself. So with s sign-ins of c challenges and r refreshes a second,
    and a quota Q, both s + r ≤ Q and s (1 + c) + r ≤ 4 Q.
    """
    operation = link.operation or "sign-in"
    if operation in _CATEGORIES:
        key = _CATEGORIES[operation]
        calls = _QUOTAS["sign_up_calls"].value if operation == "sign-up" else 1.0
        yield key, calls, 1.0, ""
        return
    refreshing = 1.0 if operation == "refresh" else pool.refresh_share
    federated = (1 - refreshing) * pool.federated_share
    own = 1 - federated
    if own > 0:
        part = "own" if own < 1 else ""
        answers = (own - refreshing) / own * pool.challenges_per_sign_in
        yield "authentication", 1.0, own, part
        yield "challenges", 1.0 + answers, own, part
    if federated > 0:
        yield "federation", 1.0, federated, "federated" if federated < 1 else ""


def _quota(site: Site, key: str) -> tuple[Quota, Limit]:
    """A category's rate, which all user pools of the account share; a second's worth passes at once."""
    if key == "challenges":
        most = site.quotas["authentication"] * (1 + site.quotas["challenge_factor"])
        seen = limit("cognito", "authentication", "user authentication and challenge responses")
    else:
        most, seen = site.quotas[key], limit("cognito", key)
    return Quota(f"{site.account}cognito.{key}", most, burst=most), seen


def arriving(settings: Settings, link: Link) -> float:
    """Share of the requests that come so far: a front door checks the tokens it is shown by itself.

    >>> from sandbox.catalog.edges import CallEdge
    >>> checked = Link(0, "sync", "authorizer", "api", "api-gateway-http", CallEdge(), 2)
    >>> arriving(Cognito(), checked), arriving(Cognito(sign_in_ratio=0.01), checked)
    (0.0, 0.01)
    """
    if link.operation not in {"", "sign-in"}:
        return 1.0
    ratio = cast("Cognito", settings).sign_in_ratio
    if ratio is None:
        return 0.0 if link.role == "authorizer" else 1.0
    return ratio


def patience(_settings: Settings, _link: Link) -> float:
    """Longest wait for a trigger [s]."""
    return _QUOTAS["trigger_timeout_s"].value


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Users of the month by their plan; those of another directory have a price of their own."""
    pool = cast("Cognito", settings)
    named = pool.monthly_active_users
    users = usage.customers if named is None else np.array([named])
    kind = "plus_mau" if pool.tier == "plus" else "federated_mau"
    return [
        Charge(f"cognito.{pool.tier}_mau", users),
        Charge(f"cognito.{kind}", np.array([pool.enterprise_users])),
    ]


SERVICE = Service(
    id="cognito",
    title="Cognito user pool",
    family="front",
    badge="Cognito",
    icon="⊚",
    settings=Cognito,
    lower=lower,
    bill=bill,
    summary="Signs users in; front doors check its tokens.",
    also_called=("users", "login", "sign", "auth", "authentication", "identity", "oauth", "oidc", "jwt"),
    arriving=arriving,
    patience=patience,
)
