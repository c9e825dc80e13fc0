"""Amazon Redshift Spectrum: queries of a Redshift cluster on files in S3, billed by what they scan.

The cluster runs so many queries at once and lets the others wait; what cannot connect is refused. The
cluster itself is not part of this.
"""

from typing import cast

from pydantic import Field

from sandbox.catalog.analytics.scanning import MB_PER_TB, billed_mb
from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Charge, Usage
from sandbox.engine.network import Slots, Station


class RedshiftSpectrum(Settings):
    """Queries on files, from a cluster."""

    scanned_mb: float = Field(default=100, ge=0, le=1e9, json_schema_extra={"unit": "MB"})
    """Mean data that a query scans; columns, partitions and compression make it less."""

    duration_ms: float = Field(default=3000, ge=0, le=86_399_000, json_schema_extra={"unit": "ms"})
    """Mean time of a query once it runs; AWS gives none."""

    duration_cv: float = Field(
        default=0.5, ge=0, le=10, json_schema_extra={"unit": "standard deviations/mean"}
    )
    """Spread of that time."""

    query_slots: int = Field(
        default=5, ge=1, le=50, json_schema_extra={"unit": "queries", "aws": "query_concurrency"}
    )
    """Queries that the cluster runs at once; the others wait in its queue."""


def lower(site: Site) -> Parts:
    """Queries wait for one of the cluster's slots; no more wait than may connect."""
    spectrum = cast("RedshiftSpectrum", site.settings)
    pool = Slots(
        f"{site.id}.query slots",
        spectrum.query_slots,
        places=site.quotas["connections"] - spectrum.query_slots,
        service_cv=spectrum.duration_cv,
    )
    station = Station(
        site.id,
        fixed=spectrum.duration_ms / 1000,
        cv=spectrum.duration_cv,
        timeout=site.quotas["query_timeout_s"],
        slots=(pool.id,),
    )
    seen = limit("redshift-spectrum", "query_slots_most", "query slots", raised_by="query_slots")
    shown = Limit(seen.name, seen.unit, seen.scope, True, seen.source, seen.raised_by)
    return Parts((station,), slots=(pool,), limits={pool.id: shown})


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Terabytes that the queries scan."""
    spectrum = cast("RedshiftSpectrum", settings)
    each_tb = billed_mb(spectrum.scanned_mb, facts("redshift-spectrum").quotas["least_mb"].value) / MB_PER_TB
    return [Charge("redshift-spectrum.scanned", usage.accepted * MONTH_S * each_tb)]


SERVICE = Service(
    id="redshift-spectrum",
    title="Redshift Spectrum queries",
    family="store",
    badge="Spectrum",
    icon="⌕",
    settings=RedshiftSpectrum,
    lower=lower,
    bill=bill,
    summary="Queries files in S3 from a Redshift cluster; billed by what is scanned.",
    also_called=("sql", "query", "analytics", "warehouse", "files", "scan"),
)
