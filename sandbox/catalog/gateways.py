"""What REST and HTTP APIs of Amazon API Gateway have in common.

Both answer by calling what is behind them, wait for it up to a timeout, and pass requests through two
token buckets: their own throttle, where set, and the one that all APIs of the account share.
"""

from collections.abc import Iterator
from math import inf
from typing import Self, cast

from pydantic import Field, model_validator

from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Link, Parts, Settings, Site
from sandbox.engine.network import Demand, Quota, Station

_THROTTLING = (
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html"
)


class Gateway(Settings):
    """Settings that both kinds of API have."""

    throttle_rate_per_s: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "requests/s", "aws": "throttlingRateLimit"}
    )
    """Requests per second that this API lets through; only the account's limit where left out."""

    throttle_burst: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "requests", "aws": "throttlingBurstLimit"}
    )
    """Requests it lets through at once; as the account's burst where left out."""

    authorizer_hit_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests whose authorisation is cached, so that no authorizer is called."""

    timeout_s: float
    latency_ms: float

    @model_validator(mode="after")
    def _burst_needs_a_rate(self) -> Self:
        """Refuse a bucket that nothing fills."""
        if self.throttle_burst is not None and self.throttle_rate_per_s is None:
            msg = "throttle_burst needs throttle_rate_per_s, which fills the bucket"
            raise ValueError(msg)
        return self


def lower(site: Site) -> Parts:
    """An API is one station whose ways out may be alternatives; its quotas are rates with a burst."""
    api = cast("Gateway", site.settings)
    quotas = tuple(_quotas(site, api))
    station = Station(
        site.id,
        fixed=api.latency_ms / 1000,
        cv=site.quotas["latency_cv"],
        timeout=inf if _has_hits(api) else api.timeout_s,
        demands=tuple(Demand(quota.id) for quota in quotas),
        routes=True,
    )
    limits = {quota.id: _limit(site, quota) for quota in quotas}
    return Parts((station,), quotas=quotas, limits=limits)


def gain(settings: Settings, link: Link) -> float:
    """Calls on a way out for each request: an authorizer is spared by its own cache."""
    api = cast("Gateway", settings)
    spared = api.authorizer_hit_ratio if link.role == "authorizer" else 0.0
    return link.settings.calls * (1 - spared)


def patience(settings: Settings, link: Link) -> float:
    """Longest wait for one call [s], where the whole has no timeout because a cache answers some."""
    api = cast("Gateway", settings)
    return api.timeout_s if _has_hits(api) and link.role != "authorizer" else inf


def _has_hits(api: Gateway) -> bool:
    return getattr(api, "cache_hit_ratio", 0.0) > 0


def _quotas(site: Site, api: Gateway) -> Iterator[Quota]:
    """The API's own bucket, where it has one, then the account's."""
    burst = site.quotas["account_burst"]
    if api.throttle_rate_per_s is not None:
        own = burst if api.throttle_burst is None else api.throttle_burst
        yield Quota(f"{site.id}.throttle", api.throttle_rate_per_s, burst=own)
    yield Quota(f"{site.account}api-gateway.rate", site.quotas["account_rate"], burst=burst)


def _limit(site: Site, quota: Quota) -> Limit:
    """How a bucket is shown."""
    if quota.id == f"{site.id}.throttle":
        return Limit(
            "API throttle", "requests/s", "set on the API", True, _THROTTLING, raised_by="throttle_rate_per_s"
        )
    return limit("api-gateway", "account_rate")
