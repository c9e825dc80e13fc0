"""Amazon API Gateway REST API: the front door with a cache, usage plans and most integrations.

Every call let through is one request, whatever its size; a cache is paid by the hour.
"""

from typing import Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog import gateways
from sandbox.catalog.facts import facts
from sandbox.catalog.gateways import Gateway, lower, patience
from sandbox.catalog.service import Link, Service, Settings
from sandbox.catalog.usage import HOURS, MONTH_S, Charge, Usage

_QUOTAS = facts("api-gateway-rest").quotas
_CACHES_GB = (0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118.0, 237.0)
"""Sizes of a cache: botocore apigateway/2015-07-09 shape CacheClusterSize."""


class RestApi(Gateway):
    """A front door that answers by calling what is behind it, or from its cache."""

    timeout_s: float = Field(
        default=_QUOTAS["timeout_s"].value,
        ge=0.05,
        le=_QUOTAS["timeout_most_s"].value,
        json_schema_extra={"unit": "s", "aws": "timeoutInMillis"},
    )
    """Longest it waits for what is behind it; beyond 29 s AWS must raise a quota, up to 300 s."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=29_000, json_schema_extra={"unit": "ms"}
    )
    """Its own part of the time; AWS publishes none."""

    cache_gb: float | None = Field(
        default=None,
        json_schema_extra={"unit": "GB", "aws": "cacheClusterSize", "enum": [*_CACHES_GB, None]},
    )
    """Size of the cache, paid by the hour; none where left out."""

    cache_hit_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that the cache answers; needs cache_gb."""

    @model_validator(mode="after")
    def _cache_is_one_of_aws(self) -> Self:
        """Refuse sizes that AWS does not have, and hits without a cache."""
        if self.cache_gb is not None and self.cache_gb not in _CACHES_GB:
            sizes = ", ".join(f"{size:g}" for size in _CACHES_GB)
            msg = f"cache_gb = {self.cache_gb:g} is not a size that AWS has; the sizes are {sizes}"
            raise ValueError(msg)
        if self.cache_hit_ratio > 0 and self.cache_gb is None:
            msg = "cache_hit_ratio needs a cache; give cache_gb"
            raise ValueError(msg)
        return self


def gain(settings: Settings, link: Link) -> float:
    """Calls on a way out for each request: hits go no further, but are authorised all the same."""
    api = cast("RestApi", settings)
    calls = gateways.gain(api, link)
    return calls if link.role == "authorizer" else calls * (1 - api.cache_hit_ratio)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Calls let through (throttled ones are free), and the hours of the cache."""
    api = cast("RestApi", settings)
    charges = [Charge("api-gateway-rest.requests", usage.accepted * MONTH_S)]
    if api.cache_gb is not None:
        charges.append(Charge(f"api-gateway-rest.cache_{api.cache_gb:g}gb", np.array([HOURS])))
    return charges


SERVICE = Service(
    id="api-gateway-rest",
    title="API Gateway REST API",
    family="front",
    badge="REST API",
    icon="⇥",
    settings=RestApi,
    lower=lower,
    bill=bill,
    summary="Front door for REST requests, with a cache and most integrations.",
    also_called=("api", "rest", "gateway", "apigw", "endpoint", "web"),
    answers=True,
    gain=gain,
    patience=patience,
)
