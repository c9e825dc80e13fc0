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
BUSY = 0.995
"""Share in use at which slots with a line before them count as binding, where little is refused yet: callers
that wait in it are limited themselves, and never fill it."""
PRECISION = 1e-3
BEHIND = 1e-3
"""Share of the inflow that must pile up before something else than its lanes holds a consumer back."""
BINDS = 1.0 + 1e-6
"""What is asked exactly for its capacity, because a limit before it lets no more through, does not bind."""
NEAR = 0.4
"""Parts of the precision by which points lie beside a guess, which is right where the crossing is between."""
REFINEMENTS = 12
SPREAD = 6
"""Points that part a bracket evenly beside the guess: a jump, which no guess meets, is found by these."""
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
    """Use of every limit in a solved network; for slots the share refused or busy, in parts of what binds."""
    network, compiled = steady.compiled.network, steady.compiled
    capacity = compiled.quota["capacity"]
    full = np.where(steady.demand > 0, np.inf, 0.0)
    rows = [np.divide(steady.demand, capacity, out=full, where=capacity > 0)]
    names = [("quota", quota.id) for quota in network.quotas]
    rows.append(np.maximum(steady.pool_blocking / BLOCKED, _busy(steady) / BUSY))
    names += [("slots", pool.id) for pool in network.slots]
    most = np.maximum(compiled.slots["capacity"], FLOOR) * compiled.slots["rate_per_slot"]
    full = np.where(steady.pool_requests > 0, np.inf, 0.0)
    rows.append(np.divide(steady.pool_requests, most, out=full, where=most > 0))
    names += [("requests", pool.id) for pool in network.slots]
    asked = steady.offered[compiled.held]
    full = np.where(asked > 0, np.inf, 0.0)
    laned = np.divide(asked, steady.held.most, out=full, where=steady.held.most > 0)
    behind = np.where(
        steady.held.growth > BEHIND * asked, 1.0 + steady.held.growth / np.maximum(asked, 1e-12), 0.0
    )
    rows.append(np.maximum(laned, np.where(np.isfinite(steady.held.most), behind, 0.0)))
    names += [("consumer", network.stations[row].id) for row in compiled.held]
    return Uses(
        tuple(names), np.concatenate([np.atleast_2d(r) for r in rows if r.size] or [np.zeros((0, 1))])
    )


def _busy(steady: Steady) -> Array:
    """Share in use of the slots that have a line before them; 0 where none may wait [pool, scenario]."""
    slots = steady.compiled.slots
    has_line = (slots["places"] > 0) & (slots["capacity"] > 0)
    return np.divide(steady.pool_load, slots["capacity"], out=np.zeros_like(steady.pool_load), where=has_line)


def climb(compiled: Compiled) -> tuple[Rung, ...]:
    """Every limit that binds at some load, the first to bind first."""
    grid = np.geomspace(LEAST, MOST, POINTS)
    first = uses(solve(compiled, grid, once=True))
    over = first.used >= BINDS
    found = np.flatnonzero(over.any(axis=1))
    if not len(found):
        return ()
    place = np.maximum(over[found].argmax(axis=1), 1)
    multipliers = _narrow(compiled, found, _Bracket.between(first.used[found], np.log(grid), place))
    rates = _source_rates(compiled, multipliers)
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
    slope: Array
    """How fast the use grows on the low side, where no refusal bends it yet."""

    @staticmethod
    def between(used: Array, loads: Array, place: Index) -> "_Bracket":
        """The two grid points around the crossing of each limit."""
        each = np.arange(len(used))
        logs = np.log(np.clip(used, FLOOR, 1.0 / FLOOR))
        before = np.maximum(place - 2, 0)
        rise = logs[each, place - 1] - logs[each, before]
        slope = rise / np.maximum(loads[place - 1] - loads[before], 1e-12)
        return _Bracket(loads[place - 1], logs[each, place - 1], loads[place], slope)

    def points(self) -> Array:
        """Where to look, in ascending order: around where the crossing may be, and evenly [point, limit]."""
        wide = self.high - self.low
        edge = np.minimum(PRECISION / 2.0, wide / 4.0)
        reach = -self.low_used / np.maximum(self.slope, 1e-9)
        guess = np.clip(self.low + reach, self.low + edge, self.high - edge)
        around = guess + NEAR * PRECISION * np.array([[-1.0], [1.0]])
        even = self.low + wide * (np.arange(1.0, SPREAD + 1.0) / (SPREAD + 1.0))[:, None]
        return np.sort(np.concatenate((around, even)), axis=0)

    def learn(self, point: Array, used: Array) -> None:
        """Narrow by what was found at a point of each limit; NaN where nothing was asked."""
        over, inside = used >= 0.0, (point > self.low) & (point < self.high) & ~np.isnan(used)
        rise, run = used - self.low_used, np.maximum(point - self.low, 1e-12)
        self.slope = np.where(~over & inside, rise / run, self.slope)
        self.high = np.where(over & inside, point, self.high)
        self.low_used = np.where(~over & inside, used, self.low_used)
        self.low = np.where(~over & inside, point, self.low)


def _narrow(compiled: Compiled, found: Index, bracket: _Bracket) -> Array:
    """Load multipliers of the crossings; many points a turn cost little more than few, and turns cost."""
    for _ in range(REFINEMENTS):
        wide = np.flatnonzero(bracket.high - bracket.low > PRECISION)
        if not len(wide):
            break
        points = bracket.points()
        told = uses(solve(compiled, np.exp(points[:, wide]).reshape(-1), once=True)).used
        for place, point in enumerate(points):
            mine = told[found[wide], np.arange(len(wide)) + place * len(wide)]
            known = np.full(len(found), np.nan)
            known[wide] = np.log(np.clip(mine / BINDS, FLOOR, 1.0 / FLOOR))
            bracket.learn(point, known)
    reach = -bracket.low_used / np.maximum(bracket.slope, 1e-9)
    return np.exp(bracket.low + np.clip(reach, 0.0, bracket.high - bracket.low))


def _source_rates(compiled: Compiled, loads: Array) -> Array:
    """Items per second that come from outside at each load; a closed loop's depend on its answers."""
    open_loop = sum(station.arrivals for station in compiled.network.stations if not station.aside) * loads
    users = np.flatnonzero(compiled.station["users"][:, 0])
    if not len(users):
        return np.asarray(open_loop)
    return np.asarray(open_loop + solve(compiled, loads, once=True).offered[users].sum(axis=0))
