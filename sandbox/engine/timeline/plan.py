"""Which rows act on which, worked out once: the order of the calls, sums by quota and by pool."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Compiled, Index

SMALL = 5000
"""Sums with at most so many cells are matrices; larger ones look up where each row belongs."""


@dataclass(frozen=True)
class Sum:
    """Adds rows up by their target."""

    targets: Index
    matrix: Array | None
    """[total, row]; None where it would be large."""

    @staticmethod
    def by(targets: Index, totals: int) -> "Sum":
        """Sums by target, of so many totals.

        >>> total = np.zeros((3, 1))
        >>> Sum.by(np.array([2, 0, 2]), 3).add_to(total, np.array([[1.0], [2.0], [4.0]]))
        >>> total[:, 0].tolist()
        [2.0, 0.0, 5.0]
        """
        small = totals * len(targets) <= SMALL
        return Sum(targets, _matrix(totals, targets) if small else None)

    def add_to(self, total: Array, rows: Array) -> None:
        """Add the rows to the totals of their targets, in place."""
        if self.matrix is None:
            np.add.at(total, self.targets, rows)
        else:
            total += self.matrix.dot(rows)


@dataclass(frozen=True)
class Level:
    """Calls whose targets are equally far from the sources."""

    calls: Index
    """Places in the compiled calls."""
    source: Index
    total: Sum


@dataclass(frozen=True)
class Drives:
    """The arcs by which holding stations drive their consumers."""

    arc: Index
    holding: Index
    target: Index
    total: Sum
    gain: Array


@dataclass(frozen=True)
class Handed:
    """Arcs of one kind that do not wait for an answer."""

    arc: Index
    source: Index
    place: Index
    """Places of their sources among the holding stations; -1 for others."""
    kept: Index
    """Places of those that lead to a holding station."""
    to_kept: Sum
    """By holding station."""
    passed: Index
    """Places of those that lead elsewhere."""
    to_passed: Sum
    gain: Array
    per_batch: NDArray[np.bool_]
    some_per_batch: bool


@dataclass(frozen=True)
class Plan:
    """The network's wiring in the order in which a tick goes through it."""

    levels: tuple[Level, ...]
    late: Level | None
    """Calls that lead back to where they come from: they arrive in the next tick."""
    handoffs: Handed
    dead: Handed
    drives: Drives
    quotas: Array
    """Sum of the demands by quota [quota, demand]."""
    uses: Array
    """Sum of the uses by pool [pool, use]."""
    pools: Array
    """Sum of the stations by pool [pool, station]."""
    environments: Array
    """Sum of the stations by environments [environments, station]."""


def plan(compiled: Compiled) -> Plan:
    """Put the arcs in order."""
    c = compiled
    levels, late = _levels(c)
    having = np.flatnonzero(c.env_of >= 0)
    return Plan(
        levels=levels,
        late=late,
        handoffs=_handed(c, c.handed),
        dead=_handed(c, c.dead_arcs[c.place_of_holding[c.source[c.dead_arcs]] >= 0]),
        drives=_drives(c),
        quotas=_matrix(len(c.quota["capacity"]), c.demand_quota),
        uses=_matrix(len(c.slots["capacity"]), c.use_pool),
        pools=_matrix(len(c.slots["capacity"]), c.use_pool, c.use_station, len(c.rows)),
        environments=_matrix(len(c.environments["init"]), c.env_of[having], having, len(c.rows)),
    )


def _matrix(rows: int, keys: Index, columns: Index | None = None, width: int = -1) -> Array:
    """Ones where a column belongs to a row."""
    matrix = np.zeros((rows, len(keys) if width < 0 else width))
    matrix[keys, np.arange(len(keys)) if columns is None else columns] = 1.0
    return matrix


def _drives(c: Compiled) -> Drives:
    """The arcs that drive, in the order of the holding stations."""
    place = c.place_of_holding[c.source[c.driven_arcs]]
    arc = c.driven_arcs[np.argsort(place)]
    return Drives(arc, np.sort(place), c.target[arc], Sum.by(c.target[arc], len(c.rows)), c.arc["gain"][arc])


def _handed(c: Compiled, arc: Index) -> Handed:
    """Some arcs that hand on."""
    place = c.place_of_holding
    reaches = place[c.target[arc]] >= 0
    kept, passed = np.flatnonzero(reaches), np.flatnonzero(~reaches)
    per_batch = c.arc["per_batch"][arc] > 0
    return Handed(
        arc,
        c.source[arc],
        place[c.source[arc]],
        kept,
        Sum.by(place[c.target[arc[kept]]], len(c.held)),
        passed,
        Sum.by(c.target[arc[passed]], len(c.rows)),
        c.arc["gain"][arc],
        per_batch,
        bool(np.any(per_batch)),
    )


def _levels(c: Compiled) -> tuple[tuple[Level, ...], Level | None]:
    """Calls by the longest way from where they start; those of a circle that cannot be ordered are late."""
    depth = np.zeros(len(c.rows), dtype=int)
    source, target = c.calls.source, c.calls.target
    late = _closing(len(c.rows), source, target)
    early = np.flatnonzero(~late)
    for _ in range(len(c.rows)):
        deeper = depth.copy()
        np.maximum.at(deeper, target[early], depth[source[early]] + 1)
        if np.array_equal(deeper, depth):
            break
        depth = deeper
    found = [early[depth[target[early]] == d] for d in range(1, int(depth.max(initial=0)) + 1)]
    levels = tuple(
        Level(calls, source[calls], Sum.by(target[calls], len(c.rows))) for calls in found if len(calls)
    )
    back = np.flatnonzero(late)
    return levels, Level(back, source[back], Sum.by(target[back], len(c.rows))) if len(back) else None


def _closing(stations: int, source: Index, target: Index) -> NDArray[np.bool_]:
    """The calls that close a circle, found by walking along them from every station."""
    ways: dict[int, list[tuple[int, int]]] = {}
    for call, (start, end) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
        ways.setdefault(start, []).append((call, end))
    closing = np.zeros(len(source), dtype=bool)
    done, path = np.zeros(stations, dtype=bool), np.zeros(stations, dtype=bool)
    for root in range(stations):
        stack = [(root, iter(ways.get(root, ())))] if not done[root] else []
        path[root] = bool(stack)
        while stack:
            row, rest = stack[-1]
            call, end = next(rest, (-1, -1))
            if call < 0:
                stack.pop()
                path[row], done[row] = False, True
            elif path[end]:
                closing[call] = True
            elif not done[end]:
                path[end] = True
                stack.append((end, iter(ways.get(end, ()))))
    return closing
