"""The slots that are there: they follow their use and draw on quotas, beside environments kept ready."""

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.following import drawn, given_back
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.scaling import movers

TINY = 1e-12


class Pools:
    """All pools of slots: arrays [pool, scenario] unless said otherwise."""

    def __init__(self, compiled: Compiled, plan: Plan, scenarios: int, step_s: float) -> None:
        self.plan, network = plan, compiled.network
        pools = len(compiled.slots["capacity"])
        self.given: Array = compiled.slots["capacity"] + np.zeros((pools, scenarios))
        self.wanted: Array = self.given.copy()
        """Slots as they follow their use, before what they draw on limits them."""
        self.slots: Array = self.wanted
        self.drawn: Array = np.zeros((len(network.quotas), scenarios))
        """Units that the slots draw on the quotas that count them [quota, scenario]."""
        self.moves = movers(network.slots, scenarios, step_s)
        for row, mover in self.moves:
            self.wanted[row] = np.minimum(mover.begin(self.wanted[row]), self.given[row])
        self.ready: Array = compiled.environments["ready"] + np.zeros((1, scenarios))
        """Environments that are kept ready [environments, scenario]."""
        self.keepers = movers(network.environments, scenarios, step_s)
        for row, mover in self.keepers:
            self.ready[row] = mover.begin(self.ready[row])
        self.beside: Array = np.zeros((pools, 1))
        """Environments kept ready beside the slots of each pool."""
        self.change(compiled)

    def change(self, compiled: Compiled) -> None:
        """Take over other capacities, as a fault leaves them."""
        before = np.where(self.given > 0, self.wanted / np.maximum(self.given, TINY), 1.0)
        self.compiled = compiled
        self.given = compiled.slots["capacity"] + np.zeros_like(self.given)
        self.wanted = np.minimum(before, 1.0) * self.given
        self.has_ready = bool(compiled.environments["ready"].any())
        self._draw()
        self._open()

    def step(self, used: Array, busy: Array, in_slots: Array) -> None:
        """Let what moves follow its use.

        Args:
            used: Slots of each pool in use.
            busy: Invocations in service [station, scenario].
            in_slots: Share of them that takes a slot.
        """
        if self.keepers:
            kept = self.plan.environments.dot(busy * (1.0 - in_slots))
            self.ready = self.ready.copy()
            for row, mover in self.keepers:
                self.ready[row] = mover.step(kept[row], self.compiled.environments["ready"][row])
        if self.moves:
            self.wanted = self.wanted.copy()
            for row, mover in self.moves:
                self.wanted[row] = mover.step(used[row], self.given[row])
        if self.keepers or self.moves:
            self._draw()
            self._open()

    def _draw(self) -> None:
        """Leave as many slots as the quotas that they draw on reach for."""
        self.slots = self.wanted
        if len(self.compiled.draw_pool):
            self.drawn = np.zeros_like(self.drawn)
            self.slots = drawn(self.compiled, self.wanted, self.drawn)
        self.slots = self.slots + given_back(self.compiled, self.ready)

    def _open(self) -> None:
        """Work out what follows from the slots and the environments that are there."""
        if self.has_ready:
            self.beside = np.zeros((len(self.given), self.ready.shape[1]))
            for pool, env in self.compiled.ready_in:
                self.beside[pool] += self.ready[env]
        self.free: Array = self.slots.copy()
        """Slots in which what begins has to fit; a pool with a line has its own way of seeing to that."""
        self.free[self.compiled.lined] = np.inf
        self.requests: Array = (
            np.maximum(self.slots + self.beside, TINY) * self.compiled.slots["rate_per_slot"]
        )
        """Most requests per second."""
        self.limits_requests = bool(np.isfinite(self.requests).any())
