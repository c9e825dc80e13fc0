"""Amazon RDS Proxy: lends the connections of a database to callers that are many.

Its pool is a share of what the database allows. A query borrows a connection while it runs; who finds none
waits up to the borrow timeout, and then fails. So a function that scales no longer exhausts the database.
"""

from collections.abc import Sequence
from math import inf
from typing import cast

import numpy as np
from pydantic import Field

from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.bill import acu_each
from sandbox.catalog.databases.classes import size_of
from sandbox.catalog.databases.connections import allowed
from sandbox.catalog.databases.instances import operation
from sandbox.catalog.databases.rds import Rds
from sandbox.catalog.databases.settings import Database
from sandbox.catalog.facts import facts
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Link, Parts, Service, Settings, Site
from sandbox.catalog.usage import HOURS, Charge, LinkUse, Usage
from sandbox.engine.network import Slots, Station


class RdsProxy(Settings):
    """A pool of a database's connections."""

    connection_share: float = Field(
        default=1.0, ge=0.01, le=1, json_schema_extra={"unit": "share", "aws": "MaxConnectionsPercent"}
    )
    """Share of the database's connections that the pool may open."""

    borrow_timeout_s: float = Field(
        default=120, ge=0, le=300, json_schema_extra={"unit": "s", "aws": "ConnectionBorrowTimeout"}
    )
    """Longest wait for a connection; then the query fails."""

    latency_ms: float = Field(default=1, ge=0, le=1000, json_schema_extra={"unit": "ms"})
    """Mean time that it adds to a query; AWS says up to 5 ms."""


def lower(site: Site) -> Parts:
    """Queries hold a connection of the pool while they run, and wait for one."""
    proxy = cast("RdsProxy", site.settings)
    most = pool_size(proxy, site.outflows)
    pool = Slots(
        f"{site.id}.pool",
        most,
        places=inf if proxy.borrow_timeout_s > 0 else 0.0,
        patience=proxy.borrow_timeout_s if proxy.borrow_timeout_s > 0 else inf,
    )
    station = Station(site.id, fixed=proxy.latency_ms / 1000, slots=(pool.id,))
    return Parts((station,), slots=(pool,), limits={pool.id: _limit(most)})


def pool_size(proxy: RdsProxy, outflows: Sequence[Link]) -> float:
    """Connections that the pool may open: its share of what the databases behind it allow."""
    behind = [link for link in outflows if isinstance(link.peer_settings, Database)]
    if not behind:
        return facts("rds-proxy").quotas["pool"].value
    return float(np.floor(sum(_allowed(link) for link in behind) * proxy.connection_share + 1e-9))


def _allowed(link: Link) -> float:
    """Connections of the instances that an edge leads to."""
    database = cast("Database", link.peer_settings)
    reads = database.readers if operation(database, link) == "read" else 0
    return allowed(database) * max(reads, 1)


def _limit(most: float) -> Limit:
    seen = limit("rds-proxy", "pool", raised_by="connection_share")
    return Limit(seen.name, seen.unit, f"{most:g} of the database's", True, seen.source, seen.raised_by)


def bill(_settings: Settings, usage: Usage) -> list[Charge]:
    """vCPU-hours or ACU-hours of the instances behind it, with a least for each."""
    nodes = {link.peer: link for link in usage.outflows if isinstance(link.peer_settings, Database)}
    return [_charge(link) for link in nodes.values()]


def _charge(link: LinkUse) -> Charge:
    """What one database behind the proxy makes it cost."""
    database, known = cast("Database", link.peer_settings), facts("rds-proxy").quotas
    instances = 1 + database.readers
    if isinstance(database, Aurora) and database.mode == "serverless":
        each = np.maximum(acu_each(database, link.peer_slots), known["least_acu"].value)
        return Charge("rds-proxy.acu_hours", each * instances * HOURS)
    vcpus = size_of(cast("Aurora | Rds", database).instance_class).vcpus
    least = known["least_vcpus"].value
    return Charge("rds-proxy.vcpu_hours", np.full(1, max(vcpus, least) * instances * HOURS))


SERVICE = Service(
    id="rds-proxy",
    title="RDS Proxy",
    family="store",
    badge="RDS Proxy",
    icon="⇌",
    settings=RdsProxy,
    lower=lower,
    bill=bill,
    summary="Lends a database's connections to many callers; who finds none waits.",
    also_called=("pool", "connections", "database", "db", "sql", "pgbouncer"),
    counts={"proxies": lambda _: 1.0},
)
