"""Functions on instances that Lambda manages: environments of many places, there before requests come.

Environments follow CPU and occupied places with room for a doubling within five minutes; what comes
faster is throttled. Instances are paid by the hour with a fee on top, and GB-seconds are not.
Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html, 2026-10
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sandbox.catalog.containers.instances import Instance
from sandbox.catalog.facts import facts
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit
from sandbox.catalog.usage import HOURS, Charge, Usage
from sandbox.engine.network import Slots, Tracking

_MB_PER_GB = 1024.0
_USUAL = {"x86_64": "m6i.xlarge", "arm64": "m7g.xlarge"}


def vcpus(function: Lambda) -> float:
    """Give one environment the vCPU that come with its memory, and one at least.

    >>> vcpus(Lambda(managed_instances=True, memory_mb=8192, memory_gb_per_vcpu=4))
    2.0
    """
    return max(function.memory_mb / _MB_PER_GB / function.memory_gb_per_vcpu, 1.0)


def places(function: Lambda, quotas: Mapping[str, float]) -> float:
    """Requests that one environment serves at once.

    No more than is set, than 64 for each vCPU, and than its vCPU have time for: a request that computes for
    a share c of its own time keeps c of a vCPU busy.

    >>> some = Lambda(managed_instances=True, memory_mb=4096, cpu_bound=0.25)
    >>> places(some, {"managed_per_vcpu": 64})
    8.0
    """
    own = vcpus(function)
    most = min(function.concurrency_per_environment or np.inf, quotas["managed_per_vcpu"] * own)
    return float(min(most, own / function.cpu_bound)) if function.cpu_bound else float(most)


def managed_pool(name: str, function: Lambda, quotas: Mapping[str, float]) -> Slots:
    """The places, as they follow their use: half of them are free for a doubling."""
    size = places(function, quotas)
    least, most = function.min_environments, function.max_environments
    moves = Tracking(
        least=least * size,
        target=quotas["managed_target"],
        out_after=quotas["managed_out_s"],
        out_lag=quotas["managed_lag_s"],
        in_after=quotas["managed_in_s"],
        start=None,
        step=size,
    )
    return Slots(name, most * size, moves=moves if most > least else None)


def managed_limit() -> Limit:
    """How the places are shown."""
    return limit("lambda", "managed_per_vcpu", "places in its environments", raised_by="max_environments")


def per_instance(function: Lambda) -> int:
    """Environments that fit on one instance, by memory and by vCPU; one where it is larger than that.

    >>> per_instance(Lambda(managed_instances=True, memory_mb=2048, instance_type="m6i.xlarge"))
    4
    """
    size = Instance.of(instance_type(function))
    by_memory = size.memory_gb * _MB_PER_GB / function.memory_mb
    return max(int(min(by_memory, size.vcpu / vcpus(function)) + 1e-9), 1)


def instance_type(function: Lambda) -> str:
    """What it runs on."""
    return function.instance_type or _USUAL[function.architecture]


def managed_charges(function: Lambda, usage: Usage) -> Iterator[Charge]:
    """Hours of the instances, three at least for their zones, and the fee on them."""
    quotas = facts("lambda").quotas
    size = places(function, {key: fact.value for key, fact in quotas.items()})
    pools = [slots for name, slots in usage.slots.items() if name.endswith(".environments")]
    there = pools[0] / size if pools else np.full(1, float(function.min_environments))
    count = np.maximum(np.ceil(there / per_instance(function) - 1e-9), _zones(function))
    kind = instance_type(function)
    yield Charge(f"instances.{kind}", count * HOURS, words=f"Managed instances, {kind}")
    yield Charge(
        f"instances.{kind}",
        count * HOURS,
        asked=quotas["managed_fee"].value,
        words=f"Management of instances, {kind}",
    )


def _zones(function: Lambda) -> float:
    """Instances that are there for the zones' sake, unless the function is switched off."""
    return facts("lambda").quotas["managed_least_instances"].value if function.min_environments else 0.0
