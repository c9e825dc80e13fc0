"""Amazon EventBridge: takes an event once, and delivers it to the target of every rule that it matches.

Taking events and invoking targets have a quota each for the whole account: what callers send beyond
theirs is refused, what targets should get beyond theirs is delayed. A target that fails is tried for a day.
"""

from collections.abc import Sequence
from math import inf
from typing import Literal, cast

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.flows.buffers import buffer, pace, patient
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage, chunks
from sandbox.engine.network import Demand, Quota, Station

_DOCS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"
_DAY_S = 86_400.0


class EventBridge(Settings):
    """Settings of a bus."""

    events: Literal["custom", "partner"] = "custom"
    """Whether its events are one's own or a partner's; those of AWS services are free on either."""

    events_per_request: int = Field(
        default=1, ge=1, le=10, json_schema_extra={"unit": "events", "aws": "Entries"}
    )
    """Events that callers send in one PutEvents."""

    message_kb: float | None = Field(default=None, gt=0, le=1024, json_schema_extra={"unit": "KB"})
    """Mean size of an event; what the sender received where left out."""

    latency_ms: float = Field(default=0, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Time of one PutEvents; AWS publishes none."""

    archive_share: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the events that an archive keeps."""

    archive_days: float = Field(
        default=30, ge=1, le=36_500, json_schema_extra={"unit": "days", "aws": "RetentionDays"}
    )
    """How long the archive keeps them."""

    replayed_events_month: float = Field(default=0, ge=0, le=1e12, json_schema_extra={"unit": "events/month"})
    """Archived events that are sent to the bus again each month; for the bill, they are no load."""

    schema_discovery: bool = False
    """Read the schemas of all events."""


def lower(site: Site) -> Parts:
    """Events are taken, wait for the quota of invocations, and go to the targets."""
    bus = cast("EventBridge", site.settings)
    taken, service, held_id, rules = site.id, f"{site.id}>service", f"{site.id}>matched", f"{site.id}>rules"
    fixed = bus.latency_ms / 1000
    puts = Quota(f"{site.account}eventbridge.put_events_per_s", site.quotas["put_events_per_s"])
    calls = Quota(f"{site.account}eventbridge.invocations_per_s", site.quotas["invocations_per_s"])
    puts, calls = (Quota(quota.id, quota.capacity, burst=quota.capacity) for quota in (puts, calls))
    each = sum(link.settings.calls for link in site.outflows if not link.role)
    free = [link for link in site.inflows if _is_service_event(link)]
    doors = [Station(taken, fixed=fixed, demands=(Demand(puts.id, 1.0 / bus.events_per_request),))]
    doors += [Station(service)] if free else []
    held = buffer(
        held_id, (door.id for door in doors), rules, patient(calls.capacity / each if each else inf)
    )
    return Parts(
        stations=(
            *doors,
            held.station,
            Station(rules, demands=(Demand(calls.id, each),) if each else ()),
        ),
        entries={link.index: service for link in free},
        callers=(rules,),
        arcs=held.arcs,
        behind=frozenset((rules,)),
        buffers={held_id: pace("pace of events", _DOCS, limit("eventbridge", "invocations_per_s").raised_by)},
        quotas=(puts, calls),
        limits={
            puts.id: limit("eventbridge", "put_events_per_s"),
            calls.id: limit("eventbridge", "invocations_per_s"),
        },
    )


def _is_service_event(link: Link | LinkUse) -> bool:
    """Whether an AWS service publishes by itself: a bucket, not what somebody puts."""
    return link.kind == "async" and link.peer_service == "s3"


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Events that were put, by 64 KB, and what is done with them beside: archive, replay, discovery."""
    bus, quotas = cast("EventBridge", settings), facts("eventbridge").quotas
    put = [link for link in usage.inflows if not _is_service_event(link)]
    out = [link for link in usage.outflows if link.peer_service == "external"]
    kb = sum((link.accepted * link.item_kb for link in usage.inflows), start=np.zeros(1)) * bus.archive_share
    replayed = bus.replayed_events_month * chunks(_size(usage.inflows), quotas["chunk_kb"].value)
    found = [
        Charge(f"eventbridge.{bus.events}_events", _billed(put, quotas["chunk_kb"].value)),
        Charge("eventbridge.api_destinations", _billed(out, quotas["chunk_kb"].value)),
        Charge("eventbridge.archive_processing", kb / KB_PER_GB * MONTH_S),
        Charge("eventbridge.archive_storage", kb / KB_PER_GB * _DAY_S * bus.archive_days),
        Charge("eventbridge.replays", np.array([replayed])),
    ]
    if bus.schema_discovery:
        discovered = _billed(usage.inflows, quotas["discovery_chunk_kb"].value)
        found.append(Charge("eventbridge.schema_discovery", discovered))
    return found


def _size(links: Sequence[LinkUse]) -> float:
    """Largest size of what comes in [KB]."""
    return max((link.item_kb for link in links), default=0.0)


def _billed(links: Sequence[LinkUse], chunk_kb: float) -> Array:
    """Chunks of so many KB in a month."""
    total: Array = np.zeros(1)
    for link in links:
        total = total + link.accepted * chunks(link.item_kb, chunk_kb) * MONTH_S
    return total


SERVICE = Service(
    id="eventbridge",
    title="Event bus",
    family="flow",
    badge="event bus",
    icon="⇶",
    settings=EventBridge,
    lower=lower,
    bill=bill,
    summary="Delivers every event to the targets of the rules that it matches.",
    also_called=("bus", "events", "rule", "pubsub", "cloudwatch events", "router"),
)
