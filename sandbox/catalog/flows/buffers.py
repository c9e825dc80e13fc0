"""Inner ways of a node: what is accepted waits, and is passed on when something lets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from sandbox.catalog.facts import facts
from sandbox.catalog.service import Limit
from sandbox.engine.network import Arc, ArcKind, Holding, Station

_AGAIN_S = 1.0
"""Seconds before what a quota refused is offered again."""
_LONGEST_S = 60.0
"""The longest such pause."""


@dataclass(frozen=True)
class Buffer:
    """A holding station inside of a node, and the ways into it and out of it."""

    station: Station
    arcs: tuple[Arc, ...]


def buffer(name: str, sources: Iterable[str], drives: str, terms: Holding) -> Buffer:
    """What some stations hand over waits here, and goes on to another.

    Args:
        name: Its id.
        sources: Ids of the stations that hand over.
        drives: Id of the station that it goes on to.
        terms: How it holds.

    >>> [arc.kind.value for arc in buffer("b", ["a"], "c", patient()).arcs]
    ['handoff', 'drive']
    """
    handed = tuple(Arc(source, name, ArcKind.HANDOFF) for source in sources)
    return Buffer(Station(name, holding=terms), (*handed, Arc(name, drives, ArcKind.DRIVE)))


def patient(most: float = inf, attempts: float = inf) -> Holding:
    """Everything goes on at once but for what is over a quota, which waits: delayed, not lost.

    Args:
        most: Items per second that the quota lets through, if nobody else has a part of it.
        attempts: Most executions of an item.
    """
    return Holding(
        lanes_least=0.0,
        fill=facts("lambda").quotas["poller_fill"].value,
        rate_most=most,
        attempts=attempts,
        refused_delay=_AGAIN_S,
        refused_most=_LONGEST_S,
    )


def pace(name: str, source: str, raised_by: str = "") -> Limit:
    """How the pace of what empties a buffer is shown, where it has an upper end."""
    return Limit(name, "items/s", "of this node", bool(raised_by), source, raised_by)
