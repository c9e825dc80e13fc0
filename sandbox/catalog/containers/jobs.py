"""Tasks that are started for one item each, work it off and end: what a rule, a schedule or code launches.

They take no part in the service's tasks; the account's launch rate and vCPU limit them.
"""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Literal

import numpy as np
from pydantic import Field

from sandbox.catalog.connection import Held, Hop, Reader
from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.service import EdgeSettings, Link
from sandbox.catalog.usage import MONTH_S, Array, LinkUse, Usage
from sandbox.engine.lognormal import mean_rounded_up
from sandbox.engine.network import Demand, Holding, Station

KIND = "async"
"""Kind of the edges that launch."""
_DOCS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html"


class LaunchEdge(EdgeSettings):
    """The source has a task started for each item, and goes on."""

    calls: float = Field(default=1.0, ge=0, le=1_000_000, json_schema_extra={"unit": "per item"})
    """Tasks for each item at the source; a fraction is a probability."""

    per: Literal["item", "invocation"] = "item"
    """Whether the tasks are counted for each item or once for the whole batch."""

    mode: Literal["async"] | None = None
    """`async` starts a task instead of asking one that runs, where both exist."""

    item_kb: float | None = Field(default=None, ge=0, le=10_240, json_schema_extra={"unit": "KB"})
    """Size of what the task is given; what the source received where left out."""

    retries: int = Field(default=0, ge=0, le=185, json_schema_extra={"unit": "retries"})
    """Further tasks after one that failed."""


def launches(links: Iterable[Link] | Iterable[LinkUse]) -> bool:
    """Whether all that leads to a node launches tasks, so that none need to stand by."""
    kinds = [link.kind for link in links]
    return bool(kinds) and set(kinds) == {KIND}


def job_station(name: str, tasks: Containers, quota: str, pool: str) -> Station:
    """One task for each item: it starts, works and ends."""
    return Station(
        name,
        fixed=tasks.startup_s + tasks.duration_ms / 1000,
        cv=tasks.duration_cv * _own_part(tasks),
        timeout=tasks.timeout_s or inf,
        error=tasks.error_ratio,
        demands=(Demand(quota),),
        slots=(pool,),
    )


def _own_part(tasks: Containers) -> float:
    """Part of a task's time that is not its start, whose length hardly varies."""
    own = tasks.duration_ms / 1000
    return own / (own + tasks.startup_s) if own > 0 else 0.0


def job_seconds(usage: Usage, quotas: Mapping[str, float]) -> Array:
    """Seconds a month that launched tasks are billed for: whole ones, and a minute each at least."""
    total: Array = np.zeros(1)
    for name, use in usage.stations.items():
        if name.endswith(".jobs"):
            each = np.maximum(mean_rounded_up(use.duration, use.variance, 1.0), quotas["billing_least_s"])
            total = total + use.invocations * each * MONTH_S
    return total


def _waiting(hop: Hop) -> Holding:
    """A launch that finds no room or comes too fast is tried again for a day."""
    quotas = hop.quotas("fargate")
    return Holding(
        lanes_least=0.0,
        attempts=getattr(hop.edge, "retries", 0) + 1.0,
        refused_delay=quotas["launch_retry_s"],
        refused_most=quotas["launch_retry_most_s"],
        retention=quotas["launch_kept_s"],
    )


def _reader(_edge: EdgeSettings) -> Reader:
    return Reader("tasks/s", "", _DOCS)


LAUNCHES = Held(_waiting, _reader)
"""Launches that wait for room."""
