"""What a table's month is charged as: requests or capacity, what it stores, its backups and its changes.

Every replica takes every write, and every deletion of what expired, as replicated units that cost what
ordinary ones do, and stores every item; each index takes its share of the writes. A stream is free to
Lambda; other readers pay for each call, whether it finds records or not.
Sources: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html,
https://aws.amazon.com/dynamodb/pricing/
"""

from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Settings
from sandbox.catalog.tables.settings import DynamoDb
from sandbox.catalog.tables.units import CREATES, operation, units, units_of
from sandbox.catalog.usage import HOURS, MONTH_S, Array, Charge, Usage, chunks


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """Requests or provisioned capacity, storage, backups, and what changes are handed on."""
    table = cast("DynamoDb", settings)
    charges = _requests(table, usage) if table.mode == "on-demand" else _capacity(table, usage)
    stored = table.storage_gb * (1.0 + table.replicas)
    return [
        *charges,
        Charge(f"{_book(table)}storage", np.full(1, stored)),
        Charge("dynamodb.backup", np.full(1, table.backup_gb)),
        Charge("dynamodb.continuous_backup", np.full(1, table.storage_gb * table.continuous_backups)),
        Charge("dynamodb.restore", np.full(1, table.restored_gb)),
        Charge("dynamodb.stream_reads", _stream_reads(table, usage)),
        Charge("dynamodb.change_units", _change_units(usage)),
    ]


def _book(table: DynamoDb) -> str:
    """Prices of the table's class."""
    return "dynamodb.ia_" if table.table_class == "standard-ia" else "dynamodb."


def _requests(table: DynamoDb, usage: Usage) -> list[Charge]:
    """Units of the requests that were made."""
    reads, writes, expired = _used(table, usage)
    everywhere = writes * (1.0 + table.replicas) + expired * table.replicas
    return [
        Charge(f"{_book(table)}write_requests", everywhere * (1.0 + table.index_writes) * MONTH_S),
        Charge(f"{_book(table)}read_requests", reads * MONTH_S),
    ]


def _capacity(table: DynamoDb, usage: Usage) -> list[Charge]:
    """Units that stand ready, in every region that has a copy."""
    reads, writes, _expired = _used(table, usage)
    copies = 1.0 + table.replicas
    write_units = _provisioned(table, writes, table.min_write_units, table.provisioned_writes)
    read_units = _provisioned(table, reads, table.min_read_units, table.provisioned_reads)
    if table.index_write_units is None:
        indexes = write_units * table.index_writes
    else:
        indexes = np.full(1, float(table.global_secondary_indexes * table.index_write_units))
    return [
        Charge(f"{_book(table)}write_capacity", (write_units + indexes) * copies * HOURS),
        Charge(f"{_book(table)}read_capacity", read_units * HOURS),
    ]


def _used(table: DynamoDb, usage: Usage) -> tuple[Array, Array, Array]:
    """Read and write units taken, and those that deleting the expired items takes elsewhere [1/s]."""
    reads: Array = np.zeros(1)
    writes: Array = np.zeros(1)
    expired: Array = np.zeros(1)
    for link in usage.inflows:
        each = units(link, table.consistent_reads)
        reads = reads + link.accepted * each.read
        writes = writes + link.accepted * each.write
        if operation(link) in CREATES:
            plain = units_of("delete", link.item_kb, consistent=False).write
            expired = expired + link.accepted * table.ttl_share * plain
    return reads, writes, expired


def _provisioned(table: DynamoDb, used: Array, least: int, given: int) -> Array:
    """Units that stand ready: as given, or with auto scaling what the load needs at its target."""
    if not table.auto_scaling:
        return np.full(1, float(given))
    return np.clip(np.ceil(used / table.scaling_target - 1e-9), least, given)


def _stream_reads(table: DynamoDb, usage: Usage) -> Array:
    """Calls a month of the stream's readers but Lambda, each of which asks every shard again and again."""
    otherwise_s = facts("lambda").quotas["dynamodb_streams_poll_s"].value
    calls = 0.0
    for link in usage.outflows:
        if link.kind == "stream" and link.peer_service != "lambda":
            poll_ms = getattr(link.settings, "poll_ms", otherwise_s * 1000)
            calls += (table.partitions or 1) * MONTH_S / poll_ms * 1000
    return np.full(1, calls)


def _change_units(usage: Usage) -> Array:
    """Units of 1 KB in which changes are handed on to Kinesis."""
    size = facts("dynamodb").quotas["change_unit_kb"].value
    found: Array = np.zeros(1)
    for link in usage.outflows:
        if link.peer_service == "kinesis":
            found = found + link.accepted * chunks(link.item_kb, size) * MONTH_S
    return found
