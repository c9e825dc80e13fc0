"""Amazon Data Firehose: collects records in a buffer, and delivers it when it is full or old enough.

A function may change the records first, in smaller buffers of its own. Puts have quotas by requests,
records and bytes; what is read from a Kinesis stream has none.
"""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.flows.buffers import buffer, pace
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site, every_call
from sandbox.catalog.usage import KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage, chunks
from sandbox.engine.network import Demand, Holding, Quota, Station

_QUOTAS = ("put_requests_per_s", "put_records_per_s", "put_kb_per_s")
_KB_PER_MB = 1024.0
_LEAST_KB = 0.001
_DOCS = "https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html"


class Firehose(Settings):
    """Settings of a delivery stream."""

    buffer_mb: int = Field(default=5, ge=1, le=128, json_schema_extra={"unit": "MB", "aws": "SizeInMBs"})
    """Size at which a buffer is delivered; 64 MB at least where formats are converted."""

    buffer_s: int = Field(
        default=300, ge=0, le=900, json_schema_extra={"unit": "s", "aws": "IntervalInSeconds"}
    )
    """Age at which a buffer is delivered."""

    transform_buffer_mb: float = Field(
        default=1, ge=0.2, le=3, json_schema_extra={"unit": "MB", "aws": "BufferSizeInMBs"}
    )
    """Size at which a function gets the records that it changes."""

    transform_buffer_s: int = Field(
        default=60, ge=0, le=900, json_schema_extra={"unit": "s", "aws": "BufferIntervalInSeconds"}
    )
    """Age at which it gets them."""

    records_per_request: int = Field(
        default=1, ge=1, le=500, json_schema_extra={"unit": "records", "aws": "PutRecordBatch"}
    )
    """Records that callers put in one request."""

    format_conversion: bool = Field(
        default=False, json_schema_extra={"aws": "DataFormatConversionConfiguration"}
    )
    """Turn JSON into Parquet or ORC."""

    dynamic_partitions: int = Field(
        default=0,
        ge=0,
        le=500,
        json_schema_extra={"unit": "partitions", "aws": "DynamicPartitioningConfiguration"},
    )
    """Partitions by the records' keys, each delivered as an object of its own; 0 for none."""

    message_kb: float | None = Field(default=None, gt=0, le=1000, json_schema_extra={"unit": "KB"})
    """Mean size of a record; what the sender received where left out."""

    latency_ms: float = Field(default=0, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Time of one put; AWS publishes none."""


def lower(site: Site) -> Parts:
    """Puts, a buffer before a function that changes records if there is one, that of the delivery."""
    stream = cast("Firehose", site.settings)
    quotas = tuple(Quota(f"{site.id}.{key}", site.quotas[key], burst=site.quotas[key]) for key in _QUOTAS)
    puts = tuple(_put(site, stream, quotas, link) for link in site.inflows) or (Station(site.id),)
    size = max((link.item_kb for link in site.inflows), default=_LEAST_KB)
    names = _Names(site.id)
    doors = tuple(put.id for put in puts)
    changes = [link.index for link in site.outflows if link.role == "transform"]
    small = buffer(names.changing, doors, names.changed, _small(site, stream, size))
    large = buffer(
        names.filling, (names.changed,) if changes else doors, names.deliver, _large(site, stream, size)
    )
    first = (small.station, Station(names.changed)) if changes else ()
    buffers = {names.filling: pace("deliveries", _DOCS)}
    if changes:
        buffers[names.changing] = pace("transformations", _DOCS)
    return Parts(
        stations=(*puts, *first, large.station, Station(names.deliver, fixed=site.quotas["deliver_s"])),
        entries={link.index: put.id for link, put in zip(site.inflows, puts, strict=False)},
        callers=(names.deliver,),
        emitters=dict.fromkeys(changes, (names.changed,)),
        arcs=(*(small.arcs if changes else ()), *large.arcs),
        behind=frozenset((names.changed, names.deliver)),
        buffers=buffers,
        gives_up={"on-failure": (names.changing,) if changes else ()},
        quotas=quotas,
        limits={quota.id: limit("firehose", key) for quota, key in zip(quotas, _QUOTAS, strict=True)},
    )


class _Names:
    """Ids of the inner stations."""

    def __init__(self, node: str) -> None:
        self.changing, self.changed = f"{node}>changing", f"{node}>changed"
        self.filling, self.deliver = f"{node}>filling", f"{node}>deliver"


def _put(site: Site, stream: Firehose, quotas: tuple[Quota, ...], link: Link) -> Station:
    """What one edge puts: a part of a request, a record, its bytes; a stream is read without a limit."""
    name, fixed = f"{site.id}#{link.index}", stream.latency_ms / 1000
    if link.kind == "stream":
        return Station(name)
    units = (1.0 / stream.records_per_request, 1.0, link.item_kb)
    demands = tuple(Demand(quota.id, unit) for quota, unit in zip(quotas, units, strict=True))
    return Station(name, fixed=fixed, demands=demands)


def _records(size_mb: float, item_kb: float) -> float:
    """Records of a full buffer, one at least.

    >>> _records(1, 10), _records(1, 2000)
    (102.0, 1.0)
    """
    return float(max(1, int(size_mb * _KB_PER_MB / max(item_kb, _LEAST_KB))))


def _small(site: Site, stream: Firehose, item_kb: float) -> Holding:
    """The buffer before the function, which has so many invocations at once as there are MB/s of quota."""
    shards = max(1.0, site.quotas["put_kb_per_s"] / site.quotas["shard_kb_per_s"])
    return Holding(
        lanes_least=1.0,
        lanes_most=shards * site.quotas["transform_per_shard"],
        batch_most=_records(stream.transform_buffer_mb, item_kb),
        window=float(stream.transform_buffer_s),
        attempts=1.0,
        retention=site.quotas["retention_s"],
    )


def _large(site: Site, stream: Firehose, item_kb: float) -> Holding:
    """The buffer of the delivery; while the destination fails it is tried for a day."""
    shards = max(1.0, site.quotas["put_kb_per_s"] / site.quotas["shard_kb_per_s"])
    least_mb = site.quotas["converted_least_mb"] if stream.format_conversion else 0.0
    return Holding(
        lanes_least=1.0,
        lanes_most=shards * site.quotas["deliveries_per_shard"],
        batch_most=_records(max(stream.buffer_mb, least_mb), item_kb),
        window=float(stream.buffer_s),
        retry_delay=site.quotas["retry_s"],
        retention=site.quotas["retention_s"],
    )


def gain(settings: Settings, link: Link) -> float:
    """Calls for one buffer: an object for each of its partitions."""
    parts = cast("Firehose", settings).dynamic_partitions if link.peer_service == "s3" else 0
    return every_call(settings, link) * max(parts, 1)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Data taken in, each record rounded up to 5 KB, and what is done with it."""
    stream = cast("Firehose", settings)
    put = _gb([link for link in usage.inflows if link.kind != "stream"])
    read = _gb([link for link in usage.inflows if link.kind == "stream"])
    found = [Charge("firehose.direct_put_ingest", put), Charge("firehose.kds_source_ingest", read)]
    if stream.format_conversion:
        found.append(Charge("firehose.format_conversion", put + read))
    if stream.dynamic_partitions:
        found.append(Charge("firehose.dynamic_partitioning", put + read))
        found += [Charge("firehose.dynamic_partitioning_objects", rate * MONTH_S) for rate in _objects(usage)]
    return found


def _objects(usage: Usage) -> Iterator[Array]:
    """Objects that are delivered, per second."""
    yield from (link.accepted for link in usage.outflows if link.peer_service == "s3" and not link.role)


def _gb(links: Sequence[LinkUse]) -> Array:
    """Data of a month in steps of 5 KB a record [GB]."""
    step = facts("firehose").quotas["step_kb"].value
    total: Array = np.zeros(1)
    for link in links:
        total = total + link.accepted * chunks(link.item_kb, step) * step / KB_PER_GB * MONTH_S
    return total


SERVICE = Service(
    id="firehose",
    title="Firehose",
    family="flow",
    badge="Firehose",
    icon="⋙",
    settings=Firehose,
    lower=lower,
    bill=bill,
    gain=gain,
    summary="Collects records and delivers them in large objects.",
    also_called=("delivery", "buffer", "stream", "parquet", "load", "records"),
)
