"""Amazon CloudFront: answers from caches near the viewers, and asks its origins for the rest.

Transfer to viewers is its own, at prices of the viewers' geography, in place of the region's
transfer out; what origins in AWS send to it is free.
"""

from typing import Literal, Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Charge, Usage
from sandbox.engine.network import Demand, Quota, Station

_QUOTAS = facts("cloudfront").quotas
_GBIT_PER_KB = 8 * 1024 / 1e9

Viewers = Literal["us", "ca", "eu", "jp", "ap", "au", "in", "sa", "me", "za"]
"""Geographies that have prices of their own."""

_NEAR: tuple[tuple[str, Viewers], ...] = (
    ("us-", "us"), ("mx-", "us"), ("ca-", "ca"), ("eu-", "eu"), ("il-", "eu"), ("sa-", "sa"), ("me-", "me"),
    ("af-", "za"), ("ap-northeast-1", "jp"), ("ap-northeast-3", "jp"), ("ap-southeast-2", "au"),
    ("ap-southeast-4", "au"), ("ap-southeast-6", "au"), ("ap-south-", "in"), ("ap-", "ap"),
)  # fmt: skip
"""The geography around a region, by how the region's name begins."""


class CloudFront(Settings):
    """A distribution: caches near the viewers, and origins behind them."""

    cache_hit_ratio: float = Field(default=0.9, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that the caches answer; ttl_s and object_requests_per_s give it instead."""

    ttl_s: float | None = Field(
        default=None, ge=0, le=31_536_000, json_schema_extra={"unit": "s", "aws": "DefaultTTL"}
    )
    """How long an answer is kept; needs object_requests_per_s."""

    object_requests_per_s: float | None = Field(
        default=None, ge=0, le=1e6, json_schema_extra={"unit": "requests/s"}
    )
    """Mean requests for one object at one edge location; needs ttl_s."""

    response_kb: float = Field(default=50, ge=0, le=52_428_800, json_schema_extra={"unit": "KB"})
    """Mean size of an answer."""

    upload_kb: float = Field(default=0, ge=0, le=52_428_800, json_schema_extra={"unit": "KB"})
    """Mean size of what a request brings that goes on to the origin."""

    viewers: Viewers | None = None
    """Geography of the viewers, which sets the price; that of the region where left out."""

    https: bool = True
    """Whether viewers ask by HTTPS, which costs more than HTTP."""

    edge_functions: float = Field(default=0, ge=0, le=2, json_schema_extra={"unit": "calls/request"})
    """CloudFront Functions run for each request."""

    invalidated_paths: float = Field(default=0, ge=0, le=1e9, json_schema_extra={"unit": "paths/month"})
    """Paths taken out of the caches by hand each month."""

    timeout_s: float = Field(
        default=_QUOTAS["timeout_s"].value,
        ge=1,
        le=_QUOTAS["timeout_most_s"].value,
        json_schema_extra={"unit": "s", "aws": "OriginReadTimeout"},
    )
    """Longest it waits for an origin."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=30_000, json_schema_extra={"unit": "ms"}
    )
    """Its own part of the time; AWS publishes none."""

    @model_validator(mode="after")
    def _ttl_and_rate_go_together(self) -> Self:
        """Refuse one without the other."""
        if (self.ttl_s is None) != (self.object_requests_per_s is None):
            msg = "ttl_s and object_requests_per_s go together; both give the hit ratio"
            raise ValueError(msg)
        return self

    @property
    def hits(self) -> float:
        """Share of the requests that the caches answer.

        Random requests for an object at a rate λ find it there with λT/(1 + λT): of a miss and the λT
        requests until it expires only the first goes on.

        >>> CloudFront(ttl_s=60, object_requests_per_s=0.15).hits
        0.9
        """
        if self.ttl_s is None or self.object_requests_per_s is None:
            return self.cache_hit_ratio
        kept = self.ttl_s * self.object_requests_per_s
        return kept / (1 + kept)


def lower(site: Site) -> Parts:
    """One station whose ways out may be alternatives; a distribution's requests and data have quotas."""
    distribution = cast("CloudFront", site.settings)
    rows = [
        ("requests", "requests_per_s", 1.0),
        ("data", "gbit_per_s", distribution.response_kb * _GBIT_PER_KB),
    ]
    demanded = [
        (Quota(f"{site.id}.{name}", site.quotas[key], burst=site.quotas[key]), key, units)
        for name, key, units in rows
    ]
    station = Station(
        site.id,
        fixed=distribution.latency_ms / 1000,
        cv=site.quotas["latency_cv"],
        demands=tuple(Demand(quota.id, units) for quota, _, units in demanded if units),
        routes=True,
    )
    return Parts(
        (station,),
        quotas=tuple(quota for quota, _, _ in demanded),
        limits={quota.id: limit("cloudfront", key) for quota, key, _ in demanded},
    )


def gain(settings: Settings, link: Link) -> float:
    """Calls of an origin for each request: only misses go on."""
    return link.settings.calls * (1 - cast("CloudFront", settings).hits)


def patience(settings: Settings, _link: Link) -> float:
    """Longest wait for an origin [s]; what a cache answers waits for none."""
    return cast("CloudFront", settings).timeout_s


def zone(viewers: Viewers | None, region: str) -> Viewers:
    """The geography whose prices count.

    >>> zone(None, "eu-central-1"), zone(None, "ap-northeast-2"), zone("in", "us-east-1")
    ('eu', 'ap', 'in')
    """
    if viewers is not None:
        return viewers
    return next((near for start, near in _NEAR if region.startswith(start)), "us")


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Data and requests at the viewers' prices, data to the origins, functions and invalidations."""
    distribution = cast("CloudFront", settings)
    place = zone(distribution.viewers, usage.region)
    requests = sum((link.accepted for link in usage.inflows), start=np.zeros(1)) * MONTH_S
    protocol = "https" if distribution.https else "http"
    return [
        Charge(f"cloudfront.data_{place}", requests * distribution.response_kb / KB_PER_GB),
        Charge(f"cloudfront.{protocol}_{place}", requests),
        Charge(f"cloudfront.upload_{place}", requests * distribution.upload_kb / KB_PER_GB),
        Charge("cloudfront.functions", requests * distribution.edge_functions),
        Charge("cloudfront.invalidations", np.array([distribution.invalidated_paths])),
    ]


SERVICE = Service(
    id="cloudfront",
    title="CloudFront distribution",
    family="front",
    badge="CloudFront",
    icon="◍",
    settings=CloudFront,
    lower=lower,
    bill=bill,
    summary="Answers from caches near the viewers.",
    also_called=("cdn", "cache", "edge", "distribution", "content", "static", "web"),
    gain=gain,
    patience=patience,
)
