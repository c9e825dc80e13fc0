"""What a stream's month is charged as: by the shard, or by the volume in, out and kept.

Source: https://aws.amazon.com/kinesis/data-streams/pricing/
"""

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.streams.settings import Kinesis
from sandbox.catalog.usage import HOURS, KB_PER_GB, MONTH_S, Array, Charge, LinkUse, Usage, chunks

_HOUR_S = 3600.0


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Shards or stream, what was put and read, and what is kept longer than a day."""
    stream = cast("Kinesis", settings)
    if stream.mode == "provisioned":
        return _provisioned(stream, usage)
    return _on_demand(stream, usage) if stream.mode == "on-demand" else _advantage(stream, usage)


def _provisioned(stream: Kinesis, usage: Usage) -> list[Charge]:
    """Shards by the hour, puts by 25 KB; shared reads are free, fan-out is not."""
    shard_hours = np.full(1, stream.shards * HOURS)
    fanned = _consumers(usage, fan_out=True)
    extended = stream.retention_h > _parameter("free_retention_h")
    return [
        Charge("kinesis.shard_hours", shard_hours),
        Charge(
            "kinesis.put_payload_units", _put(usage, lambda kb: chunks(kb, _parameter("payload_unit_kb")))
        ),
        Charge("kinesis.extended_retention_shard_hours", shard_hours * extended),
        Charge("kinesis.long_term_retention", _kept_gb(stream, usage, _parameter("extended_retention_h"))),
        Charge("kinesis.fan_out_shard_hours", shard_hours * len(fanned)),
        Charge("kinesis.fan_out_retrieval", _read_gb(usage, fanned)),
    ]


def _on_demand(stream: Kinesis, usage: Usage) -> list[Charge]:
    """The stream by the hour, and the volume in, out and kept."""
    long = _kept_gb(stream, usage, _parameter("extended_retention_h"))
    return [
        Charge("kinesis.on_demand_stream_hours", np.full(1, HOURS)),
        Charge("kinesis.on_demand_ingest", _ingest_gb(usage)),
        Charge("kinesis.on_demand_retrieval", _read_gb(usage, _consumers(usage, fan_out=False))),
        Charge("kinesis.on_demand_fan_out_retrieval", _read_gb(usage, _consumers(usage, fan_out=True))),
        Charge(
            "kinesis.on_demand_extended_retention",
            _kept_gb(stream, usage, _parameter("free_retention_h")) - long,
        ),
        Charge("kinesis.on_demand_long_term_retention", long),
    ]


def _advantage(stream: Kinesis, usage: Usage) -> list[Charge]:
    """The volume in, out and kept at lower prices; the account pays for 25 MiB/s in and out in any case."""
    committed_gb = _parameter("advantage_commitment_kb_per_s") * MONTH_S / KB_PER_GB
    return [
        Charge("kinesis.advantage_ingest", _ingest_gb(usage), least=committed_gb),
        Charge("kinesis.advantage_retrieval", _read_gb(usage, _streams(usage)), least=committed_gb),
        Charge("kinesis.advantage_retention", _kept_gb(stream, usage, _parameter("free_retention_h"))),
    ]


def _ingest_gb(usage: Usage) -> Array:
    """Data put in a month, each record rounded up to 1 KB [GB]."""
    step = _parameter("ingest_step_kb")
    return _put(usage, lambda kb: chunks(kb, step) * step / KB_PER_GB)


def _kept_gb(stream: Kinesis, usage: Usage, after_h: float) -> Array:
    """Mean volume that is older than so many hours [GB]."""
    hours = max(stream.retention_h - after_h, 0.0)
    return _put(usage, lambda kb: kb / KB_PER_GB) * hours * _HOUR_S / MONTH_S


def _put(usage: Usage, weight: Callable[[float], float]) -> Array:
    """What so much for each record, by its size, comes to in a month."""
    total: Array = np.zeros(1)
    for link in usage.inflows:
        total = total + link.accepted * weight(link.item_kb) * MONTH_S
    return total


def _read_gb(usage: Usage, readers: Sequence[LinkUse]) -> Array:
    """Data that consumers read in a month, not rounded [GB].

    A consumer reads what was put, before its filter; one that cannot keep up reads what it can take.
    A batch that is tried again is not read again.
    """
    put = _put(usage, lambda _kb: 1.0)
    total: Array = np.zeros(1)
    for link in readers:
        share = getattr(link.settings, "calls", 1.0)
        taken = link.accepted * MONTH_S / share if share > 0 else put
        total = total + np.minimum(put, taken) * link.item_kb / KB_PER_GB
    return total


def _streams(usage: Usage) -> list[LinkUse]:
    """The consumers."""
    return [link for link in usage.outflows if link.kind == "stream"]


def _consumers(usage: Usage, *, fan_out: bool) -> list[LinkUse]:
    """The consumers that read through a pipe of their own, or those that share one."""
    return [link for link in _streams(usage) if getattr(link.settings, "enhanced_fan_out", False) == fan_out]


def _parameter(key: str) -> float:
    """A parameter of billing, from the facts."""
    return facts("kinesis").quotas[key].value
