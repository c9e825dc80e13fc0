"""Settings of a Lambda function, and how memory changes how fast it runs."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sandbox.catalog.containers.instances import InstanceType, architecture_of
from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings

_SNAP_START = ("java", "python", "dotnet")
_QUOTAS = facts("lambda").quotas
_LEAST_MANAGED_MB = 2048


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

    provisioned_max: int | None = Field(
        default=None, ge=1, le=1_000_000, json_schema_extra={"unit": "environments", "aws": "MaxCapacity"}
    )
    """Most environments kept ready as scaling follows their use; as many as always where left out."""

    provisioned_target: float = Field(
        default=0.7, gt=0, le=1, json_schema_extra={"unit": "share", "aws": "TargetValue"}
    )
    """Share of the environments kept ready that should be in use, where scaling follows it."""

    idle_expiry_s: float = Field(
        default=_QUOTAS["idle_expiry_s"].value,
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

    response_kb: float = Field(
        default=2, ge=0, le=_QUOTAS["stream_most_kb"].value, json_schema_extra={"unit": "KB"}
    )
    """Mean size of an answer; above 6 MB it must be streamed."""

    response_streaming: bool = Field(default=False, json_schema_extra={"aws": "InvokeMode"})
    """Send the answer as it comes: up to 200 MB, what is over 6 MB at 2 MB/s and billed by the GB."""

    logs_kb: float = Field(default=0, ge=0, le=1_048_576, json_schema_extra={"unit": "KB/invocation"})
    """Logs that one invocation writes to CloudWatch."""

    idempotent: bool | None = None
    """Whether an item worked twice leaves what it leaves when worked once; not said where left out."""

    managed_instances: bool = Field(default=False, json_schema_extra={"aws": "CapacityProviderConfig"})
    """Run on EC2 instances that Lambda manages: no cold starts, many requests in one environment."""

    instance_type: InstanceType | None = Field(default=None, json_schema_extra={"aws": "InstanceTypes"})
    """Managed instances: their type; m6i.xlarge or, on arm, m7g.xlarge where left out."""

    memory_gb_per_vcpu: float = Field(
        default=2,
        ge=2,
        le=8,
        json_schema_extra={"unit": "GB/vCPU", "aws": "ExecutionEnvironmentMemoryGiBPerVCpu"},
    )
    """Managed instances: memory that comes with one vCPU of an environment."""

    concurrency_per_environment: int | None = Field(
        default=None,
        ge=1,
        le=1600,
        json_schema_extra={"unit": "executions", "aws": "PerExecutionEnvironmentMaxConcurrency"},
    )
    """Managed instances: requests at once in one environment; 64 for each vCPU where left out."""

    min_environments: int = Field(
        default=3,
        ge=0,
        le=15_000,
        json_schema_extra={"unit": "environments", "aws": "MinExecutionEnvironments"},
    )
    """Managed instances: environments that are always there."""

    max_environments: int = Field(
        default=15_000,
        ge=0,
        le=15_000,
        json_schema_extra={"unit": "environments", "aws": "MaxExecutionEnvironments"},
    )
    """Managed instances: most environments."""

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        """Refuse what AWS refuses."""
        ready, reserved = self.provisioned_concurrency, self.reserved_concurrency
        if ready is not None and reserved is not None and ready > reserved:
            msg = f"provisioned_concurrency = {ready} is more than reserved_concurrency = {reserved}"
            raise ValueError(msg)
        most = self.provisioned_max
        if most is not None and (ready is None or most < ready):
            msg = f"provisioned_max = {most} needs a provisioned_concurrency of at most as many"
            raise ValueError(msg)
        if most is not None and reserved is not None and most > reserved:
            msg = f"provisioned_max = {most} is more than reserved_concurrency = {reserved}"
            raise ValueError(msg)
        if self.snap_start:
            self._fit_snap_start()
        buffered_kb = _QUOTAS["payload_kb"].value
        if self.response_kb > buffered_kb and not self.response_streaming:
            msg = f"response_kb = {self.response_kb:g} is more than {buffered_kb:g}: set response_streaming"
            raise ValueError(msg)
        if self.managed_instances:
            self._fit_instances()
        return self

    def _fit_instances(self) -> None:
        """Refuse what managed instances cannot be combined with.

        Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html
        """
        for other in ("snap_start", "provisioned_concurrency", "reserved_concurrency"):
            if getattr(self, other):
                msg = f"managed_instances and {other} exclude each other"
                raise ValueError(msg)
        if self.memory_mb < _LEAST_MANAGED_MB:
            msg = f"memory_mb = {self.memory_mb} is less than the {_LEAST_MANAGED_MB} of managed_instances"
            raise ValueError(msg)
        if self.instance_type is not None and architecture_of(self.instance_type) != self.architecture:
            msg = f"instance_type = '{self.instance_type}' is not {self.architecture}"
            raise ValueError(msg)
        if self.max_environments < self.min_environments:
            msg = f"max_environments = {self.max_environments} is less than min_environments"
            raise ValueError(msg)

    @property
    def most_ready(self) -> int:
        """Environments kept ready at most."""
        return max(self.provisioned_concurrency or 0, self.provisioned_max or 0)

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
    now = mb_per_vcpu if function.managed_instances else function.memory_mb
    faster = speed(measured, mb_per_vcpu) / speed(now, mb_per_vcpu)
    return (1 - function.cpu_bound) + function.cpu_bound * faster
