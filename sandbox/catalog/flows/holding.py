"""What holds items on the way into and out of buses, schedules, pipes and delivery streams."""

from dataclasses import replace
from typing import cast

from sandbox.catalog.connection import Held, Hop, Reader
from sandbox.catalog.edges import PolledEdge
from sandbox.catalog.flows.edges import PipeQueueEdge, PipeStreamEdge, RetriedEdge
from sandbox.catalog.mappings import CHANGES, POLLER, RECORDS, stream_shape
from sandbox.catalog.service import EdgeSettings
from sandbox.engine.batching import bytes_cap
from sandbox.engine.network import Holding

_RULES = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"
_PIPES = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html"
_FIREHOSE = "https://docs.aws.amazon.com/firehose/latest/dev/writing-with-kinesis-streams.html"


def _retried(hop: Hop) -> Holding:
    """A delivery that is tried 185 times in 24 hours, with pauses that grow."""
    edge, quotas = cast("RetriedEdge", hop.edge), hop.quotas("eventbridge")
    return Holding(
        lanes_least=0.0,
        fill=hop.quotas("lambda")["poller_fill"],
        attempts=edge.max_attempts + 1.0,
        retry_delay=quotas["retry_first_s"],
        retry_growth=quotas["retry_growth"],
        refused_delay=quotas["retry_first_s"],
        refused_most=quotas["retry_most_s"] / quotas["retry_attempts"],
        retention=float(edge.max_age_s),
    )


def _destination(hop: Hop) -> Holding:
    """An API destination is invoked no faster than its quota; the rest waits."""
    return replace(_retried(hop), rate_most=hop.quotas("eventbridge")["api_destination_per_s"])


def _piped_queue(hop: Hop) -> Holding:
    """A pipe polls as Lambda does; what it cannot run yet stays in the queue and is not received."""
    edge = cast("PipeQueueEdge", hop.edge)
    polled = PolledEdge(batch_size=edge.batch_size, batch_window_s=edge.batch_window_s)
    return POLLER.terms(replace(hop, edge=polled))


def _ingested(hop: Hop) -> Holding:
    """A delivery stream reads every shard once a second, and shares its reads with the other readers."""
    shards, retention, hot = stream_shape(hop.source)
    quotas = hop.quotas("firehose")
    most_kb = hop.quotas("kinesis")["read_most_kb"]
    read = hop.quotas("lambda")["shard_read_kb_per_s"] / max(hop.item_kb, 1e-6)
    return Holding(
        lanes_least=shards,
        lanes_most=shards,
        batch_most=float(bytes_cap(int(quotas["read_records"]), hop.item_kb, most_kb)),
        rate_most=shards * read / hop.readers,
        poll=quotas["read_s"],
        in_place=True,
        retention=retention,
        hot_share=hot,
        hot_lanes=1.0 if hot else 0.0,
    )


def _rule_reader(_edge: EdgeSettings) -> Reader:
    return Reader("events/s", "", _RULES)


def _pipe_reader(edge: EdgeSettings) -> Reader:
    raised = "parallelization_factor" if isinstance(edge, PipeStreamEdge) else ""
    return Reader("items/s", raised, _PIPES)


def _firehose_reader(_edge: EdgeSettings) -> Reader:
    return Reader("records/s", "", _FIREHOSE)


RETRIED = Held(_retried, _rule_reader, (("source", "dead-letter"),))
"""A target of a rule or a schedule."""

DESTINATION = Held(_destination, _rule_reader, (("source", "dead-letter"),))
"""An HTTP endpoint outside of AWS."""

PIPED_QUEUE = Held(_piped_queue, _pipe_reader, (("source", "dead-letter"),))
"""A queue that a pipe polls."""

PIPED_RECORDS = Held(RECORDS.terms, _pipe_reader, (("target", "dead-letter"),))
"""A Kinesis stream that a pipe reads."""

PIPED_CHANGES = Held(CHANGES.terms, _pipe_reader, (("target", "dead-letter"),))
"""A table's stream that a pipe reads."""

INGESTED = Held(_ingested, _firehose_reader)
"""A Kinesis stream that a delivery stream reads."""
