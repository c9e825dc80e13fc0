"""One tick after the other: what comes in is admitted, served, handed on, and remembered.

Within a tick items run along the synchronous calls at once; what is handed on to a holding station is
delivered from the next tick on. What is in service after a tick of Δ seconds follows dx/dt = λ − x/D exactly,
so that a tick may be longer than the times in it.

There are many ticks and the arrays are small, so what does not change from tick to tick is worked out once,
and an array that has not changed stays the same object.
"""

import numpy as np

from sandbox.engine.compiled import Array
from sandbox.engine.flows import burstiness
from sandbox.engine.timeline.ages import Ages
from sandbox.engine.timeline.arrivals import Arrivals, sampled
from sandbox.engine.timeline.counting import Counting
from sandbox.engine.timeline.doors import Doors
from sandbox.engine.timeline.faults import Phase, Poison
from sandbox.engine.timeline.forward import Forward
from sandbox.engine.timeline.handing import Handing
from sandbox.engine.timeline.holders import Holders
from sandbox.engine.timeline.memory import LATER
from sandbox.engine.timeline.plan import plan
from sandbox.engine.timeline.queues import Consumers, Queues
from sandbox.engine.timeline.recording import Recording
from sandbox.engine.timeline.slow import Slow
from sandbox.engine.timeline.tries import Tries, delayed

