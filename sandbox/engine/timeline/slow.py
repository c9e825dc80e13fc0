"""What changes slowly: times, success and batches, by the steady state's own formulas.

A tick needs of every station how long an invocation takes with what it calls, how many of its calls it
makes, and what succeeds. That follows from who was admitted and how long was waited; while those stay, it
stays, and it is only worked out anew when they have moved.
"""

from typing import Final

import numpy as np

from sandbox.engine.batching import active_lanes, queue_batch, stream_batch
from sandbox.engine.calls import Made, look_back
from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.holding import Consumer, consumer_of
from sandbox.engine.solver import slope
from sandbox.engine.state import State, empty
from sandbox.engine.timeline.memory import LATER, SOON

TINY = 1e-12
MOVED: Final = 5e-5
"""Shares, and times relative to themselves, that differ by less have not moved."""
REST: Final = 4
"""Ticks after which results that were not at rest are looked at again."""
AGAIN: Final = 1e-5
"""Results that differ by less from one look to the next are at rest."""
STIRRED: Final = 5e-3
"""Where success differs by more in the mean of the scenarios, callers hear of it at once."""


class Slow:
    """Times, success and batches of all stations: arrays [station, scenario] unless said otherwise."""

    def __init__(self, compiled: Compiled, loads: Array, step_s: float, delayed: Array) -> None:
        """Begin with nothing refused and no wait.

        Args:
            compiled: The network.
            loads: Load multipliers [scenario].
            step_s: Length of a tick [s].
            delayed: Whether the tries of a call come back later by themselves [call, 1].
        """
        self.compiled, self.step_s = compiled, step_s
        self.state: State = empty(compiled, loads)
        self.delayed = delayed
        self.made: Made
        self.consumer: Consumer
        self.depends = 5 if len(compiled.lined) else 3
        self.known: tuple[Array, ...]
        self.soon: tuple[Array, ...]
        self.later: tuple[Array, ...]
        self.restless = self.stirred = True
        self.looks = self.age = 0
        self.cold: Array = np.zeros_like(self.state.offered)
        for _ in range(len(compiled.rows) + 1):
            self.look()

    def moved(self) -> bool:
        """Whether anything that the slow numbers depend on has moved since they were worked out."""
        if self.restless and self.age >= REST:
            return True
        self.age += 1
        allowed = self.soon if self.age < LATER else self.later
        if self.age >= LATER:
            self.age = 0
        for place, now in enumerate(self._seen()):
            known = self.known[place]
            if now is not known and np.count_nonzero(np.abs(now - known) > allowed[place]):
                return True
        return False

    def _seen(self) -> tuple[Array, ...]:
        """What the slow numbers depend on: always other arrays where they have changed."""
        s = self.state
        return (s.entered, s.init, s.batch, s.left, s.wait)[: self.depends]

    def look(self) -> None:
        """Work the slow numbers out anew."""
        c, s = self.compiled, self.state
        before = s.duration.copy(), s.ok_item.copy()
        self.known = self._seen()
        self.made = look_back(c, s)
        self.looks += 1
        self.age = 0
        change = np.abs(s.duration - before[0]) / (s.duration + TINY)
        well = s.ok_item - before[1]
        self.restless = bool(max(change.max(initial=0.0), np.abs(well).max(initial=0.0)) > AGAIN)
        self.stirred = bool(np.abs(well.mean(axis=1)).max() > STIRRED)
        shares, time = np.full_like(s.entered, MOVED), MOVED * s.duration + TINY
        self.later = shares, time, MOVED * s.batch, shares, time
        self.soon = tuple(most * (SOON / MOVED) for most in self.later)
        if len(c.held):
            self.consumer = consumer_of(c, s, slope(c, s, self.made))
        self._derive()

    def _derive(self) -> None:
        """What a tick multiplies with."""
        c, s = self.compiled, self.state
        self.time: Array = s.duration + s.init
        ratio = self.step_s / np.maximum(self.time, TINY)
        self.stay: Array = np.exp(-ratio)
        """Share of what is in service that still is after a tick."""
        self.added: Array = self.time * (1.0 - self.stay)
        """What a rate of 1/s adds to what is in service by the end of the tick [items]."""
        self.mean: Array = self.added / self.step_s
        """How close to its end the mean of a tick still is to its beginning."""
        self.early: Array = self.time * (1.0 - self.mean)
        """What a rate of 1/s adds to the mean of what is in service over the tick [items]."""
        calls = np.where(self.delayed > 0, self.made.calls, self.made.offered)
        self.calls: Array = calls / s.batch[c.calls.source]
        """Tries of each call for each item that is begun [call, scenario]."""
        self.failing: Array = np.clip(self.made.tries.failed, 0.0, 1.0) ** (
            1.0 / np.maximum(c.arc["attempts"][c.calls.arc], 1.0)
        )
        """Share of the tries that fail [call, scenario]."""

    @property
    def waited(self) -> Array:
        """Mean wait in line that the times count with [station, scenario], seconds."""
        return self.known[4] if self.depends > 4 else np.zeros_like(self.time)

    def executions(self, accepting: Array) -> tuple[Array, Array]:
        """Executions of an item at one accepted, and the share of its capacity that polling keeps.

        Args:
            accepting: Share of what is offered that the consumer takes [holding, scenario].
        """
        h, consumer = self.compiled.holding, self.consumer
        counts = h["throttles_count"] > 0
        failing = 1.0 - np.where(counts, accepting, 1.0) * consumer.ok_item
        spare = np.maximum(1.0 - failing, TINY)
        gone = np.where(np.isinf(h["attempts"]), 0.0, failing ** np.minimum(h["attempts"], 1e6))
        tried = np.where(spare > TINY, (1.0 - gone) / spare, np.minimum(h["attempts"], 1.0 / TINY))
        executions = tried * np.where(counts, accepting, 1.0)
        return executions, 1.0 / (1.0 + h["error_backoff"] * (1.0 - consumer.ok))

    def lanes_wanted(self, rate: Array, executions: Array, slowed: Array) -> Array:
        """Lanes that take a rate with a reserve [holding, scenario]."""
        h = self.compiled.holding
        finishing = self.per_lane() * slowed / np.maximum(executions, TINY)
        return active_lanes(rate / h["fill"], finishing, h["lanes_least"], h["lanes_most"], 1.0)

    def per_lane(self) -> Array:
        """Most items per second that one lane delivers [holding, scenario]."""
        return self.compiled.holding["batch_most"] / np.maximum(self.consumer.full, TINY)

    def collected(self, lane: Array, h: dict[str, Array], of: Index) -> Array:
        """Mean batch of lanes that keep up.

        Args:
            lane: Items per second that one lane collects [line, scenario].
            h: The holding stations' numbers by line.
            of: Holding station of each line.
        """
        first, each = self.consumer.first[of], self.consumer.each[of]
        timed = (h["window"] > 0) | (h["poll"] > 0)
        if timed.all():
            return stream_batch(lane, np.maximum(h["window"], h["poll"]), first, each, h["batch_most"])
        batch = queue_batch(lane, first, each, h["batch_most"])
        if timed.any():
            pause = np.maximum(h["window"], h["poll"])
            batch = np.where(timed, stream_batch(lane, pause, first, each, h["batch_most"]), batch)
        return batch
