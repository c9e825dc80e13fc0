"""Settings of an Aurora cluster."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.databases.settings import Database


class Aurora(Database):
    """A cluster."""

    mode: Literal["serverless", "provisioned"] = "serverless"
    """Capacity that follows the load, or instances of a fixed size."""

    min_acu: float = Field(
        default=0.5, ge=0, le=256, multiple_of=0.5, json_schema_extra={"unit": "ACU", "aws": "MinCapacity"}
    )
    """Least capacity of each serverless instance; 0 lets it pause."""

    max_acu: float = Field(
        default=16, ge=1, le=256, multiple_of=0.5, json_schema_extra={"unit": "ACU", "aws": "MaxCapacity"}
    )
    """Largest capacity of each serverless instance; connections go by it."""

    pause_after_s: float = Field(
        default=300, ge=300, le=86_400, json_schema_extra={"unit": "s", "aws": "SecondsUntilAutoPause"}
    )
    """With a least capacity of 0, it pauses when nobody has been connected for so long."""

    resume_s: float | None = Field(default=None, ge=0, le=3600, json_schema_extra={"unit": "s"})
    """Time until the first query after a pause is worked on; about 15 s as AWS says where left out."""

    vcpu_per_acu: float = Field(default=0.25, gt=0, le=4, json_schema_extra={"unit": "vCPU/ACU"})
    """Processor of a capacity unit; AWS gives none, this is that of instances with as much memory."""

    target_utilisation: float = Field(default=0.7, gt=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the capacity in use that scaling keeps; AWS gives none."""

    growth_per_s: float = Field(default=0.05, gt=0, le=10, json_schema_extra={"unit": "share/s"})
    """Share of itself by which the capacity grows per second; AWS gives none, only that more grows faster."""

    shrinking_per_s: float = Field(default=0.01, gt=0, le=10, json_schema_extra={"unit": "share/s"})
    """Share of itself by which it shrinks per second; AWS gives none."""

    instance_class: Literal[
        "db.t4g.medium", "db.t4g.large", "db.t3.medium",
        "db.r6g.large", "db.r6g.xlarge", "db.r6g.2xlarge", "db.r6g.4xlarge", "db.r6g.8xlarge",
        "db.r7g.large", "db.r7g.xlarge", "db.r7g.2xlarge", "db.r7g.4xlarge", "db.r7g.8xlarge",
        "db.r7g.16xlarge", "db.r8g.large",
    ] = Field(default="db.r7g.large", json_schema_extra={"aws": "DBInstanceClass"})  # fmt: skip
    """Size of each provisioned instance."""

    io_optimized: bool = Field(default=False, json_schema_extra={"aws": "StorageType"})
    """Pay more for instances and storage, and nothing for I/O requests."""

    storage_gb: float = Field(default=0, ge=0, le=262_144, json_schema_extra={"unit": "GB"})
    """Storage of the cluster, which grows by itself."""

    @model_validator(mode="after")
    def _least_is_not_more(self) -> Self:
        """Refuse a floor above the ceiling."""
        if self.min_acu > self.max_acu:
            msg = f"min_acu = {self.min_acu:g} is more than max_acu = {self.max_acu:g}"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _another_zone_needs_an_instance(self) -> Self:
        """An Aurora cluster has no standby: what takes over is a reader."""
        if self.multi_az and not self.readers:
            msg = "multi_az needs a reader in another zone to take over: readers = 1"
            raise ValueError(msg)
        return self
