"""Settings of a DynamoDB table."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.service import Settings

CONSOLE_UNITS = 5
"""Units that AWS provisions for a table where nothing is said."""


class DynamoDb(Settings):
    """Settings of a table."""

    operations: ClassVar[tuple[str, ...]] = (
        "read", "write", "query", "scan", "delete", "transact-read", "transact-write",
    )  # fmt: skip
    reading: ClassVar[tuple[str, ...]] = ("read", "query", "scan", "transact-read")
    telling: ClassVar[tuple[str, ...]] = ("write", "delete", "transact-write")

    mode: Literal["on-demand", "provisioned"] = Field(
        default="on-demand", json_schema_extra={"aws": "BillingMode"}
    )
    """Pay for each request, or for capacity by the hour."""

    read_units: int | None = Field(
        default=None, ge=1, json_schema_extra={"unit": "units/s", "aws": "ReadCapacityUnits"}
    )
    """Read units provisioned (5 where left out), or the most that an on-demand table takes."""

    write_units: int | None = Field(
        default=None, ge=1, json_schema_extra={"unit": "units/s", "aws": "WriteCapacityUnits"}
    )
    """Write units provisioned (5 where left out), or the most that an on-demand table takes."""

    warm_read_units: int | None = Field(
        default=None, ge=1, json_schema_extra={"unit": "units/s", "aws": "WarmThroughput.ReadUnitsPerSecond"}
    )
    """Read units that an on-demand table takes at once from the start; 12,000 where left out."""

    warm_write_units: int | None = Field(
        default=None, ge=1, json_schema_extra={"unit": "units/s", "aws": "WarmThroughput.WriteUnitsPerSecond"}
    )
    """Write units that an on-demand table takes at once from the start; 4,000 where left out."""

    auto_scaling: bool = False
    """Let provisioned units follow the load, up to those given; then only what is needed is billed."""

    scaling_target: float = Field(
        default=0.7, ge=0.2, le=0.9, json_schema_extra={"unit": "share", "aws": "TargetValue"}
    )
    """Share of the provisioned units that auto scaling keeps in use."""

    min_read_units: int = Field(default=1, ge=1, json_schema_extra={"unit": "units/s", "aws": "MinCapacity"})
    """Read units that auto scaling never goes below."""

    min_write_units: int = Field(default=1, ge=1, json_schema_extra={"unit": "units/s", "aws": "MinCapacity"})
    """Write units that auto scaling never goes below."""

    partitions: int | None = Field(default=None, ge=1, json_schema_extra={"unit": "partitions"})
    """Partitions the table is spread over; as many as it needs where left out."""

    hot_key_share: float | None = Field(default=None, gt=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that go to one partition; spread evenly where left out."""

    consistent_reads: bool = Field(default=False, json_schema_extra={"aws": "ConsistentRead"})
    """Read with strong consistency, at twice the units, unless the edge says otherwise."""

    latency_ms: float = Field(default=5, ge=0, le=60_000, json_schema_extra={"unit": "ms"})
    """Mean time of one request."""

    latency_cv: float = Field(default=0.5, ge=0, le=10, json_schema_extra={"unit": "ratio"})
    """Spread of that time: its standard deviation over its mean."""

    global_secondary_indexes: int = Field(
        default=0, ge=0, json_schema_extra={"unit": "indexes", "aws": "GlobalSecondaryIndexes"}
    )
    """Indexes that take a write of the same size for each write."""

    index_share: float = Field(default=1, ge=0, le=2, json_schema_extra={"unit": "writes/write"})
    """Index writes for each write: below 1 for a sparse index, 2 where the indexed key changes."""

    index_write_units: int | None = Field(
        default=None, ge=1, json_schema_extra={"unit": "units/s", "aws": "WriteCapacityUnits"}
    )
    """Write units provisioned for each index; as many as the table's writes need there where left out."""

    index_hot_share: float | None = Field(default=None, gt=0, le=1, json_schema_extra={"unit": "share"})
    """Share of an index's writes that go to one of its partitions; spread evenly where left out."""

    ttl_share: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the items written that expire: deleted at no cost, but seen by streams and replicas."""

    storage_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB"})
    """Data stored, indexes included."""

    table_class: Literal["standard", "standard-ia"] = Field(
        default="standard", json_schema_extra={"aws": "TableClass"}
    )
    """Infrequent access stores for less and asks more for each request."""

    replicas: int = Field(default=0, ge=0, json_schema_extra={"unit": "regions"})
    """Further regions that hold a copy; each takes every write."""

    backup_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB"})
    """Backups on demand that are kept."""

    continuous_backups: bool = Field(default=False, json_schema_extra={"aws": "PointInTimeRecoveryEnabled"})
    """Keep the last 35 days, so that the table can be restored to any second; billed by the data stored."""

    restored_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB/month"})
    """Data restored from backups in a month."""

    @model_validator(mode="after")
    def _scaling_needs_capacity(self) -> Self:
        """Refuse auto scaling where nothing is provisioned."""
        if self.auto_scaling and self.mode == "on-demand":
            msg = 'auto_scaling is for provisioned tables; set mode = "provisioned" or leave it out'
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _least_is_no_more_than_most(self) -> Self:
        """Refuse a least capacity above the most."""
        for of, most in (("read", self.provisioned_reads), ("write", self.provisioned_writes)):
            least = getattr(self, f"min_{of}_units")
            if self.auto_scaling and least > most:
                msg = f"min_{of}_units = {least} is more than {of}_units = {most}"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _indexes_are_there(self) -> Self:
        """Refuse what is said of indexes where there are none, or that have no capacity of their own."""
        if self.index_write_units is not None and self.mode == "on-demand":
            msg = 'index_write_units are for provisioned tables; set mode = "provisioned" or leave them out'
            raise ValueError(msg)
        said = self.index_write_units is not None or self.index_hot_share is not None
        if said and not self.global_secondary_indexes:
            msg = "index_write_units and index_hot_share need global_secondary_indexes"
            raise ValueError(msg)
        return self

    @property
    def index_writes(self) -> float:
        """Index writes for each write, over all indexes."""
        return self.global_secondary_indexes * self.index_share

    @property
    def provisioned_reads(self) -> int:
        """Read units a provisioned table has."""
        return self.read_units or CONSOLE_UNITS

    @property
    def provisioned_writes(self) -> int:
        """Write units a provisioned table has."""
        return self.write_units or CONSOLE_UNITS
