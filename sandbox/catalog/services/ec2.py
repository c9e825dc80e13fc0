"""Amazon EC2: a group of instances that each run the program, and follow the load as it scales."""

from typing import cast

from pydantic import Field

from sandbox.catalog.containers.bill import addresses, availability, instance_hours
from sandbox.catalog.containers.instances import OnInstances
from sandbox.catalog.containers.lowering import lower_tasks
from sandbox.catalog.containers.settings import MOST_TASKS
from sandbox.catalog.containers.vcpus import instance_vcpus
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import Charge, Usage

_USUAL = 2
"""Copies of the program where neither they nor the instances are given."""


class Ec2(OnInstances):
    """An Auto Scaling group of instances."""

    tasks: int | None = Field(default=None, ge=0, le=MOST_TASKS, json_schema_extra={"unit": "copies"})
    """Copies of the program; one on each instance where left out, and two where those are left out too."""

    @property
    def least(self) -> int:
        """Copies of the program that are always there."""
        if self.tasks is not None:
            return self.tasks
        return _USUAL if self.instances is None else self.instances * self.per_instance

    @property
    def most(self) -> int:
        """Copies that scaling comes to: so many as the instances have room for."""
        if self.max_tasks is None and self.max_instances is not None:
            return max(self.least, self.max_instances * self.per_instance)
        return super().most


def lower(site: Site) -> Parts:
    """Places on instances that draw on the account's vCPU."""
    group = cast("Ec2", site.settings)
    return lower_tasks(site, group, tuple(instance_vcpus(site, group)), _raised_by(group))


def _raised_by(group: Ec2) -> str:
    """The setting that the number of copies follows from."""
    for setting in ("max_tasks", "max_instances", "tasks"):
        if getattr(group, setting) is not None:
            return setting
    return "instances"


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Hours of the instances, their volumes and addresses."""
    group = cast("Ec2", settings)
    return [*instance_hours(group, usage), addresses("ec2", group)]


SERVICE = Service(
    id="ec2",
    title="EC2 instances",
    family="compute",
    badge="EC2",
    icon="▢",
    settings=Ec2,
    lower=lower,
    bill=bill,
    summary="Instances that run a program each; an Auto Scaling group follows the load.",
    also_called=("server", "instance", "vm", "machine", "virtual", "asg", "autoscaling", "compute"),
    answers=True,
    availability=availability,
)
"""An Auto Scaling group of instances."""
