"""Amazon API Gateway WebSocket API: the front door whose clients stay connected.

Connections are a stock: so many are open, each for so long, and new ones come at the quotient.
Only the new ones have a quota; messages take of the bucket that all APIs of the account share,
those that are sent back too. A message is billed for each started 32 KB of it, either way.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog import gateways
from sandbox.catalog.facts import facts
from sandbox.catalog.gateways import Gateway, gain
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Parts, Service, Settings, Site, services
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, Usage, chunks
from sandbox.engine.network import Demand, Quota, Station

_QUOTAS = facts("api-gateway-websocket").quotas
CONNECTS = "!connections"
"""Ends the name of the station where clients connect."""
HEARTBEATS = "!heartbeats"


class WebSocketApi(Gateway):
    """A front door that keeps its clients connected and can send to them."""

    timeout_s: float = Field(
        default=_QUOTAS["timeout_s"].value,
        ge=0.05,
        le=_QUOTAS["timeout_s"].value,
        json_schema_extra={"unit": "s", "aws": "TimeoutInMillis"},
    )
    """Longest it waits for what is behind it; 29 s at most."""

    latency_ms: float = Field(
        default=_QUOTAS["latency_ms"].value, ge=0, le=29_000, json_schema_extra={"unit": "ms"}
    )
    """Its own part of the time; AWS publishes none."""

    connections: float = Field(default=0, ge=0, le=1e9, json_schema_extra={"unit": "connections"})
    """Clients that are connected at the same time; paid by the minute."""

    connection_s: float = Field(
        default=_QUOTAS["connection_s"].value,
        ge=1,
        le=_QUOTAS["connection_s"].value,
        json_schema_extra={"unit": "s"},
    )
    """Mean time that a client stays connected; AWS ends a connection after two hours."""

    heartbeat_s: float | None = Field(
        default=None, ge=1, le=_QUOTAS["idle_s"].value, json_schema_extra={"unit": "s"}
    )
    """Pause between the messages that keep a connection open; one without messages is closed after 10 min."""

    replies: float = Field(default=0, ge=0, le=1_000_000, json_schema_extra={"unit": "messages/message"})
    """Messages sent to clients for each one that comes from them."""

    response_kb: float | None = Field(
        default=None, ge=0, le=_QUOTAS["message_kb"].value, json_schema_extra={"unit": "KB"}
    )
    """Mean size of a message to a client; as the answer of what is behind where left out."""

    @model_validator(mode="after")
    def _asks_at_each_connection(self) -> Self:
        """Refuse a cache that AWS does not have."""
        if self.authorizer_hit_ratio > 0:
            msg = "authorizer_hit_ratio: a WebSocket API asks at each connection and keeps no answer"
            raise ValueError(msg)
        return self


def lower(site: Site) -> Parts:
    """Messages from clients, messages to them from outside the API, and what connections themselves take."""
    api = cast("WebSocketApi", site.settings)
    plain = gateways.lower(site)
    bucket = plain.quotas[-1].id
    units = {bucket: 1 + api.replies}
    asked = replace(
        plain.stations[0],
        demands=tuple(replace(d, units=units.get(d.quota, 1.0)) for d in plain.stations[0].demands),
    )
    pushed = {
        link.index: f"{site.id}#{link.index}" for link in site.inflows if not _is_client(link.peer_service)
    }
    connects = Quota(
        f"{site.account}api-gateway.connections",
        site.quotas["new_connections"],
        burst=site.quotas["new_connections"],
    )
    alone = [link.index for link in site.outflows if link.role == "authorizer"]
    return Parts(
        stations=(
            asked,
            *(replace(asked, id=name, demands=(Demand(bucket),)) for name in pushed.values()),
            *_kept_open(site, api, connects.id, bucket),
        ),
        entries=pushed,
        emitters=dict.fromkeys(alone, (f"{site.id}{CONNECTS}",)),
        quotas=(*plain.quotas, connects),
        limits={**plain.limits, connects.id: limit("api-gateway-websocket", "new_connections")},
    )


def _is_client(service: str) -> bool:
    """Whether what a service sends here comes from clients; what runs code sends to them instead."""
    return services()[service].family in {"source", "front"}


def _kept_open(site: Site, api: WebSocketApi, connects: str, bucket: str) -> Iterator[Station]:
    """New connections, and the messages that keep them open: they go along with the load."""
    new = api.connections / api.connection_s
    yield Station(f"{site.id}{CONNECTS}", arrivals=new, demands=(Demand(connects),), aside=True)
    if api.heartbeat_s is not None:
        beats = api.connections / api.heartbeat_s
        yield Station(f"{site.id}{HEARTBEATS}", arrivals=beats, demands=(Demand(bucket),), aside=True)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Messages of both ways in steps of 32 KB, the minutes of connections, and what leaves AWS."""
    api = cast("WebSocketApi", settings)
    step = _QUOTAS["metered_kb"].value
    messages, sent_kb = np.zeros(1), np.zeros(1)
    for link in usage.inflows:
        messages = messages + link.accepted * chunks(link.item_kb, step)
        if _is_client(link.peer_service):
            messages = messages + link.accepted * api.replies * chunks(usage.answer_kb, step)
            sent_kb = sent_kb + link.accepted * api.replies * usage.answer_kb
        else:
            sent_kb = sent_kb + link.accepted * link.item_kb
    beats = _accepted(usage, HEARTBEATS)
    opened = _accepted(usage, CONNECTS)
    connections = np.array([api.connections]) if opened is None else opened * api.connection_s
    return [
        Charge("api-gateway-websocket.messages", (messages + (0.0 if beats is None else beats)) * MONTH_S),
        Charge("api-gateway-websocket.connection_minutes", connections * MONTH_S / 60),
        Charge("data-transfer.internet_out", sent_kb / KB_PER_GB * MONTH_S),
    ]


def _accepted(usage: Usage, ending: str) -> Array | None:
    """What came to one of the stations beside the messages; None where it is not there."""
    return next((use.accepted for name, use in usage.stations.items() if name.endswith(ending)), None)


SERVICE = Service(
    id="api-gateway-websocket",
    title="API Gateway WebSocket API",
    family="front",
    badge="WebSocket",
    icon="⇄",
    settings=WebSocketApi,
    lower=lower,
    bill=bill,
    summary="Front door that can also send to its clients.",
    also_called=("api", "websocket", "socket", "ws", "push", "chat", "realtime", "connections"),
    gain=gain,
)
