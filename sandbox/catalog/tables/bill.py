"""What a table's month is charged as: requests or capacity, and what it stores.

Every replica takes every write, as replicated units that cost what ordinary ones do, and stores
every item; each index takes its share of the writes.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html
"""

from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import units
from sandbox.catalog.usage import HOURS, MONTH_S, Array, Charge, Usage


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Requests or provisioned capacity, and storage. A stream that Lambda reads is free."""
    table = cast("DynamoDb", settings)
    book = "dynamodb.ia_" if table.table_class == "standard-ia" else "dynamodb."
    copies = 1.0 + table.replicas
    writes_per_write = 1.0 + table.global_secondary_indexes * table.index_share
    reads, writes = _used(table, usage)
    stored = Charge(f"{book}storage", np.full(1, table.storage_gb * copies))
    if table.mode == "on-demand":
        return [
            Charge(f"{book}write_requests", writes * MONTH_S * writes_per_write * copies),
            Charge(f"{book}read_requests", reads * MONTH_S),
            stored,
        ]
    write_hours = _provisioned(table, writes, table.provisioned_writes) * HOURS
    read_hours = _provisioned(table, reads, table.provisioned_reads) * HOURS
    return [
        Charge(f"{book}write_capacity", write_hours * writes_per_write * copies),
        Charge(f"{book}read_capacity", read_hours),
        stored,
    ]


def _used(table: DynamoDb, usage: Usage) -> tuple[Array, Array]:
    """Read and write units taken [1/s]."""
    reads: Array = np.zeros(1)
    writes: Array = np.zeros(1)
    for link in usage.inflows:
        each = units(link, table.consistent_reads)
        reads = reads + link.accepted * each.read
        writes = writes + link.accepted * each.write
    return reads, writes


def _provisioned(table: DynamoDb, used: Array, given: int) -> Array:
    """Units that stand ready: as given, or with auto scaling what the load needs at its target."""
    if not table.auto_scaling:
        return np.full(1, float(given))
    target = facts("dynamodb").quotas["auto_scaling_target"].value
    return np.clip(np.ceil(used / target - 1e-9), 1.0, given)
