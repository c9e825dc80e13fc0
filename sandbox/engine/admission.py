"""Who is admitted: by rate, by requests per second, and by slots that are shared.

Arrivals are random, so slots refuse before they are full on average: Erlang B, Hayward's
approximation for bursty traffic, and a share for what pollers offer. Everything that asks
one pool sees one blocking probability.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.callers import add_kept, alive_now
from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.erlang import hayward, overflow_peakedness, pooled_blocking
from sandbox.engine.following import drawn, given_back, ready_wanted, slots_wanted
from sandbox.engine.line import Line, crowds, grown, stand_in_line
from sandbox.engine.state import State

TINY = 1e-12
SMALL = 1e-6
"""Waits below so many seconds need not come to rest."""


@dataclass(frozen=True)
class Admitted:
    """Admission with the demand that decides it."""

    by_rate: Array
    """Share that the rate limits let through [station, scenario]."""
    entered: Array
    left: Array
    wait: Array
    demand: Array
    """Units asked of each quota [quota, scenario]."""
    load: Array
    """Erlangs offered to each pool of slots [pool, scenario]."""
    blocking: Array
    """Share refused by each pool [pool, scenario]."""
    requests: Array
    """Invocations per second asked of each pool [pool, scenario]."""
    parts: Array
    """Share admitted of each named part of a station's items [part, scenario]."""
    overflow: Array
    """Share of each station's invocations beyond the environments kept ready."""
    unrest: Array
    """How far waits are from those of lines at rest, as a share of these [pool with a line, scenario]."""


def admit(compiled: Compiled, state: State, lanes: Array, before: Array | None = None) -> Admitted:
    """Admission of every station for what it is offered now.

    Args:
        compiled: The network.
        state: The present values.
        lanes: Lanes of the holding station that drives each station; 0 where arrivals are random.
        before: Waits from which lines grow and shrink [station, scenario]; where left out they are at rest.
    """
    by_rate, demand, parts = _by_rate(compiled, state)
    ones = np.ones_like(by_rate)
    if not len(compiled.use_station):
        none = np.zeros((len(compiled.slots["capacity"]), by_rate.shape[1]))
        return Admitted(by_rate, by_rate, ones - 1.0, ones - 1.0, demand, none, none, none, parts, ones, none)
    offered = state.offered * by_rate / state.batch
    load = offered * np.where(compiled.stands_in_line, state.duration, state.held_for)
    state.ready = ready_wanted(compiled, load, state.ready, stay=state.lanes_stay)
    overflow, peakedness = _beyond_ready(compiled, state.ready, load, state.peakedness)
    thin = _elsewhere(compiled, state)
    pools = _pool(compiled, load * overflow, peakedness, lanes, thin)
    asked = _per_pool(compiled, state.offered / state.batch)
    state.slots = slots_wanted(compiled, pools.total, state.slots, stay=state.lanes_stay)
    there = drawn(compiled, state.slots, demand) + given_back(compiled, state.ready)
    blocking = pooled_blocking(there, pools.random, pools.variance, pools.held, pools.lanes)
    arriving = _per_pool(compiled, offered, thin)
    crowd = crowds(pools.random, pools.lanes)
    line = stand_in_line(
        compiled, there, pools.total, pools.variance + pools.held, arriving, state.population, crowd
    )
    blocking[line.rooms] = line.refused
    _with_ready(compiled, state.ready, there, blocking, load, overflow, state.peakedness)
    state.blocking = blocking
    quota = np.maximum(there + _ready(compiled, state.ready), TINY) * compiled.slots["rate_per_slot"]
    fits = np.minimum(1.0, _divide(quota, asked, np.inf))
    through, within, left, wait = ones.copy(), ones.copy(), ones - 1.0, ones - 1.0
    wait_in = np.zeros_like(blocking)
    users, pool = compiled.use_station, compiled.use_pool
    np.multiply.at(through, users, 1.0 - overflow[users] * blocking[pool])
    np.minimum.at(within, users, fits[pool])
    if len(line.rooms):
        left_in = np.zeros_like(blocking)
        left_in[line.rooms], wait_in[line.rooms] = line.left, _now(compiled, line, before)
        np.maximum.at(left, users, left_in[pool])
        np.maximum.at(wait, users, wait_in[pool])
    entered = np.minimum(by_rate * through, within)
    return Admitted(
        by_rate,
        entered,
        left * by_rate,
        wait,
        demand,
        pools.total,
        blocking,
        asked,
        parts,
        overflow,
        unrest=_unrest(line, wait_in),
    )


def _now(compiled: Compiled, line: Line, before: Array | None) -> Array:
    """Wait in every line, which may be on its way to where it is at rest."""
    if before is None:
        return line.wait
    pools = np.zeros((len(compiled.slots["capacity"]), before.shape[1]))
    np.maximum.at(pools, compiled.use_pool, before[compiled.use_station])
    return grown(line, pools[line.rooms])


def _unrest(line: Line, wait: Array) -> Array:
    """How far the waits of the pools are from those at rest."""
    rest = np.where(np.isfinite(line.wait), line.wait, 0.0)
    now = np.where(np.isfinite(wait[line.rooms]), wait[line.rooms], 0.0)
    return np.asarray(np.abs(now - rest) / np.maximum(rest, SMALL))


