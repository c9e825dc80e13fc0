"""Amazon SNS: takes a message once and delivers a copy to every subscriber.

Publishing is limited for the whole account; a FIFO topic also has limits of its own. A standard
topic bills each publish by its 64 KB chunks and leaves deliveries to queues and functions free;
a FIFO topic bills messages and their payload, in and out.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage, chunks
from sandbox.engine.network import Demand, Quota, Station

_OWN = ("topic_messages_per_s", "topic_kb_per_s")
"""What a FIFO topic limits of its own."""


class Sns(Settings):
    """Settings of a topic."""

    fifo: bool = Field(default=False, json_schema_extra={"aws": "FifoTopic"})
    """Keep the order within each message group; limits the rate, and delivers to queues alone."""

    message_kb: float | None = Field(default=None, gt=0, le=1024, json_schema_extra={"unit": "KB"})
    """Mean size of one message; what the publisher received where left out."""

    latency_ms: float = Field(default=0, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Time of one publish; AWS publishes none."""


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
    """What a FIFO topic limits by itself."""
    for key in _OWN:
        yield Quota(f"{site.id}.{key}", site.quotas[key], burst=site.quotas[key])


def _station(plain: Station, own: tuple[Quota, ...], link: Link) -> Station:
    """The station of one edge into a FIFO topic."""
    messages, size = own
    demands = (*plain.demands, Demand(messages.id), Demand(size.id, link.item_kb))
    return Station(f"{plain.id}#{link.index}", fixed=plain.fixed, demands=demands)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Publishes and the deliveries that are not free."""
    topic = cast("Sns", settings)
    return _fifo(usage) if topic.fifo else _standard(usage)


def _standard(usage: Usage) -> list[Charge]:
    """Publishes, and HTTP deliveries; queues and functions are delivered to for nothing."""
    http = [link for link in usage.outflows if link.peer_service == "external"]
    return [
        Charge("sns.publishes", _billed(usage.inflows)),
        Charge("sns.http_deliveries", _billed(http)),
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
    summary="delivers a copy of every message to each subscriber",
)
