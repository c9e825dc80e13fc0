"""Token buckets: what the rate limits let through, a burst first."""

from math import inf

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.scaling import movers

UNSAID_S = 1.0
"""A bucket whose size nobody says holds what comes in so many seconds."""
TINY = 1e-12


class Buckets:
    """The quotas of a network as buckets that refill steadily.

    In a tick of Δ seconds a bucket gives what is in it and the refill, level + rate·Δ; what more is asked
    is refused. What is not used stays, up to the burst.
    """

    def __init__(self, compiled: Compiled, plan: Plan, scenarios: int, step_s: float) -> None:
        quotas = compiled.network.quotas
        self.plan, self.step_s = plan, step_s
        shape = (len(quotas), scenarios)
        self.given: Array = compiled.quota["capacity"] + np.zeros(shape)
        self.capacity: Array = self.given.copy()
        self.seconds = np.array(
            [[UNSAID_S if q.burst == inf else q.burst / max(q.capacity, TINY)] for q in quotas]
        ).reshape(-1, 1)
        """Size of each bucket in seconds of its rate, so that it grows and shrinks with it."""
        self.moves = movers(quotas, scenarios, step_s)
        for row, mover in self.moves:
            self.capacity[row] = mover.begin(self.given[row])
        self.given_rows = [self.given[row] for row, _ in self.moves]
        self.moved_to: list[Array | None] = [None] * len(self.moves)
        self.level: Array = self._most()
        self.asked: Array = np.zeros(shape)
        self.held = np.array([[q.measure != "rate"] for q in quotas], dtype=bool).reshape(-1, 1)
        self.some_held = bool(self.held.any())
        self.all_parts: Array = np.ones((len(compiled.parts), scenarios))
        self.parts: Array = self.all_parts
        """Share of each named part that is let through."""
        self.one: Array = np.ones((len(compiled.rows), scenarios))
        self.demand = compiled.demand
        self.share: Array = np.ones((len(compiled.demand_station), 1))
        self.any = bool(len(compiled.demand_station))
        self._index(compiled)
        self._open()

    def _index(self, compiled: Compiled) -> None:
        """Demands that all items of a station see, one after the other by station."""
        whole = np.flatnonzero(~compiled.demand_in_part)
        station = compiled.demand_station
        order = whole[np.argsort(station[whole], kind="stable")]
        self.stations, self.starts = np.unique(station[order], return_index=True)
        self.whole_quota = compiled.demand_quota[order]
        self.single = len(self.stations) == len(order)
        self.station, self.quota = station, compiled.demand_quota
        self.measured = compiled.demand_measured
        self.compiled_parts = compiled.parts
        self.coefficient: Array = self.demand["units"] * self.demand["share"]
        self.batched = bool((self.demand["per_batch"] > 0).any())

    def admit(self, offered: Array, batch: Array, held: Array | None) -> Array:
        """Share of each station's items that its quotas let through [station, scenario].

        Args:
            offered: Items per second [station, scenario].
            batch: Items of an invocation.
            held: Units that callers keep of each quota, where one counts those [quota, scenario].
        """
        if not self.any:
            return self.one
        items = offered.take(self.station, axis=0)
        if self.batched:
            items = items / np.where(self.demand["per_batch"] > 0, batch[self.station], 1.0)
        each = items * self.coefficient
        if held is not None:
            each = np.where(self.measured[:, None], 0.0, each)
        self.asked = asked = self.plan.quotas.dot(each)
        if held is not None:
            asked += held
        if not np.count_nonzero(asked >= self.there):
            self.parts = self.all_parts
            return self.one
        fits = np.minimum(self.there / np.maximum(asked, TINY), 1.0)
        admitted = self.one.copy()
        if len(self.stations):
            rows = fits[self.whole_quota]
            admitted[self.stations] = rows if self.single else np.minimum.reduceat(rows, self.starts, axis=0)
        if self.compiled_parts:
            self._admit_parts(admitted, fits[self.quota])
        return admitted

    def _admit_parts(self, admitted: Array, fits: Array) -> None:
        """A named part of the items is refused by itself."""
        everywhere, self.parts = admitted.copy(), self.all_parts.copy()
        for place, (row, rows) in enumerate(self.compiled_parts):
            self.parts[place] = np.minimum(everywhere[row], fits[rows].min(axis=0))
            admitted[row] -= self.demand["share"][rows[0]] * (everywhere[row] - self.parts[place])

    def step(self) -> None:
        """Refill for what was asked in this tick, and let the capacities that move follow their use."""
        if not self.any:
            return
        # A full bucket that gives no more than it gets stays full.
        rests = self.full and not np.count_nonzero(self.asked > self.capacity)
        if rests and not self.moves:
            return
        there = self.level + self.capacity * self.step_s
        used = self.asked if rests else np.minimum(self.asked, there / self.step_s)
        if self._move(used) or not rests:
            self.level = np.minimum(there - np.minimum(self.asked * self.step_s, there), self._most())
            self._open()

    def _move(self, used: Array) -> bool:
        """Let the capacities that move follow their use [units/s]; whether any has changed."""
        before = self.capacity
        for place, (row, mover) in enumerate(self.moves):
            now = mover.step(used[row], self.given_rows[place])
            if now is not self.moved_to[place]:
                self.moved_to[place], self.capacity = now, self.capacity.copy()
                self.capacity[row] = now
        return self.capacity is not before

    def _open(self) -> None:
        """Work out what can be given in the next tick [units/s], and whether the buckets are full."""
        there = np.maximum(self.level / self.step_s, 0.0) + self.capacity
        self.there: Array = np.where(self.held, self.capacity, there) if self.some_held else there
        self.full = not np.count_nonzero(self.level < self._most())

    def change(self, compiled: Compiled) -> None:
        """Take over other capacities, as a fault leaves them."""
        given = compiled.quota["capacity"] + np.zeros_like(self.given)
        before = np.where(self.given > 0, self.capacity / np.maximum(self.given, TINY), 1.0)
        self.capacity = np.minimum(before, 1.0) * given
        self.given = given
        self.given_rows = [given[row] for row, _ in self.moves]
        self.level = np.minimum(self.level, self._most())
        self._open()

    def _most(self) -> Array:
        return np.asarray(self.capacity * self.seconds)
