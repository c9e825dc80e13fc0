"""The fixed point behind the steady state: rounds until nothing changes, for all scenarios at once.

One round goes back along the calls (times, success), through the holding stations, forward
along the arcs (rates) and to the doors (admission). Scenarios that have settled are left
alone, and where most have, the rest go on without them.
"""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.admission import Admitted, admit
from sandbox.engine.calls import Made, look_back
from sandbox.engine.cold import cold_starts
from sandbox.engine.compiled import Array, Compiled, Index, repeated
from sandbox.engine.flows import arrivals, burstiness, factors, run_forward
from sandbox.engine.holding import Held, hold
from sandbox.engine.state import State, empty, pack, unpack
from sandbox.engine.stepping import Stepper
from sandbox.engine.stopping import look

TOLERANCE = 1e-9
ROUGH = 1e-6
"""What a search asks for."""
WARM = 1e-4
"""So far things settle before cold starts are looked at."""
CLOSER = 0.1
"""Part of the change at the last look at which it is worth looking again."""
ROUNDS = 500
PLAIN = 6
"""Rounds before steps are lengthened and lines grow; most designs have settled by then."""
LANES_STAY = 7
"""Rounds after which lanes, which are whole, are only added: a half-needed one would come and go for ever."""
SMALL = 1e-6
"""Rates below this share of the largest one, and times below so many seconds, need not settle further."""
CROWD = 8
"""From so many scenarios on it is worth going on without those that have settled."""


