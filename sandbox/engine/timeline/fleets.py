"""Environments over time: who starts cold, how many are alive, and how fast more can be started.

Environments are ranked and a request takes the lowest idle one, so that rank k is used at the rate
λₖ = λ·(B(k − 1, a) − B(k, a)), Erlang B on the load (see `cold.py`). An environment is there if it was used
within the idle expiry τ: with Uₖ the uses of the last τ seconds, it is alive with 1 − exp(−Uₖ). In a tick of
Δ seconds rank k is started exp(−Uₖ)·(1 − exp(−λₖΔ)) times. With steady traffic Uₖ = λₖτ, the steady formula.
"""

import numpy as np

from sandbox.engine.compiled import Array, Compiled

PARTS = 10
"""The window of τ seconds moves on by a tenth of it at a time, and continuously in between."""
FINE = 3.0
"""Cells of ranks to √k, the spread of a load of k."""
COARSE = 1.0
"""The same where there are many scenarios; wider ones cannot tell who is used and who is not."""
MANY = 8
"""More scenarios than this are many."""
MOST = 2e4
"""Ranks that are looked at."""
TINY = 1e-12
LEAST, DEEP = -700.0, -600.0
"""Exponents of what is nothing, and of what is nearly."""


def cells(most: float, few: bool) -> Array:
    """Edges of cells of ranks from 0 to *most*: single ranks at first, then growing with √k.

    >>> cells(5, False).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    """
    edges = [0.0]
    while edges[-1] < most - 1e-9:
        at = edges[-1]
        width = max(1.0, float(np.floor(np.sqrt(at) / (COARSE if few else FINE))))
        edges.append(min(at + width, most))
    return np.array(edges)


def _log_factorial(n: Array) -> Array:
    """Stirling's series after a shift by eight, ln Γ(n + 1)."""
    x = n + 9.0
    series = (x - 0.5) * np.log(x) - x + 0.5 * np.log(2.0 * np.pi) + 1.0 / (12.0 * x) - 1.0 / (360.0 * x**3)
    for shift in range(1, 9):
        series = series - np.log(n + shift)
    return np.asarray(series)


