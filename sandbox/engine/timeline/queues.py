"""Holding stations over time: what waits, what is paused, what is delivered, given up and lost.

A holding station has one line, or two where some items may only use some of its lanes (a hot shard). An item
that fails comes back after its pause, one stage further; those that were tried most often go first, because
they are the oldest. What is delivered in a tick was there when it began.
"""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.timeline.delays import DelayLines
from sandbox.engine.timeline.faults import Poison
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
        self.of, self.share, self.lanes = _lines(compiled, poisons)
        self.h = {name: rows[self.of] for name, rows in h.items()}
        self.shape = (len(self.of), scenarios)
        self.attempts = self.h["attempts"]
        self.stages = stage_count(self.attempts)
        count = int(self.stages.max(initial=1.0))
        self.last = (np.arange(count)[:, None, None] == self.stages - 1.0).astype(np.float64)
        self.ready: Array = np.zeros((count, *self.shape))
        self.counts = self.h["throttles_count"] > 0
        self.in_place = self.h["in_place"] > 0
        self.bisect = np.where(self.h["bisect"] > 0, 1.0 / np.maximum(self.h["batch_most"], 1.0), 1.0)
        self._delays(count, scenarios, ticks)
        initial = np.array([[s.holding.initial] for s in compiled.network.stations if s.holding])
        self.ready[0] += initial.reshape(-1, 1)[self.of] * self.share
        self.same_answers = Unmoved(1e-7)
        self.forward: Array = np.zeros(self.shape)
        """Chance that a failure leads a stage on."""
        self.finite = bool(np.isfinite(self.attempts).any())
        self.taken: Array = np.zeros_like(self.ready)
        self.left_behind: Array = np.zeros(self.shape)
        """Items that were ready and not delivered, for want of lanes."""
        self.passed, self.dead, self.lost, self.back, self.arrived = (np.zeros(self.shape) for _ in range(5))
        self.sums: Array = np.zeros((len(compiled.held), len(self.of)))
        self.sums[self.of, np.arange(len(self.of))] = 1.0

    def _delays(self, count: int, scenarios: int, ticks: int) -> None:
        """Pauses before each stage, of refused items and of new ones; none that outlasts the run."""
        h, longest = self.h, float(ticks + 1)
        power = h["retry_growth"][:, 0] ** np.maximum(np.arange(count)[:, None] - 1.0, 0.0)
        pause = np.where(self.in_place[:, 0], 0.0, h["retry_delay"][:, 0] * power)
        self.pause = np.minimum(pause / self.step_s, longest)
        self.at_once = self.pause < NOW
        self.retries = DelayLines(self.pause.reshape(-1), scenarios)
        self.first_pause = h["refused_delay"][:, 0] / self.step_s
        most = np.minimum(h["refused_most"][:, 0] / self.step_s, longest)
        waits = self.first_pause >= NOW
        self.refusals = Refusals(self.first_pause, np.where(waits, most, self.first_pause), self.ready.shape)
        self.delay = np.minimum(h["delay"][:, 0] / self.step_s, longest)
        self.news = DelayLines(self.delay, scenarios)

    @property
    def paused(self) -> Array:
        """Items that are hidden or wait for their next try [line, scenario]."""
        failed = self.retries.inside.reshape(self.ready.shape).sum(axis=0)
        return np.asarray(failed + self.refusals.inside + self.news.inside)

    def per_holding(self, lines: Array) -> Array:
        """Sum over the lines of each holding station."""
        return lines if len(self.of) == len(self.sums) else np.asarray(self.sums @ lines)

    def deliver(self, most: Array) -> Array:
        """Take what the lanes can deliver in this tick, the oldest first [items: line, scenario].

        Args:
            most: Items that each line's lanes can be offered [line, scenario].
        """
        content = self.ready.sum(axis=0) if len(self.ready) > 1 else self.ready[0]
        given: Array = np.minimum(content, most)
        self.left_behind = content - given
        if len(self.ready) == 1:
            self.taken = given[None]
        else:
            above = np.cumsum(self.ready[::-1], axis=0)[::-1] - self.ready
            self.taken = np.minimum(np.maximum(given - above, 0.0), self.ready)
        self.ready = self.ready - self.taken
        return given

    def answer(self, consumers: Consumers) -> None:
        """Sort what was delivered into what is done, what comes back and what is given up."""
        self.lost = np.zeros(self.shape)
        accepting, ok = consumers.accepting[self.of], consumers.ok[self.of]
        accepted = self.taken * accepting
        refused = self.taken - accepted
        done = accepted * ok
        failing = accepted - done
        if not self.same_answers(accepting, ok) and self.finite:
            q = 1.0 - np.where(self.counts, accepting, 1.0) * ok
            self.forward = advance(q, self.attempts, self.stages)
        self.passed, self.dead = done.sum(axis=0), np.zeros(self.shape)
        if refused.any():
            failing = np.where(self.counts, failing + refused, failing)
            refused = np.where(self.counts, 0.0, refused)
        if self.refusals.any or refused.any():
            self._refuse(refused)
        self.back = failing.sum(axis=0)
        if failing.any():
            self._fail(failing, self.forward)

    def _fail(self, failing: Array, forward: Array) -> None:
        """One stage further, or out."""
        moved = failing * forward
        out = (moved * self.last).sum(axis=0)
        self.dead = out * self.bisect
        self.passed += out - self.dead
        next_stage = failing - moved
        next_stage[1:] += (moved * (1.0 - self.last))[:-1]
        self.back = self.back - out
        at_once = self.at_once[..., None]
        self.ready += np.where(at_once, next_stage, 0.0)
        later = np.where(at_once, 0.0, next_stage)
        if later.any():
            self.retries.put(later.reshape(-1, self.shape[1]))

    def _refuse(self, refused: Array) -> None:
        """Offer again what the consumer refused, at once or after a pause that doubles with each refusal."""
        at_once = (self.first_pause < NOW)[:, None]
        self.ready += np.where(at_once, refused, 0.0)
        later = np.where(at_once, 0.0, refused)
        if self.refusals.any or later.any():
            self.refusals.put(later, self.taken, self.ready)

    def receive(self, items: Array) -> None:
        """Take in what has arrived in this tick, and what has come back [items: holding, scenario]."""
        self.arrived = items[self.of] * self.share
        delayed = self.delay >= NOW
        if delayed.any():
            self.news.put(np.where(delayed[:, None], self.arrived, 0.0))
            self.ready[0] += np.where(delayed[:, None], 0.0, self.arrived)
        else:
            self.ready[0] += self.arrived
        back = self.retries.step()
        if back is not None:
            self.ready += back.reshape(self.ready.shape)
        back = self.refusals.step()
        if back is not None:
            self.ready += back
        back = self.news.step()
        if back is not None:
            self.ready[0] += back

    def lose(self, most: Array) -> None:
        """Drop what is older than it is kept, the oldest first.

        Args:
            most: Items that arrived within the retention [line, scenario]; no more can be held.
        """
        over = np.maximum(self.ready.sum(axis=0) + self.paused - most, 0.0)
        above = np.cumsum(self.ready[::-1], axis=0)[::-1] - self.ready
        gone = np.clip(over - above, 0.0, self.ready)
        self.ready = self.ready - gone
        self.lost = self.lost + gone.sum(axis=0)

    def held(self) -> Array:
        """Everything that is held [line, scenario]."""
        return np.asarray(self.ready.sum(axis=0) + self.paused)


def _lines(compiled: Compiled, poisons: list[Poison]) -> tuple[Index, Array, Array]:
    """Holding station of each line, its share of what arrives and its share of the lanes."""
    h = compiled.holding
    of, share, lanes = [], [], []
    poisoned = {poison.holding: poison.lanes for poison in poisons}
    for row in range(len(compiled.held)):
        hot, least = float(h["hot_share"][row].max()), float(h["lanes_least"][row].max())
        mine = float(h["hot_lanes"][row].max()) / max(least, 1.0)
        parts = [(hot, mine), (1.0 - hot, 1.0 - mine)] if hot > 0 else [(1.0, 1.0)]
        if row in poisoned:
            stopped = min(poisoned[row] / max(least, 1.0), 1.0)
            parts = [(a * (1.0 - stopped), b * (1.0 - stopped)) for a, b in parts] + [(stopped, stopped)]
        for a, b in parts:
            of.append(row)
            share.append([a])
            lanes.append([b])
    shape = (len(of), 1)
    return np.array(of, dtype=np.intp), np.array(share).reshape(shape), np.array(lanes).reshape(shape)
