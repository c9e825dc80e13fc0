"""Holding stations over time: what waits, what is paused, what is delivered, given up and lost.

A holding station has one line, or two where some items may only use some of its lanes (a hot shard). An item
that fails comes back after its pause, one stage further; those that were tried most often go first, because
they are the oldest. What is delivered in a tick was there when it began.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.delays import DelayLines
from sandbox.engine.timeline.faults import Poison
from sandbox.engine.timeline.lines import lines
from sandbox.engine.timeline.memory import Unmoved
from sandbox.engine.timeline.refusals import Refusals
from sandbox.engine.timeline.stages import advance, stage_count

TINY = 1e-12
NOW = 0.5
"""A pause shorter than this part of a tick is none."""


@dataclass(frozen=True)
class Consumers:
    """The driven stations as their holding stations see them in a tick: arrays [holding, scenario]."""

    accepting: Array
    """Share of what is offered that they take."""
    ok: Array
    """Share of the items taken that succeed."""


class Queues:
    """Everything that is held: arrays [stage, line, scenario], [line, scenario] or [holding, scenario]."""

    def __init__(
        self, compiled: Compiled, scenarios: int, step_s: float, poisons: list[Poison], ticks: int
    ) -> None:
        """Lay the lines and put in what is there at the start."""
        h, self.step_s = compiled.holding, step_s
        self.compiled = compiled
        self.of, self.share, self.lanes = lines(compiled, poisons)
        self.h = {name: rows[self.of] for name, rows in h.items()}
        self.shape = (len(self.of), scenarios)
        self.attempts = self.h["attempts"]
        self.stages = stage_count(self.attempts)
        count = int(self.stages.max(initial=1.0))
        self.last = (np.arange(count)[:, None, None] == self.stages - 1.0).astype(np.float64)
        self.later = np.triu(np.ones((count, count)), 1)
        """Which stages are later than each."""
        self.every = np.ones(count)
        self.ready: Array = np.zeros((count, *self.shape))
        self.counts = self.h["throttles_count"] > 0
        self.in_place = self.h["in_place"] > 0
        self.bisect = np.where(self.h["bisect"] > 0, 1.0 / np.maximum(self.h["batch_most"], 1.0), 1.0)
        self._delays(count, scenarios, ticks)
        initial = np.array([[s.holding.initial] for s in compiled.network.stations if s.holding])
        self.ready[0] += initial.reshape(-1, 1)[self.of] * self.share
        self.same_answers = Unmoved(1e-7)
        self.stay: Array = np.ones(self.ready.shape)
        """Chance that a failure leaves an item in its stage [stage, line, scenario]."""
        self.on: Array = np.zeros(self.ready.shape)
        """That it leads a stage on."""
        self.out: Array = np.zeros(self.ready.shape)
        """That it leads out of the last one."""
        self._heard: Consumers | None = None
        self.line_answers: tuple[Array, Array]
        self.accepting: Array
        self.ok: Array
        self.finite = bool(np.isfinite(self.attempts).any())
        self.taken: Array = np.zeros_like(self.ready)
        self.none: Array = np.zeros(self.shape)
        self.waiting: Array = self._total(self.ready)
        """Items that can be delivered [line, scenario]."""
        self.given: Array = self.none
        """Items that are delivered in this tick."""
        self.left_behind: Array = self.none
        """Items that were ready and not delivered, for want of lanes."""
        self.passed, self.dead, self.lost, self.back, self.arrived = (self.none for _ in range(5))
        self.single = len(self.of) == len(compiled.held)
        """Whether every holding station has one line."""
        self.sums: Array = np.zeros((len(compiled.held), len(self.of)))
        self.sums[self.of, np.arange(len(self.of))] = 1.0

    def _delays(self, count: int, scenarios: int, ticks: int) -> None:
        """Pauses before each stage, of refused items and of new ones; none that outlasts the run."""
        h, longest = self.h, float(ticks + 1)
        power = h["retry_growth"][:, 0] ** np.maximum(np.arange(count)[:, None] - 1.0, 0.0)
        pause = np.where(self.in_place[:, 0], 0.0, h["retry_delay"][:, 0] * power)
        self.pause = np.minimum(pause / self.step_s, longest)
        self.at_once = (self.pause < NOW)[..., None].astype(np.float64)
        self.retries = DelayLines(self.pause.reshape(-1), scenarios)
        self.first_pause = h["refused_delay"][:, 0] / self.step_s
        most = np.minimum(h["refused_most"][:, 0] / self.step_s, longest)
        waits = self.first_pause >= NOW
        self.refusals = Refusals(self.first_pause, np.where(waits, most, self.first_pause), self.ready.shape)
        self.delay = np.minimum(h["delay"][:, 0] / self.step_s, longest)
        self.some_delayed = bool((self.delay >= NOW).any())
        self.news = DelayLines(self.delay, scenarios)

    @property
    def paused(self) -> Array:
        """Items that are hidden or wait for their next try [line, scenario]."""
        paused = self.none
        if self.retries.used:
            paused = self._total(self.retries.inside.reshape(self.ready.shape))
        if self.refusals.any:
            paused = paused + self.refusals.inside
        return paused + self.news.inside if self.news.used else paused

    def _total(self, stages: Array) -> Array:
        """Sum over the stages [line, scenario]."""
        count = len(stages)
        if count == 1:
            return np.asarray(stages[0])
        return np.asarray(self.every.dot(stages.reshape(count, -1)).reshape(self.shape))

    def _above(self) -> Array:
        """What can be delivered of the later stages of each line [stage, line, scenario]."""
        count = len(self.ready)
        return np.asarray(self.later.dot(self.ready.reshape(count, -1)).reshape(self.ready.shape))

    def per_holding(self, lines: Array) -> Array:
        """Sum over the lines of each holding station."""
        return lines if self.single else np.asarray(self.sums.dot(lines))

    def per_line(self, holdings: Array) -> Array:
        """What each line's holding station has."""
        return holdings if self.single else holdings.take(self.of, axis=0)

    def deliver(self, most: Array) -> None:
        """Take what the lanes can deliver in this tick, the oldest first.

        Args:
            most: Items that each line's lanes can be offered [line, scenario].
        """
        content = self.waiting
        if not np.count_nonzero(content > most):
            self.given, self.left_behind, self.taken = content, self.none, self.ready
            self.ready = np.zeros(self.ready.shape)
            return
        self.given = np.minimum(content, most)
        self.left_behind = content - self.given
        if len(self.ready) == 1:
            self.taken = self.given[None]
        else:
            self.taken = np.minimum(np.maximum(self.given - self._above(), 0.0), self.ready)
        self.ready = self.ready - self.taken

    def answer(self, consumers: Consumers) -> None:
        """Sort what was delivered into what is done, what comes back and what is given up."""
        self.dead, self.lost = np.zeros(self.shape), np.zeros(self.shape)
        self._hear(consumers)
        accepted = self.taken * self.accepting
        refused = self.taken - accepted
        done = accepted * self.ok
        failing = accepted - done
        self.passed = self._total(done)
        if np.count_nonzero(refused):
            failing = np.where(self.counts, failing + refused, failing)
            refused = np.where(self.counts, 0.0, refused)
        if self.refusals.any or np.count_nonzero(refused):
            self._refuse(refused)
        self.back = self.none
        if np.count_nonzero(failing):
            self._fail(failing)

    def _hear(self, consumers: Consumers) -> None:
        """Take over how the consumers answer, for every stage."""
        if consumers is not self._heard:
            self._heard, every = consumers, np.ones((len(self.ready), 1, 1))
            self.line_answers = self.per_line(consumers.accepting), self.per_line(consumers.ok)
            self.accepting, self.ok = (every * rows for rows in self.line_answers)
        if self.finite and not self.same_answers(*self.line_answers):
            accepting, ok = self.line_answers
            q = 1.0 - np.where(self.counts, accepting, 1.0) * ok
            forward = advance(q, self.attempts, self.stages)
            self.stay = 1.0 - forward + np.zeros(self.ready.shape)
            self.out, self.on = forward * self.last, forward * (1.0 - self.last)

    def _fail(self, failing: Array) -> None:
        """One stage further, or out."""
        coming, self.back = failing, self._total(failing)
        if self.finite:
            out = self._total(failing * self.out)
            self.dead = out * self.bisect
            self.passed = self.passed + out - self.dead
            self.back = self.back - out
            coming = failing * self.stay
            coming[1:] += (failing * self.on)[:-1]
        at_once = coming * self.at_once
        self.ready = self.ready + at_once
        later = coming - at_once
        if np.count_nonzero(later):
            self.retries.put(later.reshape(-1, self.shape[1]))

    def _refuse(self, refused: Array) -> None:
        """Offer again what the consumer refused, at once or after a pause that doubles with each refusal."""
        at_once = refused * (self.first_pause < NOW)[:, None]
        self.ready = self.ready + at_once
        later = refused - at_once
        if self.refusals.any or np.count_nonzero(later):
            self.refusals.put(later, self.taken, self.ready)

    def receive(self, items: Array) -> None:
        """Take in what has arrived in this tick, and what has come back [items: holding, scenario]."""
        self.arrived = self.per_line(items) * self.share
        at_once = self.arrived
        if self.some_delayed:
            at_once = self.arrived * (self.delay < NOW)[:, None]
            self.news.put(self.arrived - at_once)
        self.ready[0] += at_once
        back = self.retries.step()
        if back is not None:
            self.ready += back.reshape(self.ready.shape)
        back = self.refusals.step()
        if back is not None:
            self.ready += back
        back = self.news.step()
        if back is not None:
            self.ready[0] += back
        self.waiting = self._total(self.ready)

    def lose(self, most: Array) -> None:
        """Drop what is older than it is kept, the oldest first.

        Args:
            most: Items that arrived within the retention [line, scenario]; no more can be held.
        """
        over = np.maximum(self.held() - most, 0.0)
        gone = np.clip(over - self._above(), 0.0, self.ready)
        self.ready = self.ready - gone
        self.waiting = self._total(self.ready)
        self.lost = self.lost + self._total(gone)

    def held(self) -> Array:
        """Everything that is held [line, scenario]."""
        return self.waiting + self.paused
