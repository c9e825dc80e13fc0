"""The steady state: a fixed point of rates, times and admission, for all scenarios at once.

Rates run forward along the arcs, time and success backward; admission depends on both.
Every design is solved twice, from the empty system and from the saturated one, as two
columns of the scenario axis: where they differ, the design is metastable at that load.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sandbox.engine.admission import Admitted, admit
from sandbox.engine.calls import Made, look_back
from sandbox.engine.cold import cold_starts
from sandbox.engine.compiled import Array, Compiled, compile_network
from sandbox.engine.flows import arrivals, burstiness, factors, run_forward
from sandbox.engine.held_waits import Waits, waits
from sandbox.engine.holding import Held, hold
from sandbox.engine.network import Network
from sandbox.engine.state import State, empty, pack, saturate, unpack
from sandbox.engine.stepping import Stepper

TOLERANCE = 1e-9
ROUGH = 1e-6
ROUNDS = 500
FEW = 120
"""The same for a search, which asks often and may be a little off where rounds creep."""
PLAIN = 6
"""Rounds before steps are lengthened; most designs have settled by then."""
LANES_STAY = 30
"""Rounds after which lanes, which are whole, are only added: a half-needed one would come and go for ever."""
SMALL = 1e-6
"""Rates below this share of the largest one, and times below so many seconds, need not settle further."""
_WATCHED = ("rate", "time", "time", "rate", "share", "share")
APART = 1e-3
"""Two starts that end further apart than this (relative) are two states."""


@dataclass(frozen=True)
class Steady:
    """A solved network: arrays [station, scenario] unless said otherwise, rows in the network's order."""

    compiled: Compiled
    loads: Array
    """Load multipliers [scenario]."""
    offered: Array
    """Items that ask for admission, tries included [items/s]."""
    accepted: Array
    """Items admitted and answered [items/s]."""
    invocations: Array
    """Invocations (batches) that got a slot [1/s]."""
    load: Array
    """Mean invocations in service, the init of cold starts included [Erlang]."""
    duration: Array
    """Mean time of an invocation, calls included, cut at the timeout; without init [s]."""
    variance: Array
    wait: Array
    """Mean wait before a slot; in a holding station before the first delivery [s]."""
    success: Array
    """Share of the served invocations that succeed."""
    success_item: Array
    late: Array
    """Share of the served invocations over their timeout."""
    batch: Array
    by_rate: Array
    """Share that the rate limits admit."""
    overflow: Array
    """Share of the invocations beyond the environments kept ready."""
    cold_ratio: Array
    """Share of the invocations that start cold."""
    environments: Array
    """Mean environments alive [environments, scenario]."""
    arc_items: Array
    """Items on each arc, tries included [arc, scenario]."""
    made: Made
    held: Held
    """What the holding stations do [holding, scenario]."""
    held_waits: Waits
    demand: Array
    """Units per second asked of each quota [quota, scenario]."""
    pool_load: Array
    """Erlangs offered to each pool of slots [pool, scenario]."""
    pool_blocking: Array
    """Share refused by each pool [pool, scenario]."""
    pool_requests: Array
    """Invocations per second asked of each pool [pool, scenario]."""
    converged: NDArray[np.bool_]
    """Whether the fixed point was reached [scenario]."""
    saturated: Array
    """Items offered when solved from saturation; as `offered` where there is one state."""
    metastable: NDArray[np.bool_]
    """Whether a disturbance can leave it in a worse state that lasts [scenario]."""


