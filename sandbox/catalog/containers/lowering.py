"""How tasks lower: so many places that requests wait for, which follow the load as target tracking does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from sandbox.catalog.containers.settings import Containers
from sandbox.catalog.facts import Quotas
from sandbox.catalog.service import Limit, Link, Parts, Site
from sandbox.catalog.usage import MONTH_S
from sandbox.engine.network import Draw, Quota, Slots, Station, Tracking

POLLED = ("polled", "stream")
"""Kinds of edges whose items the tasks fetch themselves."""
_SCALING = (
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html"
)


@dataclass(frozen=True)
class Drawn:
    """What every task takes of a quota of the account."""

    quota: Quota
    seen_as: Limit
    units: float
    """Units of one task."""


def places_of_a_task(tasks: Containers) -> float:
    """Requests that one task serves at once, less the time in which it is being replaced on Spot."""
    away = tasks.spot_share * tasks.spot_interruptions * tasks.startup_s / MONTH_S
    return tasks.concurrency_per_task * max(1.0 - away, 0.0)


def lower_tasks(site: Site, tasks: Containers, drawn: tuple[Drawn, ...], most_by: str = "") -> Parts:
    """One station for what asks the tasks, and one for each queue or stream that they read.

    Args:
        site: The node in its place.
        tasks: Its settings.
        drawn: What every task takes of the account's quotas.
        most_by: The setting that allows more tasks; `max_tasks` where it is given, else `tasks`.
    """
    size = places_of_a_task(tasks)
    pool = Slots(
        f"{site.id}.tasks",
        tasks.most * size,
        places=float(tasks.waiting_room),
        patience=tasks.longest_wait_s or inf,
        service_cv=tasks.duration_cv,
        moves=moves(tasks, size, site.quotas),
        draws=tuple(Draw(each.quota.id, each.units / size) for each in drawn),
    )
    stations = tuple(_stations(site, tasks, pool.id))
    return Parts(
        stations=stations,
        entries={link.index: entry(site, link) for link in site.inflows},
        callers=tuple(station.id for station in stations),
        quotas=tuple(each.quota for each in drawn),
        slots=(pool,),
        limits={
            pool.id: _limit(most_by or ("tasks" if tasks.max_tasks is None else "max_tasks")),
            **{each.quota.id: each.seen_as for each in drawn},
        },
        units={pool.id: size},
    )


def moves(tasks: Containers, size: float, quotas: Mapping[str, float]) -> Tracking | None:
    """How the tasks follow their load; not at all where their number is fixed."""
    if tasks.most == tasks.least:
        return None
    return Tracking(
        least=tasks.least * size,
        target=tasks.target_utilisation,
        out_after=quotas["scale_out_s"],
        out_lag=tasks.startup_s,
        in_after=quotas["scale_in_s"],
        slack=quotas["scale_in_slack"],
        start=tasks.least * size,
        step=size,
        added=quotas["service_tasks_per_s"] * size,
        added_burst=quotas["service_tasks_per_s"] * size,
    )


def entry(site: Site, link: Link) -> str:
    """Station where an edge's items enter."""
    return f"{site.id}#{link.index}" if link.kind in POLLED else site.id


def _stations(site: Site, tasks: Containers, pool: str) -> Iterator[Station]:
    """The station of requests, unless the tasks only read, and one for each queue or stream."""
    read = [link for link in site.inflows if link.kind in POLLED]
    if len(read) < len(site.inflows) or not read:
        yield _station(site.id, tasks, pool, site.quotas)
    for link in read:
        yield _station(entry(site, link), tasks, pool, site.quotas, one_by_one=True)


def _station(name: str, tasks: Containers, pool: str, quotas: Quotas, *, one_by_one: bool = False) -> Station:
    """One way in; what is fetched in batches is worked off one item after the other."""
    duration = tasks.duration_ms / 1000
    return Station(
        name,
        fixed=duration,
        per_item=duration if one_by_one else 0.0,
        cv=tasks.duration_cv,
        timeout=tasks.timeout_s or inf,
        error=1.0 - (1.0 - tasks.error_ratio) * (1.0 - cut_off(tasks, quotas["spot_notice_s"])),
        item_failures=one_by_one,
        slots=(pool,),
    )


def cut_off(tasks: Containers, notice_s: float) -> float:
    """Share of the requests that are still in service when the warning before a Spot interruption is over.

    Interruptions come at random, so a request that lasts t beyond the warning meets one with the rate × t.
    """
    rate = tasks.spot_share * tasks.spot_interruptions / MONTH_S
    return min(rate * max(tasks.duration_ms / 1000 - notice_s, 0.0), 1.0)


def _limit(raised_by: str) -> Limit:
    """How the tasks are shown."""
    return Limit("places in its tasks", "requests at once", "set on the service", True, _SCALING, raised_by)
