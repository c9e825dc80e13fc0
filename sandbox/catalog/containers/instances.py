"""EC2 instances and how many tasks fit on one."""

from math import inf
from typing import Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator

from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.facts import facts

InstanceType = Literal[
    "t3.micro", "t3.small", "t3.medium", "t3.large", "t3.xlarge", "t3.2xlarge",
    "t4g.micro", "t4g.small", "t4g.medium", "t4g.large", "t4g.xlarge", "t4g.2xlarge",
    "m5.large", "m5.xlarge", "m5.2xlarge", "m5.4xlarge",
    "m6i.large", "m6i.xlarge", "m6i.2xlarge", "m6i.4xlarge",
    "m7g.large", "m7g.xlarge", "m7g.2xlarge", "m7g.4xlarge",
    "c5.large", "c5.xlarge", "c5.2xlarge", "c5.4xlarge",
    "c7g.large", "c7g.xlarge", "c7g.2xlarge", "c7g.4xlarge",
    "r5.large", "r5.xlarge", "r5.2xlarge", "r5.4xlarge",
]  # fmt: skip
"""Written here so that nobody reads the facts of every type to know their names."""

TYPES: tuple[str, ...] = get_args(InstanceType)
"""Instance types whose size and price are known."""


class Instance(NamedTuple):
    """Size of an instance type."""

    vcpu: float
    memory_gb: float

    @staticmethod
    def of(name: str) -> "Instance":
        """Size of a type.

        >>> Instance.of("m5.2xlarge")
        Instance(vcpu=8.0, memory_gb=32.0)
        """
        quotas = facts("instances").quotas
        return Instance(quotas[f"{name}.vcpu"].value, quotas[f"{name}.memory_gb"].value)


def architecture_of(name: str) -> str:
    """Processor of an instance type: AWS puts a `g` behind the generation of its own.

    >>> architecture_of("m7g.large"), architecture_of("t4g.medium"), architecture_of("m6i.large")
    ('arm64', 'arm64', 'x86_64')
    """
    return "arm64" if "g" in name.split(".", maxsplit=1)[0][1:] else "x86_64"


class OnInstances(Containers):
    """Tasks on EC2 instances: packed by vCPU and memory, and paid by the instance."""

    instance_type: InstanceType = Field(default="m5.large", json_schema_extra={"aws": "InstanceType"})
    """What the tasks run on."""

    instances: int | None = Field(
        default=None, ge=0, le=5000, json_schema_extra={"unit": "instances", "aws": "MinSize"}
    )
    """Instances that are always there; as many as the tasks need where left out."""

    max_instances: int | None = Field(
        default=None, ge=0, le=5000, json_schema_extra={"unit": "instances", "aws": "MaxSize"}
    )
    """Most instances; as many as the tasks need where left out."""

    architecture: Literal["x86_64", "arm64"] | None = None
    """Processor that the program is built for; the instance's own where left out."""

    vcpu: float | None = Field(default=None, gt=0, le=192, json_schema_extra={"unit": "vCPU", "aws": "cpu"})
    """vCPU of one task; a whole instance where neither this nor the memory is given."""

    memory_gb: float | None = Field(
        default=None, gt=0, le=1536, json_schema_extra={"unit": "GB", "aws": "memory"}
    )
    """Memory of one task."""

    reserved_vcpu: float = Field(default=0, ge=0, le=192, json_schema_extra={"unit": "vCPU/instance"})
    """vCPU of each instance that its agent and the system keep."""

    reserved_memory_gb: float = Field(default=0, ge=0, le=1536, json_schema_extra={"unit": "GB/instance"})
    """Memory of each instance that its agent and the system keep."""

    ebs_gb: float = Field(default=0, ge=0, le=65_536, json_schema_extra={"unit": "GB/instance"})
    """Size of the gp3 volume of each instance."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Refuse a program for another processor, a task that fits nowhere, and a most below the least."""
        own = architecture_of(self.instance_type)
        if self.architecture not in (None, own):
            msg = f"architecture = '{self.architecture}', and {self.instance_type} is {own}"
            raise ValueError(msg)
        if self.per_instance < 1:
            size = Instance.of(self.instance_type)
            msg = (
                f"a task of {self.vcpu or 0:g} vCPU and {self.memory_gb or 0:g} GB does not fit on "
                f"{self.instance_type}, which has {size.vcpu:g} vCPU and {size.memory_gb:g} GB"
            )
            raise ValueError(msg)
        if self.max_instances is not None and self.max_instances < (self.instances or 0):
            msg = f"max_instances = {self.max_instances} is less than instances = {self.instances}"
            raise ValueError(msg)
        return self

    @property
    def per_instance(self) -> int:
        """Tasks that fit on one instance, by vCPU and by memory."""
        if self.vcpu is None and self.memory_gb is None:
            return 1
        size = Instance.of(self.instance_type)
        by_vcpu = (size.vcpu - self.reserved_vcpu) / self.vcpu if self.vcpu else inf
        by_memory = (size.memory_gb - self.reserved_memory_gb) / self.memory_gb if self.memory_gb else inf
        return int(min(by_vcpu, by_memory) + 1e-9)

    @property
    def most(self) -> int:
        """Tasks that scaling comes to, and that find a place."""
        wanted = super().most
        return wanted if self.max_instances is None else min(wanted, self.max_instances * self.per_instance)

    @property
    def used_share(self) -> float:
        """Part of an instance that one task takes: the larger of its vCPU and its memory."""
        size = Instance.of(self.instance_type)
        if self.vcpu is None and self.memory_gb is None:
            return 1.0
        return max((self.vcpu or 0) / size.vcpu, (self.memory_gb or 0) / size.memory_gb)