class Fleets:
    """All kinds of environments of a network: arrays [environments, scenario] unless said otherwise."""

    def __init__(self, compiled: Compiled, scenarios: int, step_s: float, slots: Array) -> None:
        """Begin without any but those kept ready.

        Args:
            compiled: The network.
            scenarios: Number of scenarios.
            step_s: Length of a tick [s].
            slots: Most that each kind can have in service at once [environments].
        """
        env = compiled.environments
        shape = (len(env["ready"]), scenarios)
        self.ready: Array = env["ready"]
        self.most: Array = np.maximum(env["most"], env["ready"])
        self.part_s: Array = np.maximum(env["idle_expiry"], step_s) / PARTS
        self._lay(float(np.minimum(slots, MOST).max(initial=1.0)), scenarios > MANY)
        self.used: Array = np.zeros((len(self.width), *shape))
        """Uses of one environment of each cell in the window [cell, environments, scenario]."""
        self.ring: Array = np.zeros((PARTS + 1, len(self.width), *shape))
        """The same by parts of the window; the oldest is on its way out."""
        self.now = [0] * shape[0]
        self.elapsed: Array = np.zeros((shape[0], 1))
        self.top = 1
        """Cells that were ever used."""
        self.alive: Array = self.ready + np.zeros(shape)
        self.cold: Array = np.zeros(shape)
        """Share of the invocations that start cold."""
        self.started: Array = np.zeros(shape)
        """Environments started per second."""
        rows = compiled.network.environments
        self.added = np.array([[e.added] for e in rows]).reshape(-1, 1)
        self.burst = np.array([[e.added_burst] for e in rows]).reshape(-1, 1)
        self.limited = bool(np.isfinite(self.added).any())
        self.tokens: Array = np.minimum(self.burst, 1e15) + np.zeros(shape)

    def _lay(self, most: float, few: bool) -> None:
        """Lay the cells."""
        self.edges = cells(most, few)
        self.low, self.high = self.edges[:-1, None, None], self.edges[1:, None, None]
        self.width = self.high - self.low
        self.wide = np.flatnonzero(self.width[:, 0, 0] > 1.0)
        self.middle = (self.high + self.low + 1.0) / 2.0
        self.log_middle = np.log(self.middle)
        self.bend = 1.0 - (self.width**2 - 1.0) / (24.0 * self.middle)
        """How far the ranks of a cell fall short of one straight line of logarithms."""
        self.inner, self.outer = _log_factorial(self.middle), _log_factorial(self.high)
        self.within: Array = np.zeros(1)
        """Ranks of each cell that have to be started [cell, environments, scenario]."""
        self.keep(self.ready)
        self.there: Array = np.clip(np.minimum(self.high, self.most) - self.low, 0.0, self.width) / self.width

    def keep(self, ready: Array) -> None:
        """Take over how many are kept ready [environments, scenario]."""
        self.ready = ready
        within = np.minimum(self.high, self.most) - np.maximum(self.low, ready)
        self.within = np.clip(within, 0.0, self.width)

    def room(self, seconds: float) -> Array:
        """Most environments that can be busy so many seconds after the last step."""
        return np.asarray(self.alive + self._could(seconds))

    def _could(self, seconds: float) -> Array:
        """Most that could be started in so many seconds."""
        return np.asarray(self.tokens + np.minimum(self.added * seconds, 1e15))

    def step(self, rate: Array, load: Array, seconds: float) -> None:
        """Count the uses of so many seconds, and who had to start.

        Args:
            rate: Invocations begun [1/s].
            load: Invocations in service [Erlang].
            seconds: Since the last call [s].
        """
        highest = float(load.max(initial=0.0))
        reach = int(np.searchsorted(self.edges, highest + 8.5 * np.sqrt(highest) + 10.0))
        self.top = min(max(self.top, reach), len(self.width))
        top, within = self.top, self.within[: self.top]
        fresh = self._shares(load) * (rate * seconds)
        before = self.used[:top] - self._oldest() * (self.elapsed / self.part_s)
        starts = (np.exp(-before) * -np.expm1(-fresh) * within).sum(axis=0)
        self._remember(fresh, seconds)
        after = self.used[:top] - self._oldest() * (self.elapsed / self.part_s)
        alive = self.ready + (-np.expm1(-after) * within).sum(axis=0)
        could = self._could(seconds)
        most = self.alive + could
        alive = np.maximum(np.minimum(alive, most), np.minimum(load, np.minimum(most, self.most)))
        starts = np.maximum(np.minimum(starts, could), alive - self.alive)
        self.alive, self.started = alive, starts / seconds
        self.cold = np.where(rate > 0, np.minimum(self.started / np.maximum(rate, TINY), 1.0), self.cold)
        if self.limited:
            self.tokens = np.clip(could - starts, 0.0, np.minimum(self.burst, 1e15))

    def _oldest(self) -> Array:
        """The part of the window that is on its way out [cell, environments, scenario]."""
        place = [(now + 1) % (PARTS + 1) for now in self.now]
        if len(set(place)) == 1:
            return np.asarray(self.ring[place[0], : self.top])
        kinds = np.arange(len(place))
        return np.asarray(np.moveaxis(self.ring[place, : self.top, kinds], 0, 1))

    def _remember(self, fresh: Array, seconds: float) -> None:
        """Add uses to the newest part, and begin another where that is over."""
        self.used[: self.top] += fresh
        self.elapsed += seconds
        for kind, newest in enumerate(self.now):
            self.ring[newest, : self.top, kind] += fresh[:, kind]
        for kind in range(len(self.now)):
            while self.elapsed[kind, 0] >= self.part_s[kind].min():
                self.elapsed[kind] -= self.part_s[kind].min()
                place = (self.now[kind] + 1) % (PARTS + 1)
                self.now[kind] = place
                self.used[:, kind] -= self.ring[place, :, kind]
                self.ring[place, :, kind] = 0.0
        used = self.used[: self.top]
        np.maximum(used, 0.0, out=used)

    def _spread_over_cells(self, density: Array, log_a: Array) -> None:
        """Sum the densities of each cell's ranks, which follow each other nearly by a factor k/a."""
        wide = self.wide[self.wide < self.top]
        if len(wide):
            slope = (self.log_middle[wide] - log_a) / 2.0
            steep = np.sinh(self.width[wide] * slope) / np.sinh(np.where(slope == 0, 1.0, slope))
            many = np.where(np.abs(slope) > 1e-7, steep, self.width[wide])
            density[wide] *= many * self.bend[wide]

    def _shares(self, load: Array) -> Array:
        """Share of the invocations that one rank of each cell takes."""
        top, a = self.top, np.maximum(load, TINY)
        log_a = np.log(a)
        density = np.exp(np.maximum(self.middle[:top] * log_a - a - self.inner[:top], LEAST))
        self._spread_over_cells(density, log_a)
        depth = self.high[:top] * log_a - a - self.outer[:top]
        edge = np.exp(np.maximum(depth, LEAST))
        total = np.cumsum(density, axis=0) + np.exp(-np.minimum(a, -LEAST))
        # So far below the load that a float ends, B(k, a) is 1 − k/a.
        blocked = np.where(depth < DEEP, 1.0 - self.high[:top] / a, edge / np.maximum(total, edge))
        share = np.empty_like(blocked)
        share[0] = 1.0 - blocked[0]
        np.subtract(blocked[:-1], blocked[1:], out=share[1:])
        np.maximum(share, 0.0, out=share)
        taken = (share * self.there[:top]).sum(axis=0)
        return np.asarray(share / self.width[:top] / np.maximum(taken, TINY))
