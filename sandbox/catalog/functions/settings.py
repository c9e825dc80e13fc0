"""Settings of a Lambda function, and how memory changes how fast it runs."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings

_SNAP_START = ("java", "python", "dotnet")


class Lambda(Settings):
    """A function: runs once for each request or batch."""

    memory_mb: int = Field(
        default=128, ge=128, le=10_240, json_schema_extra={"unit": "MB", "aws": "MemorySize"}
    )
    """Memory; CPU grows with it up to one vCPU per thread at 1,769 MB."""

    architecture: Literal["x86_64", "arm64"] = Field(
        default="x86_64", json_schema_extra={"aws": "Architectures"}
    )
    """Processor; arm is a fifth cheaper by the GB-second."""

    duration_ms: float = Field(default=100, ge=0, le=900_000, json_schema_extra={"unit": "ms"})
    """Own time of one invocation, without what it calls and without the init."""

    per_record_ms: float = Field(default=0, ge=0, le=900_000, json_schema_extra={"unit": "ms"})
    """Own time of each further record of a batch."""

    measured_memory_mb: int | None = Field(default=None, ge=128, le=10_240, json_schema_extra={"unit": "MB"})
    """Memory at which the durations were measured; the function's own where left out."""

    cpu_bound: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the own time that computes, and so gets faster with memory."""

    duration_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of the own time."""

    timeout_s: float = Field(default=3, ge=1, le=900, json_schema_extra={"unit": "s", "aws": "Timeout"})
    """An invocation that takes longer, with what it calls, is cut and has failed."""

    init_ms: float = Field(default=250, ge=0, le=900_000, json_schema_extra={"unit": "ms"})
    """What a cold start adds; billed too."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of invocations that fail by themselves; of records where failures are reported by record."""

    reserved_concurrency: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000,
        json_schema_extra={"unit": "executions", "aws": "ReservedConcurrentExecutions"},
    )
    """Concurrency set aside for this function, which is also the most it gets; 0 stops it."""

    provisioned_concurrency: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        json_schema_extra={"unit": "environments", "aws": "ProvisionedConcurrentExecutions"},
    )
    """Environments kept ready, paid by the hour; requests beyond them start cold ones."""

    idle_expiry_s: float = Field(
        default=facts("lambda").quotas["idle_expiry_s"].value,
        ge=0,
        le=86_400,
        json_schema_extra={"unit": "s"},
    )
    """Time an idle environment is kept; AWS documents none, the default fits public measurements."""

    ephemeral_mb: int = Field(
        default=512, ge=512, le=10_240, json_schema_extra={"unit": "MB", "aws": "EphemeralStorage"}
    )
    """Space in /tmp; above 512 MB it is billed."""

    snap_start: bool = Field(default=False, json_schema_extra={"aws": "SnapStart"})
    """Restore a snapshot instead of an init: about half a second, whatever the init was."""

    runtime: Literal["python", "nodejs", "java", "dotnet", "ruby", "go", "rust", "custom", "container"] = (
        Field(default="python", json_schema_extra={"aws": "Runtime"})
    )
    """Language; SnapStart has java, python and dotnet, and is free of charge for java."""

    response_kb: float = Field(default=2, ge=0, le=204_800, json_schema_extra={"unit": "KB"})
    """Mean size of an answer."""

    logs_kb: float = Field(default=0, ge=0, le=1_048_576, json_schema_extra={"unit": "KB/invocation"})
    """Logs that one invocation writes to CloudWatch."""

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        """Refuse what AWS refuses."""
        ready, reserved = self.provisioned_concurrency, self.reserved_concurrency
        if ready is not None and reserved is not None and ready > reserved:
            msg = f"provisioned_concurrency = {ready} is more than reserved_concurrency = {reserved}"
            raise ValueError(msg)
        if self.snap_start:
            self._fit_snap_start()
        return self

    def _fit_snap_start(self) -> None:
        """Refuse what SnapStart cannot be combined with.

        Source: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
        """
        if self.runtime not in _SNAP_START:
            msg = f"snap_start is not there for {self.runtime}; it is for {', '.join(_SNAP_START)}"
            raise ValueError(msg)
        if self.provisioned_concurrency is not None:
            msg = "snap_start and provisioned_concurrency exclude each other"
            raise ValueError(msg)
        if self.ephemeral_mb > 512:
            msg = f"snap_start allows no more than 512 MB of /tmp; ephemeral_mb = {self.ephemeral_mb}"
            raise ValueError(msg)


def speed(memory_mb: float, mb_per_vcpu: float = 1769.0) -> float:
    """CPU that one thread gets, in vCPUs: grows with memory up to one.

    Args:
        memory_mb: The function's memory [MB].
        mb_per_vcpu: Memory that comes with one vCPU [MB].

    >>> speed(884.5), speed(1769), speed(10240)
    (0.5, 1.0, 1.0)
    """
    return min(memory_mb, mb_per_vcpu) / mb_per_vcpu


def stretch(function: Lambda, mb_per_vcpu: float = 1769.0) -> float:
    """Factor on the own time when it was measured at another memory size.

    Only the part that computes changes: (1 − c) + c × speed(measured) / speed(now).

    >>> stretch(Lambda(memory_mb=512, measured_memory_mb=128, cpu_bound=1))
    0.25
    >>> stretch(Lambda(memory_mb=512, measured_memory_mb=128, cpu_bound=0.5))
    0.625
    """
    measured = function.measured_memory_mb or function.memory_mb
    faster = speed(measured, mb_per_vcpu) / speed(function.memory_mb, mb_per_vcpu)
    return (1 - function.cpu_bound) + function.cpu_bound * faster
