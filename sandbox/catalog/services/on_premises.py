"""Own servers: so many, each with a fixed capacity, at a fixed cost, and people who look after them."""

from collections.abc import Iterator
from math import inf
from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.service import Limit, Parts, Service, Settings, Site
from sandbox.catalog.usage import Charge, Usage
from sandbox.engine.network import Demand, Quota, Slots, Station

_OWN = "set in the design"


class OnPremises(Settings):
    """Servers of one's own."""

    servers: int = Field(default=2, ge=0, le=100_000, json_schema_extra={"unit": "servers"})
    """Servers; their number does not follow the load."""

    requests_per_server_per_s: float = Field(
        default=100, gt=0, le=1e7, json_schema_extra={"unit": "requests/s"}
    )
    """Requests per second that one server completes when it is busy all the time."""

    duration_ms: float = Field(default=100, gt=0, le=86_400_000, json_schema_extra={"unit": "ms"})
    """Own time of one request, without what it calls."""

    duration_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of the own time."""

    waiting_room: int = Field(default=100, ge=0, le=1_000_000, json_schema_extra={"unit": "requests"})
    """Requests that may wait; what comes beyond is refused."""

    longest_wait_s: float | None = Field(default=None, gt=0, le=86_400, json_schema_extra={"unit": "s"})
    """A request that has waited so long is given up; as long as it takes where left out."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the requests that fail by themselves."""

    response_kb: float = Field(default=2, ge=0, le=10_485_760, json_schema_extra={"unit": "KB"})
    """Mean size of an answer; own lines carry it, so that it is not billed."""

    usd_per_month: float = Field(default=0, ge=0, le=1e9, json_schema_extra={"unit": "USD/month"})
    """What all of it costs a month: machines written off, room, power, lines, licences."""

    people_hours_per_month: float = Field(default=0, ge=0, le=1e6, json_schema_extra={"unit": "h/month"})
    """Hours that people look after it."""

    usd_per_hour: float = Field(default=0, ge=0, le=10_000, json_schema_extra={"unit": "USD/h"})
    """What an hour of theirs costs."""


def lower(site: Site) -> Parts:
    """Places that are busy when every server does what it can; a slow server has at least one."""
    own = cast("OnPremises", site.settings)
    each = own.requests_per_server_per_s * own.duration_ms / 1000
    pool = Slots(
        f"{site.id}.servers",
        own.servers * max(each, 1.0),
        places=float(own.waiting_room),
        patience=own.longest_wait_s or inf,
        service_cv=own.duration_cv,
    )
    rates = tuple(_rate(site, own)) if each < 1.0 else ()
    station = Station(
        site.id,
        fixed=own.duration_ms / 1000,
        cv=own.duration_cv,
        error=own.error_ratio,
        demands=tuple(Demand(rate.id) for rate in rates),
        slots=(pool.id,),
    )
    limits = {pool.id: _limit("capacity of its servers", "requests at once")}
    limits |= {rate.id: _limit("rate of its servers", "requests/s") for rate in rates}
    return Parts((station,), quotas=rates, slots=(pool,), limits=limits, units={pool.id: max(each, 1.0)})


def _rate(site: Site, own: OnPremises) -> Iterator[Quota]:
    """The rate of servers that each work on one request and then rest."""
    rate = own.servers * own.requests_per_server_per_s
    yield Quota(f"{site.id}.rate", rate, burst=max(rate, 1.0))


def _limit(name: str, unit: str) -> Limit:
    return Limit(name, unit, "its own servers", adjustable=False, source=_OWN, raised_by="servers")


def bill(settings: Settings, _usage: Usage) -> list[Charge]:
    """What it costs whatever it does, and the hours of people."""
    own = cast("OnPremises", settings)
    charges = [
        Charge("on-premises.servers", np.ones(1), unit_usd=own.usd_per_month, words="Servers", unit="month"),
        Charge(
            "on-premises.people",
            np.full(1, own.people_hours_per_month),
            unit_usd=own.usd_per_hour,
            words="People's hours",
            unit="hour",
        ),
    ]
    return [charge for charge in charges if charge.unit_usd]


SERVICE = Service(
    id="on-premises",
    title="Own servers",
    family="compute",
    badge="own servers",
    icon="▥",
    settings=OnPremises,
    lower=lower,
    bill=bill,
    summary="Servers of one's own: a fixed capacity, a fixed cost and people's hours.",
    also_called=("server", "datacenter", "own", "traditional", "machine", "legacy"),
)
"""Servers of one's own."""
