"""The vCPU that instances take of their account, on demand and on Spot."""

from collections.abc import Iterator

from sandbox.catalog.containers.instances import Instance, OnInstances
from sandbox.catalog.containers.lowering import Drawn
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Site
from sandbox.engine.network import Quota


def instance_vcpus(site: Site, tasks: OnInstances) -> Iterator[Drawn]:
    """What one task takes: its part of an instance. All services on instances share the quota."""
    each = Instance.of(tasks.instance_type).vcpu / tasks.per_instance
    for key, share in (("on_demand_vcpu", 1.0 - tasks.spot_share), ("spot_vcpu", tasks.spot_share)):
        quota = Quota(f"{site.account}ec2.{key}", site.quotas[key], measure="capacity")
        yield Drawn(quota, limit("ec2", key), each * share)
