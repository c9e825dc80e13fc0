"""What random arrivals are refused because all slots are taken just then.

Blocking follows the *modified offered load*: Erlang B on the load m that would be in service if nobody were
refused, dm/dt = λ − m/D (Jagerman, *Nonstationary blocking in telephone traffic*, Bell System Technical
Journal 54, 1975; Massey and Whitt, *Probability in the Engineering and Informational Sciences* 8, 1994). In
steady traffic m is λD and this is the steady state's blocking.
"""

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.erlang import hayward, overflow_peakedness, pooled_blocking
from sandbox.engine.line import crowds
from sandbox.engine.timeline.memory import SOON, Unmoved
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.pools import Pools
from sandbox.engine.timeline.rooms import Rooms
from sandbox.engine.timeline.slow import Slow

TINY = 1e-12
ALIKE = 1e-6
"""Loads and slots that differ by less have the same blocking."""
LINE_MOVES = 1e-4
"""A line follows changes by this share at once: followed later, it would swing about its length."""


class Blocking:
    """Blocking of all pools, looked up where it may have moved: arrays [station, scenario] but where said."""

    def __init__(self, compiled: Compiled, plan: Plan, pools: Pools, scenarios: int, step_s: float) -> None:
        self.plan, self.pools, self.step_s = plan, pools, step_s
        self.rooms = Rooms(compiled, scenarios, step_s)
        n = len(compiled.rows)
        self.users, self.pool = compiled.use_station, compiled.use_pool
        self.having = np.flatnonzero(compiled.env_of >= 0)
        self.one = np.ones((n, scenarios))
        self.load: Array = np.zeros((n, scenarios))
        """Load that would be in service if no slot refused, at the end of the last tick [Erlang]."""
        self.blocking: Array = np.zeros((len(compiled.slots["capacity"]), scenarios))
        """Share refused by each pool [pool, scenario]."""
        self.overflow: Array = self.one
        self.in_slots: Array = self.one
        """Share of what is admitted that takes a slot; the rest has an environment kept ready."""
        self.through: Array = self.one
        """Share of each station's items that its slots let through; another array where it has changed."""
        self.lanes: Array = np.zeros((n, scenarios))
        """Lanes that drive each station; 0 where arrivals are random."""
        self.lanes_of_users: Array = self.lanes.take(self.users, axis=0)
        self._lanes: Array | None = None
        self.sampled: Array | None = None
        """Share of the arrivals' randomness that is played out in the arrivals themselves."""
        self._within: Array = self.one
        self._same = Unmoved(ALIKE, LINE_MOVES if len(self.rooms.rooms) else SOON)
        self._looks = -1
        self.change(compiled)

    def change(self, compiled: Compiled) -> None:
        """Take over the network as a fault leaves it."""
        self.compiled = compiled
        self._same.forget()

    def step(self) -> None:
        """Go on to the next tick."""
        self.load = self.next_load
        if self.pools.keepers:
            self._same.forget()

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

    def follow(self, passing: Array, slow: Slow) -> None:
        """Look the blocking of every pool up, where anything it depends on has moved.

        Args:
            passing: Invocations per second that the quotas let through.
            slow: Times.
        """
        self.next_load = self.load * slow.stay + passing * slow.added
        load = self.load * slow.mean + passing * slow.early
        if self._same(load.take(self.users, axis=0), self.pools.slots, self.lanes_of_users):
            return
        self._look_up(load, passing, slow)
        self.let()

    def _look_up(self, load: Array, passing: Array, slow: Slow) -> None:
        """Blocking of every pool, and the lines before them."""
        peakedness = self._peakedness(slow)
        if self.pools.has_ready:
            self.overflow, peakedness = self._beyond_ready(load, peakedness)
        thin = self._elsewhere() if self.compiled.shares_pools else 1.0
        over = load * self.overflow
        random = np.where(self.lanes > 0, 0.0, over)
        uses = self.plan.uses
        mean = uses.dot(random[self.users] * thin)
        variance = uses.dot((random * peakedness)[self.users] * thin)
        driven = uses.dot((over - random)[self.users] * thin)
        self.blocking = pooled_blocking(
            self.pools.slots, mean, variance, driven, uses.dot(self.lanes_of_users)
        )
        if len(self.rooms.rooms):
            arriving = uses.dot(passing[self.users] * thin)
            crowd = crowds(mean, uses.dot(self.lanes_of_users))
            several = mean + driven, variance + driven, arriving, slow.state.population
            self.rooms.tend(self.compiled, self.pools.slots, *several, crowd)
        if self.pools.has_ready:
            self._with_ready(load, peakedness)
            free = self.one.copy()
            np.multiply.at(free, self.users, 1.0 - self.blocking[self.pool])
            self.in_slots = self.overflow * free / np.maximum(1.0 - self.overflow * (1.0 - free), TINY)

    def _peakedness(self, slow: Slow) -> Array:
        """Burstiness of the loads, without what is played out in the numbers of arrivals."""
        peakedness = slow.state.peakedness
        if self.sampled is None:
            return peakedness
        if self._looks != slow.looks:
            played = played_out(self.step_s / np.maximum(slow.time, TINY))
            self._within, self._looks = np.maximum(1.0 - self.sampled * played, 0.01), slow.looks
        return peakedness * self._within

    def let(self) -> None:
        """Work out what the slots let through."""
        self.through = self.one.copy()
        np.multiply.at(self.through, self.users, 1.0 - self.overflow[self.users] * self.blocking[self.pool])

    def _beyond_ready(self, load: Array, peakedness: Array) -> tuple[Array, Array]:
        """Share of each station's load that finds no ready environment, and how bursty that is."""
        env_of = self.compiled.env_of
        having = self.having
        total = self.plan.environments @ load
        left = overflow_peakedness(self.pools.ready, total)
        some = np.where(
            total > 0, left.load / np.maximum(total, TINY), np.where(self.pools.ready > 0, 0.0, 1.0)
        )
        share, bursty = self.one.copy(), peakedness.copy()
        share[having] = some[env_of[having]]
        rougher = np.where(self.pools.ready > 0, left.peakedness, 1.0)[env_of[having]]
        bursty[having] = np.maximum(peakedness[having], rougher)
        return share, bursty

    def _with_ready(self, load: Array, peakedness: Array) -> None:
        """Slots and ready environments that serve the same items alone are one group."""
        for pool, env in enumerate(self.compiled.sole):
            if env < 0 or not self.pools.ready[env].any():
                continue
            users = np.flatnonzero(self.compiled.env_of == env)
            total = np.maximum(load[users].sum(axis=0), TINY)
            rough = np.maximum((load[users] * peakedness[users]).sum(axis=0) / total, 1e-6)
            both = hayward(self.pools.slots[pool] + self.pools.ready[env], total, rough)
            over = self.overflow[users[0]]
            self.blocking[pool] = np.where(over > 0, np.minimum(both / np.maximum(over, TINY), 1.0), 0.0)

    def _elsewhere(self) -> Array:
        """For every use of a pool, the share that the station's other pools let through to it."""
        free = 1.0 - self.blocking[self.pool]
        through = self.one.copy()
        np.multiply.at(through, self.users, free)
        return np.asarray(through[self.users] / np.maximum(free, TINY))


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
