"""What comes from outside in each tick: profiles, evenly or as a dice would have it."""

from collections.abc import Mapping

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index

BLOCK = 256
"""Ticks whose arrivals are drawn together."""
RANDOM = 1e-9
"""Closer to a variance-to-mean ratio of 1 than this is Poisson."""


class Arrivals:
    """Rates from outside, tick by tick, for the stations that have any."""

    def __init__(
        self,
        compiled: Compiled,
        profiles: Mapping[str, Array],
        loads: Array,
        step_s: float,
        chance: np.random.Generator | None,
    ) -> None:
        """Prepare the profiles.

        Args:
            compiled: The network.
            profiles: For a station, items/s (or users) in each tick [tick] or [tick, scenario].
            loads: Load multipliers [scenario].
            step_s: Length of a tick [s].
            chance: Where random numbers come from; None for even arrivals.
        """
        station, self.loads, self.step_s, self.chance = compiled.station, loads, step_s, chance
        loops = np.asarray(station["users"].any(axis=1))
        named = {compiled.rows[name] for name in profiles}
        open_rows = np.flatnonzero(station["arrivals"].any(axis=1) & ~loops)
        self.open: Index = np.array(sorted({*open_rows, *(r for r in named if not loops[r])}), dtype=np.intp)
        self.loops: Index = np.flatnonzero(loops)
        by_row = {compiled.rows[name]: _columns(values) for name, values in profiles.items()}
        self._open = [by_row.get(int(r), station["arrivals"][r][None]) for r in self.open]
        self._users = [by_row.get(int(r), station["users"][r][None]) for r in self.loops]
        self._ratio = station["peakedness"][self.open] + np.zeros((len(self.open), len(loads)))
        self._block: Array = np.zeros((0, len(self.open), len(loads)))
        self._first = 0

    def at(self, tick: int) -> Array:
        """Rates in a tick [open source, scenario], items/s."""
        if not self._first <= tick < self._first + len(self._block):
            self._first = tick
            self._block = self._draw(self._rows(self._open, tick, tick + BLOCK))
        return np.asarray(self._block[tick - self._first])

    def users(self, tick: int) -> Array:
        """Users of the closed loops in a tick [loop, scenario]."""
        return np.asarray(self._rows(self._users, tick, tick + 1)[0])

    def _rows(self, profiles: list[Array], first: int, last: int) -> Array:
        """So many ticks of some profiles; the last value of a shorter one stays [tick, source, scenario]."""
        ticks = np.arange(first, last)
        rates = np.zeros((last - first, len(profiles), len(self.loads)))
        for row, values in enumerate(profiles):
            rates[:, row] = values[np.minimum(ticks, len(values) - 1)] * self.loads
        return rates

    def _draw(self, rates: Array) -> Array:
        """Numbers of arrivals with these means and the sources' variance-to-mean ratios, as rates."""
        if self.chance is None or not rates.size:
            return rates
        mean = rates * self.step_s
        ratio = np.broadcast_to(self._ratio, mean.shape)
        drawn = np.asarray(self.chance.poisson(mean), dtype=np.float64)
        bunched, even = ratio > 1.0 + RANDOM, ratio < 1.0 - RANDOM
        if bunched.any():
            some = bunched & (mean > 0)
            shape = mean[some] / (ratio[some] - 1.0)
            drawn[some] = self.chance.negative_binomial(shape, 1.0 / ratio[some])
        if even.any():
            spread = np.sqrt(mean[even] * ratio[even])
            drawn[even] = np.maximum(np.rint(self.chance.normal(mean[even], spread)), 0.0)
        return drawn / self.step_s


def _columns(values: Array) -> Array:
    """A profile as [tick, scenario or 1]."""
    array = np.asarray(values, dtype=np.float64)
    return array[:, None] if array.ndim == 1 else array


def sampled(compiled: Compiled) -> Array:
    """Share of the randomness of what each station is offered that lies in the numbers that are drawn.

    All of it where items come from outside; of what is passed on with a chance p, p.
    """
    share = np.zeros((len(compiled.rows), 1))
    share[(compiled.station["arrivals"] > 0).any(axis=1)] = 1.0
    chance = np.minimum(compiled.arc["gain"].max(axis=1, initial=0.0), 1.0)
    for _ in range(len(compiled.rows)):
        before = share.copy()
        for arc, (source, target) in enumerate(zip(compiled.source, compiled.target, strict=True)):
            share[target] = np.maximum(share[target], share[source] * chance[arc])
        if np.array_equal(share, before):
            break
    return share
