"""Capacity units of a table's operations.

A read unit reads 4 KB with strong consistency, half of that being enough for an eventually
consistent read; a write unit writes 1 KB. Transactions take twice as much. A conditional write takes its
units whether the condition holds or not, and an update those of the larger item, before or after.
Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel

from sandbox.catalog.facts import facts
from sandbox.catalog.usage import chunks

WRITES = ("write", "delete", "transact-write")
"""Operations that change an item, and so appear in the table's stream."""

CREATES = ("write", "transact-write")
"""Operations that leave an item behind, which may expire."""

_PAGED = ("query", "scan")
"""Operations that read many items, page by page."""

_TRANSACTION = 2.0
_EVENTUAL = 0.5


class _Hop(Protocol):
    """What a `Link` and a `LinkUse` both say of an edge."""

    @property
    def settings(self) -> BaseModel: ...
    @property
    def item_kb(self) -> float: ...


@dataclass(frozen=True)
class Units:
    """Units that one operation takes."""

    read: float = 0.0
    write: float = 0.0


def operation(hop: _Hop) -> str:
    """What an edge does at the table: reads, where it does not say."""
    return getattr(hop.settings, "operation", None) or "read"


def units(hop: _Hop, consistent_reads: bool) -> Units:
    """Units of one operation of an edge, by its size and consistency."""
    consistent = getattr(hop.settings, "consistent", None)
    return units_of(operation(hop), hop.item_kb, consistent_reads if consistent is None else consistent)


def units_of(kind: str, item_kb: float, consistent: bool) -> Units:
    """Units of one operation.

    Args:
        kind: One of the table's operations.
        item_kb: Size of the item, or of all that a query or scan reads [KB].
        consistent: Whether a read is strongly consistent.

    >>> units_of("read", 8, True).read, units_of("read", 8, False).read
    (2.0, 1.0)
    >>> units_of("transact-read", 8, False).read
    4.0
    >>> units_of("write", 3, False).write, units_of("transact-write", 3, False).write
    (3.0, 6.0)
    """
    if kind in WRITES:
        factor = _TRANSACTION if kind == "transact-write" else 1.0
        return Units(write=factor * chunks(item_kb, _size("write_unit_kb")))
    factor = _TRANSACTION if kind == "transact-read" else 1.0 if consistent else _EVENTUAL
    return Units(read=factor * chunks(item_kb, _size("read_unit_kb")))


def pages(hop: _Hop) -> float:
    """Calls that one operation makes, one after the other: a query or scan reads 1 MB at a time."""
    return chunks(hop.item_kb, _size("page_kb")) if operation(hop) in _PAGED else 1.0


def _size(key: str) -> float:
    """How much one unit covers [KB]."""
    return facts("dynamodb").quotas[key].value