class Solver:
    """One run of the fixed point over all columns."""

    def __init__(self, compiled: Compiled, loads: Array, tolerance: float) -> None:
        self.compiled = compiled
        self.tolerance = tolerance
        self.rounds = ROUNDS
        self.lanes_stay = LANES_STAY
        self.loads = loads
        self.state: State = empty(compiled, loads)
        self.driven_lanes = np.zeros_like(self.state.offered)
        self.cold_ratio = np.zeros_like(self.state.offered)
        self.alive = np.zeros((len(compiled.environments["ready"]), len(loads)))
        self.change = np.full(len(loads), np.inf)
        self.started = np.full(len(loads), not compiled.environments["init"].any())
        """Whether cold starts are in [scenario]."""
        self.looked = np.full(len(loads), np.inf)
        """Change at which that was worked out last [scenario]."""
        self.settled = np.zeros(len(loads), dtype=bool)
        self.plain, self.lines_grow = PLAIN, False
        """Rounds before lines grow instead of being at rest, and whether they do now."""
        self.made: Made
        self.held: Held
        self.admitted: Admitted
        self.share: Array

    def begin_near(self, state: State, cold_ratio: Array, alive: Array, rounds: int) -> None:
        """Begin in a state nearby instead of the empty system: its lanes stay, and it is warm already.

        Args:
            state: Values of a solution; they are changed.
            cold_ratio: Its share of cold starts [station, scenario].
            alive: Its environments [environments, scenario].
            rounds: No more than so many.
        """
        self.state, self.cold_ratio, self.alive = state, cold_ratio, alive
        state.slots, state.ready = np.zeros_like(state.slots), np.zeros_like(state.ready)
        self.started[:] = True
        self.rounds, self.lanes_stay, self.plain = rounds, 0, 0

    def run(self, turn: int = 0, stepper: Stepper | None = None) -> None:
        """Iterate until nothing changes by more than the tolerance.

        Args:
            turn: Rounds that were done before.
            stepper: What goes on from them.
        """
        stepper = stepper or Stepper(len(self.loads))
        while turn < self.rounds and not self.settled.all():
            look()
            self.state.lanes_stay = turn >= self.lanes_stay
            before, start = self._snapshot(), pack(self.state) if turn >= PLAIN else None
            self.lines_grow = turn >= self.plain
            self._round()
            self.change = self._change(before)
            near = self.change <= np.where(self.started, self.tolerance, WARM)
            self._start_cold(near | (self.change <= np.minimum(WARM, CLOSER * self.looked)), near)
            if start is not None and not self.settled.all():
                # What has settled stays: where it answers strongly, more rounds would lead it away again.
                step = stepper.step(start, pack(self.state))
                unpack(self.state, np.where(self.settled, start, step))
            turn += 1
            left = np.flatnonzero(~self.settled)
            if len(self.loads) >= CROWD and 0 < len(left) <= len(self.loads) // 2:
                self._go_on_with(left, turn, stepper)
                return
        if self.alive.size and not self.compiled.environments["init"].any():
            everywhere = np.ones(len(self.loads), dtype=bool)
            self._start_cold(everywhere, everywhere)

    def _go_on_with(self, left: Index, turn: int, stepper: Stepper) -> None:
        """Let the scenarios that have not settled go on alone, and take their state back."""
        compiled = self.compiled if self.compiled.scenarios == 1 else repeated(self.compiled, left)
        rest = Solver(compiled, self.loads[left], self.tolerance)
        for name in ("driven_lanes", "cold_ratio", "alive", "change", "looked", "started"):
            setattr(rest, name, getattr(self, name)[..., left])
        for field in fields(State):
            value = getattr(self.state, field.name)
            setattr(rest.state, field.name, value[..., left] if isinstance(value, np.ndarray) else value)
        rest.run(turn, stepper.of(left))
        for field in fields(State):
            value = getattr(self.state, field.name)
            if isinstance(value, np.ndarray):
                value[..., left] = getattr(rest.state, field.name)
        for name in ("driven_lanes", "cold_ratio", "alive", "change", "settled"):
            getattr(self, name)[..., left] = getattr(rest, name)
        self._round()

    def _round(self) -> None:
        """Once back along the calls, through what holds, forward along the arcs, and to the doors."""
        c, state = self.compiled, self.state
        self.made = look_back(c, state)
        self.held = hold(c, state, slope(c, state, self.made))
        state.lanes = self.held.lanes
        if len(c.held):
            self.driven_lanes[c.driven] = np.where(c.has_consumer[:, None], self.held.lanes, 0.0)
        # A wait far down decides who enters far up, and so its own length: twice, or they chase each other.
        # Both times from the refusals at the start, or two that answer to each other would pass for one.
        before, refused = state.wait if self.lines_grow else None, state.blocking
        for _ in range(2 if len(c.lined) else 1):
            state.blocking = refused
            self._forward(before)
        told = self.admitted
        state.hot = _still_hot(c, told)
        if len(c.held):
            # Last: what the batch decides must all come of one batch, or rounds chase each other.
            state.batch = state.batch.copy()
            state.batch[c.driven] = np.where(c.has_consumer[:, None], self.held.batch, state.batch[c.driven])

    def _forward(self, before: Array | None) -> None:
        """Along the arcs with who entered before, and to the doors for who enters now.

        Args:
            before: Waits from which lines grow and shrink; none where they are taken at rest.
        """
        c, state = self.compiled, self.state
        outside = arrivals(c, state, self.loads)
        self.share = factors(c, state, self.made, self.held)
        state.offered = run_forward(c, outside, self.share, state.offered)
        state.peakedness = burstiness(c, self.share, state.offered, outside)
        self.admitted = told = admit(c, state, self.driven_lanes, before)
        state.entered, state.left, state.wait = told.entered, told.left, told.wait

    def _snapshot(self) -> Array:
        """What is watched: two rates, two times and two shares [watched, station, scenario]."""
        state = self.state
        return np.array(
            (state.offered, state.batch, state.duration, state.wait, state.entered, state.ok), np.float64
        )

    def _change(self, before: Array) -> Array:
        """Largest change of each scenario: relative for rates and times, as such for shares."""
        now = self._snapshot()
        moved = np.abs(now - before)
        rates, times = now[:2], now[2:4]
        moved[:2] /= np.maximum(rates, SMALL * rates.max(axis=1, initial=1e-300, keepdims=True))
        moved[2:4] /= np.maximum(times, SMALL)
        unrest = self.admitted.unrest.max(axis=0, initial=0.0)
        return np.asarray(np.maximum(moved.max(axis=(0, 1), initial=0.0), unrest))

    def _start_cold(self, warm: NDArray[np.bool_], near: NDArray[np.bool_]) -> None:
        """Where things are near rest, work out how often environments are cold and what that adds.

        A scenario has settled when another look changes nothing.

        Args:
            warm: Where it is worth looking.
            near: Where nothing else changes any more.
        """
        look = warm & ~self.settled
        if not look.any():
            return
        self.looked = np.where(look, self.change, self.looked)
        c, state = self.compiled, self.state
        having = np.flatnonzero(c.env_of >= 0)
        if not len(having):
            self.settled, self.started = near & self.started, self.started | look
            return
        env, e = c.env_of[having], c.environments
        rate, load = np.zeros_like(self.alive), np.zeros_like(self.alive)
        np.add.at(rate, env, state.invocations[having])
        np.add.at(load, env, (state.invocations * state.held_for)[having])
        cold = cold_starts(rate, load, e["idle_expiry"], state.ready, e["most"])
        self.alive = np.where(look, np.where(rate > 0, cold.alive, state.ready), self.alive)
        share = np.where(look, cold.share[env], self.cold_ratio[having])
        init = share * e["init"][env]
        moved = np.abs(init - state.init[having])
        calm = (moved <= self.tolerance * (state.duration[having] + init) + 1e-15).all(axis=0)
        self.cold_ratio[having], state.init[having] = share, init
        state.init_variance[having] = share * (1.0 - share) * e["init"][env] ** 2
        self.settled = near & calm & self.started
        self.started = self.started | look


def slope(compiled: Compiled, state: State, made: Made) -> Array:
    """Seconds that each further item adds to an invocation, its calls included."""
    calls = compiled.calls
    per_item = np.where(compiled.arc["per_batch"][calls.arc] > 0, 0.0, made.time / state.batch[calls.source])
    return calls.by_source.add_to(compiled.station["per_item"] + np.zeros_like(state.offered), per_item)


def _still_hot(compiled: Compiled, told: Admitted) -> Array:
    """Share of what a stream admits that goes to its hot lanes: its puts are refused first."""
    hot = compiled.holding["hot_share"] + np.zeros((len(compiled.held), told.entered.shape[1]))
    some = np.flatnonzero(compiled.hot_part >= 0)
    if len(some):
        admitted = told.by_rate[compiled.fed_by[some]]
        hot[some] *= np.divide(
            told.parts[compiled.hot_part[some]], admitted, out=hot[some] * 0, where=admitted > 0
        )
    return hot
