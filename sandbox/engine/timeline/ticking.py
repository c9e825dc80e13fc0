"""One tick after the other: what comes in is admitted, served, handed on, and remembered.

Within a tick items run along the synchronous calls at once; what is handed on to a holding station is
delivered from the next tick on. What is in service after a tick of Δ seconds follows dx/dt = λ − x/D exactly,
so that a tick may be longer than the times in it.
"""

from math import inf

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.flows import burstiness
from sandbox.engine.timeline.ages import Ages
from sandbox.engine.timeline.arrivals import Arrivals, sampled
from sandbox.engine.timeline.doors import Doors
from sandbox.engine.timeline.faults import Phase, Poison
from sandbox.engine.timeline.fleets import Fleets
from sandbox.engine.timeline.holders import Holders
from sandbox.engine.timeline.memory import LATER
from sandbox.engine.timeline.plan import Handed, plan
from sandbox.engine.timeline.queues import Consumers, Queues
from sandbox.engine.timeline.recording import Recording
from sandbox.engine.timeline.slow import Slow
from sandbox.engine.timeline.telling import Served, tell, tell_held
from sandbox.engine.timeline.tries import Tries, delayed

TINY = 1e-12
TURNS = 4
"""Most times that admission is worked out in a tick, until who calls and who is admitted agree."""
AGREE = 1e-5
EVERY = (1, 4)
"""Ticks between two looks at what changes slowly, with few scenarios and with many."""
COUNT = (10, 20)
"""Ticks between two counts of the environments, where no more are needed than there are."""
MANY = 8
TURNED = 0.02
"""A change of admission by more than this in the mean of the scenarios is no chance."""


