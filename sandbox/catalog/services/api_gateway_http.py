"""Amazon API Gateway HTTP API: the cheaper and faster front door, without a cache.

Requests are metered in steps of 512 KB of the larger of request and response.
"""

from math import inf

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.gateways import Gateway, gain, lower
from sandbox.catalog.service import Link, Service, Settings
from sandbox.catalog.usage import MONTH_S, Charge, Usage, chunks

_QUOTAS = facts("api-gateway-http").quotas


class HttpApi(Gateway):
    """A front door that answers by calling what is behind it."""

    timeout_s: float = Field(
        default=_QUOTAS["timeout_s"].value,
        ge=0.05,
        le=_QUOTAS["timeout_s"].value,
        json_schema_extra={"unit": "s", "aws": "TimeoutInMillis"},
    )
    """Longest it waits for what is behind it; 30 s at most."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=30_000, json_schema_extra={"unit": "ms"}
    )
    """Its own part of the time; AWS only says that 99 % take less than 10 ms."""


def patience(_settings: Settings, link: Link) -> float:
    """Longest wait for an authorizer [s]; what is behind the API has the timeout of the whole."""
    return _QUOTAS["authorizer_timeout_s"].value if link.role == "authorizer" else inf


def bill(_settings: Settings, usage: Usage) -> list[Charge]:
    """Requests let through, in steps of 512 KB; throttled ones are free."""
    step = _QUOTAS["metered_kb"].value
    metered = sum(
        (link.accepted * chunks(max(link.item_kb, usage.answer_kb), step) for link in usage.inflows),
        start=np.zeros(1),
    )
    return [Charge("api-gateway-http.requests", metered * MONTH_S)]


SERVICE = Service(
    id="api-gateway-http",
    title="API Gateway HTTP API",
    family="front",
    badge="HTTP API",
    icon="⇥",
    settings=HttpApi,
    lower=lower,
    bill=bill,
    summary="Front door for HTTP requests: cheap, fast, no cache.",
    also_called=("api", "http", "gateway", "apigw", "endpoint", "web"),
    answers=True,
    gain=gain,
    patience=patience,
)
