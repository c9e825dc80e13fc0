"""AWS AppSync: GraphQL requests whose resolvers call what holds the data, and updates pushed to subscribers.

A request is one operation however many resolvers it runs; each resolver calls what its edge leads
to, unless the cache answers. A mutation is sent on to those who have subscribed to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, KB_PER_GB, MONTH_S, Charge, Usage, chunks
from sandbox.engine.network import Demand, Quota, Station

_QUOTAS = facts("appsync").quotas
CONNECTS = "!connections"
"""Ends the name of the station where subscribers connect."""


class AppSync(Settings):
    """A GraphQL API."""

    resolvers_per_request: float = Field(
        default=1, ge=0, le=_QUOTAS["resolvers"].value, json_schema_extra={"unit": "resolvers"}
    )
    """Resolvers that a request runs; each makes the calls of its edge."""

    resolvers_at_once: float = Field(
        default=1, ge=1, le=_QUOTAS["resolvers"].value, json_schema_extra={"unit": "resolvers"}
    )
    """Those under way at the same time: the items of a list, or fields side by side; else one by one."""

    tokens_per_request: float = Field(
        default=_QUOTAS["tokens_per_request"].value, ge=1, le=10_000, json_schema_extra={"unit": "tokens"}
    )
    """Request tokens that a request takes: one as a rule, more where it takes much time and memory."""

    cache_hit_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the resolvers' calls that the cache answers."""

    cache_usd_per_hour: float = Field(default=0, ge=0, le=1000, json_schema_extra={"unit": "USD/h"})
    """Price of the cache's instance by its size, as AWS lists it; 0 as no list price could be checked."""

    authorizer_hit_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests whose authorisation is cached, so that no authorizer is called."""

    subscriptions: float = Field(default=0, ge=0, le=1e9, json_schema_extra={"unit": "subscribers"})
    """Clients that are connected and subscribed at the same time; paid by the minute."""

    mutation_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that change data which clients subscribe to."""

    subscribers_per_mutation: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "subscribers"}
    )
    """Subscribers that each change is sent to; all of them where left out."""

    update_kb: float = Field(
        default=2, ge=0, le=_QUOTAS["update_most_kb"].value, json_schema_extra={"unit": "KB"}
    )
    """Mean size of an update; billed for each started 5 KB."""

    connection_s: float = Field(
        default=_QUOTAS["connection_s"].value,
        ge=1,
        le=_QUOTAS["connection_s"].value,
        json_schema_extra={"unit": "s"},
    )
    """Mean time that a subscriber stays connected; AWS ends a connection after a day."""

    response_kb: float | None = Field(default=None, ge=0, le=5120, json_schema_extra={"unit": "KB"})
    """Mean size of an answer; as the largest of what is behind it where left out."""

    timeout_s: float = Field(
        default=_QUOTAS["timeout_s"].value,
        ge=0.05,
        le=_QUOTAS["timeout_s"].value,
        json_schema_extra={"unit": "s"},
    )
    """Longest that a request may take; 30 s at most."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=30_000, json_schema_extra={"unit": "ms"}
    )
    """Its own part of the time; AWS publishes none."""

    @model_validator(mode="after")
    def _changes_are_sent_to_subscribers(self) -> Self:
        """Refuse more subscribers of a change than there are."""
        if self.subscribers_per_mutation is not None and self.subscribers_per_mutation > self.subscriptions:
            msg = (
                f"subscribers_per_mutation = {self.subscribers_per_mutation:g} is more than "
                f"subscriptions = {self.subscriptions:g}"
            )
            raise ValueError(msg)
        return self

    @property
    def updates_per_request(self) -> float:
        """Updates sent to subscribers for each request.

        >>> AppSync(subscriptions=50, mutation_ratio=0.2).updates_per_request
        10.0
        """
        each = self.subscriptions if self.subscribers_per_mutation is None else self.subscribers_per_mutation
        return self.mutation_ratio * each


@dataclass(frozen=True)
class _Row:
    """One limit of an API, and what a request takes of it."""

    name: str
    key: str
    units: float
    shared: bool = False


def _rows(api: AppSync) -> Iterator[_Row]:
    """Tokens of the account; messages in and out of this API where clients subscribe."""
    yield _Row("request tokens", "request_tokens", api.tokens_per_request, shared=True)
    if api.updates_per_request > 0:
        pieces = chunks(api.update_kb, _QUOTAS["update_kb"].value)
        yield _Row("inbound", "inbound_messages", api.mutation_ratio)
        yield _Row("outbound", "outbound_messages", api.updates_per_request * pieces)


def lower(site: Site) -> Parts:
    """One station for requests; subscribers that connect go along with the load."""
    api = cast("AppSync", site.settings)
    rows = {_quota(site, row): row for row in _rows(api)}
    station = Station(
        site.id,
        fixed=api.latency_ms / 1000,
        cv=site.quotas["latency_cv"],
        timeout=api.timeout_s,
        demands=tuple(Demand(quota.id, row.units) for quota, row in rows.items()),
        routes=api.resolvers_per_request <= 1,
    )
    limits = {quota.id: limit("appsync", row.key) for quota, row in rows.items()}
    if api.subscriptions == 0:
        return Parts((station,), quotas=tuple(rows), limits=limits)
    connects = _quota(site, _Row("connects", "connects", 1.0))
    opened = Station(
        f"{site.id}{CONNECTS}",
        arrivals=api.subscriptions / api.connection_s,
        demands=(Demand(connects.id),),
        aside=True,
    )
    return Parts(
        (station, opened),
        quotas=(*rows, connects),
        limits={**limits, connects.id: limit("appsync", "connects")},
    )


def _quota(site: Site, row: _Row) -> Quota:
    """A rate of the account or of this API; a second's worth passes at once."""
    most = site.quotas[row.key]
    return Quota(f"{site.account}appsync.tokens" if row.shared else f"{site.id}.{row.name}", most, burst=most)


