"""Amazon QLDB: kept a journal that nobody could change. AWS ended it on 31 July 2025.

It is still worked out, so that a design of that time can be looked at and compared with what follows it:
the prices and limits are its last ones. A rule says where to go. A transaction held one session, of which a
ledger had so many; every page it read or wrote was an I/O that was billed.
Sources: https://docs.aws.amazon.com/qldb/latest/developerguide/limits.html, https://aws.amazon.com/qldb/pricing/
"""

from collections.abc import Sequence
from typing import ClassVar, cast

import numpy as np
from pydantic import Field

from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import MONTH_S, Array, Charge, LinkUse, Usage
from sandbox.engine.network import Slots, Station


class Qldb(Settings):
    """Settings of a ledger."""

    operations: ClassVar[tuple[str, ...]] = ("read", "write")

    latency_ms: float = Field(default=20, ge=0, le=30_000, json_schema_extra={"unit": "ms"})
    """Mean time of one transaction, which holds a session; AWS published none."""

    latency_cv: float = Field(default=0.5, ge=0, le=10, json_schema_extra={"unit": "ratio"})
    """Spread of that time: its standard deviation over its mean."""

    read_ios: float = Field(default=1, ge=0, le=1_000_000, json_schema_extra={"unit": "I/Os"})
    """Pages that a transaction reads."""

    write_ios: float = Field(default=1, ge=0, le=1_000_000, json_schema_extra={"unit": "I/Os"})
    """Pages that a writing transaction writes, to the journal and to the indexes."""

    journal_gb: float = Field(default=0, ge=0, le=10_000_000, json_schema_extra={"unit": "GB"})
    """Journal stored."""

    indexed_gb: float = Field(default=0, ge=0, le=16_384, json_schema_extra={"unit": "GB"})
    """Tables, indexes and their history stored."""


def lower(site: Site) -> Parts:
    """One station for each edge; all of them take the ledger's sessions."""
    ledger = cast("Qldb", site.settings)
    fixed, sessions = ledger.latency_ms / 1000, f"{site.id}.sessions"
    stations = tuple(
        Station(f"{site.id}#{link.index}", fixed=fixed, cv=ledger.latency_cv, slots=(sessions,))
        for link in site.inflows
    )
    return Parts(
        stations=stations or (Station(site.id, fixed=fixed, cv=ledger.latency_cv),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        slots=(Slots(sessions, site.quotas["sessions"]),),
        limits={sessions: limit("qldb", "sessions")},
    )


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """I/Os of the transactions, and what is stored."""
    ledger = cast("Qldb", settings)
    writes = [link for link in usage.inflows if _writes(link)]
    return [
        Charge("qldb.read_ios", _transactions(usage.inflows) * ledger.read_ios),
        Charge("qldb.write_ios", _transactions(writes) * ledger.write_ios),
        Charge("qldb.journal", np.full(1, ledger.journal_gb)),
        Charge("qldb.indexed", np.full(1, ledger.indexed_gb)),
    ]


def _writes(link: Link | LinkUse) -> bool:
    """Whether an edge writes; it reads where it does not say."""
    return getattr(link.settings, "operation", None) == "write"


def _transactions(links: Sequence[LinkUse]) -> Array:
    """Transactions of a month."""
    return sum((link.accepted * MONTH_S for link in links), start=np.zeros(1))


SERVICE = Service(
    id="qldb",
    title="QLDB ledger",
    family="store",
    badge="QLDB",
    icon="▥",
    settings=Qldb,
    lower=lower,
    bill=bill,
    ended="Amazon QLDB ended on 31 July 2025; move the ledger to Aurora PostgreSQL",
    summary="Ended in July 2025: a ledger with a journal that cannot be changed.",
    also_called=("ledger", "journal", "quantum", "blockchain"),
)
