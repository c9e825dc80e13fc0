"""AWS Fargate: tasks of a chosen size, without instances to look after.

A service keeps as many tasks as its target asks for. All tasks of an account share a quota of vCPU,
on demand and on Spot each; what it does not let start is missing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, Self, cast

import numpy as np
from pydantic import Field, model_validator

from sandbox.catalog.containers.bill import addresses, availability, on_both, tasks_there
from sandbox.catalog.containers.jobs import KIND, job_seconds, job_station, launches
from sandbox.catalog.containers.lowering import Drawn, lower_tasks
from sandbox.catalog.containers.settings import MOST_TASKS, Containers
from sandbox.catalog.containers.sizes import refusal
from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, Charge, Usage
from sandbox.engine.network import Quota, Slots

HOUR_S = 3600.0


class Fargate(Containers):
    """A service of tasks on Fargate."""

    tasks: int = Field(
        default=2, ge=0, le=MOST_TASKS, json_schema_extra={"unit": "tasks", "aws": "desiredCount"}
    )
    """Tasks that are always there, and with which a simulation starts."""

    vcpu: float = Field(default=0.25, gt=0, le=32, json_schema_extra={"unit": "vCPU", "aws": "cpu"})
    """vCPU of one task: 0.25, 0.5, 1, 2, 4, 8, 16 or 32."""

    memory_gb: float = Field(default=0.5, gt=0, le=244, json_schema_extra={"unit": "GB", "aws": "memory"})
    """Memory of one task; what there is depends on the vCPU."""

    architecture: Literal["x86_64", "arm64"] = Field(
        default="x86_64", json_schema_extra={"aws": "cpuArchitecture"}
    )
    """Processor; arm is a fifth cheaper."""

    ephemeral_gb: float = Field(
        default=20, ge=20, le=200, json_schema_extra={"unit": "GB", "aws": "ephemeralStorage"}
    )
    """Storage of one task; above 20 GB it is billed."""

    spot_discount: float = Field(default=0.686, ge=0, le=1, json_schema_extra={"unit": "share"})
    """What Spot takes off the price; it moves with supply, AWS says up to 70 %."""

    @property
    def least(self) -> int:
        """Tasks that are always there."""
        return self.tasks

    @model_validator(mode="after")
    def _is_a_size(self) -> Self:
        """Refuse a size that Fargate does not have, and name the nearest."""
        if why := refusal(self.vcpu, self.memory_gb):
            raise ValueError(why)
        return self


def lower(site: Site) -> Parts:
    """Places in tasks that draw on the account's vCPU, and tasks that are launched for one item each."""
    tasks = cast("Fargate", site.settings)
    launched = [link for link in site.inflows if link.kind == KIND]
    if not launched:
        return lower_tasks(site, tasks, tuple(_drawn(site, tasks)))
    jobs = _jobs(site, tasks, launched)
    if launches(site.inflows):
        return jobs
    asked = replace(site, inflows=[link for link in site.inflows if link.kind != KIND])
    service = lower_tasks(asked, tasks, tuple(_drawn(site, tasks)))
    return replace(
        service,
        stations=(*service.stations, *jobs.stations),
        entries={**service.entries, **jobs.entries},
        callers=(*service.callers, *jobs.callers),
        quotas=(*service.quotas, *jobs.quotas),
        slots=(*service.slots, *jobs.slots),
        limits={**service.limits, **jobs.limits},
    )


def _jobs(site: Site, tasks: Fargate, launched: Iterable[Link]) -> Parts:
    """One station for all launches; they share the account's launch rate, and its vCPU with those alike."""
    rate = Quota(f"{site.account}fargate.launches", site.quotas["launch_per_s"], site.quotas["launch_burst"])
    room = site.quotas["on_demand_vcpu"] / tasks.vcpu
    pool = Slots(f"{site.account}fargate.tasks of {tasks.vcpu:g} vCPU", room)
    station = job_station(f"{site.id}.jobs", tasks, rate.id, pool.id)
    seen = limit("fargate", "on_demand_vcpu", f"launched tasks of {tasks.vcpu:g} vCPU")
    return Parts(
        (station,),
        entries={link.index: station.id for link in launched},
        callers=(station.id,),
        quotas=(rate,),
        slots=(pool,),
        limits={rate.id: limit("fargate", "launch_per_s"), pool.id: replace(seen, unit="tasks")},
    )


def _drawn(site: Site, tasks: Fargate) -> Iterator[Drawn]:
    """The account's vCPU, on demand and on Spot."""
    for key, share in (("on_demand_vcpu", 1.0 - tasks.spot_share), ("spot_vcpu", tasks.spot_share)):
        quota = Quota(f"{site.account}fargate.{key}", site.quotas[key], measure="capacity")
        yield Drawn(quota, limit("fargate", key), tasks.vcpu * share)


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Hours of vCPU, memory and further storage of the tasks that the design orders, and addresses."""
    tasks = cast("Fargate", settings)
    chip = "x86" if tasks.architecture == "x86_64" else "arm"
    standing = 0.0 if launches(usage.inflows) else tasks_there(tasks, usage)
    known = {key: fact.value for key, fact in facts("fargate").quotas.items()}
    hours = standing * HOURS + job_seconds(usage, known) / HOUR_S
    further_gb = max(tasks.ephemeral_gb - known["ephemeral_free_gb"], 0.0)
    return [
        *on_both(tasks, f"fargate.vcpu_{chip}", hours * tasks.vcpu, f"vCPU, {chip}"),
        *on_both(tasks, f"fargate.memory_{chip}", hours * tasks.memory_gb, f"Memory, {chip}"),
        Charge("fargate.ephemeral", np.asarray(hours * further_gb)),
        addresses("fargate", tasks),
    ]


SERVICE = Service(
    id="fargate",
    title="Fargate service",
    family="compute",
    badge="Fargate",
    icon="▣",
    settings=Fargate,
    lower=lower,
    bill=bill,
    summary="Runs containers without instances; its number of tasks follows the load.",
    also_called=("container", "docker", "ecs", "task", "service", "worker", "compute", "serverless"),
    takes_events=True,
    answers=True,
    availability=availability,
)
"""A service of tasks on Fargate."""