def gain(settings: Settings, link: Link) -> float:
    """Calls on a way out for each request: those of each resolver that the cache does not answer."""
    api = cast("AppSync", settings)
    if link.role == "authorizer":
        return link.settings.calls * (1 - api.authorizer_hit_ratio)
    return link.settings.calls * api.resolvers_per_request * (1 - api.cache_hit_ratio)


def at_once(settings: Settings, link: Link) -> float:
    """Calls of a request that are under way at the same time: those of resolvers side by side."""
    return 1.0 if link.role == "authorizer" else cast("AppSync", settings).resolvers_at_once


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Operations, updates in steps of 5 KB, minutes of connections, and the cache at the design's price."""
    api = cast("AppSync", settings)
    requests = sum((link.accepted for link in usage.inflows), start=np.zeros(1))
    came = next((use.accepted for name, use in usage.stations.items() if name.endswith(CONNECTS)), None)
    opened = np.array([api.subscriptions / api.connection_s]) if came is None else came
    sent = requests * api.updates_per_request
    updates = sent * chunks(api.update_kb, _QUOTAS["update_kb"].value) + opened
    charges = [
        Charge("appsync.operations", requests * MONTH_S),
        Charge("appsync.updates", updates * MONTH_S),
        Charge("appsync.connection_minutes", opened * api.connection_s * MONTH_S / 60),
        Charge("data-transfer.internet_out", sent * api.update_kb / KB_PER_GB * MONTH_S),
    ]
    if api.cache_usd_per_hour > 0:
        hours = np.array([HOURS])
        charges.append(
            Charge("appsync.cache", hours, unit_usd=api.cache_usd_per_hour, words="Cache", unit="hour")
        )
    return charges


SERVICE = Service(
    id="appsync",
    title="AppSync GraphQL API",
    family="front",
    badge="AppSync",
    icon="◈",
    settings=AppSync,
    lower=lower,
    bill=bill,
    summary="GraphQL over several sources, and pushed updates.",
    also_called=("graphql", "api", "resolver", "subscriptions", "realtime", "query", "mutation"),
    answers=True,
    gain=gain,
    at_once=at_once,
)
