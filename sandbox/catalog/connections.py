"""Which service may connect to which, and as what: the one table, put together from its parts.

Each module of `connecting` has the ways of one family of services, and the reasons for what is not there.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from sandbox.catalog import connecting
from sandbox.catalog.connection import Connection
from sandbox.catalog.service import services

_PARTS = tuple(
    import_module(f"{connecting.__name__}.{found.name}")
    for found in pkgutil.iter_modules(connecting.__path__)
)

CONNECTIONS: tuple[Connection, ...] = tuple(way for part in _PARTS for way in getattr(part, "WAYS", ()))
"""Every legal connection of the catalogue."""

REASONS: Mapping[tuple[str, str], str] = {
    pair: why for part in _PARTS for pair, why in getattr(part, "REASONS", {}).items()
}
"""Why a way is not there; `*` stands for any service."""


def connections(source: str, target: str) -> tuple[Connection, ...]:
    """Legal ways from one service to another, the ordinary one first."""
    return tuple(way for way in CONNECTIONS if (way.source, way.target) == (source, target))


def operations_of(way: Connection) -> tuple[str, ...]:
    """What may be done at the target of a connection; the first of it where an edge does not say."""
    known = services()[way.target].settings.operations
    return (way.operation, *(name for name in known if name != way.operation)) if way.operation else known


def targets(source: str) -> tuple[str, ...]:
    """Services that a service may ordinarily lead to, without repeats, in the table's order."""
    return tuple(dict.fromkeys(way.target for way in CONNECTIONS if way.source == source and not way.role))


def reason(source: str, target: str) -> str:
    """Why a service may not lead to another, in one clause."""
    return (
        REASONS.get((source, target))
        or REASONS.get(("*", target))
        or REASONS.get((source, "*"))
        or "AWS has no such connection"
    )


def refusal(source: str, target: str) -> str:
    """Why a service may not lead to another, and what it may lead to."""
    legal = targets(source)
    ways = f"; from {source} an edge may go to {', '.join(legal)}" if legal else ""
    return f"{source} cannot lead to {target}: {reason(source, target)}{ways}"