TINY = 1e-12
TURNS = 4
"""Most times that admission is worked out in a tick, until who calls and who is admitted agree."""
AGREE = 1e-5
EVERY = (1, 4)
"""Ticks between two looks at what changes slowly, with few scenarios and with many."""
FIRST = 10
"""So many ticks at the start, in which everything changes, are all looked at."""
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
        self.forward = Forward(self.plan, bool(len(c.lined)))
        self.forward.follow(self.slow.calls)
        self.doors = Doors(c, self.plan, scenarios, step_s)
        kinds = len(c.environments["init"])
        self.counting = Counting(c, self.plan, scenarios, step_s, self.many) if kinds else None
        self.queues = Queues(c, scenarios, step_s, poisons, ticks)
        self.holders = Holders(c, self.queues, poisons, scenarios, step_s, random)
        self.shape = (len(c.rows), scenarios)
        self.admitted: Array = np.ones(self.shape)
        self.inside: Array = np.zeros(self.shape)
        """Items in service."""
        self.in_line: Array = np.zeros(self.shape)
        """Items in a waiting room."""
        self.handing = Handing(c, self.plan, scenarios, step_s)
        self.offered: Array = np.zeros(self.shape)
        self.ok: Array = np.ones(self.shape)
        """Share of the items served that end with success."""
        self.outside: Array = np.zeros(self.shape)
        self.loop_rate: Array = np.zeros((len(arrivals.loops), scenarios))
        self.bursty = bool((c.station["peakedness"] != 1.0).any())
        if random:
            self.doors.blocking.sampled = sampled(c) + np.zeros(self.shape)
        self.may_lose = bool((self.queues.h["retention"] < ticks * step_s).any())
        self.ages: Ages
        self._told: Consumers
        self._told_of: tuple[Array | None, int] = (None, -1)
        self._sizes: Array | None = None
        self.now = self._looked = 0
        self.change(phase)

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
        self.holders.change(phase.lanes)

    def step(self, recording: Recording) -> bool:
        """Go through one tick and put down what it was like; whether a kept stretch ends with it."""
        slow, holding = self.slow, len(self.compiled.held) > 0
        base = self._base()
        if holding:
            delivered = self.holders.deliver(slow)
            self._fill()
            self.handing.drive(base, delivered)
        first = self._admit(base)
        begun = accepted = self.offered * self.admitted
        if self.forward.lined:
            begun = np.clip(accepted + self.doors.released, 0.0, accepted + self.in_line / self.step_s)
            self.in_line = self.in_line + (accepted - begun) * self.step_s
        done = self._serve(begun)
        self.ok = slow.state.ok_item
        if holding and self.holders.poisoned.stuck:
            self.ok = self.ok * self._sound()
        well = done * self.ok
        come = self.handing.hand_on(well, self.offered, slow.state.batch)
        if self.tries is not None:
            self.tries.end(first.take(self.tries.calls, axis=0), slow)
        dead = self._answer(come) if holding else come
        invocations, busy = begun / slow.state.batch, self.inside / slow.state.batch
        if self.counting is not None:
            self.counting.count(invocations, busy, slow)
        used = self.doors.used(busy)
        tick = (self.offered, accepted, invocations, busy, done, well, *self._tick(invocations, used))
        over = recording.note(tick + self._held(come, dead))
        self.doors.step(used, busy)
        if self.counting is not None and self.doors.pools.keepers:
            self.counting.fleets.keep(self.doors.pools.ready)
        self.admitted = self._next
        self._look()
        self.now += 1
        return over

    def _base(self) -> Array:
        """Items per second that come from outside, from the last tick, and again."""
        arrivals, slow = self.arrivals, self.slow
        self.outside = np.zeros(self.shape)
        if len(arrivals.open):
            self.outside[arrivals.open] = arrivals.at(self.now)
        if len(arrivals.loops):
            rows = arrivals.loops
            cycle = self.compiled.station["think"][rows] + slow.state.wait[rows] + slow.time[rows]
            target = arrivals.users(self.now) / np.maximum(cycle, 1e-9)
            part = -np.expm1(-self.step_s / np.maximum(cycle, 1e-9)) if self.now else 1.0
            self.loop_rate = self.loop_rate + part * (target - self.loop_rate)
            self.outside[rows] += self.loop_rate
        return self.handing.carry() + self.outside

    def _admit(self, base: Array) -> Array:
        """Run along the calls and through the doors until both agree; the first tries of every call."""
        slow, doors, plan = self.slow, self.doors, self.plan
        self.staying = self.inside * slow.stay
        busy, line = self.staying / slow.state.batch, self.in_line / slow.state.batch
        doors.inside = self.inside
        if self.counting is not None:
            doors.room, doors.alive = self.counting.room(), self.counting.fleets.alive
        again = self._try_again(base) if self.tries is not None else None
        for turn in range(TURNS + 1):
            offered, items = self.forward.run(base, self.admitted, doors.released)
            admitted = doors.admit(offered, busy, line, slow)
            if turn == TURNS or admitted is self.admitted:
                break
            if np.abs(admitted - self.admitted).max(initial=0.0) <= AGREE:
                break
            # Who calls and who is called may want the same slots: then neither takes more than was left.
            last = turn == TURNS - 1
            self.admitted = np.minimum(admitted, self.admitted) if last else admitted
        self.offered, self._next = offered, admitted
        late = None
        if plan.late is not None:
            rate = offered[plan.late.source] * self.admitted[plan.late.source]
            late = rate * slow.calls[plan.late.calls]
        self.handing.call(items, again, late)
        return items

    def _try_again(self, base: Array) -> Array:
        """Add the tries that come back in this tick; them by call [call, scenario]."""
        again = np.zeros(self.slow.calls.shape)
        if self.tries is not None:
            again[self.tries.calls] = self.tries.begin(base)
        return again

    def _serve(self, begun: Array) -> Array:
        """Items whose service ends in this tick."""
        after = self.staying + begun * self.slow.added
        done = np.maximum(begun * self.step_s + self.inside - after, 0.0)
        self.inside = np.maximum(after, 0.0)
        return done

    def _sound(self) -> Array:
        """Share of what is served that is not poisoned [station, scenario]."""
        drives, again = self.plan.drives, self.holders.poisoned.again
        rate = self.queues.per_holding(again).take(drives.holding, axis=0) * drives.gain / self.step_s
        poisoned = np.zeros(self.shape)
        drives.total.add_to(poisoned, rate)
        return np.asarray(1.0 - np.clip(poisoned / np.maximum(self.offered, TINY), 0.0, 1.0))

    def _answer(self, come: Array) -> Array:
        """Tell the holding stations what became of what they delivered; the items they give up."""
        c, queues = self.compiled, self.queues
        if self._told_of[0] is not self.admitted or self._told_of[1] != self.slow.looks:
            rows = self.admitted, self.slow.state.ok_item
            self._told = Consumers(*(row.take(c.driven, axis=0) for row in rows))
            self._told_of = self.admitted, self.slow.looks
        self.holders.answer(self._told, come, self.slow)
        self.ages.arrive(queues.arrived)
        young = self.ages.young((self.now + 1) * self.step_s) if self.may_lose else None
        if young is not None:
            queues.lose(young)
        dead = queues.per_holding(queues.dead)
        self.handing.give_up(dead)
        return dead

    def _tick(self, invocations: Array, used: Array) -> tuple[Array, ...]:
        """What loss stations, limits and arcs are like after a tick, in the order of `telling.NOTED`."""
        s, slow, buckets, counting = self.slow.state, self.slow, self.doors.buckets, self.counting
        success = np.where(self.offered > 0, self.admitted * self.ok, 1.0)
        return (
            self.inside, self.in_line, s.duration, s.wait, slow.time, s.batch, success,
            slow.cold * invocations, self.handing.arc_items, buckets.asked + self.doors.pools.drawn,
            buckets.capacity, buckets.level, used, self.doors.pools.slots,
            *(() if counting is None else (counting.fleets.alive, self.doors.pools.ready)),
        )  # fmt: skip

    def _held(self, come: Array, dead: Array) -> tuple[Array, ...]:
        """What the holding stations are like."""
        queues, total = self.queues, self.queues.per_holding
        if not len(come):
            return ()
        back = queues.back + self.holders.poisoned.again
        told = (queues.passed, queues.lost, back, queues.left_behind, queues.paused, queues.waiting)
        passed, lost, back, left, paused, waiting = map(total, told)
        return come, passed, dead, lost, back, left, paused, waiting, self.holders.lanes

    def _look(self) -> None:
        """Work out anew what changes slowly, where it may have."""
        s, slow = self.slow.state, self.slow
        s.entered = self.admitted
        late = self.now - self._looked >= EVERY[self.many] or self.now < FIRST
        if not late and not self._turned():
            return
        c, rows = self.compiled, self.plan.drives.target
        if len(c.held):
            places = self.plan.drives.holding
            self.holders.batch(slow)
            self._fill()
            self.doors.blocking.drive(rows, places, self.holders.lanes)
        if not slow.moved():
            return
        self._looked = self.now
        s.offered = self.offered
        if self.bursty:
            share = self.handing.arc_items / np.maximum(self.offered[c.source], TINY)
            s.peakedness = burstiness(c, np.minimum(share, 1e6), self.offered, self.outside)
        slow.look()
        # Each look brings news of the callees up by one level of calls.
        for _ in self.plan.levels:
            if not slow.stirred:
                break
            slow.look()
        self.forward.follow(slow.calls)

    def _fill(self) -> None:
        """Take over the batches that the lanes make of what they are given."""
        sizes, s, drives = self.holders.filled(), self.slow.state, self.plan.drives
        if sizes is not self._sizes:
            self._sizes, s.batch = sizes, s.batch.copy()
            s.batch[drives.target] = sizes.take(drives.holding, axis=0)

    def _turned(self) -> bool:
        """Whether admission has moved in all scenarios alike, so that callers must hear of it now."""
        before = self.slow.known[0]
        return bool(np.abs((self.admitted - before).mean(axis=1)).max() > TURNED)
