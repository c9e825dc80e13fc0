"""Callers who wait for the answer hold themselves back: their lines are no longer than there are callers.

Within a tick every invocation calls as if the line were as it was. Where that would bring more calls than the
slots called and their line take, the callers get on more slowly instead: as many begin in the tick as the
called ones let through, and as many wait in line as keep the callers' slots full.
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.network import ArcKind
from sandbox.engine.timeline.plan import Plan
from sandbox.engine.timeline.slow import Slow

TINY = 1e-12
NEAR = 0.8
"""Share of what the called ones let through below which their line, if it is empty, stays so."""


@dataclass(frozen=True)
class Awaited:
    """A line in which only callers stand that have a slot and a line of their own."""

    place: int
    """Among the pools with a line."""
    pool: int
    calls: Index
    """Calls that lead to it."""
    callers: Index
    """Pool of each call's source."""


def awaited(compiled: Compiled, plan: Plan) -> tuple[Awaited, ...]:
    """The lines in which only callers stand, those called last first."""
    c = compiled
    outside = np.asarray(((c.station["arrivals"] > 0) | (c.station["users"] > 0)).any(axis=1), dtype=bool)
    calling = np.array([kind is ArcKind.SYNC for kind in c.kind], dtype=bool)
    early = np.concatenate([np.zeros(0, dtype=np.intp), *(level.calls for level in plan.levels)]).tolist()
    pool_of = {row: c.use_pool[c.use_station == row].tolist() for row in c.use_station.tolist()}
    lined, found = set(c.lined.tolist()), []
    for place, pool in enumerate(c.lined.tolist()):
        users = c.use_station[c.use_pool == pool]
        calls = np.flatnonzero(np.isin(c.calls.target, users))
        pools = [pool_of.get(row, []) for row in c.calls.source[calls].tolist()]
        others = bool(np.count_nonzero(outside.take(users))) or not calling[np.isin(c.target, users)].all()
        if others or not len(calls) or not set(calls.tolist()) <= set(early):
            continue
        if all(len(one) == 1 and one[0] in lined and one[0] != pool for one in pools):
            last = max(early.index(call) for call in calls.tolist())
            found.append((last, Awaited(place, pool, calls, np.array([one[0] for one in pools]))))
    return tuple(line for _, line in sorted(found, key=lambda pair: -pair[0]))


class HoldingBack:
    """Limits what callers begin by what they call: arrays [pool, scenario]."""

    def __init__(self, compiled: Compiled, plan: Plan, step_s: float) -> None:
        self.compiled, self.plan, self.step_s = compiled, plan, step_s
        self.lines = awaited(compiled, plan)

    def limit(
        self, capacity: Array, slots: Array, queue: Array, arriving: Array, passing: Array, slow: Slow
    ) -> Array:
        """Lower the callers' capacity; the longest that each line may become [pool with a line, scenario].

        Args:
            capacity: Invocations per second that the slots can begin; changed.
            slots: Slots that are there.
            queue: Invocations in line.
            arriving: Invocations per second that ask for a slot.
            passing: The same by station [station, scenario].
            slow: Times, batches and calls.
        """
        most = np.full((len(self.compiled.lined), capacity.shape[1]), inf)
        if not any(
            _is_near(capacity[line.pool], queue[line.pool], arriving[line.pool]) for line in self.lines
        ):
            return most
        some = arriving > TINY
        of = np.where(some, arriving, self.plan.pools.sum(axis=1)[:, None])
        weight = np.where(self.plan.pools.T.dot(some) > 0, passing, 1.0)
        for line in self.lines:
            callers = np.unique(line.callers)
            per_item, waiting = self._calls(line, slow)
            ready = np.minimum(capacity, arriving + queue / self.step_s)[callers]
            calls, aside = (
                self.plan.pools.dot(weight * row)[callers] / of[callers]
                for row in (per_item, np.maximum(slow.time - waiting, 0.0))
            )
            asked, through = np.maximum((ready * calls).sum(axis=0), TINY), capacity[line.pool]
            begun = ready * np.minimum(through / asked, 1.0)
            longest = np.maximum(slots[callers] - begun * aside, 0.0).sum(axis=0)
            space = np.maximum(longest - queue[line.pool], 0.0) / self.step_s
            fits = (through + space) / asked
            capacity[callers] = np.where(fits < 1.0, ready * fits, capacity[callers])
            most[line.place] = longest
        return most

    def _calls(self, line: Awaited, slow: Slow) -> tuple[Array, Array]:
        """Calls that an invocation of each station makes there, and the seconds it waits in line for them."""
        c, batch = self.compiled, slow.state.batch
        source, target = c.calls.source[line.calls], c.calls.target[line.calls]
        made = slow.calls[line.calls] * batch[source] / batch[target]
        calls, waiting = np.zeros_like(slow.time), np.zeros_like(slow.time)
        np.add.at(calls, source, made)
        np.add.at(waiting, source, made * slow.waited[target])
        return calls, waiting


def _is_near(capacity: Array, queue: Array, arriving: Array) -> bool:
    """Whether a line may grow, or is there."""
    return bool(np.count_nonzero((arriving > NEAR * capacity) | (queue > 1.0)))
