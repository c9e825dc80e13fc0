"""Waiting rooms over time: a line that fills as fast as more comes than goes, and drains likewise.

In the long run a line is as long as the steady formulas say (`line.py`); on the way there it grows
by at most what comes in beyond what the slots take, and shrinks by what they take beyond that. A line that
is balanced spreads like a random walk, q² by 2c·t, which brings it to its steady length.
"""

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.line import stand_in_line

TINY = 1e-12
LONG = 1e7
"""Waits beyond so many seconds are not told apart."""
SHARP = 4
"""The closer a line is to its steady length, with this power, the more its steady refusals hold."""


class Rooms:
    """The pools that have a line: arrays [pool with a line, scenario]."""

    def __init__(self, compiled: Compiled, scenarios: int, step_s: float) -> None:
        self.rooms: Index = compiled.lined
        self.step_s = step_s
        shape = (len(self.rooms), scenarios)
        self.queue: Array = np.zeros(shape)
        """Invocations in line when the tick begins."""
        self.places: Array = compiled.slots["places"][self.rooms]
        self.patience: Array = compiled.slots["patience"][self.rooms]
        self.steady: Array = np.zeros(shape)
        """Length that the line tends to."""
        self.most: Array = np.full(shape, np.inf)
        """Length from which on who would join waits elsewhere: in the callers' own lines."""
        self.steady_refused: Array = np.zeros(shape)
        self.steady_left: Array = np.zeros(shape)
        self.refused: Array = np.zeros(shape)
        self.left: Array = np.zeros(shape)
        self.wait: Array = np.zeros(shape)
        self.change: Array = np.zeros(shape)
        """Invocations by which the line grows in this tick."""

    def tend(
        self,
        compiled: Compiled,
        there: Array,
        load: Array,
        variance: Array,
        arriving: Array,
        population: Array,
        crowd: Array,
    ) -> None:
        """Look up what the lines tend to with the present load.

        Args:
            compiled: The network.
            there: Its present slots [pool, scenario].
            load: Erlangs offered to each pool [pool, scenario].
            variance: Their variance.
            arriving: Invocations per second offered to each pool.
            population: No more than so many can stand in line [scenario].
            crowd: No more than so many ask for a slot at once [pool, scenario].
        """
        told = stand_in_line(compiled, there, load, variance, arriving, population, crowd)
        rate = arriving[self.rooms]
        self.steady_refused, self.steady_left = told.refused, told.left
        self.steady = np.minimum(
            np.minimum(rate * (1.0 - told.refused) * told.wait, LONG * rate), self.places
        )

    def admit(self, arriving: Array, capacity: Array) -> None:
        """Move the lines through one tick.

        Args:
            arriving: Invocations per second that ask for a slot.
            capacity: Invocations per second that the slots can begin.
        """
        step, rate = self.step_s, arriving
        spread = capacity * step / np.maximum(self.queue, 1.0)
        up = np.minimum(np.maximum(rate - capacity, 0.0) * step + spread, rate * step)
        down = np.minimum(np.maximum(capacity - rate, 0.0) * step + spread, self.queue)
        # Who stands in line now was let in before: near its length the line turns over in the time of its
        # wait; far below it, everybody joins.
        beyond = np.minimum(self.queue + np.maximum(rate - capacity, 0.0) * step, self.places)
        steady = np.minimum(self.steady, np.maximum(self.most, beyond))
        gap = steady - self.queue
        turned = -np.expm1(-capacity * step / np.maximum(self.queue, TINY))
        self.change = np.clip(np.where(gap > up, gap, turned * gap), -down, up)
        least = 1.0 - (capacity + self.change / step) / np.maximum(rate, TINY)
        near = np.minimum(self.queue / np.maximum(self.steady, TINY), 1.0) ** SHARP
        near = np.where(self.steady > TINY, near, 1.0)
        self.refused = np.clip(np.maximum(least, self.steady_refused * near), 0.0, 1.0)
        # Nobody joins who is refused, so the line grows by no more than those that are not.
        self.change = np.minimum(self.change, rate * (1.0 - self.refused) * step)
        self.left = np.minimum(self.steady_left * near, self.refused)
        begun = np.maximum(rate * (1.0 - self.refused) - self.change / step, 0.0)
        length = self.queue + self.change / 2.0
        pace = np.where(begun > TINY, begun, capacity)
        wait = np.where(length > TINY, length / np.maximum(pace, TINY), 0.0)
        self.wait = np.minimum(np.minimum(wait, self.patience), LONG)
