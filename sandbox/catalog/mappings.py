"""What holds items between two services: pollers, stream lanes, asynchronous queues, deliveries.

Each function returns the holding station's terms for one edge, from its settings, those of the
source, and Lambda's documented behaviour (the quotas of `lambda.toml`).
"""

from dataclasses import dataclass
from math import inf
from typing import cast

from sandbox.catalog.edges import AsyncEdge, PolledEdge, StreamEdge
from sandbox.catalog.facts import Quotas
from sandbox.catalog.service import EdgeSettings, Settings
from sandbox.engine.batching import bytes_cap
from sandbox.engine.network import Holding


@dataclass(frozen=True)
class Hop:
    """One edge that holds what it carries."""

    kind: str
    source_service: str
    target_service: str
    edge: EdgeSettings
    source: Settings
    item_kb: float
    max_receives: float = inf
    """Receives before a message goes to the dead-letter queue; infinite without one."""
    readers: int = 1
    """Mappings that share a stream's reads."""
    rivals: int = 1
    """Mappings that compete for a queue's messages."""


@dataclass(frozen=True)
class Reader:
    """How people see the pace of what takes held items on."""

    unit: str
    raised_by: str
    """The setting of the edge that raises it; nothing where none does."""
    source: str


_DOCS = "https://docs.aws.amazon.com/lambda/latest/dg"


def reader_of(edge: EdgeSettings) -> Reader:
    """What takes on the items that an edge holds.

    >>> reader_of(PolledEdge(provisioned_pollers=2)).raised_by
    'provisioned_pollers'
    """
    match edge:
        case PolledEdge():
            setting = "provisioned_pollers" if edge.provisioned_pollers else "maximum_concurrency"
            return Reader("messages/s", setting, f"{_DOCS}/services-sqs-scaling.html")
        case StreamEdge():
            return Reader("records/s", "parallelization_factor", f"{_DOCS}/with-kinesis.html")
        case _:
            return Reader("messages/s", "", f"{_DOCS}/invocation-async.html")


def holding(hop: Hop, quotas: Quotas) -> Holding:
    """How the edge holds and hands on; `quotas` are Lambda's, for the account and region."""
    if hop.kind == "polled":
        return _poller(hop, cast("PolledEdge", hop.edge), quotas)
    if hop.kind == "stream":
        return _lanes(hop, cast("StreamEdge", hop.edge), quotas)
    if hop.target_service == "lambda":
        return _events(cast("AsyncEdge", hop.edge), quotas)
    return _delivery(quotas)


def _poller(hop: Hop, edge: PolledEdge, quotas: Quotas) -> Holding:
    """Lambda's pollers of a queue: they start with a few, and add while messages remain."""
    fifo = getattr(hop.source, "fifo", False)
    groups = getattr(hop.source, "message_groups", None)
    most = float(edge.maximum_concurrency or edge.concurrency_ceiling)
    least, rate_most = float(edge.initial_concurrency), inf
    if edge.provisioned_pollers:
        most = least = edge.provisioned_pollers * quotas["provisioned_poller_invocations"]
        by_size = quotas["provisioned_poller_kb_per_s"] / max(hop.item_kb, 1e-6)
        by_polls = quotas["provisioned_poller_polls_per_s"] * min(edge.batch_size, 10)
        rate_most = edge.provisioned_pollers * min(by_size, by_polls)
    if fifo:
        most = min(most, groups or inf)
        least = most if groups else min(least, most)
    return Holding(
        lanes_least=min(least, most),
        lanes_most=most,
        lanes_added=edge.added_per_minute / 60.0,
        fill=quotas["poller_fill"],
        batch_most=float(bytes_cap(edge.batch_size, hop.item_kb, quotas["batch_bytes_kb"])),
        rate_most=rate_most,
        window=edge.batch_window_s,
        attempts=hop.max_receives,
        throttles_count=True,
        error_backoff=0.0 if edge.report_item_failures else quotas["poller_error_backoff"],
        retry_delay=getattr(hop.source, "visibility_timeout_s", 0.0),
        delay=getattr(hop.source, "delay_s", 0.0),
        retention=getattr(hop.source, "retention_s", inf),
        initial=getattr(hop.source, "initial_messages", 0.0) / hop.rivals,
    )


def _lanes(hop: Hop, edge: StreamEdge, quotas: Quotas) -> Holding:
    """The lanes of a stream: shards × parallelisation factor, each in order."""
    shards, retention, hot = stream_shape(hop.source)
    poll = quotas["kinesis_poll_s" if hop.source_service == "kinesis" else "dynamodb_streams_poll_s"]
    factor = float(edge.parallelization_factor)
    readers = 1 if edge.enhanced_fan_out else hop.readers
    return Holding(
        lanes_least=shards * factor,
        lanes_most=shards * factor,
        batch_most=float(bytes_cap(edge.batch_size, hop.item_kb, quotas["batch_bytes_kb"])),
        rate_most=shards * quotas["shard_read_kb_per_s"] / max(hop.item_kb, 1e-6) / readers,
        window=edge.batch_window_s,
        poll=0.0 if edge.enhanced_fan_out else poll,
        attempts=inf if edge.max_attempts is None else edge.max_attempts + 1.0,
        in_place=True,
        bisect=edge.bisect_on_error,
        retention=min(retention, edge.max_record_age_s or inf),
        hot_share=hot,
        hot_lanes=factor if hot else 0.0,
    )


def stream_shape(source: Settings) -> tuple[float, float, float]:
    """Shards of a stream, seconds it keeps a record, and the share of its hottest shard (0 when even).

    A table's stream has a shard for each partition and keeps a day.
    """
    shards = getattr(source, "open_shards", None) or getattr(source, "partitions", None) or 1
    retention_h = getattr(source, "retention_h", 24)
    hot = getattr(source, "hot_share", None) or getattr(source, "hot_key_share", None) or 0.0
    return float(shards), retention_h * 3600.0, hot if hot * shards > 1 and shards > 1 else 0.0


def _events(edge: AsyncEdge, quotas: Quotas) -> Holding:
    """Lambda's own queue of events: no limit in, two retries after errors, six hours after throttles."""
    retries = quotas["async_retries"] if edge.retries is None else edge.retries
    return Holding(
        lanes_least=0.0,
        fill=quotas["poller_fill"],
        attempts=retries + 1.0,
        retry_delay=quotas["async_first_retry_s"],
        retry_growth=quotas["async_second_retry_s"] / quotas["async_first_retry_s"],
        refused_delay=quotas["async_throttle_first_s"],
        refused_most=quotas["async_throttle_most_s"],
        retention=quotas["async_max_age_s"],
    )


def _delivery(quotas: Quotas) -> Holding:
    """A delivery that is tried for days: nothing is given up in a steady state."""
    return Holding(lanes_least=0.0, fill=quotas["poller_fill"])
