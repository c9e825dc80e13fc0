"""The vCPU that instances take of their account, on demand and on Spot."""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.containers.instances import Instance, OnInstances
from sandbox.catalog.containers.lowering import Drawn
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Site
from sandbox.engine.network import Quota


def instances_of_a_task(tasks: OnInstances) -> float:
    """Part of the instances that one task stands for, when there are the most tasks."""
    count = max(ceil(tasks.most / tasks.per_instance - 1e-9), tasks.instances or 0)
    return count / max(tasks.most, 1)


def instance_vcpus(site: Site, tasks: OnInstances) -> Iterator[Drawn]:
    """What one task takes: its part of the instances that there are with the most tasks.

    All services on instances share the quota.
    """
    each = Instance.of(tasks.instance_type).vcpu * instances_of_a_task(tasks)
    for key, share in (("on_demand_vcpu", 1.0 - tasks.spot_share), ("spot_vcpu", tasks.spot_share)):
        quota = Quota(f"{site.account}ec2.{key}", site.quotas[key], measure="capacity")
        yield Drawn(quota, limit("ec2", key), each * share)
