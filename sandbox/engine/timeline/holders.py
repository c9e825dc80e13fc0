"""What drives the consumers: lanes that grow while items wait, the batches they collect, poisoned lanes."""

from operator import is_not

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.batching import queue_batch
from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.faults import Poison
from sandbox.engine.timeline.memory import Unmoved
from sandbox.engine.timeline.poisoned import Poisoned
from sandbox.engine.timeline.queues import Consumers, Queues
from sandbox.engine.timeline.slow import Slow

TINY = 1e-12
STILL = 1e-6
"""Rates that differ by less are the same."""
REFUSING = 0.9
"""Below this share of deliveries that are taken, no lane is added because items remain."""
SMOOTH_S = 10.0
"""Where arrivals are random, lanes and batches follow the mean of about so many seconds."""


class Holders:
    """The lanes of all holding stations, and the queues they work on: arrays [holding, scenario]."""

    def __init__(
        self,
        compiled: Compiled,
        queues: Queues,
        poisons: list[Poison],
        scenarios: int,
        step_s: float,
        random: bool,
    ) -> None:
        self.compiled, self.queues, self.step_s = compiled, queues, step_s
        self.poisoned = Poisoned(compiled, queues, poisons, step_s)
        h, shape = compiled.holding, (len(compiled.held), scenarios)
        self.fluid = (h["lanes_least"] <= 0) & np.isinf(h["lanes_most"])
        """Delivers without lanes."""
        self.some_fluid = bool(self.fluid.any())
        self.fluid_lines = self.fluid[queues.of]
        self.most: Array = np.where(self.fluid, 0.0, h["lanes_most"])
        self.has_consumer: Array = compiled.has_consumer[:, None].astype(np.float64)
        self.eager: Array = step_s / (1.0 - h["fill"])
        self.read: Array = (h["rate_most"] * step_s)[queues.of] * queues.lanes
        """Most items that can be read in a tick [line, 1 or scenario]."""
        self._read: Array = self.read
        self._read_for: tuple[Array, Array] | None = None
        self.some_read = bool(np.isfinite(h["rate_most"]).any())
        self.lanes: Array = np.where(self.fluid, 0.0, h["lanes_least"]) + np.zeros(shape)
        self.next: Array = self.lanes.copy()
        """Lanes at the end of the tick at hand."""
        self._begin_to_add()
        self.left: Array = np.ones((shape[0], 1))
        """Share of its lanes that a fault leaves."""
        self.stale = True
        """Whether what a lane can do has to be worked out anew."""
        self.half: Array = self.left
        """Half of the items that a lane can offer in a tick [line, scenario]."""
        self.part = min(step_s / SMOOTH_S, 1.0) if random else 1.0
        self.rate: Array = np.zeros(shape)
        """Items that come per second."""
        self.worked: Array = np.zeros(queues.shape)
        """Items executed per second [line, scenario]."""
        self.same_work, self.same_terms, self.same_need = Unmoved(STILL), Unmoved(STILL), Unmoved(STILL)
        self._aimed: tuple[Array, Array, NDArray[np.bool_], Array] | None = None
        """Answers, lanes needed and who waits, and the lanes that were aimed at for it."""
        self.looks = -1
        self.sizes: Array = np.ones(shape)
        self.needed: Array = self.lanes
        self.executions: Array = np.ones(shape)
        self.slowed: Array = np.ones(shape)
        self.accepting: Array = np.ones(shape)
        self._size(queues)

    def _begin_to_add(self) -> None:
        """Add lanes in the first tick already where items wait from the start."""
        rows = [station.holding for station in self.compiled.network.stations if station.holding]
        self.added = np.array([[row.lanes_added] for row in rows]).reshape(-1, 1) * self.step_s
        begun = np.array([[row.initial > 0] for row in rows], dtype=bool).reshape(-1, 1) & ~self.fluid
        more = np.minimum(self.lanes + self.added, self.most)
        self.next = np.where(begun, more, self.lanes)

    def _size(self, queues: Queues) -> None:
        """Begin with batches of one."""
        self.same_running = Unmoved(STILL)
        self.running: Array = queues.none
        """Items that the consumers are offered in this tick [line, scenario]."""
        self.least: Array = np.ones(queues.shape)
        """Smallest batches with which the lanes get through them [line, scenario]."""
        self.collected: Array = np.ones(queues.shape)
        """Batches as they have been of late [line, scenario]."""

    def change(self, left: Array) -> None:
        """Take over the share of its lanes that a fault leaves each station [holding, 1]."""
        self.left, self.stale = left, True

    def deliver(self, slow: Slow) -> Array:
        """Items that are offered to the consumers in this tick [holding, scenario]."""
        queues = self.queues
        if not self.same_terms(self.accepting) or self.looks != slow.looks:
            self.executions, self.slowed = slow.executions(self.accepting)
            self.same_work.forget()
            self.same_need.forget()
            self.looks, self.stale = slow.looks, True
        if self.stale:
            per_lane = slow.per_lane() * self.slowed * self.left * self.has_consumer * self.step_s
            self.half = queues.per_line(per_lane) * queues.lanes / 2.0
            self.stale = False
        most = queues.per_line(self.lanes + self.next) * self.half
        if self.some_fluid:
            most = np.where(self.fluid_lines, queues.per_line(self._eager()), most)
        if self.some_read:
            most = np.minimum(most, self._readable())
        stuck = self.poisoned.stop(self.now, most, self.sizes, slow)
        queues.deliver(most)
        self.running = queues.given + self.poisoned.again if stuck else queues.given
        self._fit(most, slow)
        return queues.per_holding(self.running)

    def _fit(self, most: Array, slow: Slow) -> None:
        """Make batches large enough for the lanes to get through what they are given in this tick.

        Args:
            most: Items that each line's lanes could be offered [line, scenario].
            slow: Times.
        """
        queues, of = self.queues, self.queues.of
        if not self.same_running(self.running, most):
            some = ~self.fluid_lines & (most > TINY)
            part = np.where(some, self.running / np.maximum(most, TINY), 0.0)
            lane = np.minimum(part, 1.0) * slow.per_lane()[of] / self._again()
            first, each = slow.consumer.first[of], slow.consumer.each[of]
            self.least = queue_batch(lane, first, each, queues.h["batch_most"])
            self.poisoned.fill(self.least)

    def _again(self) -> Array:
        """Runs of an item that its lane makes on the spot [line, scenario]."""
        return np.where(self.queues.in_place, np.maximum(self.executions[self.queues.of], TINY), 1.0)

    def _readable(self) -> Array:
        """Most items that can be read in a tick, those that are read again included [line, scenario]."""
        terms = self.accepting, self.executions
        if self._read_for is None or any(map(is_not, terms, self._read_for)):
            tries = np.maximum(self.executions / np.maximum(self.accepting, TINY), 1.0)
            self._read_for, self._read = terms, self.read * self.queues.per_line(tries)
        return self._read

    def _eager(self) -> Array:
        """Most items that a station without lanes offers in a tick.

        As in the steady state that is 1/(1 − fill) times what comes, or what its consumer took lately.
        """
        lately = np.maximum(self.rate * self.executions, self.queues.per_holding(self.worked))
        return np.maximum(lately * self.eager, 1.0) * self.has_consumer

    now = 0
    """The tick at hand."""

    def answer(self, consumers: Consumers, arrived: Array, slow: Slow) -> None:
        """Take the consumers' answers, take in what has arrived, and adjust the lanes.

        Args:
            consumers: What they did with what was delivered.
            arrived: Items that came in this tick.
            slow: Times.
        """
        queues = self.queues
        executed = self.running * queues.per_line(consumers.accepting) / self.step_s
        self.accepting = consumers.accepting
        # At first there is nothing to follow but the few ticks so far.
        self.worked = self._followed(self.worked, executed, max(self.part, 1.0 / max(self.now, 1)))
        queues.answer(consumers)
        self.poisoned.end(self.now, slow)
        queues.receive(arrived)
        self.rate = self._followed(self.rate, arrived / self.step_s, self.part if self.now else 1.0)
        self._adjust(slow)
        self.now += 1

    @staticmethod
    def _followed(mean: Array, now: Array, part: float) -> Array:
        """A mean that follows what is now."""
        return now if part == 1.0 else mean + part * (now - mean)

    def _adjust(self, slow: Slow) -> None:
        """More lanes while items remain, else as many as the rate needs."""
        queues = self.queues
        if not self.same_need(self.rate):
            wanted = slow.lanes_wanted(self.rate, self.executions, self.slowed)
            self.needed = np.where(self.fluid, 0.0, wanted)
        target = self.needed
        if np.count_nonzero(queues.left_behind):
            waiting = queues.per_holding(queues.left_behind) > TINY + 1e-9 * self.rate
            target = self._target(waiting)
        self.lanes = self.next
        if self.lanes is not target:
            least, most = self.lanes - self.added, self.lanes + self.added
            self.next = np.minimum(np.maximum(target, least), most)
            if not np.count_nonzero(self.next != target):
                self.next = target

    def _target(self, waiting: NDArray[np.bool_]) -> Array:
        """Lanes that are aimed at, all of them where items wait."""
        known = self._aimed
        same = known is not None and known[0] is self.accepting and known[1] is self.needed
        if known is not None and same and not np.count_nonzero(waiting != known[2]):
            return known[3]
        # Consumers that refuse would refuse more lanes as well.
        may = np.clip((self.accepting - REFUSING) / (1.0 - REFUSING), 0.0, 1.0)
        target = np.where(waiting, np.maximum(self.needed, self.most * may), self.needed)
        self._aimed = self.accepting, self.needed, waiting, target
        return target

    def _full(self) -> Array:
        """How far batches are full because more waits than the lanes take [line, scenario]."""
        queues = self.queues
        if not np.count_nonzero(queues.left_behind):
            return queues.none
        lane = np.maximum(
            queues.per_line(self.lanes * self.compiled.holding["batch_most"]) * queues.lanes, TINY
        )
        return np.where(self.fluid_lines, 0.0, np.minimum(queues.left_behind / lane, 1.0))

    def batch(self, slow: Slow) -> Array:
        """Mean batch of each holding station of late, over lanes that are full and lanes that keep up."""
        queues, of, h = self.queues, self.queues.of, self.queues.h
        full = self._full()
        if self.same_work(self.worked, full, self.lanes):
            return self.sizes
        working = (self.lanes * self.slowed * self.accepting)[of] * queues.lanes
        lane = np.where(working > TINY, self.worked / self._again() / np.maximum(working, TINY), 0.0)
        size = slow.collected(lane, h, of)
        self.collected = size + full * (h["batch_most"] - size)
        self.poisoned.fill(self.collected)
        self.sizes = self._mean(self.worked, self.collected)
        return self.sizes

    def filled(self) -> Array:
        """Mean batch of each holding station, large enough for what the lanes are given in this tick."""
        if not np.count_nonzero(self.least > self.collected):
            return self.sizes
        return self._mean(self.running, np.maximum(self.collected, self.least))

    def _mean(self, items: Array, size: Array) -> Array:
        """Mean batch of each holding station, of the items and the batches of its lines."""
        batches = self.queues.per_holding(items / np.maximum(size, 1.0))
        mean = self.queues.per_holding(items) / np.maximum(batches, TINY)
        return np.where(batches > TINY, mean, 1.0)
