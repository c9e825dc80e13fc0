"""Amazon EKS: pods packed into instances, and a Kubernetes control plane paid by the hour."""

from typing import Literal, cast

import numpy as np
from pydantic import Field

from sandbox.catalog.containers.bill import addresses, instance_hours
from sandbox.catalog.containers.instances import OnInstances
from sandbox.catalog.containers.lowering import Drawn, lower_tasks
from sandbox.catalog.containers.settings import MOST_TASKS
from sandbox.catalog.containers.vcpus import instance_vcpus, instances_of_a_task
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, Charge, Usage
from sandbox.engine.network import Quota


class Eks(OnInstances):
    """A deployment of pods on the nodes of an EKS cluster."""

    tasks: int = Field(default=2, ge=0, le=MOST_TASKS, json_schema_extra={"unit": "pods", "aws": "replicas"})
    """Pods that are always there, and with which a simulation starts."""

    control_plane: Literal["standard", "extended", "shared"] = "standard"
    """Standard support, extended support of an old version, or a cluster that another node pays for."""

    @property
    def least(self) -> int:
        """Pods that are always there."""
        return self.tasks


def lower(site: Site) -> Parts:
    """Places in pods whose instances draw on the account's vCPU, and on what a cluster may have."""
    tasks = cast("Eks", site.settings)
    nodes = Quota(f"{site.id}.nodes", site.quotas["nodes_per_cluster"], measure="capacity")
    of_cluster = Drawn(nodes, limit("eks", "nodes_per_cluster"), instances_of_a_task(tasks))
    return lower_tasks(site, tasks, (*instance_vcpus(site, tasks), of_cluster))


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Hours of the cluster and of its instances, with what is left over of them."""
    tasks = cast("Eks", settings)
    cluster = 0.0 if tasks.control_plane == "shared" else HOURS
    extended = HOURS if tasks.control_plane == "extended" else 0.0
    return [
        Charge("eks.cluster", np.full(1, cluster)),
        Charge("eks.extended_support", np.full(1, extended)),
        *instance_hours(tasks, usage),
        addresses("eks", tasks),
    ]


SERVICE = Service(
    id="eks",
    title="EKS deployment",
    family="compute",
    badge="EKS",
    icon="▣",
    settings=Eks,
    lower=lower,
    bill=bill,
    summary="Runs pods on instances under Kubernetes; its control plane is paid by the hour.",
    also_called=("container", "kubernetes", "k8s", "pod", "cluster", "deployment", "compute"),
    answers=True,
)
"""A deployment of pods on the nodes of an EKS cluster."""
