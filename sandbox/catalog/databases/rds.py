"""Settings of an RDS database."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.databases.settings import Database

STRIPED_FROM_GB = 400
"""From here on storage is spread over four volumes, whose operations can be raised."""


class Rds(Database):
    """A database on instances."""

    instance_class: Literal[
        "db.t4g.micro", "db.t4g.small", "db.t4g.medium", "db.t4g.large",
        "db.t3.micro", "db.t3.medium", "db.t3.large",
        "db.m7g.large", "db.m7g.xlarge", "db.m7g.2xlarge", "db.m7g.4xlarge", "db.m7g.8xlarge",
        "db.m7i.large", "db.m8g.large",
        "db.r6g.large", "db.r6g.xlarge", "db.r6g.2xlarge", "db.r6g.4xlarge", "db.r6g.8xlarge", "db.r6i.large",
    ] = Field(default="db.m7g.large", json_schema_extra={"aws": "DBInstanceClass"})  # fmt: skip
    """Size of each instance."""

    storage_gb: float = Field(
        default=20, ge=20, le=65_536, json_schema_extra={"unit": "GB", "aws": "AllocatedStorage"}
    )
    """Storage of each instance, gp3."""

    iops: int | None = Field(
        default=None, ge=12_000, le=64_000, json_schema_extra={"unit": "IOPS", "aws": "Iops"}
    )
    """Storage operations per second that are paid for; what is included where left out."""

    throughput_mb_per_s: int | None = Field(
        default=None, ge=500, le=4000, json_schema_extra={"unit": "MB/s", "aws": "StorageThroughput"}
    )
    """Storage throughput that is paid for; what is included where left out."""

    @model_validator(mode="after")
    def _only_striped_storage_is_raised(self) -> Self:
        """Refuse what gp3 does not sell below 400 GB."""
        raised = self.iops is not None or self.throughput_mb_per_s is not None
        if raised and self.storage_gb < STRIPED_FROM_GB:
            msg = f"iops and throughput_mb_per_s can be raised from storage_gb = {STRIPED_FROM_GB} on"
            raise ValueError(msg)
        return self
