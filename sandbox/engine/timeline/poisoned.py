"""Batches that never succeed: each stops a lane, which runs it again and again until it is given up."""

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.faults import Poison
from sandbox.engine.timeline.queues import Queues
from sandbox.engine.timeline.slow import Slow


class Poisoned:
    """The poisoned batches of a run, and the lines of the lanes that they stop."""

    def __init__(self, compiled: Compiled, queues: Queues, poisons: list[Poison], step_s: float) -> None:
        self.compiled, self.queues, self.step_s = compiled, queues, step_s
        self.coming = sorted(poisons, key=lambda poison: poison.tick)
        self.stuck: list[tuple[Poison, Array]] = []
        """Those that stop their lanes now, with the items of their batches [scenario]."""
        self.again: Array = queues.none
        """Items that are run once more in this tick; nothing of them is delivered [line, scenario]."""

    def stop(self, tick: int, most: Array, sizes: Array, slow: Slow) -> bool:
        """Let the lanes do nothing but run their batches again; whether there are any such lanes.

        Args:
            tick: The tick at hand.
            most: Items that each line's lanes can be offered, in place [line, scenario].
            sizes: Mean batches when one begins to stop its lane [holding, scenario].
            slow: Times.
        """
        while self.coming and self.coming[0].tick <= tick:
            poison = self.coming.pop(0)
            self.stuck.append((poison, sizes[poison.holding].copy()))
        self.again = np.zeros(self.queues.shape) if self.stuck else self.queues.none
        for poison, batch in self.stuck:
            line = self._line(poison)
            most[line] = 0.0
            rate = poison.lanes * batch / np.maximum(self._takes(poison, batch, slow), 1e-9)
            self.again[line] += rate * self.step_s * self.queues.in_place[line]
        return bool(self.stuck)

    def fill(self, sizes: Array) -> None:
        """Set the batches that are run again [sizes: line, scenario], in place."""
        for poison, batch in self.stuck:
            sizes[self._line(poison)] = batch

    def end(self, tick: int, slow: Slow) -> None:
        """Give batches up after their last attempt, or go on where they have grown too old.

        Args:
            tick: The tick that ends.
            slow: Times.
        """
        queues, h = self.queues, self.compiled.holding
        for poison, batch in tuple(self.stuck):
            since = (tick + 1 - poison.tick) * self.step_s
            attempts, kept = float(h["attempts"][poison.holding].max()), h["retention"][poison.holding].max()
            tried = since >= attempts * float(self._takes(poison, batch, slow).max())
            if not (tried or since >= kept):
                continue
            self.stuck = [other for other in self.stuck if other[0] is not poison]
            line = self._line(poison)
            given_up = np.minimum(queues.ready[0, line], batch * poison.lanes)
            queues.ready[0, line] -= given_up
            if tried:
                dead = given_up * queues.bisect[line]
                queues.dead[line] += dead
                queues.passed[line] += given_up - dead
            else:
                queues.lost[line] += given_up

    def _takes(self, poison: Poison, batch: Array, slow: Slow) -> Array:
        """Seconds that one run of a batch takes [scenario]."""
        consumer, row = slow.consumer, poison.holding
        return np.asarray(consumer.first[row] + consumer.each[row] * (batch - 1.0))

    def _line(self, poison: Poison) -> int:
        """The line of the lanes that a poisoned batch stops: the last of its holding station."""
        return int(np.flatnonzero(self.queues.of == poison.holding)[-1])
