"""What a table takes: its own capacity, its account's, that of its partitions and of its indexes.

A provisioned table has the units it was given, and keeps what it did not use for five minutes; an
on-demand table takes twice its past peak at once, up to the table's quota. A partition takes 3,000 read
and 1,000 write units, however many the table has: adaptive capacity gives a busy partition what the table
has left, but no more than that. An index that cannot keep up refuses the table's own writes.
Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html,
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sandbox.catalog.limits import limit
from sandbox.catalog.service import Limit, Site
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import Units
from sandbox.engine.network import Demand, Doubling, Quota, Tracking


@dataclass(frozen=True)
class Row:
    """One limit of the table: of its reads or its writes, and of which part of them."""

    quota: Quota
    seen_as: Limit
    of: str
    share: float = 1.0
    part: str = ""
    each: float = 1.0
    """Units there for each unit of the table."""

    def demand(self, taken: Units) -> Demand | None:
        """What an operation takes of it, if anything."""
        units = self.each * (taken.read if self.of == "read" else taken.write)
        return Demand(self.quota.id, units, share=self.share, part=self.part) if units else None


def rows(site: Site) -> tuple[Row, ...]:
    """Every limit of a table."""
    table = cast("DynamoDb", site.settings)
    found: list[Row] = []
    for of in ("read", "write"):
        found += _table(site, table, of)
        found += _account(site, table, of)
        found += _partitions(site, table, of)
    found += _indexes(site, table)
    return tuple(found)


def _table(site: Site, table: DynamoDb, of: str) -> Iterator[Row]:
    """What the whole table takes."""
    given = table.read_units if of == "read" else table.write_units
    quota = site.quotas[f"table_{of}_units"]
    provisioned = table.mode == "provisioned"
    if provisioned:
        given = table.provisioned_reads if of == "read" else table.provisioned_writes
    is_own = given is not None and given <= quota
    most = float(given) if given is not None and is_own else quota
    burst = most * site.quotas["burst_s"] if provisioned else most
    key = f"{'provisioned' if provisioned else 'most'}_{of}_units" if is_own else f"table_{of}_units"
    seen_as = limit("dynamodb", key, raised_by=f"{of}_units" if is_own else "")
    yield Row(Quota(f"{site.id}.{of} units", most, burst, moves=_moves(site, table, of)), seen_as, of)


def _moves(site: Site, table: DynamoDb, of: str) -> Doubling | Tracking | None:
    """How the capacity follows the load over time: twice the past peak, or towards a target."""
    quotas = site.quotas
    if table.mode == "on-demand":
        warm = table.warm_read_units if of == "read" else table.warm_write_units
        start = max(quotas[f"on_demand_initial_{of}_units"], warm or 0)
        return Doubling(start, quotas["on_demand_growth"], quotas["on_demand_growth_s"])
    if not table.auto_scaling:
        return None
    return Tracking(
        least=float(table.min_read_units if of == "read" else table.min_write_units),
        target=table.scaling_target,
        out_after=quotas["auto_scaling_out_s"],
        out_lag=quotas["auto_scaling_lag_s"],
        in_after=quotas["auto_scaling_in_s"],
        decreases=quotas["auto_scaling_decreases"],
        decrease_after=quotas["auto_scaling_decrease_s"],
    )


def _account(site: Site, table: DynamoDb, of: str) -> Iterator[Row]:
    """What all provisioned tables and indexes of the account have together; on-demand ones do not count."""
    if table.mode == "provisioned":
        key = f"account_{of}_units"
        most = site.quotas[key]
        quota = Quota(f"{site.account}dynamodb.{key}", most, most * site.quotas["burst_s"])
        indexed = table.index_writes if of == "write" else 0.0
        yield Row(quota, limit("dynamodb", key), of, each=1.0 + indexed)


def _partitions(site: Site, table: DynamoDb, of: str) -> Iterator[Row]:
    """What its partitions take: one hot one and the rest, or all alike."""
    one = site.quotas[f"partition_{of}_units"]
    seen_as = limit("dynamodb", f"partition_{of}_units", raised_by="partitions")
    count, hot = table.partitions, table.hot_key_share
    if hot is not None and (count is None or hot > 1 / count > 0) and count != 1:
        name = f"hot partition {of} units"
        hottest = limit("dynamodb", f"partition_{of}_units", name)
        yield Row(Quota(f"{site.id}.{name}", one, one), hottest, of, hot, "hot")
        if count is not None and hot < 1:
            rest = one * (count - 1)
            yield Row(Quota(f"{site.id}.partition {of} units", rest, rest), seen_as, of, 1 - hot, "rest")
    elif count is not None:
        yield Row(Quota(f"{site.id}.partition {of} units", one * count, one * count), seen_as, of)


def _indexes(site: Site, table: DynamoDb) -> Iterator[Row]:
    """What the indexes take: where they cannot keep up, the table refuses the write that they would need.

    Indexes are alike, so one stands for all. Without units of its own an index has what the table's writes
    need there. Which writes go to its hot partition has nothing to do with the table's own hot key, so where
    both are said, the index's is counted over all writes.
    """
    if not table.global_secondary_indexes or not table.index_share:
        return
    share, hot = table.index_share, table.index_hot_share
    given, quota = table.index_write_units, site.quotas["table_write_units"]
    if given is not None and given <= quota:
        burst = given * site.quotas["burst_s"]
        seen_as = limit("dynamodb", "index_write_units", raised_by="index_write_units")
        yield Row(Quota(f"{site.id}.index write units", given, burst), seen_as, "write", each=share)
    elif given is not None or share > 1:
        moves = _moves(site, table, "write")
        seen_as = limit("dynamodb", "table_write_units", "index write units")
        yield Row(
            Quota(f"{site.id}.index write units", quota, quota, moves=moves), seen_as, "write", each=share
        )
    if hot is not None:
        name = "hot index partition write units"
        one = site.quotas["partition_write_units"]
        parted = table.hot_key_share is None
        yield Row(
            Quota(f"{site.id}.{name}", one, one),
            limit("dynamodb", "partition_write_units", name),
            "write",
            share=hot if parted else 1.0,
            part="index" if parted else "",
            each=share if parted else share * hot,
        )
