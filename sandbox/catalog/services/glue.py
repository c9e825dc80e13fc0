"""AWS Glue: jobs that work on data in batches, billed by their capacity and time.

A job runs so many times at once, and all jobs of an account have so much capacity together. A run that finds
no room is refused, or waits in the job's queue where it was handed over.
"""

from typing import Self, cast

from pydantic import Field, model_validator

from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Charge, Usage
from sandbox.engine.network import Demand, Quota, Slots, Station

MINUTE_S = 60.0
MINUTES_PER_H = 60.0


class Glue(Settings):
    """A job."""

    dpu: float = Field(default=2, ge=0.25, le=1000, json_schema_extra={"unit": "DPU", "aws": "MaxCapacity"})
    """Capacity of a run; one unit is 4 vCPUs and 16 GB."""

    minutes: float = Field(default=10, gt=0, le=10_080, json_schema_extra={"unit": "min"})
    """Mean time of a run; a minute is billed at least."""

    minutes_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of that time."""

    timeout_minutes: float = Field(
        default=480, gt=0, le=10_080, json_schema_extra={"unit": "min", "aws": "Timeout"}
    )
    """A run that takes longer is stopped and has failed."""

    concurrent_runs: int | None = Field(
        default=None, ge=1, le=100_000, json_schema_extra={"unit": "runs", "aws": "MaxConcurrentRuns"}
    )
    """Runs of this job at once; the account's limit where left out."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the runs that fail by themselves."""

    @model_validator(mode="after")
    def _ends_in_time(self) -> Self:
        """Refuse a job that no run of would end."""
        if self.minutes > self.timeout_minutes:
            msg = f"minutes = {self.minutes:g} is more than timeout_minutes = {self.timeout_minutes:g}"
            raise ValueError(msg)
        return self


def lower(site: Site) -> Parts:
    """Runs take one of the job's places, and capacity of the account for as long as they last."""
    glue = cast("Glue", site.settings)
    most = site.quotas["concurrent_runs"] if glue.concurrent_runs is None else float(glue.concurrent_runs)
    runs = Slots(f"{site.id}.runs", most)
    account = site.quotas["account_dpu"]
    capacity = Quota(f"{site.account}glue.dpu", account, burst=account * site.quotas["burst_s"])
    seconds = glue.minutes * MINUTE_S
    station = Station(
        site.id,
        fixed=seconds,
        cv=glue.minutes_cv,
        timeout=glue.timeout_minutes * MINUTE_S,
        error=glue.error_ratio,
        demands=(Demand(capacity.id, glue.dpu * seconds),),
        slots=(runs.id,),
    )
    return Parts(
        (station,),
        quotas=(capacity,),
        slots=(runs,),
        limits={runs.id: _runs(glue), capacity.id: limit("glue", "account_dpu")},
    )


def _runs(glue: Glue) -> Limit:
    """How the job's places are shown: the account's limit, or what the job says."""
    seen = limit("glue", "concurrent_runs")
    if glue.concurrent_runs is None:
        return seen
    return Limit(seen.name, seen.unit, "set on the job", True, seen.source, "concurrent_runs")


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """DPU-hours: each run by the second, a minute at least, a run that is stopped up to its timeout."""
    glue = cast("Glue", settings)
    least = facts("glue").quotas["least_minutes"].value
    minutes = max(min(glue.minutes, glue.timeout_minutes), least)
    return [Charge("glue.dpu_hours", usage.accepted * MONTH_S * glue.dpu * minutes / MINUTES_PER_H)]


SERVICE = Service(
    id="glue",
    title="Glue job",
    family="compute",
    badge="Glue",
    icon="⚙",
    settings=Glue,
    lower=lower,
    bill=bill,
    summary="Works on data in batches; billed by capacity and time.",
    also_called=("etl", "job", "batch", "spark", "dpu", "transform"),
)
