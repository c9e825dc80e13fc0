"""What holds items between two services: pollers, stream lanes, asynchronous queues, deliveries.

Each function returns the holding station's terms for one edge, from its settings, those of the
source, and documented behaviour (quotas and parameters of the catalogue).
"""

from dataclasses import replace
from functools import partial
from math import ceil, inf
from typing import cast

from sandbox.catalog.connection import End, Held, Hop, Reader
from sandbox.catalog.edges import AsyncEdge, PolledEdge, ReadEdge
from sandbox.catalog.facts import Quotas
from sandbox.catalog.queue_calls import calls_per_s
from sandbox.catalog.service import EdgeSettings, Settings
from sandbox.engine.batching import bytes_cap
from sandbox.engine.network import Holding

_DOCS = "https://docs.aws.amazon.com/lambda/latest/dg"


def _poller(hop: Hop) -> Holding:
    """Lambda's pollers of a queue: they start with a few, and add while messages remain."""
    edge, quotas = cast("PolledEdge", hop.edge), hop.quotas("lambda")
    fifo = getattr(hop.source, "fifo", False)
    groups = getattr(hop.source, "message_groups", None)
    most = float(edge.maximum_concurrency or edge.concurrency_ceiling)
    least, rate_most = float(edge.initial_concurrency), inf
    if edge.provisioned_pollers:
        most = least = edge.provisioned_pollers * quotas["provisioned_poller_invocations"]
        by_size = ceil(quotas["provisioned_poller_kb_per_s"] / max(hop.item_kb, 1e-6))
        by_polls = quotas["provisioned_poller_polls_per_s"] * min(edge.batch_size, 10)
        rate_most = edge.provisioned_pollers * min(by_size, by_polls)
    batch = float(bytes_cap(edge.batch_size, hop.item_kb, quotas["batch_bytes_kb"]))
    sqs = hop.quotas("sqs")
    most = min(most, max(1.0, sqs["in_flight"] // batch))
    if fifo:
        most = min(most, groups or inf)
        least = most if groups else min(least, most)
        rate_most = min(rate_most, _received_per_s(hop.source, sqs) * min(batch, sqs["batch_most"]))
    return Holding(
        lanes_least=min(least, most),
        lanes_most=most,
        lanes_added=edge.added_per_minute / 60.0,
        fill=quotas["poller_fill"],
        batch_most=batch,
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


def _received_per_s(queue: Settings, quotas: Quotas) -> float:
    """Receives per second of a FIFO queue: as many as sends, and as deletes."""
    return calls_per_s(
        quotas, getattr(queue, "message_groups", None), high=bool(getattr(queue, "high_throughput", False))
    )


def _lanes(poll: str, hop: Hop) -> Holding:
    """The lanes of a stream: shards × parallelisation factor, each in order."""
    edge, quotas = cast("ReadEdge", hop.edge), hop.quotas("lambda")
    shards, retention, hot = stream_shape(hop.source)
    factor = float(edge.parallelization_factor)
    alone = bool(getattr(edge, "enhanced_fan_out", False))
    return Holding(
        lanes_least=shards * factor,
        lanes_most=shards * factor,
        batch_most=float(bytes_cap(edge.batch_size, hop.item_kb, quotas["batch_bytes_kb"])),
        rate_most=shards
        * quotas["shard_read_kb_per_s"]
        / max(hop.item_kb, 1e-6)
        / (1 if alone else hop.readers),
        window=edge.batch_window_s,
        poll=0.0 if alone else quotas[poll],
        attempts=inf if edge.max_attempts is None else edge.max_attempts + 1.0,
        in_place=True,
        bisect=edge.bisect_on_error,
        retention=min(retention, edge.max_record_age_s or inf),
        hot_share=hot,
        hot_lanes=factor if hot else 0.0,
    )


def _records(hop: Hop) -> Holding:
    """The lanes of a Kinesis stream: those who share its reads wait for each other."""
    lanes = _lanes("kinesis_poll_s", hop)
    return replace(lanes, poll=max(lanes.poll, shared_poll_s(hop))) if lanes.poll else lanes


def shared_poll_s(hop: Hop) -> float:
    """Least seconds between two reads of a shard by one of those who share its five reads a second."""
    return hop.readers / hop.quotas("kinesis")["shard_reads_per_s"]


def stream_shape(source: Settings) -> tuple[float, float, float]:
    """Shards of a stream, seconds it keeps a record, and the share of its hottest shard (0 when even).

    A table's stream has a shard for each partition and keeps a day.
    """
    shards = getattr(source, "open_shards", None) or getattr(source, "partitions", None) or 1
    retention_h = getattr(source, "retention_h", 24)
    hot = getattr(source, "hot_share", None) or getattr(source, "hot_key_share", None) or 0.0
    return float(shards), retention_h * 3600.0, hot if hot * shards > 1 and shards > 1 else 0.0


def _events(hop: Hop) -> Holding:
    """Lambda's own queue of events: no limit in, two retries after errors, six hours after throttles."""
    edge, quotas = cast("AsyncEdge", hop.edge), hop.quotas("lambda")
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


def _delivery(hop: Hop) -> Holding:
    """A delivery that is tried for days: nothing is given up in a steady state."""
    return Holding(lanes_least=0.0, fill=hop.quotas("lambda")["poller_fill"])


def _poller_reader(edge: EdgeSettings) -> Reader:
    """Pollers are added by the mapping's own settings.

    >>> _poller_reader(PolledEdge(provisioned_pollers=2)).raised_by
    'provisioned_pollers'
    """
    setting = "provisioned_pollers" if cast("PolledEdge", edge).provisioned_pollers else "maximum_concurrency"
    return Reader("messages/s", setting, f"{_DOCS}/services-sqs-scaling.html")


def _lanes_reader(_edge: EdgeSettings) -> Reader:
    return Reader("records/s", "parallelization_factor", f"{_DOCS}/with-kinesis.html")


def _events_reader(_edge: EdgeSettings) -> Reader:
    return Reader("messages/s", "", f"{_DOCS}/invocation-async.html")


POLLER = Held(_poller, _poller_reader, (("source", "dead-letter"),))
"""A queue that Lambda polls."""

_FAILED_BATCHES: tuple[tuple[End, str], ...] = (("source", "on-failure"), ("target", "on-failure"))

RECORDS = Held(_records, _lanes_reader, _FAILED_BATCHES)
"""A Kinesis stream that Lambda reads."""

CHANGES = Held(partial(_lanes, "dynamodb_streams_poll_s"), _lanes_reader, _FAILED_BATCHES)
"""A table's stream that Lambda reads."""

EVENTS = Held(_events, _events_reader, (("target", "on-failure"), ("target", "dead-letter")))
"""Lambda's own queue of events."""

DELIVERY = Held(_delivery, _events_reader, (("source", "dead-letter"),))
"""A push that is tried again until it gets through."""
