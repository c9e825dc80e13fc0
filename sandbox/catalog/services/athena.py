"""Amazon Athena: queries on files in S3, billed by what they scan.

An account runs so many queries at once, those that wait to start included; one more is refused with
TooManyRequestsException. Queries that fail cost nothing.
"""

from typing import cast

from pydantic import Field

from sandbox.catalog.analytics.scanning import MB_PER_TB, billed_mb
from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Charge, Usage
from sandbox.engine.network import Demand, Quota, Slots, Station


class Athena(Settings):
    """A workgroup that runs queries."""

    scanned_mb: float = Field(default=100, ge=0, le=1e9, json_schema_extra={"unit": "MB"})
    """Mean data that a query scans; columns, partitions and compression make it less."""

    duration_ms: float = Field(default=3000, ge=0, le=14_400_000, json_schema_extra={"unit": "ms"})
    """Mean time of a query, its wait to start included; AWS gives none."""

    duration_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of that time."""

    error_ratio: float = Field(default=0, ge=0, le=1, json_schema_extra={"unit": "share"})
    """Share of the queries that fail by themselves; they cost nothing."""


def lower(site: Site) -> Parts:
    """Queries take one of the account's places each, and a call to start."""
    athena = cast("Athena", site.settings)
    active = Slots(f"{site.account}athena.active_dml", site.quotas["active_dml"])
    rate, burst = site.quotas["starts_per_s"], site.quotas["starts_burst"]
    starts = Quota(f"{site.account}athena.starts", rate, burst=max(burst, rate))
    station = Station(
        site.id,
        fixed=athena.duration_ms / 1000,
        cv=athena.duration_cv,
        timeout=site.quotas["dml_timeout_s"],
        error=athena.error_ratio,
        demands=(Demand(starts.id),),
        slots=(active.id,),
    )
    return Parts(
        (station,),
        quotas=(starts,),
        slots=(active,),
        limits={active.id: limit("athena", "active_dml"), starts.id: limit("athena", "starts_per_s")},
    )


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Terabytes scanned by the queries that do not fail."""
    athena = cast("Athena", settings)
    each_tb = billed_mb(athena.scanned_mb, facts("athena").quotas["least_mb"].value) / MB_PER_TB
    queries = usage.accepted * (1.0 - athena.error_ratio) * MONTH_S
    return [Charge("athena.scanned", queries * each_tb)]


SERVICE = Service(
    id="athena",
    title="Athena queries",
    family="store",
    badge="Athena",
    icon="⌕",
    settings=Athena,
    lower=lower,
    bill=bill,
    summary="Queries files in S3; billed by what is scanned, so many at once for the account.",
    also_called=("sql", "query", "analytics", "presto", "files", "scan"),
)
