"""Who is admitted in a tick: by the buckets, by requests per second, by slots and by environments.

No more begin than what fits beside what is still in service.
"""

import numpy as np

from sandbox.engine.callers import add_kept
from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.blocking import Blocking
from sandbox.engine.timeline.buckets import Buckets
from sandbox.engine.timeline.holding_back import HoldingBack
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.pools import Pools
from sandbox.engine.timeline.slow import Slow

TINY = 1e-12


class Doors:
    """Admission of all stations: arrays [station, scenario] unless said otherwise."""

    def __init__(self, compiled: Compiled, plan: Plan, scenarios: int, step_s: float) -> None:
        self.plan, self.step_s = plan, step_s
        self.buckets = Buckets(compiled, plan, scenarios, step_s)
        self.pools = Pools(compiled, plan, scenarios, step_s)
        self.blocking = Blocking(compiled, plan, self.pools, scenarios, step_s)
        self.rooms = self.blocking.rooms
        self.holding_back = HoldingBack(compiled, plan, step_s)
        shape = (len(compiled.rows), scenarios)
        self.users, self.pool = compiled.use_station, compiled.use_pool
        self.having = np.flatnonzero(compiled.env_of >= 0)
        self.released: Array = np.zeros(shape)
        """Items per second that begin beside those admitted, out of the lines."""
        self.room: Array | None = None
        """Most in service of each kind of environments [environments, scenario]."""
        self.counts_held = bool(len(compiled.kept.quota))
        self.inside: Array = np.zeros(shape)
        """Items in service at the start of the tick."""
        self.alive: Array = np.zeros((0, scenarios))
        """Live environments at the start of the tick."""
        self.change(compiled)

    def change(self, compiled: Compiled) -> None:
        """Take over other capacities, as a fault leaves them."""
        self.compiled = compiled
        self.buckets.change(compiled)
        self.pools.change(compiled)
        self.blocking.change(compiled)
        kept = compiled.environments["ready"]
        sole, rooms = compiled.sole, self.rooms.rooms
        self.grouped = np.array([[e >= 0 and bool(kept[e].any())] for e in sole[rooms]]).reshape(-1, 1)
        """Whether the slots of a pool with a line are one group with environments kept ready."""

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
        self.blocking.follow(passing, slow)
        if len(self.rooms.rooms):
            self._queue(passing, busy, line, slow)
        admitted = self.blocking.through if by_rate is self.buckets.one else by_rate * self.blocking.through
        if self.pools.limits_requests:
            asked = self.plan.pools.dot(asking)
            if np.count_nonzero(asked >= self.pools.requests):
                fits = np.minimum(self.pools.requests / np.maximum(asked, TINY), 1.0)
                admitted = admitted.copy()
                np.minimum.at(admitted, self.users, fits[self.pool])
        return self._fit(admitted, offered, busy, slow)

    def used(self, busy: Array) -> Array:
        """Slots in use with so many in service [pool, scenario]."""
        if not len(self.users):
            return self.pools.slots
        pools, total = self.pools, np.asarray(self.plan.pools.dot(busy))
        if not pools.has_ready:
            return total
        # What the slots have no room for is in the environments kept ready, as far as those reach.
        used = self.plan.pools.dot(busy * self.blocking.in_slots)
        return np.asarray(np.minimum(used, np.maximum(pools.slots, total - pools.beside)))

    def step(self, used: Array, busy: Array) -> None:
        """Take over what the tick has changed.

        Args:
            used: Slots of each pool in use [pool, scenario].
            busy: Invocations in service [station, scenario].
        """
        self.buckets.step()
        if len(self.users):
            self.blocking.step()
        if self.pools.moves and (none := self.pools.wanted <= 0).any():
            # Where nothing is there nothing can be in use, and what is asked for is followed instead.
            used = np.where(none, self.plan.uses.dot(self.blocking.load[self.users]), used)
        self.pools.step(used, busy, self.blocking.in_slots)

    def _held(self, slow: Slow) -> Array:
        """Units that callers keep of each quota [quota, scenario]."""
        held = np.zeros_like(self.pools.drawn)
        add_kept(self.compiled.kept, self.inside / slow.state.batch, self.alive, self.pools.slots, held)
        return held

    def _queue(self, passing: Array, busy: Array, line: Array, slow: Slow) -> None:
        """Move the lines; what comes out of them begins beside what is admitted."""
        rooms, pools = self.rooms, self.plan.pools
        blocking = self.blocking.blocking
        arriving, adding = pools.dot(passing), pools.dot(passing * slow.added)
        usual = pools.dot(slow.added) / np.maximum(pools.sum(axis=1)[:, None], 1.0)
        each = np.where(arriving > TINY, adding / np.maximum(arriving, TINY), usual)
        free = np.maximum(self.pools.slots + self.pools.beside - pools.dot(busy), 0.0)
        capacity = free / np.maximum(each, TINY)
        queue = pools.dot(line)
        rooms.queue = queue[rooms.rooms]
        if self.holding_back.lines:
            slots = self.pools.slots + self.pools.beside
            rooms.most = self.holding_back.limit(capacity, slots, queue, arriving, passing, slow)
        rooms.admit(arriving[rooms.rooms], capacity[rooms.rooms])
        blocking[rooms.rooms] = np.where(self.grouped, blocking[rooms.rooms], rooms.refused)
        self.blocking.let()
        self._line_up(queue, arriving, passing, line, slow)

    def _line_up(self, queue: Array, arriving: Array, passing: Array, line: Array, slow: Slow) -> None:
        """Say what the lines mean for every station that uses a pool with one.

        Args:
            queue: Invocations in line [pool, scenario].
            arriving: Invocations per second that ask for a slot [pool, scenario].
            passing: The same by station.
            line: Invocations in line by station.
            slow: Takes over who leaves and how long is waited.
        """
        rooms, batch = self.rooms, slow.state.batch
        s = slow.state
        s.left, s.wait, self.released = (np.zeros(passing.shape) for _ in range(3))
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
            admitted = self._fit_slots(admitted, each, busy)
        if self.room is not None:
            room = self.room - self.plan.environments.dot(busy)
            coming = self.plan.environments.dot(each * admitted)
            if np.count_nonzero(coming >= room):
                fits = np.clip(room / np.maximum(coming, TINY), 0.0, 1.0)
                admitted = admitted.copy()
                admitted[self.having] *= fits[self.compiled.env_of[self.having]]
        return admitted

    def _fit_slots(self, admitted: Array, each: Array, busy: Array) -> Array:
        """No more than what fits into the slots, and into slots and environments kept ready together."""
        pools = self.pools
        limits = [(self.blocking.in_slots, pools.free)]
        if pools.has_ready:
            limits.append((self.blocking.one, pools.free + pools.beside))
        for part, free in limits:
            room = free - self.plan.pools.dot(busy * part)
            coming = self.plan.pools.dot(each * admitted * part)
            if np.count_nonzero(coming >= room):
                fits = np.minimum(np.maximum(room / np.maximum(coming, TINY), 0.0), 1.0)
                fewer = 1.0 - part[self.users] * (1.0 - fits[self.pool])
                admitted = admitted.copy()
                np.multiply.at(admitted, self.users, fewer)
        return admitted
