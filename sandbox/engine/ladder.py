"""Headroom: the load multiplier at which every limit first binds, in ascending order.

A geometric grid of multipliers is solved in one vectorised call; the crossing of each
limit is then narrowed by further vectorised calls, all limits at once, to 0.1 %.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.steady import Steady, solve

LEAST, MOST, POINTS = 1e-2, 1e4, 49
BLOCKED = 0.01
"""Share refused at which slots with random arrivals count as binding."""
PRECISION = 1e-3
REFINEMENTS = 30
FLOOR = 1e-9
"""Uses are told apart down to here."""


@dataclass(frozen=True)
class Rung:
    """One limit and the load at which it binds."""

    kind: str
    """`quota`, `slots`, `requests` or `consumer`."""
    id: str
    """Id of the quota or pool, or of the holding station whose consumer falls behind."""
    multiplier: float
    """Load multiplier [1]."""
    rate: float
    """Items per second of all sources at that load."""


@dataclass(frozen=True)
class Uses:
    """How far every limit is used: 1 where it binds [limit, scenario]."""

    names: tuple[tuple[str, str], ...]
    used: Array


def uses(steady: Steady) -> Uses:
    """Use of every limit in a solved network; for slots the share refused, in parts of 1 %."""
    network, compiled = steady.compiled.network, steady.compiled
    capacity = compiled.quota["capacity"]
    full = np.where(steady.demand > 0, np.inf, 0.0)
    rows = [np.divide(steady.demand, capacity, out=full, where=capacity > 0)]
    names = [("quota", quota.id) for quota in network.quotas]
    rows.append(steady.pool_blocking / BLOCKED)
    names += [("slots", pool.id) for pool in network.slots]
    most = compiled.slots["capacity"] * compiled.slots["rate_per_slot"]
    full = np.where(steady.pool_requests > 0, np.inf, 0.0)
    rows.append(np.divide(steady.pool_requests, most, out=full, where=most > 0))
    names += [("requests", pool.id) for pool in network.slots]
    asked = steady.offered[compiled.held]
    full = np.where(asked > 0, np.inf, 0.0)
    rows.append(np.divide(asked, steady.held.most, out=full, where=steady.held.most > 0))
    names += [("consumer", network.stations[row].id) for row in compiled.held]
    return Uses(
        tuple(names), np.concatenate([np.atleast_2d(r) for r in rows if r.size] or [np.zeros((0, 1))])
    )


def climb(compiled: Compiled) -> tuple[Rung, ...]:
    """Every limit that binds at some load, the first to bind first."""
    grid = np.geomspace(LEAST, MOST, POINTS)
    first = uses(solve(compiled, grid, once=True))
    over = first.used >= 1.0
    found = np.flatnonzero(over.any(axis=1))
    if not len(found):
        return ()
    place = np.maximum(over[found].argmax(axis=1), 1)
    multipliers = _narrow(compiled, found, _Bracket.between(first.used[found], np.log(grid), place))
    rates = _source_rate(compiled) * multipliers
    rungs = [
        Rung(*first.names[row], float(m), float(r))
        for row, m, r in zip(found, multipliers, rates, strict=True)
    ]
    return tuple(sorted(rungs, key=lambda rung: rung.multiplier))


@dataclass
class _Bracket:
    """Where each limit is not yet and where it is used up: logarithms of load and of use [limit]."""

    low: Array
    low_used: Array
    high: Array
    high_used: Array

    @staticmethod
    def between(used: Array, loads: Array, place: Index) -> "_Bracket":
        """The two grid points around the crossing of each limit."""
        each = np.arange(len(used))
        logs = np.log(np.clip(used, FLOOR, 1.0 / FLOOR))
        return _Bracket(loads[place - 1], logs[each, place - 1], loads[place], logs[each, place])


def _narrow(compiled: Compiled, found: Index, b: _Bracket) -> Array:
    """Load multipliers of the crossings, by the Illinois variant of the false position."""
    each = np.arange(len(found))
    kept = np.zeros(len(found))
    for turn in range(REFINEMENTS):
        if (b.high - b.low).max() < PRECISION:
            break
        share = np.clip(b.low_used / np.minimum(b.low_used - b.high_used, -1e-12), 0.02, 0.98)
        # A use that jumps defeats the false position: every third turn halves.
        point = b.low + (b.high - b.low) * np.where(turn % 3 == 2, 0.5, share)
        told = np.log(
            np.clip(uses(solve(compiled, np.exp(point), once=True)).used[found, each], FLOOR, 1 / FLOOR)
        )
        over = told >= 0.0
        hit = np.abs(told) < PRECISION / 2
        b.low_used = np.where(over & (kept > 0), b.low_used / 2, b.low_used)
        b.high_used = np.where(~over & (kept < 0), b.high_used / 2, b.high_used)
        kept = np.where(over, 1.0, -1.0)
        b.high, b.high_used = (
            np.where(over | hit, point, b.high),
            np.where(over | hit, np.maximum(told, 0), b.high_used),
        )
        b.low, b.low_used = (
            np.where(~over | hit, point, b.low),
            np.where(~over | hit, np.minimum(told, 0), b.low_used),
        )
    return np.exp(b.high)


def _source_rate(compiled: Compiled) -> float:
    """Items per second that come from outside at a load of 1."""
    return float(compiled.station["arrivals"][:, 0].sum())
