"""Callers that try again after a pause longer than a tick: their tries come back by themselves.

A shorter pause ends within the tick; then the tries are counted as in the steady state.
"""

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.delays import DelayLines
from sandbox.engine.timeline.slow import Slow
from sandbox.engine.timeline.stages import advance, stage_count


def delayed(compiled: Compiled, step_s: float) -> Array:
    """Whether the tries of each call come back later [call, 1]."""
    arc = compiled.calls.arc
    tried = compiled.arc["attempts"][arc].max(axis=1, initial=1.0)
    pause = compiled.arc["backoff"][arc].max(axis=1, initial=0.0)
    return np.asarray((tried > 1.0) & (pause >= step_s), dtype=np.float64)[:, None]


class Tries:
    """The tries under way of those calls: [stage, call, scenario]."""

    def __init__(self, compiled: Compiled, which: Array, scenarios: int, step_s: float, ticks: int) -> None:
        self.calls = np.flatnonzero(which[:, 0])
        arc = compiled.calls.arc[self.calls]
        self.target = compiled.calls.target[self.calls]
        self.attempts = compiled.arc["attempts"][arc]
        self.stages = stage_count(self.attempts)
        self.count = int(self.stages.max(initial=1.0))
        self.last = (np.arange(self.count)[:, None, None] == self.stages - 1.0).astype(np.float64)
        pause = np.minimum(compiled.arc["backoff"][arc].max(axis=1) / step_s, ticks + 1.0)
        self.lines = DelayLines(np.tile(pause, self.count), scenarios)
        self.shape = (self.count, len(self.calls), scenarios)
        self.step_s = step_s
        self.due: Array = np.zeros(self.shape)
        """Items that are tried again in this tick."""

    def begin(self, offered: Array) -> Array:
        """Add what is tried again in this tick to what is offered; it by call [call, scenario], items/s.

        Args:
            offered: Items per second [station, scenario], in place.
        """
        back = self.lines.step()
        self.due = np.zeros(self.shape) if back is None else back.reshape(self.shape)
        rate: Array = self.due.sum(axis=0) / self.step_s
        np.add.at(offered, self.target, rate)
        return rate

    def end(self, first: Array, slow: Slow) -> None:
        """Send on what has failed.

        Args:
            first: First tries of these calls [items/s].
            slow: Which share of the tries fails.
        """
        failing = slow.failing[self.calls]
        tried = self.due
        tried[0] += first * self.step_s
        failed = tried * failing
        moved = failed * advance(failing, self.attempts, self.stages)
        coming = failed - moved
        coming[1:] += (moved * (1.0 - self.last))[:-1]
        if coming.any():
            self.lines.put(coming.reshape(-1, self.shape[2]))