def _elsewhere(compiled: Compiled, state: State) -> Array | float:
    """For every use of a pool, the share that the station's other pools let through to it.

    Kelly's fixed point for several resources (*Blocking probabilities in large circuit-switched
    networks*, Adv. Appl. Prob. 18, 1986). A station with one pool is not thinned.
    """
    if not compiled.shares_pools:
        return 1.0
    free = 1.0 - state.blocking[compiled.use_pool]
    through = np.ones_like(state.offered)
    np.multiply.at(through, compiled.use_station, free)
    return np.asarray(through[compiled.use_station] / np.maximum(free, TINY))


def _divide(part: Array, whole: Array, otherwise: float) -> Array:
    """A part by a whole, or what holds where the whole is nothing."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), otherwise)


def _by_rate(compiled: Compiled, state: State) -> tuple[Array, Array, Array]:
    """Share of each station's items that its rate limits admit, demand on each quota, share of each part."""
    share = np.ones_like(state.offered)
    demand = np.zeros((len(compiled.quota["capacity"]), state.offered.shape[1]))
    parts = np.ones((len(compiled.parts), state.offered.shape[1]))
    if not len(compiled.demand_station):
        return share, demand, parts
    station, d = compiled.demand_station, compiled.demand
    items = state.offered[station] / np.where(d["per_batch"] > 0, state.batch[station], 1.0)
    asked = np.where(compiled.demand_measured[:, None], 0.0, items * d["share"]) * d["units"]
    compiled.by_quota.add_to(demand, asked)
    _keep(compiled, state, demand)
    fits = np.minimum(1.0, _divide(compiled.quota["capacity"], demand, np.inf))[compiled.demand_quota]
    whole = compiled.whole_by_station
    np.minimum.at(share, whole.key_of, fits[compiled.whole_demands])
    if compiled.parts:
        everywhere = share.copy()
        for place, (row, rows) in enumerate(compiled.parts):
            parts[place] = np.minimum(everywhere[row], fits[rows].min(axis=0))
            share[row] -= d["share"][rows[0]] * (everywhere[row] - parts[place])
    return share, demand, parts


def _keep(compiled: Compiled, state: State, demand: Array) -> None:
    """Add what callers keep, such as a database's connections."""
    kept = compiled.kept
    if not len(kept.quota):
        return
    invocations = state.invocations
    busy = invocations * state.held_for
    kinds = compiled.environments | {"ready": state.ready}
    alive = alive_now(kept, kinds, compiled.env_of, invocations, busy)
    add_kept(kept, busy, alive, state.slots, demand)


def _beyond_ready(compiled: Compiled, ready: Array, load: Array, peakedness: Array) -> tuple[Array, Array]:
    """Share of each station's load that finds no ready environment, and how bursty that is."""
    if not compiled.has_ready:
        return np.ones_like(load), peakedness
    total = np.zeros((len(ready), load.shape[1]))
    having = np.flatnonzero(compiled.env_of >= 0)
    np.add.at(total, compiled.env_of[having], load[having])
    left = overflow_peakedness(ready, total)
    share, bursty = np.ones_like(load), peakedness.copy()
    some = np.where(total > 0, left.load / np.maximum(total, TINY), np.where(ready > 0, 0.0, 1.0))
    share[having] = some[compiled.env_of[having]]
    rougher = np.where(ready > 0, left.peakedness, 1.0)[compiled.env_of[having]]
    bursty[having] = np.maximum(peakedness[having], rougher)
    return share, bursty


def _with_ready(
    compiled: Compiled,
    ready: Array,
    there: Array,
    blocking: Array,
    load: Array,
    overflow: Array,
    peakedness: Array,
) -> None:
    """Slots and ready environments that serve the same items alone are one group: Erlang B on their sum."""
    if not compiled.has_ready:
        return
    for pool, env in enumerate(compiled.sole):
        if env < 0 or not ready[env].any():
            continue
        users = np.flatnonzero(compiled.env_of == env)
        total = load[users].sum(axis=0)
        rough = _divide((load[users] * peakedness[users]).sum(axis=0), total, 1.0)
        both = hayward(there[pool] + ready[env], total, rough)
        blocking[pool] = np.minimum(_divide(both, overflow[users[0]], 0.0), 1.0)


def _ready(compiled: Compiled, ready: Array) -> Array | float:
    """Environments kept ready by the users of each pool."""
    if not compiled.has_ready:
        return 0.0
    total = np.zeros((len(compiled.slots["capacity"]), ready.shape[1]))
    for pool, env in compiled.ready_in:
        total[pool] += ready[env]
    return total


@dataclass(frozen=True)
class _Pools:
    """What each pool of slots is asked for: arrays [pool, scenario]."""

    total: Array
    random: Array
    variance: Array
    held: Array
    lanes: Array


def _per_pool(compiled: Compiled, rows: Array, thin: Array | float = 1.0) -> Array:
    """Sum over the stations of each pool."""
    total = np.zeros((len(compiled.slots["capacity"]), rows.shape[1]))
    return compiled.by_pool.add_to(total, rows[compiled.use_station] * thin)


def _pool(compiled: Compiled, load: Array, peakedness: Array, lanes: Array, thin: Array | float) -> _Pools:
    """Random and held load of each pool."""
    held = np.where(lanes > 0, load, 0.0)
    random = load - held
    return _Pools(
        total=_per_pool(compiled, load, thin),
        random=_per_pool(compiled, random, thin),
        variance=_per_pool(compiled, random * peakedness, thin),
        held=_per_pool(compiled, held, thin),
        lanes=_per_pool(compiled, lanes),
    )
