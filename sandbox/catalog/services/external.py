"""An external service: anything outside of the catalogue that is called and answers."""

from math import inf
from typing import cast

from pydantic import Field

from sandbox.catalog.service import Limit, Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Charge, Usage
from sandbox.engine.network import Demand, Quota, Slots, Station

_OWN = "set in the design"


class External(Settings):
    """Something that is called and answers: a partner's API, a server, a payment provider."""

    latency_ms: float = Field(default=100, ge=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Mean time of an answer."""

    latency_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of that time."""

    rate_limit_per_s: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "requests/s"}
    )
    """Requests per second that it takes; any number where left out."""

    max_connections: float | None = Field(
        default=None, ge=0, le=1e9, json_schema_extra={"unit": "requests at once"}
    )
    """Requests that it serves at the same time; any number where left out."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that fail."""

    response_kb: float | None = Field(default=None, ge=0, le=10_485_760, json_schema_extra={"unit": "KB"})
    """Mean size of an answer; next to nothing where left out."""

    usd_per_million: float = Field(default=0, ge=0, le=1e12, json_schema_extra={"unit": "USD/million"})
    """Its price for a million requests."""


def lower(site: Site) -> Parts:
    """One station that rejects what is over its rate or its connections."""
    external = cast("External", site.settings)
    quotas, slots = tuple(_rate(site, external)), tuple(_connections(site, external))
    station = Station(
        site.id,
        fixed=external.latency_ms / 1000,
        cv=external.latency_cv,
        error=external.error_ratio,
        demands=tuple(Demand(quota.id) for quota in quotas),
        slots=tuple(pool.id for pool in slots),
    )
    limits = {quota.id: _limit("rate limit", "requests/s", "rate_limit_per_s") for quota in quotas}
    limits |= {pool.id: _limit("connections", "requests at once", "max_connections") for pool in slots}
    return Parts((station,), quotas=quotas, slots=slots, limits=limits)


def _rate(site: Site, external: External) -> list[Quota]:
    """Its rate limit; a second's worth passes at once."""
    rate = external.rate_limit_per_s
    return [] if rate is None else [Quota(f"{site.id}.rate", rate, burst=max(rate, 1.0))]


def _connections(site: Site, external: External) -> list[Slots]:
    """What it serves at once."""
    most = external.max_connections
    return [] if most is None else [Slots(f"{site.id}.connections", most, rate_per_slot=inf)]


def _limit(name: str, unit: str, setting: str) -> Limit:
    return Limit(name, unit, "of this service", adjustable=False, source=_OWN, raised_by=setting)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Requests that it took, at the design's own price."""
    price = cast("External", settings).usd_per_million / 1e6
    requests = usage.accepted * MONTH_S
    if price == 0:
        return []
    return [Charge("external.requests", requests, unit_usd=price, words="Requests", unit="request")]


SERVICE = Service(
    id="external",
    title="External service",
    family="other",
    badge="external",
    icon="◇",
    settings=External,
    lower=lower,
    bill=bill,
    summary="Anything else that is called and answers, with its latency, limits and price.",
    also_called=("http", "webhook", "third", "party", "server"),
)
