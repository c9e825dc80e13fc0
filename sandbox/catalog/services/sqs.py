"""Amazon SQS: holds messages until a consumer deletes them.

A standard queue takes any rate; a FIFO queue limits the calls of each action. Every call,
empty receives included, is billed once for each started 64 KB of its whole payload.
"""

from typing import Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog.limits import limit
from sandbox.catalog.queue_bill import empty_polls, receives, sends
from sandbox.catalog.queue_calls import calls_per_s
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, MONTH_S, Array, Charge, Usage
from sandbox.engine.network import Demand, Quota, Station


class Sqs(Settings):
    """Settings of a queue."""

    fifo: bool = Field(default=False, json_schema_extra={"aws": "FifoQueue"})
    """Keep the order within each message group; limits the rate."""

    high_throughput: bool = Field(default=False, json_schema_extra={"aws": "FifoThroughputLimit"})
    """Let a FIFO queue take more, by spreading its message groups over partitions."""

    message_groups: int | None = Field(default=None, ge=1, json_schema_extra={"unit": "groups"})
    """Message groups of a FIFO queue that are active at once; each is read by one batch at a time."""

    fair: bool = False
    """Let the tenants of a standard queue take turns, so that a noisy one delays itself; costs extra."""

    initial_messages: float = Field(default=0, ge=0, json_schema_extra={"unit": "messages"})
    """Messages in the queue when a timeline starts."""

    visibility_timeout_s: float = Field(
        default=30, ge=0, le=43_200, json_schema_extra={"unit": "s", "aws": "VisibilityTimeout"}
    )
    """How long a received message stays hidden before it is delivered again."""

    retention_s: float = Field(
        default=345_600, ge=60, le=1_209_600, json_schema_extra={"unit": "s", "aws": "MessageRetentionPeriod"}
    )
    """How long a message is kept; older ones are lost."""

    delay_s: float = Field(default=0, ge=0, le=900, json_schema_extra={"unit": "s", "aws": "DelaySeconds"})
    """How long a new message stays hidden."""

    message_kb: float | None = Field(default=None, gt=0, le=1024, json_schema_extra={"unit": "KB"})
    """Mean size of one message; what the sender received where left out."""

    latency_ms: float = Field(default=0, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Time of one send; AWS publishes none."""

    @model_validator(mode="after")
    def _only_with_fifo(self) -> Self:
        """Refuse what only a FIFO queue has."""
        if not self.fifo and (self.high_throughput or self.message_groups is not None):
            key = "high_throughput" if self.high_throughput else "message_groups"
            msg = f"{key} is for FIFO queues; set fifo = true or leave it out"
            raise ValueError(msg)
        if self.fifo and self.fair:
            msg = "fair is for standard queues; a FIFO queue keeps its groups apart anyway"
            raise ValueError(msg)
        return self


def lower(site: Site) -> Parts:
    """A queue only limits how fast it can be sent to; what polls it stands on the edge."""
    queue = cast("Sqs", site.settings)
    fixed = queue.latency_ms / 1000
    if not queue.fifo:
        return Parts(stations=(Station(site.id, fixed=fixed),))
    key = "fifo_high_throughput_calls_per_s" if queue.high_throughput else "fifo_calls_per_s"
    most = calls_per_s(site.quotas, queue.message_groups, high=queue.high_throughput)
    calls = Quota(f"{site.id}.send calls", most, burst=most)
    return Parts(
        stations=(Station(site.id, fixed=fixed, demands=(Demand(calls.id),)),),
        quotas=(calls,),
        limits={calls.id: limit("sqs", key, raised_by="" if queue.high_throughput else "high_throughput")},
    )


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Sends, receives, deletes and empty polls as requests, fairness, and provisioned pollers by the hour."""
    queue = cast("Sqs", settings)
    polled = [link for link in usage.outflows if link.kind == "polled"]
    requests: Array = np.zeros(1)
    for link in usage.inflows:
        requests = requests + sends(link)
    for link in polled:
        requests = requests + receives(link) + empty_polls(link)
    surcharge = requests if queue.fair else np.zeros(1)
    pollers = sum(getattr(link.settings, "provisioned_pollers", None) or 0 for link in polled)
    return [
        Charge("sqs.fifo_requests" if queue.fifo else "sqs.requests", requests * MONTH_S),
        Charge("sqs.fair_requests", surcharge * MONTH_S),
        Charge("sqs.poller_hours", np.full(1, pollers * HOURS)),
    ]


SERVICE = Service(
    id="sqs",
    title="SQS queue",
    family="flow",
    badge="SQS",
    icon="≡",
    settings=Sqs,
    lower=lower,
    bill=bill,
    keeps=True,
    summary="Holds messages until a consumer has dealt with them.",
    also_called=("queue", "messages", "buffer", "fifo", "jobs"),
)