class Ticking:
    """The state of a run: arrays [station, scenario] unless said otherwise."""

    def __init__(
        self,
        phase: Phase,
        arrivals: Arrivals,
        loads: Array,
        step_s: float,
        ticks: int,
        poisons: list[Poison],
    ) -> None:
        c = self.compiled = phase.compiled
        self.plan, self.step_s, self.arrivals = plan(c), step_s, arrivals
        scenarios, random = len(loads), arrivals.chance is not None
        self.loads, self.many = loads, scenarios > MANY
        which = delayed(c, step_s)
        self.slow = Slow(c, loads, step_s, which)
        self.tries = Tries(c, which, scenarios, step_s, ticks) if which.any() else None
        self.doors = Doors(c, self.plan, scenarios, step_s)
        self.fleets = self._fleets(scenarios)
        self.queues = Queues(c, scenarios, step_s, poisons, ticks)
        self.holders = Holders(c, self.queues, poisons, scenarios, step_s, random)
        shape = (len(c.rows), scenarios)
        self.admitted: Array = np.ones(shape)
        self.inside: Array = np.zeros(shape)
        """Items in service."""
        self.in_line: Array = np.zeros(shape)
        """Items in a waiting room."""
        self.carried: Array = np.zeros(shape)
        """Items per second that the last tick hands to this one."""
        self.arc_items: Array = np.zeros((len(c.source), scenarios))
        self.offered: Array = np.zeros(shape)
        self.outside: Array = np.zeros(shape)
        self.loop_rate: Array = np.zeros((len(arrivals.loops), scenarios))
        self.having = np.flatnonzero(c.env_of >= 0)
        self.bursty = bool((c.station["peakedness"] != 1.0).any())
        if random:
            self.doors.sampled = sampled(c) + np.zeros(shape)
        self.may_lose = bool((self.queues.h["retention"] < ticks * step_s).any())
        self.ages: Ages
        self.now = 0
        self._looked = self._counted = 0
        self.change(phase)

    def _fleets(self, scenarios: int) -> Fleets | None:
        """The environments, as many as the pools that they use have slots."""
        c = self.compiled
        if not len(c.environments["init"]):
            return None
        most = np.full(len(c.environments["init"]), inf)
        for station, pool in zip(c.use_station, c.use_pool, strict=True):
            env = c.env_of[station]
            if env >= 0:
                slots = float(c.slots["capacity"][pool].max()) + float(c.environments["ready"][env].max())
                most[env] = min(most[env], slots)
        return Fleets(c, scenarios, self.step_s, np.maximum(most, 1.0))

    def remember(self, points: int) -> Ages:
        """Begin to remember how much has come to what is held."""
        self.ages = Ages(points, self.queues.held(), self.queues.h["retention"])
        return self.ages

    def change(self, phase: Phase) -> None:
        """Go on with the network as a fault leaves it."""
        self.compiled = self.slow.compiled = phase.compiled
        self.slow.restless, self.slow.age = True, LATER
        self._looked = -LATER
        self.doors.change(phase.compiled)
        self.holders.left = phase.lanes

    def step(self, recording: Recording) -> None:
        """Go through one tick and fill in what it was like."""
        slow, step = self.slow, self.step_s
        base = self._base()
        delivered = self.holders.deliver(slow) if len(self.compiled.held) else None
        if delivered is not None:
            rate = delivered / step
            for place, arc in enumerate(self.plan.drives):
                if arc >= 0:
                    self.arc_items[arc] = rate[place] * self.compiled.arc["gain"][arc]
                    base[self.compiled.driven[place]] += self.arc_items[arc]
        first = self._admit(base)
        entering = self.offered * self.admitted
        begun = entering
        if len(self.compiled.lined):
            begun = np.clip(entering + self.doors.released, 0.0, entering + self.in_line / step)
        done = self._serve(begun)
        well = done * slow.state.ok_item
        inflow = self._hand_on(well)
        if self.tries is not None:
            self.tries.end(first[self.tries.calls], slow)
        dead = self._answer(inflow) if delivered is not None else None
        self._close(begun, done, well, inflow, dead, recording)

    def _base(self) -> Array:
        """Items per second that come from outside, from the last tick, and again."""
        base = self.carried
        self.carried = np.zeros_like(base)
        arrivals, slow = self.arrivals, self.slow
        self.outside = np.zeros_like(base)
        if len(arrivals.open):
            self.outside[arrivals.open] = arrivals.at(self.now)
        if len(arrivals.loops):
            rows = arrivals.loops
            cycle = self.compiled.station["think"][rows] + slow.state.wait[rows] + slow.time[rows]
            target = arrivals.users(self.now) / np.maximum(cycle, 1e-9)
            part = -np.expm1(-self.step_s / np.maximum(cycle, 1e-9)) if self.now else 1.0
            self.loop_rate = self.loop_rate + part * (target - self.loop_rate)
            self.outside[rows] += self.loop_rate
        return base + self.outside

    def _admit(self, base: Array) -> Array:
        """Run along the calls and through the doors until both agree; the first tries of every call."""
        slow, doors, plan = self.slow, self.doors, self.plan
        busy, line = self.inside * slow.stay / slow.state.batch, self.in_line / slow.state.batch
        doors.inside = self.inside
        if self.fleets is not None:
            doors.alive = self.fleets.alive
        if self.fleets is not None and self.fleets.limited:
            doors.room = self.fleets.room((self.now + 1 - self._counted) * self.step_s)
        again = np.zeros_like(slow.calls)
        if self.tries is not None:
            base = base.copy()
            some = again[self.tries.calls]
            self.tries.begin(base, some)
            again[self.tries.calls] = some
        for turn in range(TURNS + 1):
            offered, items = self._forward(base)
            admitted = doors.admit(offered, busy, line, slow)
            if turn == TURNS or np.abs(admitted - self.admitted).max(initial=0.0) <= AGREE:
                break
            # Who calls and who is called may want the same slots: then neither takes more than was left.
            last = turn == TURNS - 1
            self.admitted = np.minimum(admitted, self.admitted) if last else admitted
        self.offered, self._next = offered, admitted
        if plan.late is not None:
            rate = offered[plan.late.source] * self.admitted[plan.late.source]
            items[plan.late.calls] = rate * slow.calls[plan.late.calls]
            plan.late.total.add_to(self.carried, items[plan.late.calls])
        self.arc_items[self.compiled.calls.arc] = items + again
        return items

    def _forward(self, base: Array) -> tuple[Array, Array]:
        """Run along the calls: items per second offered, and the first tries of every call."""
        calls, released = self.slow.calls, self.doors.released
        offered, items = base.copy(), np.empty_like(calls)
        for level in self.plan.levels:
            rate = offered[level.source] * self.admitted[level.source] + released[level.source]
            part = items[level.calls] = np.maximum(rate, 0.0) * calls[level.calls]
            level.total.add_to(offered, part)
        return offered, items

    def _serve(self, begun: Array) -> Array:
        """Items whose service ends in this tick."""
        slow, step = self.slow, self.step_s
        after = self.inside * slow.stay + begun * slow.added
        done = np.maximum(begun * step + self.inside - after, 0.0)
        self.inside = np.maximum(after, 0.0)
        self.in_line += (self.offered * self.admitted - begun) * step
        return done

    def _hand_on(self, well: Array) -> Array:
        """What successful items hand on; items that reach the holding stations in this tick [station]."""
        inflow = self.offered * self.step_s
        handoffs = self.plan.handoffs
        if len(handoffs.arc):
            items = well[handoffs.source] * handoffs.gain
            if handoffs.some_per_batch:
                items = np.where(handoffs.per_batch, items / self.slow.state.batch[handoffs.source], items)
            self._bring(handoffs, items, inflow)
        return inflow

    def _bring(self, handed: Handed, items: Array, inflow: Array) -> None:
        """Bring items to holding stations at once, and to others in the next tick."""
        rate = items / self.step_s
        self.arc_items[handed.arc] = rate
        if len(handed.kept):
            handed.to_kept.add_to(inflow, items[handed.kept])
        if len(handed.passed):
            handed.to_passed.add_to(self.carried, rate[handed.passed])

    def _answer(self, inflow: Array) -> Array:
        """Tell the holding stations what became of what they delivered; the items they give up."""
        c, queues, handed = self.compiled, self.queues, self.plan.dead
        told = Consumers(self.admitted[c.driven], self.slow.state.ok_item[c.driven])
        self.holders.answer(told, inflow[c.held], self.slow)
        self.ages.arrive(queues.arrived)
        young = self.ages.young((self.now + 1) * self.step_s) if self.may_lose else None
        if young is not None:
            queues.lose(young)
        dead = queues.per_holding(queues.dead)
        if len(handed.arc):
            rows = np.zeros_like(inflow)
            rows[c.held] = dead
            later = np.zeros_like(inflow)
            self._bring(handed, rows[handed.source] * handed.gain, later)
            # What is given up here and held there arrives with the next tick.
            self.carried += later / self.step_s
        return dead

    def _close(
        self, begun: Array, done: Array, well: Array, inflow: Array, dead: Array | None, recording: Recording
    ) -> None:
        """Fill in the tick, then go on to the next one."""
        doors, batch = self.doors, self.slow.state.batch
        invocations, busy = begun / batch, self.inside / batch
        used = self.plan.pools @ (busy * doors.in_slots)[doors.users] if len(doors.users) else doors.slots
        self._count(invocations, busy)
        tell(self, Served(invocations, busy, done, well, used), recording)
        if dead is not None:
            tell_held(self, inflow, dead, recording)
        doors.step(self.slow, used)
        self.admitted = self._next
        self._look()
        self.now += 1

    def _count(self, invocations: Array, busy: Array) -> None:
        """Count the environments, often while more are needed than there are."""
        fleets = self.fleets
        if fleets is None:
            return
        load = self.plan.environments @ busy
        since = self.now + 1 - self._counted
        needed = np.minimum(load, fleets.most)
        if since < COUNT[self.many] and not (needed > fleets.alive).any():
            return
        fleets.step(self.plan.environments @ invocations, load, since * self.step_s)
        self._counted = self.now + 1
        kinds, s = self.compiled.env_of[self.having], self.slow.state
        share, init = fleets.cold[kinds], self.compiled.environments["init"][kinds]
        self.slow.cold[self.having] = share
        s.init[self.having] = share * init
        s.init_variance[self.having] = share * (1.0 - share) * init**2

    def _look(self) -> None:
        """Work out anew what changes slowly, where it may have."""
        s, slow = self.slow.state, self.slow
        s.entered = self.admitted
        if self.now and self.now - self._looked < EVERY[self.many] and not self._turned():
            return
        c = self.compiled
        if len(c.held):
            consumers = np.flatnonzero(c.has_consumer)
            s.batch[c.driven[consumers]] = self.holders.batch(slow)[consumers]
            self.doors.lanes[c.driven[consumers]] = self.holders.lanes[consumers]
        if not slow.moved():
            return
        self._looked = self.now
        s.offered = self.offered
        if self.bursty:
            share = self.arc_items / np.maximum(self.offered[c.source], TINY)
            s.peakedness = burstiness(c, np.minimum(share, 1e6), self.offered, self.outside)
        slow.look()
        # Each look brings news of the callees up by one level of calls.
        for _ in self.plan.levels:
            if not slow.stirred:
                break
            slow.look()

    def _turned(self) -> bool:
        """Whether admission has moved in all scenarios alike, so that callers must hear of it now."""
        before = self.slow.known[: len(self.admitted)]
        return bool(np.abs((self.admitted - before).mean(axis=1)).max() > TURNED)
