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

    auto_scaling: bool = False
    """Let provisioned units follow the load, up to those given; then only what is needed is billed."""

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

    storage_gb: float = Field(default=0, ge=0, json_schema_extra={"unit": "GB"})
    """Data stored, indexes included."""

    table_class: Literal["standard", "standard-ia"] = Field(
        default="standard", json_schema_extra={"aws": "TableClass"}
    )
    """Infrequent access stores for less and asks more for each request."""

    replicas: int = Field(default=0, ge=0, json_schema_extra={"unit": "regions"})
    """Further regions that hold a copy; each takes every write."""

    @model_validator(mode="after")
    def _scaling_needs_capacity(self) -> Self:
        """Refuse auto scaling where nothing is provisioned."""
        if self.auto_scaling and self.mode == "on-demand":
            msg = 'auto_scaling is for provisioned tables; set mode = "provisioned" or leave it out'
            raise ValueError(msg)
        return self

    @property
    def provisioned_reads(self) -> int:
        """Read units a provisioned table has."""
        return self.read_units or CONSOLE_UNITS

    @property
    def provisioned_writes(self) -> int:
        """Write units a provisioned table has."""
        return self.write_units or CONSOLE_UNITS
