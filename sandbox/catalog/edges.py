"""The settings of each kind of edge; which services it joins stands in `connecting`."""

from typing import Literal

from pydantic import Field

from sandbox.catalog.service import EdgeSettings


class CallEdge(EdgeSettings):
    """The source asks the target and waits for the answer."""

    calls: float = Field(default=1.0, ge=0, le=1_000_000, json_schema_extra={"unit": "per item"})
    """Calls for each item at the source; a fraction is a probability."""

    per: Literal["item", "invocation"] = "item"
    """Whether the calls are counted for each item or once for the whole batch."""

    operation: str | None = None
    """What is done there; the target says which operations it has."""

    item_kb: float | None = Field(default=None, ge=0, le=10_485_760, json_schema_extra={"unit": "KB"})
    """Size of what is sent, read or written; what the source received where left out."""

    consistent: bool | None = None
    """Read with strong consistency; as the table says where left out."""

    parallel: bool = False
    """Called at the same time as the other parallel calls of the source."""

    retries: int | None = Field(default=None, ge=0, le=100, json_schema_extra={"unit": "retries"})
    """Tries after a failed one; 2 where an AWS SDK calls an AWS service, else 0."""

    retry_backoff_ms: float = Field(default=50, ge=0, le=900_000, json_schema_extra={"unit": "ms"})
    """Mean pause before a retry; the caller waits meanwhile."""


class AsyncEdge(EdgeSettings):
    """The source hands an event over and goes on; the target's own queue retries."""

    calls: float = Field(default=1.0, ge=0, le=1_000_000, json_schema_extra={"unit": "per item"})
    """Events for each item at the source; a fraction is a probability or a filter's share."""

    per: Literal["item", "invocation"] = "item"
    """Whether the events are counted for each item or once for the whole batch."""

    mode: Literal["async"] | None = None
    """`async` turns a synchronous call into an event, where both exist."""

    item_kb: float | None = Field(default=None, ge=0, le=10_240, json_schema_extra={"unit": "KB"})
    """Size of one event; what the source received where left out."""

    retries: int | None = Field(
        default=None, ge=0, le=2, json_schema_extra={"unit": "retries", "aws": "MaximumRetryAttempts"}
    )
    """Tries after a function's error; AWS makes two where left out."""


class DeliveryEdge(EdgeSettings):
    """A topic or a bucket delivers to a queue, a topic or an endpoint."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the messages that pass the subscription's filter."""

    item_kb: float | None = Field(default=None, ge=0, le=10_240, json_schema_extra={"unit": "KB"})
    """Size of one message; what was published where left out."""


class PolledEdge(EdgeSettings):
    """Lambda polls a queue and invokes the function with batches."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the messages that pass the mapping's filter."""

    batch_size: int = Field(
        default=10, ge=1, le=10_000, json_schema_extra={"unit": "messages", "aws": "BatchSize"}
    )
    """Most messages in one invocation."""

    batch_window_s: float = Field(
        default=0, ge=0, le=300, json_schema_extra={"unit": "s", "aws": "MaximumBatchingWindowInSeconds"}
    )
    """Longest wait to fill a batch."""

    maximum_concurrency: int | None = Field(
        default=None, ge=2, le=1000, json_schema_extra={"unit": "invocations", "aws": "MaximumConcurrency"}
    )
    """Most batches of this queue in service at once."""

    provisioned_pollers: int | None = Field(
        default=None, ge=2, le=10_000, json_schema_extra={"unit": "pollers", "aws": "ProvisionedPollerConfig"}
    )
    """Event pollers that are always there, ten invocations each; paid by the hour."""

    report_item_failures: bool = Field(default=False, json_schema_extra={"aws": "ReportBatchItemFailures"})
    """The function names the messages that failed; only those come back, and polling is not slowed."""

    initial_concurrency: int = Field(default=5, ge=1, le=100_000, json_schema_extra={"unit": "invocations"})
    """Batches in service at once when polling starts."""

    added_per_minute: int = Field(
        default=300, ge=1, le=100_000, json_schema_extra={"unit": "invocations/min"}
    )
    """Batches that polling adds each minute while messages remain."""

    concurrency_ceiling: int = Field(
        default=1250, ge=1, le=100_000, json_schema_extra={"unit": "invocations"}
    )
    """Most batches that polling reaches by itself."""


class ReadEdge(EdgeSettings):
    """A stream's shards are read and worked off in batches, in order."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the records that pass the filter."""

    batch_size: int = Field(
        default=100, ge=1, le=10_000, json_schema_extra={"unit": "records", "aws": "BatchSize"}
    )
    """Most records in one batch."""

    batch_window_s: float = Field(
        default=0, ge=0, le=300, json_schema_extra={"unit": "s", "aws": "MaximumBatchingWindowInSeconds"}
    )
    """Longest wait to fill a batch."""

    parallelization_factor: int = Field(
        default=1, ge=1, le=10, json_schema_extra={"unit": "batches/shard", "aws": "ParallelizationFactor"}
    )
    """Batches of one shard in service at once."""

    bisect_on_error: bool = Field(default=False, json_schema_extra={"aws": "BisectBatchOnFunctionError"})
    """Split a failed batch in two and try each half."""

    max_attempts: int | None = Field(
        default=None, ge=0, le=10_000, json_schema_extra={"unit": "retries", "aws": "MaximumRetryAttempts"}
    )
    """Tries after a failed one; until the record expires where left out."""

    max_record_age_s: float | None = Field(
        default=None, ge=60, le=604_800, json_schema_extra={"unit": "s", "aws": "MaximumRecordAgeInSeconds"}
    )
    """Records older than this are given up."""


class StreamEdge(ReadEdge):
    """Lambda reads a stream's shards and invokes the function with batches, in order."""

    report_item_failures: bool = Field(default=False, json_schema_extra={"aws": "ReportBatchItemFailures"})
    """The function says where a batch failed; what came before is not tried again."""

    enhanced_fan_out: bool = False
    """Read through a dedicated 2 MB/s per shard, pushed as records come."""


class DeadLetterEdge(EdgeSettings):
    """Where messages go that were received too often."""

    max_receive_count: int = Field(
        default=10, ge=1, le=1000, json_schema_extra={"unit": "receives", "aws": "maxReceiveCount"}
    )
    """Receives after which a message is moved here."""


class OnFailureEdge(EdgeSettings):
    """Where events and records go whose tries are used up."""
