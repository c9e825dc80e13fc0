"""What holds items that containers fetch themselves: loops at a queue, readers of a stream's shards."""

from math import inf
from typing import cast

from pydantic import Field

from sandbox.catalog.connection import End, Held, Hop, Reader
from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.mappings import shared_poll_s, stream_shape
from sandbox.catalog.service import EdgeSettings
from sandbox.engine.batching import bytes_cap
from sandbox.engine.network import Holding

_SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide"
_KCL = "https://docs.aws.amazon.com/streams/latest/dev/shared-throughput-kcl-consumers.html"


class WorkerEdge(EdgeSettings):
    """Containers receive from a queue, one loop for each of their places, and delete what is done."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the messages that there is something to do for; the others are deleted at once."""

    batch_size: int = Field(
        default=10, ge=1, le=10, json_schema_extra={"unit": "messages", "aws": "MaxNumberOfMessages"}
    )
    """Most messages that a loop receives at once and works off one after the other."""


class ShardEdge(EdgeSettings):
    """Containers read a stream with the client library: one of them leases each shard."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the records that there is something to do for."""

    batch_size: int = Field(
        default=1000, ge=1, le=10_000, json_schema_extra={"unit": "records", "aws": "MaxRecords"}
    )
    """Most records of one read, worked off one after the other."""

    poll_ms: float = Field(
        default=1000,
        ge=200,
        le=60_000,
        json_schema_extra={"unit": "ms", "aws": "idleTimeBetweenReadsInMillis"},
    )
    """Pause between two reads of a shard; five reads a second are the most that a shard allows."""

    enhanced_fan_out: bool = False
    """Read through a dedicated 2 MB/s per shard, pushed as records come."""


def places(tasks: Containers) -> tuple[float, float]:
    """Loops that are always there, and at most: one for each place of each task."""
    each = float(tasks.concurrency_per_task)
    return tasks.least * each, tasks.most * each


def _loops(hop: Hop) -> Holding:
    """Receive loops: a message that fails, or whose task is gone, comes back after the visibility timeout."""
    edge, quotas = cast("WorkerEdge", hop.edge), hop.quotas("lambda")
    least, most = places(cast("Containers", hop.target))
    if getattr(hop.source, "fifo", False):
        most = min(most, getattr(hop.source, "message_groups", None) or inf)
    return Holding(
        lanes_least=min(least, most),
        lanes_most=most,
        fill=quotas["poller_fill"],
        batch_most=float(bytes_cap(edge.batch_size, hop.item_kb, hop.quotas("sqs")["message_kb"])),
        attempts=hop.max_receives,
        retry_delay=getattr(hop.source, "visibility_timeout_s", 0.0),
        delay=getattr(hop.source, "delay_s", 0.0),
        retention=getattr(hop.source, "retention_s", inf),
        initial=getattr(hop.source, "initial_messages", 0.0) / hop.rivals,
    )


def _shards(hop: Hop) -> Holding:
    """One reader for each shard, as far as there are places for them; a failed batch is read again."""
    edge, quotas = cast("ShardEdge", hop.edge), hop.quotas("lambda")
    shards, retention, hot = stream_shape(hop.source)
    _, most = places(cast("Containers", hop.target))
    lanes = min(shards, most)
    readers = 1 if edge.enhanced_fan_out else hop.readers
    return Holding(
        lanes_least=lanes,
        lanes_most=lanes,
        batch_most=float(bytes_cap(edge.batch_size, hop.item_kb, quotas["batch_bytes_kb"])),
        rate_most=shards * quotas["shard_read_kb_per_s"] / max(hop.item_kb, 1e-6) / readers,
        poll=0.0 if edge.enhanced_fan_out else max(edge.poll_ms / 1000, shared_poll_s(hop)),
        in_place=True,
        retention=retention,
        hot_share=hot,
        hot_lanes=1.0 if hot else 0.0,
    )


def _loops_reader(_edge: EdgeSettings) -> Reader:
    return Reader("messages/s", "", f"{_SQS}/sqs-short-and-long-polling.html")


def _shards_reader(_edge: EdgeSettings) -> Reader:
    return Reader("records/s", "", _KCL)


_DEAD: tuple[tuple[End, str], ...] = (("source", "dead-letter"),)

WORKERS = Held(_loops, _loops_reader, _DEAD)
"""A queue that containers receive from."""

SHARDS = Held(_shards, _shards_reader)
"""A stream that containers read."""
