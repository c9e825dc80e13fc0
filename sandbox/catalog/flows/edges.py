"""Settings of the edges of buses, schedules, pipes, workflows and delivery streams."""

from typing import Literal

from pydantic import Field

from sandbox.catalog.edges import CallEdge, DeliveryEdge, ReadEdge
from sandbox.catalog.service import EdgeSettings


class RetriedEdge(DeliveryEdge):
    """A rule or a schedule invokes its target, and tries again for a day."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the events that match the rule."""

    max_attempts: int = Field(
        default=185, ge=0, le=185, json_schema_extra={"unit": "retries", "aws": "MaximumRetryAttempts"}
    )
    """Tries after a failed one; then dead letters, or nothing."""

    max_age_s: int = Field(
        default=86_400, ge=60, le=86_400, json_schema_extra={"unit": "s", "aws": "MaximumEventAgeInSeconds"}
    )
    """Events older than this are given up."""


class StartEdge(CallEdge):
    """The source starts a workflow and goes on, whatever comes of it."""

    mode: Literal["async"] | None = None
    """`async` does not wait for the result of an express workflow; a standard one is never waited for."""


class TaskEdge(CallEdge):
    """A task of a workflow: it calls something and waits for the answer."""

    map_concurrency: int | None = Field(
        default=None, ge=1, le=10_000, json_schema_extra={"unit": "iterations", "aws": "MaxConcurrency"}
    )
    """Calls of a Map state that go out at a time (40 at most inline); one after the other where left out."""

    timeout_s: float | None = Field(
        default=None, ge=1, le=31_536_000, json_schema_extra={"unit": "s", "aws": "TimeoutSeconds"}
    )
    """Longest that one try of the task may take; as long as the workflow where left out."""


class StartTaskEdge(TaskEdge):
    """A task that starts another workflow and goes on."""

    mode: Literal["async"] | None = None
    """`async` does not wait for what the workflow returns."""


class PipeEdge(CallEdge):
    """A pipe hands its batch on: to an enrichment, or to its target."""

    per: Literal["item", "invocation"] = "invocation"
    """Whether the whole batch is one call, or each of its items."""


class PipeItemsEdge(CallEdge):
    """A pipe sends the items of its batch to its target."""


class PipeStartEdge(PipeEdge):
    """A pipe starts a workflow with its batch and goes on."""

    mode: Literal["async"] | None = None
    """`async` does not wait for the result of an express workflow (FIRE_AND_FORGET)."""


class PipeQueueEdge(EdgeSettings):
    """A pipe polls a queue in batches."""

    calls: float = Field(default=1.0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the messages that pass the pipe's filter."""

    batch_size: int = Field(
        default=10, ge=1, le=10_000, json_schema_extra={"unit": "messages", "aws": "BatchSize"}
    )
    """Most messages in one batch."""

    batch_window_s: float = Field(
        default=0, ge=0, le=300, json_schema_extra={"unit": "s", "aws": "MaximumBatchingWindowInSeconds"}
    )
    """Longest wait to fill a batch."""


class PipeStreamEdge(ReadEdge):
    """A pipe reads a stream's shards in batches, in order."""

    bisect_on_error: bool = Field(default=False, json_schema_extra={"aws": "OnPartialBatchItemFailure"})
    """Split a failed batch in two and try each half."""


class IngestEdge(EdgeSettings):
    """A delivery stream reads every record of a Kinesis stream."""


class BufferEdge(CallEdge):
    """A delivery stream hands a whole buffer over: to its destination, or to a function that changes it."""

    per: Literal["item", "invocation"] = "invocation"
    """Whether a buffer is one call, or each of its records."""
