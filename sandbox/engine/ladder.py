"""Headroom: the load multiplier at which every limit first binds, in ascending order.

A geometric grid of multipliers is solved in one vectorised call; the crossing of each
limit is then narrowed by further vectorised calls, all limits at once, to 0.1 %.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.steady import Steady, solve

LEAST, MOST, POINTS = 1e-2, 1e4, 49
BLOCKED = 0.01
"""Share refused at which slots with random arrivals count as binding."""
PRECISION = 1e-3
REFINEMENTS = 12


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
    limited = np.isfinite(compiled.holding["lanes_most"]) & compiled.has_consumer[:, None]
    asked = steady.offered[compiled.held]
    growing = np.where(steady.held.growth > 0, 1.0 + steady.held.growth / np.maximum(asked, 1e-12), 0.0)
    rows.append(np.where(limited, np.maximum(growing, 0.0), 0.0))
    names += [("consumer", network.stations[row].id) for row in compiled.held]
    return Uses(
        tuple(names), np.concatenate([np.atleast_2d(r) for r in rows if r.size] or [np.zeros((0, 1))])
    )


def climb(compiled: Compiled) -> tuple[Rung, ...]:
    """Every limit that binds at some load, the first to bind first."""
    grid = np.geomspace(LEAST, MOST, POINTS)
    first = uses(solve(compiled, grid))
    over = first.used >= 1.0
    found = np.flatnonzero(over.any(axis=1))
    if not len(found):
        return ()
    place = over[found].argmax(axis=1)
    low = np.log(grid[np.maximum(place - 1, 0)])
    high = np.log(grid[place])
    each = np.arange(len(found))
    for _ in range(REFINEMENTS):
        if (high - low).max() < PRECISION / 2:
            break
        middle = (low + high) / 2
        binds = uses(solve(compiled, np.exp(middle))).used[found, each] >= 1.0
        high, low = np.where(binds, middle, high), np.where(binds, low, middle)
    multipliers = np.exp(high)
    rates = _source_rate(compiled) * multipliers
    rungs = [
        Rung(*first.names[row], float(m), float(r))
        for row, m, r in zip(found, multipliers, rates, strict=True)
    ]
    return tuple(sorted(rungs, key=lambda rung: rung.multiplier))


def _source_rate(compiled: Compiled) -> float:
    """Items per second that come from outside at a load of 1."""
    return float(compiled.station["arrivals"][:, 0].sum())
