"""Amazon DynamoDB: a table that takes so many read and write units per second.

A provisioned table has the units it was given; an on-demand table grows with its load up to the
table's quota (what a sudden burst may ask of it at once is a matter of time, not of the long run).
A partition takes 3,000 read and 1,000 write units, however many the table has: a hot key feels it.
An index has capacity of its own, in proportion to its writes, so it is billed but does not bind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Link, Parts, Service, Site
from sandbox.catalog.tables.bill import bill
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import WRITES, Units, operation, units
from sandbox.engine.network import Demand, Doubling, Quota, Station, Tracking


@dataclass(frozen=True)
class _Row:
    """One limit of the table: of its reads or its writes, and of which part of them."""

    quota: Quota
    seen_as: Limit
    of: str
    share: float = 1.0
    part: str = ""

    def demand(self, taken: Units) -> Demand | None:
        """What an operation takes of it, if anything."""
        each = taken.read if self.of == "read" else taken.write
        return Demand(self.quota.id, each, share=self.share, part=self.part) if each else None


def lower(site: Site) -> Parts:
    """One station for each edge that leads here, because each takes units of its own."""
    table = cast("DynamoDb", site.settings)
    rows = [
        row
        for of in ("read", "write")
        for row in (*_capacity(site, table, of), *_partitions(site, table, of))
    ]
    stations = tuple(_station(site, table, rows, link) for link in site.inflows)
    changing = tuple(f"{site.id}#{link.index}" for link in site.inflows if operation(link) in WRITES)
    return Parts(
        stations=stations or (_plain(site.id, table, ()),),
        entries={link.index: f"{site.id}#{link.index}" for link in site.inflows},
        emitters={link.index: changing for link in site.outflows},
        quotas=tuple(row.quota for row in rows),
        limits={row.quota.id: row.seen_as for row in rows},
    )


def _station(site: Site, table: DynamoDb, rows: list[_Row], link: Link) -> Station:
    """The station of one edge."""
    taken = units(link, table.consistent_reads)
    demands = tuple(demand for row in rows if (demand := row.demand(taken)) is not None)
    return _plain(f"{site.id}#{link.index}", table, demands)


def _plain(name: str, table: DynamoDb, demands: tuple[Demand, ...]) -> Station:
    """A station with the table's latency."""
    return Station(name, fixed=table.latency_ms / 1000, cv=table.latency_cv, demands=demands)


def _capacity(site: Site, table: DynamoDb, of: str) -> Iterator[_Row]:
    """What the whole table takes."""
    given = table.read_units if of == "read" else table.write_units
    quota = site.quotas[f"table_{of}_units"]
    if table.mode == "provisioned":
        given = table.provisioned_reads if of == "read" else table.provisioned_writes
    if given is not None and given <= quota:
        key = f"provisioned_{of}_units" if table.mode == "provisioned" else f"most_{of}_units"
        burst = given * site.quotas["burst_s"] if table.mode == "provisioned" else given
        units = Quota(f"{site.id}.{of} units", given, burst, moves=_moves(site, table, of))
        yield _Row(units, limit("dynamodb", key, raised_by=f"{of}_units"), of)
    else:
        units = Quota(f"{site.id}.{of} units", quota, quota, moves=_moves(site, table, of))
        yield _Row(units, limit("dynamodb", f"table_{of}_units"), of)


def _moves(site: Site, table: DynamoDb, of: str) -> Doubling | Tracking | None:
    """How the capacity follows the load over time: twice the past peak, or towards a target."""
    quotas = site.quotas
    if table.mode == "on-demand":
        start = quotas[f"on_demand_initial_{of}_units"]
        return Doubling(start, quotas["on_demand_growth"], quotas["on_demand_growth_s"])
    if not table.auto_scaling:
        return None
    return Tracking(
        least=1.0,
        target=quotas["auto_scaling_target"],
        out_after=quotas["auto_scaling_out_s"],
        out_lag=quotas["auto_scaling_lag_s"],
        in_after=quotas["auto_scaling_in_s"],
    )


def _partitions(site: Site, table: DynamoDb, of: str) -> Iterator[_Row]:
    """What its partitions take: one hot one and the rest, or all alike."""
    one = site.quotas[f"partition_{of}_units"]
    seen_as = limit("dynamodb", f"partition_{of}_units", raised_by="partitions")
    count, hot = table.partitions, table.hot_key_share
    if hot is not None and (count is None or hot > 1 / count > 0) and count != 1:
        name = f"hot partition {of} units"
        yield _Row(
            Quota(f"{site.id}.{name}", one, one),
            limit("dynamodb", f"partition_{of}_units", name),
            of,
            hot,
            "hot",
        )
        if count is not None and hot < 1:
            rest = one * (count - 1)
            yield _Row(Quota(f"{site.id}.partition {of} units", rest, rest), seen_as, of, 1 - hot, "rest")
    elif count is not None:
        yield _Row(Quota(f"{site.id}.partition {of} units", one * count, one * count), seen_as, of)


SERVICE = Service(
    id="dynamodb",
    title="DynamoDB table",
    family="store",
    badge="DDB",
    icon="▤",
    settings=DynamoDb,
    lower=lower,
    bill=bill,
    summary="stores items by key; takes so many read and write units per second",
)
