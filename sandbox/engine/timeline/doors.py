"""Who is admitted in a tick: by the buckets, by requests per second, by slots and by environments.

Blocking follows the *modified offered load*: Erlang B on the load m that would be in service if nobody were
refused, dm/dt = λ − m/D (Jagerman, *Nonstationary blocking in telephone traffic*, Bell System Technical
Journal 54, 1975; Massey and Whitt, *Probability in the Engineering and Informational Sciences* 8, 1994). In
steady traffic m is λD and this is the steady state's blocking. No more begin than what fits beside what is
still in service.
"""

import numpy as np

from sandbox.engine.callers import add_kept
from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.erlang import hayward, overflow_peakedness, pooled_blocking
from sandbox.engine.following import drawn, given_back
from sandbox.engine.line import crowds
from sandbox.engine.timeline.buckets import Buckets
from sandbox.engine.timeline.memory import Unmoved
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.rooms import Rooms
from sandbox.engine.timeline.scaling import movers
from sandbox.engine.timeline.slow import Slow

TINY = 1e-12
ALIKE = 1e-6
"""Loads and slots that differ by less have the same blocking."""


class Doors:
    """Admission of all stations: arrays [station, scenario] unless said otherwise."""

    def __init__(self, compiled: Compiled, plan: Plan, scenarios: int, step_s: float) -> None:
        self.plan, self.step_s = plan, step_s
        self.buckets = Buckets(compiled, plan, scenarios, step_s)
        self.rooms = Rooms(compiled, scenarios, step_s)
        n, pools = len(compiled.rows), len(compiled.slots["capacity"])
        self.users, self.pool = compiled.use_station, compiled.use_pool
        self.given: Array = compiled.slots["capacity"] + np.zeros((pools, scenarios))
        self.wanted: Array = self.given.copy()
        """Slots as they follow their use, before what they draw on limits them."""
        self.slots: Array = self.wanted
        self.drawn: Array = np.zeros((len(compiled.network.quotas), scenarios))
        """Units that the slots draw on the quotas that count them [quota, scenario]."""
        self.moves = movers(compiled.network.slots, scenarios, step_s)
        for row, mover in self.moves:
            self.wanted[row] = np.minimum(mover.begin(self.wanted[row]), self.given[row])
        self.ready: Array = compiled.environments["ready"] + np.zeros((1, scenarios))
        """Environments that are kept ready [environments, scenario]."""
        self.keepers = movers(compiled.network.environments, scenarios, step_s)
        for row, mover in self.keepers:
            self.ready[row] = mover.begin(self.ready[row])
        self.load: Array = np.zeros((n, scenarios))
        """Load that would be in service if no slot refused, at the end of the last tick [Erlang]."""
        self.blocking: Array = np.zeros((pools, scenarios))
        self.pool_ready: Array = np.zeros((pools, 1))
        self.overflow: Array = np.ones((n, scenarios))
        self.in_slots: Array = np.ones((n, scenarios))
        """Share of what is admitted that takes a slot; the rest has an environment kept ready."""
        self.lanes: Array = np.zeros((n, scenarios))
        """Lanes that drive each station; 0 where arrivals are random."""
        self.sampled: Array | None = None
        """Share of the arrivals' randomness that is played out in the arrivals themselves."""
        self.released: Array = np.zeros((n, scenarios))
        """Items per second that begin beside those admitted, out of the lines."""
        self.room: Array | None = None
        """Most in service of each kind of environments [environments, scenario]."""
        self.counts_held = bool(len(compiled.kept.quota))
        self.inside: Array = np.zeros((n, scenarios))
        """Items in service at the start of the tick."""
        self.alive: Array = np.zeros((0, scenarios))
        """Live environments at the start of the tick."""
        self.one = np.ones((n, scenarios))
        self._same = Unmoved(ALIKE)
        self._looks = -1
        self._lanes: Array | None = None
        self._within: Array = self.one
        self.through: Array = self.one
        """Share of each station's items that its slots let through."""
        self.lanes_of_users: Array = self.lanes.take(self.users, axis=0)
        self.having = np.flatnonzero(compiled.env_of >= 0)
        self.change(compiled)

    def change(self, compiled: Compiled) -> None:
        """Take over other capacities, as a fault leaves them."""
        before = np.where(self.given > 0, self.wanted / np.maximum(self.given, TINY), 1.0)
        self.compiled = compiled
        self.given = compiled.slots["capacity"] + np.zeros_like(self.given)
        self.wanted = np.minimum(before, 1.0) * self.given
        self._draw()
        self.buckets.change(compiled)
        kept = compiled.environments["ready"]
        self.has_ready = bool(kept.any())
        sole, rooms = compiled.sole, self.rooms.rooms
        self.grouped = np.array([[e >= 0 and bool(kept[e].any())] for e in sole[rooms]]).reshape(-1, 1)
        """Whether the slots of a pool with a line are one group with environments kept ready."""
        self._same.forget()
        self._keep()
        self._open()

    def _keep(self) -> None:
        """Count the environments that are kept ready in each pool."""
        if self.has_ready:
            self.pool_ready = np.zeros((len(self.given), self.ready.shape[1]))
            for pool, env in self.compiled.ready_in:
                self.pool_ready[pool] += self.ready[env]

    def admit(self, offered: Array, busy: Array, line: Array, slow: Slow) -> Array:
        """Share of each station's items that it admits.

        Args:
            offered: Items per second.
            busy: Invocations in service at the start of the tick that still are at its end.
            line: Invocations in line at the start of the tick.
            slow: Times and batches.
        """
        batch = slow.state.batch
        held = self._held(slow) if self.counts_held else None
        by_rate = self.buckets.admit(offered, batch, held)
        if not len(self.users):
            return by_rate if self.room is None else self._fit(by_rate, offered, busy, slow)
        asking = offered / batch
        passing = asking if by_rate is self.buckets.one else asking * by_rate
        self.next_load = self.load * slow.stay + passing * slow.added
        load = self.load * slow.mean + passing * slow.early
        self._block(load, passing, slow)
        if len(self.rooms.rooms):
            self._queue(passing, busy, line, slow)
        admitted = self.through if by_rate is self.buckets.one else by_rate * self.through
        if self.limits_requests:
            asked = self.plan.pools.dot(asking)
            if np.count_nonzero(asked >= self.requests):
                fits = np.minimum(self.requests / np.maximum(asked, TINY), 1.0)
                admitted = admitted.copy()
                np.minimum.at(admitted, self.users, fits[self.pool])
        return self._fit(admitted, offered, busy, slow)

    def drive(self, rows: Index, places: Index, lanes: Array) -> None:
        """Take over how many lanes drive some stations.

        Args:
            rows: The stations.
            places: The holding stations that drive them.
            lanes: Lanes of all holding stations [holding, scenario].
        """
        if lanes is not self._lanes:
            self._lanes = lanes
            self.lanes[rows] = lanes.take(places, axis=0)
            self.lanes_of_users = self.lanes.take(self.users, axis=0)

    def used(self, busy: Array) -> Array:
        """Slots in use with so many in service [pool, scenario]."""
        if not len(self.users):
            return self.slots
        return self.plan.pools.dot(busy * self.in_slots if self.has_ready else busy)

    def step(self, used: Array, busy: Array) -> None:
        """Take over what the tick has changed.

        Args:
            used: Slots of each pool in use [pool, scenario].
            busy: Invocations in service [station, scenario].
        """
        self.buckets.step()
        if len(self.users):
            self.load = self.next_load
        if self.keepers:
            kept = self.plan.environments.dot(busy * (1.0 - self.in_slots))
            self.ready = self.ready.copy()
            for row, mover in self.keepers:
                self.ready[row] = mover.step(kept[row], self.compiled.environments["ready"][row])
            self._keep()
            self._same.forget()
            self._draw()
        if self.moves:
            self.wanted = self.wanted.copy()
            for row, mover in self.moves:
                self.wanted[row] = mover.step(used[row], self.given[row])
            self._draw()
        if self.keepers or self.moves:
            self._open()

    def _draw(self) -> None:
        """Leave as many slots as the quotas that they draw on reach for."""
        self.slots = self.wanted
        if len(self.compiled.draw_pool):
            self.drawn = np.zeros_like(self.drawn)
            self.slots = drawn(self.compiled, self.wanted, self.drawn)
        self.slots = self.slots + given_back(self.compiled, self.ready)

    def _open(self) -> None:
        """Work out what follows from the slots that are there."""
        self.free: Array = self.slots.copy()
        self.free[self.rooms.rooms] = np.inf
        self.requests: Array = (
            np.maximum(self.slots + self.pool_ready, TINY) * self.compiled.slots["rate_per_slot"]
        )
        self.limits_requests = bool(np.isfinite(self.requests).any())

    def _held(self, slow: Slow) -> Array:
        """Units that callers keep of each quota [quota, scenario]."""
        held = np.zeros_like(self.drawn)
        add_kept(self.compiled.kept, self.inside / slow.state.batch, self.alive, self.slots, held)
        return held

    def _block(self, load: Array, passing: Array, slow: Slow) -> None:
        """Blocking of every pool, where anything it depends on has moved."""
        if self._same(load.take(self.users, axis=0), self.slots, self.lanes_of_users):
            return
        peakedness = slow.state.peakedness
        if self.sampled is not None:
            if self._looks != slow.looks:
                played = played_out(self.step_s / np.maximum(slow.time, TINY))
                self._within, self._looks = np.maximum(1.0 - self.sampled * played, 0.01), slow.looks
            peakedness = peakedness * self._within
        if self.has_ready:
            self.overflow, peakedness = self._beyond_ready(load, peakedness)
        thin = self._elsewhere() if self.compiled.shares_pools else 1.0
        over = load * self.overflow
        random = np.where(self.lanes > 0, 0.0, over)
        uses = self.plan.uses
        mean = uses.dot(random[self.users] * thin)
        variance = uses.dot((random * peakedness)[self.users] * thin)
        driven = uses.dot((over - random)[self.users] * thin)
        self.blocking = pooled_blocking(self.slots, mean, variance, driven, uses.dot(self.lanes_of_users))
        if len(self.rooms.rooms):
            arriving = uses.dot(passing[self.users] * thin)
            crowd = crowds(mean, uses.dot(self.lanes_of_users))
            several = mean + driven, variance + driven, arriving, slow.state.population
            self.rooms.tend(self.compiled, self.slots, *several, crowd)
        if self.has_ready:
            self._with_ready(load, peakedness)
            free = self.one.copy()
            np.multiply.at(free, self.users, 1.0 - self.blocking[self.pool])
            self.in_slots = self.overflow * free / np.maximum(1.0 - self.overflow * (1.0 - free), TINY)
        self._let()

    def _let(self) -> None:
        """Work out what the slots let through."""
        self.through = self.one.copy()
        np.multiply.at(self.through, self.users, 1.0 - self.overflow[self.users] * self.blocking[self.pool])

    def _beyond_ready(self, load: Array, peakedness: Array) -> tuple[Array, Array]:
        """Share of each station's load that finds no ready environment, and how bursty that is."""
        env_of = self.compiled.env_of
        having = self.having
        total = self.plan.environments @ load
        left = overflow_peakedness(self.ready, total)
        some = np.where(total > 0, left.load / np.maximum(total, TINY), np.where(self.ready > 0, 0.0, 1.0))
        share, bursty = self.one.copy(), peakedness.copy()
        share[having] = some[env_of[having]]
        rougher = np.where(self.ready > 0, left.peakedness, 1.0)[env_of[having]]
        bursty[having] = np.maximum(peakedness[having], rougher)
        return share, bursty

    def _with_ready(self, load: Array, peakedness: Array) -> None:
        """Slots and ready environments that serve the same items alone are one group."""
        for pool, env in enumerate(self.compiled.sole):
            if env < 0 or not self.ready[env].any():
                continue
            users = np.flatnonzero(self.compiled.env_of == env)
            total = np.maximum(load[users].sum(axis=0), TINY)
            rough = np.maximum((load[users] * peakedness[users]).sum(axis=0) / total, 1e-6)
            both = hayward(self.slots[pool] + self.ready[env], total, rough)
            over = self.overflow[users[0]]
            self.blocking[pool] = np.where(over > 0, np.minimum(both / np.maximum(over, TINY), 1.0), 0.0)

    def _elsewhere(self) -> Array:
        """For every use of a pool, the share that the station's other pools let through to it."""
        free = 1.0 - self.blocking[self.pool]
        through = self.one.copy()
        np.multiply.at(through, self.users, free)
        return np.asarray(through[self.users] / np.maximum(free, TINY))

    def _queue(self, passing: Array, busy: Array, line: Array, slow: Slow) -> None:
        """Move the lines; what comes out of them begins beside what is admitted."""
        rooms, pools, batch = self.rooms, self.plan.pools, slow.state.batch
        arriving, adding = pools.dot(passing), pools.dot(passing * slow.added)
        usual = pools.dot(slow.added) / np.maximum(pools.sum(axis=1)[:, None], 1.0)
        each = np.where(arriving > TINY, adding / np.maximum(arriving, TINY), usual)
        free = np.maximum(self.slots + self.pool_ready - pools.dot(busy), 0.0)
        capacity = free / np.maximum(each, TINY)
        queue = pools.dot(line)
        rooms.queue = queue[rooms.rooms]
        rooms.admit(arriving[rooms.rooms], capacity[rooms.rooms])
        self.blocking[rooms.rooms] = np.where(self.grouped, self.blocking[rooms.rooms], rooms.refused)
        self._let()
        s = slow.state
        s.left, s.wait, self.released = (np.zeros(self.one.shape) for _ in range(3))
        for place, pool in enumerate(rooms.rooms):
            shrinks = rooms.change[place] < 0
            total = np.where(shrinks, queue[pool], arriving[pool])
            for user in self.users[self.pool == pool]:
                mine = np.where(shrinks, line[user], passing[user])
                share = np.where(total > TINY, mine / np.maximum(total, TINY), 0.0)
                s.left[user] = rooms.left[place]
                s.wait[user] = np.maximum(s.wait[user], rooms.wait[place])
                self.released[user] -= rooms.change[place] / self.step_s * share * batch[user]

    def _fit(self, admitted: Array, offered: Array, busy: Array, slow: Slow) -> Array:
        """No more than what fits into the slots and environments beside what is still in service."""
        each = offered / slow.state.batch * slow.added
        if len(self.users):
            over = self.in_slots if self.has_ready else self.one
            room = self.free - self.plan.pools.dot(busy * over if self.has_ready else busy)
            coming = self.plan.pools.dot(each * admitted * over if self.has_ready else each * admitted)
            if np.count_nonzero(coming >= room):
                fits = np.minimum(np.maximum(room / np.maximum(coming, TINY), 0.0), 1.0)
                fewer = 1.0 - over[self.users] * (1.0 - fits[self.pool])
                admitted = admitted.copy()
                np.multiply.at(admitted, self.users, fewer)
        if self.room is not None:
            room = self.room - self.plan.environments.dot(busy)
            coming = self.plan.environments.dot(each * admitted)
            if np.count_nonzero(coming >= room):
                fits = np.clip(room / np.maximum(coming, TINY), 0.0, 1.0)
                admitted = admitted.copy()
                admitted[self.having] *= fits[self.compiled.env_of[self.having]]
        return admitted


def played_out(ratio: Array) -> Array:
    """Share of a random load's variance that lies in the numbers of arrivals of each tick.

    The mean load of a tick has (1 − g)/r of each arrival of that tick and g²·e^(−r(k − 1)) of one k ticks
    before, g = (1 − e⁻ʳ)/r; the sum of the squares over the sum, 1/r, is the share. What remains is random
    within the tick.

    Args:
        ratio: r, length of a tick over the time of service.

    All of it half remains where services last long; nothing is played out of what ends at once:

    >>> played_out(np.array([1e-4, 1e4])).round(3).tolist()
    [0.5, 0.0]
    """
    r = np.maximum(ratio, 1e-6)
    g = -np.expm1(-r) / r
    return np.asarray((1.0 - g) ** 2 / r - r * g**4 / np.expm1(-2.0 * r))
