"""Keeps the course of a run, thinned where it is long, and checks that nothing gets lost.

What a tick is like is put down as it is and summed over its stretch; the series follow from that for many
stretches together.
"""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.telling import FLOWS, SERIES, Noted, flows, held, tell

MEMORY = 96e6
"""Most bytes of all series together; longer runs are thinned."""
FEWEST = 60
"""Points that are kept however many scenarios there are."""
BLOCK, BLOCK_SIZE = 256, 1e6
"""Most stretches, and bytes, that are put down before series are made of them."""


class Recording:
    """The means over each stretch of ticks, and the sums of the whole run."""

    def __init__(self, compiled: Compiled, scenarios: int, ticks: int, keep: int, step_s: float) -> None:
        """Make room for at most so many points."""
        self.compiled, self.step_s, self.ticks = compiled, step_s, ticks
        self.noted, series = Noted(compiled), Noted(compiled, SERIES)
        self.places = series.places
        most = max(min(keep, int(MEMORY / max(4.0 * series.rows * scenarios, 1.0))), min(FEWEST, keep))
        self.wide = ceil(ticks / most)
        """Ticks of a stretch."""
        count = ceil(ticks / self.wide)
        self.series: NDArray[np.float32] = np.zeros((count, series.rows, scenarios), dtype=np.float32)
        self.ends: Array = np.minimum(np.arange(1.0, count + 1.0) * self.wide, ticks)
        """Ticks that are over at the end of each stretch."""
        shape = (self.noted.rows, scenarios)
        long = int(min(max(BLOCK_SIZE / max(8.0 * shape[0] * scenarios, 1.0), 1.0), BLOCK, count))
        self.block: Array = np.empty((long, *shape))
        """Sums over stretches [stretch, row, scenario]."""
        self.last: Array = self.block if self.wide == 1 else np.empty((long, *shape))
        """The last tick of each."""
        self.tick: Array = np.empty(shape)
        self.flows: Array = np.zeros((len(FLOWS), len(compiled.rows), scenarios))
        """Items since the start [flow, station, scenario]."""
        self.held: Array = np.zeros(self.flows.shape[1:])
        self.gap = 0.0
        self.kept = self._in = self._begun = 0

    def begin(self, initial: Array) -> None:
        """Count what is held at the start [holding, scenario]."""
        self.flows[0, self.compiled.held] = initial

    def note(self, rows: tuple[Array, ...]) -> bool:
        """Put down a tick; whether a stretch has ended with it.

        Args:
            rows: What `telling.NOTED` names, in its order.
        """
        place = self.block[self._in]
        tick = self.tick if self._begun else place
        np.concatenate(rows, out=tick)
        if self._begun:
            place += tick
        self._begun += 1
        done = self.kept + self._in
        if self._begun < self.wide and done * self.wide + self._begun < self.ticks:
            return False
        if self.wide > 1:
            self.last[self._in] = tick
        self._begun = 0
        self._in += 1
        if self._in == len(self.block):
            self._tell()
        return True

    def _tell(self) -> None:
        """Make series of the stretches that are over."""
        count, self._in = self._in, 0
        sums, span = self.block[:count], slice(self.kept, self.kept + count)
        lasts = np.diff(self.ends[span], prepend=self.kept * self.wide)
        self._account(sums, self.last[:count])
        if self.wide > 1:
            sums /= lasts[:, None, None]
        told = {name: self.series[span, place] for name, place in self.places.items()}
        tell(self.compiled, self.noted.by_name(sums), self.step_s, told)
        self.kept += count

    def _account(self, sums: Array, last: Array) -> None:
        """Add up what came and went, and see that it is what is held at the end of each stretch."""
        flow = flows(self.compiled, self.noted.by_name(sums), self.step_s)
        flow[:, 0] += self.flows
        since = np.cumsum(flow, axis=1)
        there = held(self.compiled, self.noted.by_name(last))
        apart = np.abs(since[0] - since[1:].sum(axis=0) - there) / np.maximum(since[0], 1.0)
        self.gap = max(self.gap, float(apart.max(initial=0.0)))
        self.flows, self.held = since[:, -1], there[-1]

    def told(self) -> dict[str, NDArray[np.float32]]:
        """All series by name, as far as the run went; of a stretch that was broken off the sums alone."""
        place, part = self._in, self._begun
        if place:
            self._tell()
        if part:
            self._account(self.block[place : place + 1], (self.tick if part > 1 else self.block[place])[None])
        return {name: self.series[: self.kept, place] for name, place in self.places.items()}
