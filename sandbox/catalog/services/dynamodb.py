"""Amazon DynamoDB: a table that takes so many read and write units per second.

What it takes, as a whole, of each partition and of its indexes, is in `tables.capacity`; what an operation
takes of that in `tables.units`. A query or scan reads page by page, so a large one takes longer.
Items that expire are deleted within days: that costs no units, but a stream tells of it.
"""

from typing import cast

from sandbox.catalog.facts import Facts
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.tables.bill import bill
from sandbox.catalog.tables.capacity import Row, rows
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import CREATES, WRITES, operation, pages, units
from sandbox.engine.network import Station


def lower(site: Site) -> Parts:
    """One station for each edge that leads here, because each takes units of its own."""
    table = cast("DynamoDb", site.settings)
    limits = rows(site)
    stations = tuple(_station(site, table, limits, link) for link in site.inflows)
    changing = tuple(f"{site.id}#{link.index}" for link in site.inflows if operation(link) in WRITES)
    return Parts(
        stations=stations or (Station(site.id, fixed=table.latency_ms / 1000, cv=table.latency_cv),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        emitters={link.index: changing for link in site.outflows},
        emitted={f"{site.id}#{link.index}": 1.0 + _expiring(table, link) for link in site.inflows},
        quotas=tuple(row.quota for row in limits),
        limits={row.quota.id: row.seen_as for row in limits},
    )


def _station(site: Site, table: DynamoDb, limits: tuple[Row, ...], link: Link) -> Station:
    """The station of one edge."""
    taken = units(link, table.consistent_reads)
    demands = tuple(demand for row in limits if (demand := row.demand(taken)) is not None)
    fixed = table.latency_ms / 1000 * pages(link)
    return Station(f"{site.id}#{link.index}", fixed=fixed, cv=table.latency_cv, demands=demands)


def _expiring(table: DynamoDb, link: Link) -> float:
    """Items that expire in the end, for each that an edge writes."""
    return table.ttl_share if operation(link) in CREATES else 0.0


def availability(settings: Settings, known: Facts) -> float | None:
    """AWS commits to more for a table that has copies in other regions."""
    table = cast("DynamoDb", settings)
    return known.quotas["global_availability"].value / 100 if table.replicas else known.availability


def _provisioned(table: DynamoDb, of: str) -> float:
    """Units that count towards the account's: what is provisioned at the most, indexes included."""
    if table.mode == "on-demand":
        return 0.0
    if of == "read":
        return float(table.provisioned_reads)
    each = table.index_write_units
    indexes = (
        table.index_writes * table.provisioned_writes
        if each is None
        else float(each) * table.global_secondary_indexes
    )
    return table.provisioned_writes + indexes


SERVICE = Service(
    id="dynamodb",
    title="DynamoDB table",
    family="store",
    badge="DynamoDB",
    icon="▤",
    settings=DynamoDb,
    lower=lower,
    bill=bill,
    availability=availability,
    counts={
        "account_read_units": lambda settings: _provisioned(cast("DynamoDb", settings), "read"),
        "account_write_units": lambda settings: _provisioned(cast("DynamoDb", settings), "write"),
    },
    summary="Stores items by key; takes so many read and write units per second.",
    also_called=("table", "db", "database", "ddb", "nosql", "items", "store"),
)
