"""Amazon SNS: takes a message once and delivers a copy to every subscriber.

Publishing is limited for the whole account; a FIFO topic also has limits of its own. A standard
topic bills each publish by its 64 KB chunks and leaves deliveries to queues and functions free;
a FIFO topic bills messages and their payload, in and out.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage, chunks
from sandbox.engine.network import Demand, Quota, Station

_MESSAGES, _SIZE, _GROUPS = "topic_messages_per_s", "topic_kb_per_s", "group_messages_per_s"
"""What a FIFO topic limits of its own: all its messages, their size, those of its groups."""


class Sns(Settings):
    """Settings of a topic."""

    fifo: bool = Field(default=False, json_schema_extra={"aws": "FifoTopic"})
    """Keep the order within each message group; limits the rate, and delivers to queues alone."""

    message_groups: int | None = Field(default=None, ge=1, json_schema_extra={"unit": "groups"})
    """Message groups of a FIFO topic that are active at once; any number where left out."""

    throughput_scope: Literal["topic", "message-group"] = Field(
        default="topic", json_schema_extra={"aws": "FifoThroughputScope"}
    )
    """Where a FIFO topic looks for duplicates, and so what is limited: all of it, or each message group."""

    message_kb: float | None = Field(default=None, gt=0, le=1024, json_schema_extra={"unit": "KB"})
    """Mean size of one message; what the publisher received where left out."""

    latency_ms: float = Field(default=0, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Time of one publish; AWS publishes none."""

    @model_validator(mode="after")
    def _only_with_fifo(self) -> Self:
        """Refuse what only a FIFO topic has."""
        if not self.fifo and (self.throughput_scope != "topic" or self.message_groups is not None):
            key = "message_groups" if self.message_groups is not None else "throughput_scope"
            msg = f"{key} is for FIFO topics; set fifo = true or leave it out"
            raise ValueError(msg)
        return self


def lower(site: Site) -> Parts:
    """A topic only limits how fast can be published; each delivery stands on its edge.

    A FIFO topic also counts bytes, so each of its incoming edges has a station of its own.
    """
    topic = cast("Sns", site.settings)
    fixed = topic.latency_ms / 1000
    key = "fifo_publish_per_s" if topic.fifo else "publish_per_s"
    rate = site.quotas[key]
    account = Quota(f"{site.account}sns.{key}", rate, burst=rate)
    own = tuple(_own(site)) if topic.fifo else ()
    plain = Station(site.id, fixed=fixed, demands=(Demand(account.id),))
    each = tuple(_station(plain, own, link) for link in site.inflows) if topic.fifo else ()
    return Parts(
        stations=each or (plain,),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows} if each else {},
        callers=tuple(station.id for station in each),
        quotas=(account, *own),
        limits={
            account.id: limit("sns", key),
            **{quota.id: limit("sns", quota.id.removeprefix(f"{site.id}.")) for quota in own},
        },
    )


def _own(site: Site) -> Iterator[Quota]:
    """What a FIFO topic limits by itself, the size last."""
    topic = cast("Sns", site.settings)
    rates = {}
    if topic.throughput_scope == "topic":
        rates[_MESSAGES] = site.quotas[_MESSAGES]
    if topic.message_groups is not None:
        rates[_GROUPS] = site.quotas[_GROUPS] * topic.message_groups
    for key, rate in (*rates.items(), (_SIZE, site.quotas[_SIZE])):
        yield Quota(f"{site.id}.{key}", rate, burst=rate)


def _station(plain: Station, own: tuple[Quota, ...], link: Link) -> Station:
    """The station of one edge into a FIFO topic."""
    *messages, size = own
    counted = (Demand(quota.id) for quota in messages)
    demands = (*plain.demands, *counted, Demand(size.id, link.item_kb))
    return Station(f"{plain.id}#{link.index}", fixed=plain.fixed, demands=demands)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Publishes and the deliveries that are not free."""
    topic = cast("Sns", settings)
    return _fifo(usage) if topic.fifo else _standard(usage)


def _standard(usage: Usage) -> list[Charge]:
    """Publishes, and deliveries over HTTP and to Firehose; those to queues and functions are free."""
    http = [link for link in usage.outflows if link.peer_service == "external"]
    firehose = [link for link in usage.outflows if link.peer_service == "firehose"]
    return [
        Charge("sns.publishes", _billed(usage.inflows)),
        Charge("sns.http_deliveries", _billed(http)),
        Charge("sns.firehose_deliveries", _billed(firehose)),
    ]


def _fifo(usage: Usage) -> list[Charge]:
    """Messages and payload, in and out; a message counts for 1 KB at least."""
    least = facts("sns").quotas["fifo_least_kb"].value
    return [
        Charge("sns.fifo_publishes", _billed(usage.inflows)),
        Charge("sns.fifo_publish_payload", _gb(usage.inflows, least)),
        Charge("sns.fifo_deliveries", _sum(usage.outflows, lambda _link: 1.0)),
        Charge("sns.fifo_delivery_payload", _gb(usage.outflows, 0.0)),
    ]


def _billed(links: Sequence[LinkUse]) -> Array:
    """Requests a month: every started chunk of a message counts."""
    chunk_kb = facts("sns").quotas["chunk_kb"].value
    return _sum(links, lambda link: chunks(link.item_kb, chunk_kb))


def _gb(links: Sequence[LinkUse], least_kb: float) -> Array:
    """Payload a month [GB]."""
    return _sum(links, lambda link: max(link.item_kb, least_kb) / KB_PER_GB)


def _sum(links: Sequence[LinkUse], weight: Callable[[LinkUse], float]) -> Array:
    """What so much for each admitted message comes to in a month."""
    total: Array = np.zeros(1)
    for link in links:
        total = total + link.accepted * weight(link) * MONTH_S
    return total


SERVICE = Service(
    id="sns",
    title="SNS topic",
    family="flow",
    badge="SNS",
    icon="◇",
    settings=Sns,
    lower=lower,
    bill=bill,
    summary="Delivers a copy of every message to each subscriber.",
    also_called=("topic", "notification", "publish", "pubsub", "fanout"),
)
