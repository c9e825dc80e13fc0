"""EventBridge Pipes: polls a queue or a stream, filters, lets something enrich a batch, and hands it on.

All pipes of an account share their concurrency: a batch occupies one execution while its enrichment
and its target are waited for. What goes wrong goes back to where it came from.
"""

from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Array, Charge, Usage, chunks
from sandbox.engine.network import Slots, Station


class Pipes(Settings):
    """Settings of a pipe."""

    latency_ms: float = Field(default=10, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Own time for a batch, without its enrichment and its target; AWS publishes none."""

    message_kb: float | None = Field(default=None, gt=0, le=10_240, json_schema_extra={"unit": "KB"})
    """Mean size of an item; what the source received where left out."""


def lower(site: Site) -> Parts:
    """One station for each source, because each brings batches of its own."""
    pipe = cast("Pipes", site.settings)
    pool = Slots(f"{site.account}pipes.concurrency", site.quotas["concurrency"])
    names = tuple(f"{site.id}#{link.index}" for link in site.inflows) or (site.id,)
    return Parts(
        stations=tuple(Station(name, fixed=pipe.latency_ms / 1000, slots=(pool.id,)) for name in names),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        callers=names,
        slots=(pool,),
        limits={pool.id: limit("pipes", "concurrency")},
    )


def bill(_settings: Settings, usage: Usage) -> list[Charge]:
    """Items that passed the filter, by 64 KB."""
    chunk_kb = facts("pipes").quotas["chunk_kb"].value
    total: Array = np.zeros(1)
    for link in usage.inflows:
        total = total + link.once * chunks(link.item_kb, chunk_kb) * MONTH_S
    return [Charge("pipes.requests", total)]


SERVICE = Service(
    id="pipes",
    title="Pipe",
    family="flow",
    badge="pipe",
    icon="⇉",
    settings=Pipes,
    lower=lower,
    bill=bill,
    summary="Polls a queue or a stream and hands its batches to one target, without code.",
    also_called=("pipe", "eventbridge", "connector", "enrich", "filter"),
)