def solve(network: Network | Compiled, loads: ArrayLike = 1.0, *, once: bool = False) -> Steady:
    """Find the steady state of a network at one or many load multipliers.

    Args:
        network: The network, or several of one structure compiled together.
        loads: Load multipliers [scenario]; as many as there are compiled networks where those are several.
        once: Solve from the empty system only, and to a part in a million: what searching needs.

    Returns:
        The state that an empty system reaches; `metastable` and `saturated` tell of another.

    Ten slots asked for 9 Erlang refuse 16.8 %:

    >>> from sandbox.engine.network import Arc, Slots, Station
    >>> sut = Network(
    ...     stations=(Station("t", arrivals=90), Station("f", fixed=0.1, slots=("s",))),
    ...     arcs=(Arc("t", "f"),), slots=(Slots("s", 10),))
    >>> float((1 - solve(sut).accepted[1] / 90)[0].round(4))
    0.168
    """
    compiled = network if isinstance(network, Compiled) else compile_network(network)
    wanted = np.atleast_1d(np.asarray(loads, dtype=np.float64))
    count = max(len(wanted), compiled.scenarios)
    wanted = np.broadcast_to(wanted, (count,))
    twice = compiled.has_feedback and not once
    both = np.tile(wanted, 2) if twice else wanted
    if twice and compiled.scenarios > 1:
        compiled = _twice(compiled)
    solver = _Solver(compiled, both, ROUGH if once else TOLERANCE)
    if twice:
        saturate(compiled, solver.state, slice(count, None))
    solver.run()
    return solver.result(count)


