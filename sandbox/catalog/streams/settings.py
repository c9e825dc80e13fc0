"""Settings of a Kinesis data stream."""

from typing import Literal

from pydantic import Field

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings


class Kinesis(Settings):
    """Settings of a stream."""

    shards: int = Field(
        default=1, ge=1, le=100_000, json_schema_extra={"unit": "shards", "aws": "ShardCount"}
    )
    """Shards of a provisioned stream; of an on-demand one those that it has grown to, four at least."""

    mode: Literal["provisioned", "on-demand", "advantage"] = Field(
        default="provisioned", json_schema_extra={"aws": "StreamMode"}
    )
    """Pay by the shard, by the volume, or by the volume with a commitment of the whole account."""

    retention_h: float = Field(
        default=24, ge=24, le=8760, json_schema_extra={"unit": "h", "aws": "RetentionPeriodHours"}
    )
    """How long a record is kept; older ones are lost."""

    hot_shard_share: float | None = Field(default=None, gt=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the records that go to one shard; spread evenly where left out."""

    latency_ms: float = Field(default=0, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Time of one put; AWS publishes none."""

    @property
    def open_shards(self) -> int:
        """Shards that consumers read: a new on-demand stream starts with four."""
        least = int(facts("kinesis").quotas["on_demand_shards"].value)
        return self.shards if self.mode == "provisioned" else max(self.shards, least)

    @property
    def hot_share(self) -> float:
        """Share of the records that one shard takes beyond the others; 0 where they are spread evenly."""
        share = self.hot_shard_share or 0.0
        return share if share > 1 / self.open_shards else 0.0
