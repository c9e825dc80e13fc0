"""Amazon ECS on EC2: tasks packed into instances, which are what is paid for.

The control plane costs nothing. Instances follow the tasks that scaling asks for; what of them no task
uses is paid all the same.
"""

from typing import cast

from pydantic import Field

from sandbox.catalog.containers.bill import addresses, availability, instance_hours
from sandbox.catalog.containers.instances import OnInstances
from sandbox.catalog.containers.lowering import lower_tasks
from sandbox.catalog.containers.settings import MOST_TASKS
from sandbox.catalog.containers.vcpus import instance_vcpus
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import Charge, Usage


class EcsOnEc2(OnInstances):
    """A service of tasks on instances of an ECS cluster."""

    tasks: int = Field(
        default=2, ge=0, le=MOST_TASKS, json_schema_extra={"unit": "tasks", "aws": "desiredCount"}
    )
    """Tasks that are always there, and with which a simulation starts."""

    @property
    def least(self) -> int:
        """Tasks that are always there."""
        return self.tasks


def lower(site: Site) -> Parts:
    """Places in tasks whose instances draw on the account's vCPU."""
    tasks = cast("EcsOnEc2", site.settings)
    return lower_tasks(site, tasks, tuple(instance_vcpus(site, tasks)))


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Hours of the instances, with what is left over of them."""
    tasks = cast("EcsOnEc2", settings)
    return [*instance_hours(tasks, usage), addresses("ecs-ec2", tasks)]


SERVICE = Service(
    id="ecs-ec2",
    title="ECS on EC2",
    family="compute",
    badge="ECS",
    icon="▣",
    settings=EcsOnEc2,
    lower=lower,
    bill=bill,
    summary="Runs containers on instances of its own; tasks are packed by vCPU and memory.",
    also_called=("container", "docker", "task", "cluster", "service", "worker", "compute"),
    answers=True,
    availability=availability,
)
"""A service of tasks on instances of an ECS cluster."""
