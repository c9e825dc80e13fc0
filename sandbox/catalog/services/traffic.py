"""Traffic: the requests that a design must serve, said in the way people think of them."""

from typing import Self, cast

from pydantic import Field, model_validator

from sandbox.catalog.profiles import Constant, Profile
from sandbox.catalog.rates import Loop, Rate, Requests, Users
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import Charge, Usage
from sandbox.engine.network import Station

DEFAULT_PER_S = 10.0
"""Rate of traffic that does not say its own [1/s]."""


class Traffic(Settings):
    """Where requests come from."""

    rate_per_s: float | None = Field(default=None, ge=0, le=1e9, json_schema_extra={"unit": "requests/s"})
    """Requests per second; 10 where neither this nor requests nor users are given."""

    requests: Requests | None = None
    """So many requests in a period: count and per (second, minute, hour, day, week, month)."""

    users: Users | None = None
    """People (count, actions, per, hours, days, peak_factor), or a closed loop (concurrent, think_s)."""

    payload_kb: float = Field(default=2, ge=0, le=10_485_760, json_schema_extra={"unit": "KB"})
    """Mean size of a request."""

    burstiness: float = Field(default=1, ge=0.01, le=10_000, json_schema_extra={"unit": "variance/mean"})
    """How bursty arrivals are: 1 is random, more comes in bunches."""

    profile: Profile = Constant()
    """Course of the rate in a timeline."""

    success_target: float | None = Field(default=None, ge=0, lt=1, json_schema_extra={"unit": "share"})
    """Share of the requests that must succeed; the rest is the error budget that a timeline spends."""

    retries: int = Field(default=0, ge=0, le=100, json_schema_extra={"unit": "retries"})
    """Tries after a failed one."""

    retry_backoff_ms: float = Field(default=1000, ge=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Mean pause before a retry."""

    growth_per_month: float | None = Field(
        default=None, ge=0, le=10, json_schema_extra={"unit": "share/month"}
    )
    """Share by which it grows each month (0.05 is 5 %), to tell when limits are met; none where left out."""

    requests_per_customer_month: float | None = Field(
        default=None, gt=0, le=1e12, json_schema_extra={"unit": "requests/month"}
    )
    """Requests of one customer in a month, for the cost per customer."""

    @model_validator(mode="after")
    def _say_it_once(self) -> Self:
        """Refuse two rates."""
        ways = ("rate_per_s", "requests", "users")
        given = [way for way in ways if getattr(self, way) is not None]
        if len(given) > 1:
            msg = f"{' and '.join(given)} both say a rate; keep one of rate_per_s, requests and users"
            raise ValueError(msg)
        return self


def rate(settings: Settings) -> Rate:
    """The rate that the settings say, with the arithmetic.

    Returns:
        Peak and mean [1/s]; for a closed loop both are the most its users can send (infinite where
        they do not think).

    >>> rate(Traffic(rate_per_s=200))
    Rate(peak_per_s=200.0, mean_per_s=200.0, words='200/s')
    """
    traffic = cast("Traffic", settings)
    way = traffic.requests or traffic.users
    if way is not None:
        return way.rate()
    per_s = DEFAULT_PER_S if traffic.rate_per_s is None else traffic.rate_per_s
    return Rate(per_s, per_s, f"{per_s:,.6g}/s")


def volume_ratio(settings: Settings) -> float:
    """The month's mean rate as a share of the peak that is evaluated.

    >>> from sandbox.catalog.rates import People
    >>> volume_ratio(Traffic(users=People(count=1, actions=1, hours="0-12", peak_factor=2)))
    0.25
    """
    if isinstance(cast("Traffic", settings).users, Loop):
        return 1.0
    peak, mean, _ = rate(settings)
    return mean / peak if peak else 1.0


def lower(site: Site) -> Parts:
    """Traffic is a station that items come to from outside; its ways out may be alternatives."""
    traffic = cast("Traffic", site.settings)
    if isinstance(traffic.users, Loop):
        loop = traffic.users
        station = Station(site.id, users=loop.concurrent, think=loop.think_s, routes=True)
    else:
        peak = rate(traffic).peak_per_s
        station = Station(site.id, arrivals=peak, peakedness=traffic.burstiness, routes=True)
    return Parts((station,))


def bill(_settings: Settings, _usage: Usage) -> list[Charge]:
    """Nothing is charged for what comes in."""
    return []


SERVICE = Service(
    id="traffic",
    title="Traffic",
    family="source",
    badge="traffic",
    icon="»",
    settings=Traffic,
    lower=lower,
    bill=bill,
    begins=True,
    volume_ratio=volume_ratio,
    summary="Requests from people, devices or other systems.",
    also_called=("users", "people", "clients", "requests", "devices", "load", "source"),
)
