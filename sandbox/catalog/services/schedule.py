"""Schedules: items that start by the clock, all of one start at once.

EventBridge Scheduler has a quota of its own; a rule on a schedule shares that of the buses. What is
over it is delayed, not lost.
"""

from math import inf
from typing import Literal, Self, cast

from pydantic import Field, model_validator

from sandbox.catalog.flows.buffers import buffer, pace, patient
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Array, Charge, Usage
from sandbox.engine.network import Demand, Quota, Station
from sandbox.engine.profiles import Course, Scaled, constant, on_off

_DELIVERED = ("async", "dead-letter")
_DOCS = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html"


class Schedule(Settings):
    """What starts by the clock."""

    every_s: float = Field(
        default=300, ge=60, le=31_536_000, json_schema_extra={"unit": "s", "aws": "ScheduleExpression"}
    )
    """Time between two starts."""

    events: int = Field(default=1, ge=1, le=10_000_000, json_schema_extra={"unit": "items/start"})
    """Items started each time, each one invocation."""

    kind: Literal["scheduler", "rule"] = "scheduler"
    """EventBridge Scheduler, or a rule on a schedule, which costs nothing."""

    flexible_window_s: float = Field(
        default=0, ge=0, le=86_400, json_schema_extra={"unit": "s", "aws": "MaximumWindowInMinutes"}
    )
    """Time over which the items of one start are spread; Scheduler alone can."""

    payload_kb: float = Field(default=2, ge=0, le=256, json_schema_extra={"unit": "KB", "aws": "Input"})
    """Size of what each target gets."""

    @model_validator(mode="after")
    def _spread_by_scheduler(self) -> Self:
        """Refuse what a rule does not have, and a window that is longer than the schedule."""
        if self.flexible_window_s and self.kind == "rule":
            msg = "flexible_window_s is for EventBridge Scheduler; a rule starts its items at once"
            raise ValueError(msg)
        if self.flexible_window_s > self.every_s:
            msg = f"flexible_window_s is longer than every_s ({self.every_s:g} s)"
            raise ValueError(msg)
        return self


def course(settings: Settings) -> Course:
    """Items per second over time: a pulse at every start, the first at once.

    >>> import numpy as np
    >>> course(Schedule(every_s=60, events=30)).integral(np.array([1.0, 59.0, 61.0])).round(6).tolist()
    [30.0, 30.0, 60.0]
    """
    schedule = cast("Schedule", settings)
    lasts = schedule.flexible_window_s or SERVICE.facts.quotas["pulse_s"].value
    if lasts >= schedule.every_s:
        return Scaled(constant(), schedule.events / schedule.every_s)
    return Scaled(on_off(lasts, schedule.every_s - lasts), schedule.events / lasts)


def lower(site: Site) -> Parts:
    """Items come from outside, wait for the quota of invocations, and are delivered."""
    schedule = cast("Schedule", site.settings)
    started, due, gate = site.id, f"{site.id}>due", f"{site.id}>invoke"
    own = schedule.kind == "scheduler"
    key = "scheduler_per_s" if own else "invocations_per_s"
    book = "schedule" if own else "eventbridge"
    quota = Quota(f"{site.account}{book}.{key}", site.quotas[key], burst=site.quotas[key])
    each = sum(link.settings.calls for link in site.outflows if link.kind in _DELIVERED and not link.role)
    held = buffer(due, (started,), gate, patient(quota.capacity / each if each else inf))
    bursty = 1.0 if schedule.flexible_window_s else float(schedule.events)
    return Parts(
        stations=(
            Station(started, arrivals=schedule.events / schedule.every_s, peakedness=bursty),
            held.station,
            Station(gate, demands=(Demand(quota.id, each),) if each else ()),
        ),
        callers=(gate,),
        arcs=held.arcs,
        behind=frozenset((gate,)),
        buffers={due: pace("pace of starts", _DOCS, limit("schedule", key).raised_by)},
        quotas=(quota,) if each else (),
        limits={quota.id: limit("schedule", key)} if each else {},
    )


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Invocations of Scheduler; a rule on a schedule is free."""
    if cast("Schedule", settings).kind == "rule":
        return []
    delivered: list[Array] = [link.once for link in usage.outflows if link.kind != "dead-letter"]
    return [Charge("schedule.invocations", rate * MONTH_S) for rate in delivered]


SERVICE = Service(
    id="schedule",
    title="Schedule",
    family="source",
    badge="schedule",
    icon="◷",
    settings=Schedule,
    lower=lower,
    bill=bill,
    begins=True,
    course=course,
    summary="Starts functions and workflows by the clock, as EventBridge Scheduler or a cron rule.",
    also_called=("cron", "timer", "scheduler", "rule", "every", "clock", "eventbridge", "job"),
)
