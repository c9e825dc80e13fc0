"""Keeps the course of a run, thinned where it is long, and checks that nothing gets lost."""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Compiled

STATION = (
    "offered", "accepted", "completed", "failed", "invocations", "in_service", "duration", "wait", "latency",
    "success", "batch", "cold", "waiting", "paused", "lanes", "dead", "lost",
)  # fmt: skip
"""Series with a row for each station, as `told.Run` names them."""
MEMORY = 96e6
"""Most bytes of all series together; longer runs are thinned."""
FEWEST = 60
"""Points that are kept however many scenarios there are."""

FLOWS = ("arrived", "completed", "failed", "rejected", "dead", "lost")


class Recording:
    """Rows of one tick, their means over each stretch, and the sums of the whole run."""

    def __init__(self, compiled: Compiled, scenarios: int, ticks: int, keep: int) -> None:
        """Make room for at most so many points."""
        c = compiled
        n, quotas, pools = len(c.rows), len(c.quota["capacity"]), len(c.slots["capacity"])
        sizes = dict.fromkeys(STATION, n) | {
            "arc_items": len(c.source), "asked": quotas, "capacity": quotas, "tokens": quotas,
            "slots_used": pools, "slots": pools, "environments": len(c.environments["init"]),
        }  # fmt: skip
        ends = np.cumsum([0, *sizes.values()])
        self.places = {name: slice(a, b) for name, a, b in zip(sizes, ends[:-1], ends[1:], strict=True)}
        self.tick: Array = np.zeros((int(ends[-1]), scenarios))
        self.row = {name: self.tick[place] for name, place in self.places.items()}
        """What the tick at hand is like: views to be filled."""
        most = max(min(keep, int(MEMORY / max(4.0 * self.tick.size, 1.0))), min(FEWEST, keep))
        self.wide = ceil(ticks / most)
        """Ticks of a stretch."""
        self.sum: Array = np.zeros_like(self.tick)
        count = ceil(ticks / self.wide)
        self.series: NDArray[np.float32] = np.zeros((count, *self.tick.shape), dtype=np.float32)
        self.ends: Array = np.zeros(count)
        self.flows: Array = np.zeros((len(FLOWS), n, scenarios))
        """Items since the start [flow, station, scenario]."""
        self.flow: Array = np.zeros_like(self.flows)
        """Items of the tick at hand."""
        self.held: Array = np.zeros((n, scenarios))
        self.gap = 0.0
        self.kept = 0
        self._in = 0

    def step(self, ticks: int, last: int) -> bool:
        """Take over a tick; whether a stretch has ended with it.

        Args:
            ticks: Ticks that are over.
            last: Ticks of the run.
        """
        self.flows += self.flow
        if self.wide == 1:
            self.series[self.kept] = self.tick
        else:
            self.sum += self.tick
            self._in += 1
            if ticks % self.wide and ticks < last:
                return False
            np.divide(self.sum, self._in, out=self.series[self.kept], casting="same_kind")
            self.sum[:] = 0.0
            self._in = 0
        self.ends[self.kept] = ticks
        self.kept += 1
        arrived = self.flows[0]
        apart = np.abs(arrived - self.flows[1:].sum(axis=0) - self.held) / np.maximum(arrived, 1.0)
        self.gap = max(self.gap, float(apart.max(initial=0.0)))
        return True

    def told(self) -> dict[str, NDArray[np.float32]]:
        """All series by name, as far as the run went."""
        return {name: self.series[: self.kept, place] for name, place in self.places.items()}
