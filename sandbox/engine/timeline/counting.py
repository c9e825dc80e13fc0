"""Counts the environments now and then, and says how many can be busy meanwhile."""

from math import inf

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.fleets import Fleets
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.slow import Slow

COUNT = (10, 20)
"""Ticks between two counts, with few scenarios and with many, where no more are needed than there are."""
WARMING = 0.02
"""While the share of cold starts changes by more than this they are counted in every tick."""
CALMER = 1.5
"""Then the time from one count to the next grows by this factor."""


class Counting:
    """The environments of a network that has any: arrays [environments, scenario]."""

    def __init__(self, compiled: Compiled, plan: Plan, scenarios: int, step_s: float, many: bool) -> None:
        self.fleets = Fleets(compiled, scenarios, step_s, _most(compiled))
        self.plan, self.step_s, self.every = plan, step_s, COUNT[many]
        self.having = np.flatnonzero(compiled.env_of >= 0)
        self.kinds = compiled.env_of[self.having]
        self.init: Array = compiled.environments["init"][self.kinds]
        self.since = 0
        """Ticks since the last count."""
        self.pause = 1.0
        """Ticks from the last count to the next one."""

    def room(self) -> Array | None:
        """Most that can be busy at the end of this tick; None where more can always be started."""
        return self.fleets.room((self.since + 1) * self.step_s) if self.fleets.limited else None

    def count(self, invocations: Array, busy: Array, slow: Slow) -> None:
        """Count, often while more are needed than there are, and say how many start cold.

        Args:
            invocations: Begun per second [station, scenario].
            busy: Invocations in service.
            slow: Takes over the cold starts.
        """
        fleets, s, load = self.fleets, slow.state, self.plan.environments.dot(busy)
        self.since += 1
        needed = np.minimum(load, fleets.most)
        more = bool(np.count_nonzero(needed > fleets.alive))
        if self.since < int(self.pause) and not more:
            return
        before = fleets.cold
        fleets.step(self.plan.environments.dot(invocations), load, self.since * self.step_s)
        self.since = 0
        warming = bool(np.abs((fleets.cold - before).mean(axis=1)).max() > WARMING)
        self.pause = 1.0 if warming else min(self.pause * CALMER, self.every)
        share = fleets.cold[self.kinds]
        slow.cold[self.having] = share
        s.init, s.init_variance = s.init.copy(), s.init_variance.copy()
        s.init[self.having] = share * self.init
        s.init_variance[self.having] = share * (1.0 - share) * self.init**2


def _most(compiled: Compiled) -> Array:
    """As many of each kind as the pools that they use have slots."""
    most = np.full(len(compiled.environments["init"]), inf)
    for station, pool in zip(compiled.use_station, compiled.use_pool, strict=True):
        env = compiled.env_of[station]
        if env >= 0:
            ready = float(compiled.environments["ready"][env].max())
            most[env] = min(most[env], float(compiled.slots["capacity"][pool].max()) + ready)
    return np.asarray(np.maximum(most, 1.0))