class _Solver:
    """One run of the fixed point over all columns."""

    def __init__(self, compiled: Compiled, loads: Array, tolerance: float) -> None:
        self.compiled = compiled
        self.tolerance = tolerance
        self.rounds = ROUNDS if tolerance == TOLERANCE else FEW
        self.loads = loads
        self.state: State = empty(compiled, loads)
        self.driven_lanes = np.zeros_like(self.state.offered)
        self.cold_ratio = np.zeros_like(self.state.offered)
        self.alive = np.zeros((len(compiled.environments["ready"]), len(loads)))
        self.stepper = Stepper(len(loads))
        self.change = np.full(len(loads), np.inf)
        self.made: Made
        self.held: Held
        self.admitted: Admitted
        self.share: Array

    def run(self) -> None:
        """Iterate until nothing changes by more than the tolerance."""
        warm = not self.compiled.environments["init"].any()
        settled = self.tolerance if warm else 1e-4
        for turn in range(self.rounds):
            if turn == LANES_STAY:
                self.state.lanes_stay = True
            before, start = self._snapshot(), pack(self.state) if turn >= PLAIN else None
            self._round()
            change = self._change(before)
            self.change = change
            if change.max() > settled:
                if start is not None:
                    unpack(self.state, self.stepper.step(start, pack(self.state)))
                continue
            if settled == self.tolerance and (warm or self._cold_settled()):
                break
            self._start_cold()
            settled = self.tolerance
        if self.alive.size and warm:
            self._start_cold()

    def _round(self) -> None:
        """Once back along the calls, through the holding stations, forward along the arcs, and to the doors."""
        c, state = self.compiled, self.state
        self.made = look_back(c, state)
        self.held = hold(c, state, self._slope())
        state.lanes = self.held.lanes
        if len(c.held):
            self.driven_lanes[c.driven] = np.where(c.has_consumer[:, None], self.held.lanes, 0.0)
        outside = arrivals(c, state, self.loads)
        self.share = factors(c, state, self.made, self.held)
        state.offered = run_forward(c, outside, self.share, state.offered)
        state.peakedness = burstiness(c, self.share, state.offered, outside)
        self.admitted = told = admit(c, state, self.driven_lanes)
        state.entered, state.left, state.wait = told.entered, told.left, told.wait
        if len(c.held):
            # Last: what the batch decides must all come of one batch, or rounds chase each other.
            state.batch = state.batch.copy()
            state.batch[c.driven] = np.where(c.has_consumer[:, None], self.held.batch, state.batch[c.driven])

    def _slope(self) -> Array:
        """Seconds that each further item adds to an invocation, its calls included."""
        c, state = self.compiled, self.state
        calls = c.calls
        per_item = np.where(
            c.arc["per_batch"][calls.arc] > 0, 0.0, self.made.time / state.batch[calls.source]
        )
        return calls.by_source.add_to(c.station["per_item"] + np.zeros_like(state.offered), per_item)

    def _snapshot(self) -> tuple[Array, ...]:
        state = self.state
        return (state.offered, state.duration, state.wait, state.batch.copy(), state.entered, state.ok.copy())

    def _change(self, before: tuple[Array, ...]) -> Array:
        """Largest change of each scenario: of rates and times relative to what they are, of shares as such."""
        largest = np.zeros(len(self.loads))
        for name, old, new in zip(_WATCHED, before, self._snapshot(), strict=True):
            moved = np.abs(new - old)
            if name == "rate":
                moved = moved / np.maximum(new, SMALL * new.max(axis=0, initial=1e-300))
            elif name == "time":
                moved = moved / np.maximum(new, SMALL)
            largest = np.maximum(largest, moved.max(axis=0, initial=0.0))
        return largest

    def _start_cold(self) -> None:
        """Work out how often environments are cold at the present load, and what that adds."""
        c, state = self.compiled, self.state
        having = np.flatnonzero(c.env_of >= 0)
        env = c.env_of[having]
        rate, load = np.zeros_like(self.alive), np.zeros_like(self.alive)
        np.add.at(rate, env, state.invocations[having])
        np.add.at(load, env, (state.invocations * state.held_for)[having])
        e = c.environments
        cold = cold_starts(rate, load, e["idle_expiry"], e["ready"], e["most"])
        self.alive = np.where(rate > 0, cold.alive, e["ready"])
        share = cold.share[env]
        init = e["init"][env]
        self.cold_ratio[having] = share
        state.init[having] = share * init
        state.init_variance[having] = share * (1.0 - share) * init**2

    def _cold_settled(self) -> bool:
        """Whether another look at the cold starts would change nothing that shows."""
        before = self.state.init.copy()
        self._start_cold()
        moved = np.abs(self.state.init - before)
        return bool((moved <= self.tolerance * (self.state.duration + before) + 1e-15).all())

    def result(self, count: int) -> Steady:
        """The columns of the empty start, with what the saturated one says beside it."""
        c, state, held, admitted = self.compiled, self.state, self.held, self.admitted
        first = slice(0, count)
        twice = len(self.loads) > count
        other = state.offered[:, count:] if twice else state.offered
        apart = np.abs(other - state.offered[:, first]) > APART * np.maximum(state.offered[:, first], 1e-9)
        wait, accepted = state.wait.copy(), state.offered * state.entered
        held_waits = waits(c, state, held, self._slope())
        wait[c.held] = held_waits.first
        return Steady(
            compiled=c,
            loads=self.loads[first],
            offered=state.offered[:, first],
            accepted=accepted[:, first],
            invocations=state.invocations[:, first],
            load=(state.invocations * state.held_for)[:, first],
            duration=state.duration[:, first],
            variance=state.variance[:, first],
            wait=wait[:, first],
            success=state.ok[:, first],
            success_item=state.ok_item[:, first],
            late=state.late[:, first],
            batch=state.batch[:, first],
            by_rate=admitted.by_rate[:, first],
            overflow=admitted.overflow[:, first],
            cold_ratio=self.cold_ratio[:, first],
            environments=self.alive[:, first],
            arc_items=(self.share * state.offered[c.source])[:, first],
            made=_columns(self.made, first),
            held=_columns(held, first),
            held_waits=_columns(held_waits, first),
            demand=admitted.demand[:, first],
            pool_load=admitted.load[:, first],
            pool_blocking=admitted.blocking[:, first],
            pool_requests=admitted.requests[:, first],
            converged=self.change[first] <= self.tolerance,
            saturated=other,
            metastable=apart.any(axis=0) & (self.change[first] <= 1e-6),
        )


def _columns(value: Any, columns: slice) -> Any:
    """The same value with some of its scenarios."""
    if isinstance(value, np.ndarray):
        return value[:, columns] if value.shape[-1] > 1 else value
    return replace(
        value, **{field.name: _columns(getattr(value, field.name), columns) for field in fields(value)}
    )


def _twice(compiled: Compiled) -> Compiled:
    """The same networks with every column there two times."""
    tables: dict[str, Any] = {}
    for name in ("station", "arc", "holding", "quota", "demand", "slots", "environments"):
        tables[name] = {key: np.tile(rows, 2) for key, rows in getattr(compiled, name).items()}
    return replace(compiled, scenarios=2 * compiled.scenarios, **tables)
