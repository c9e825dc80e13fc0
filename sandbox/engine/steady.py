"""The steady state: a fixed point of rates, times and admission, for all scenarios at once.

Rates run forward along the arcs, time and success backward; admission depends on both.
Every design is solved twice, from the empty system and from the saturated one, as two
columns of the scenario axis: where they differ, the design is metastable at that load.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sandbox.engine.calls import Made
from sandbox.engine.compiled import Array, Compiled, repeated
from sandbox.engine.compiling import compile_network
from sandbox.engine.held_waits import Waits, waits
from sandbox.engine.holding import Held
from sandbox.engine.network import Network
from sandbox.engine.solver import ROUGH, TOLERANCE, Solver, slope
from sandbox.engine.state import State, saturate, taken

APART = 1e-3
"""Two starts that end further apart than this (relative) are two states."""
FOLLOWING = 8
"""Rounds from a solution nearby: most have settled by then, and more would keep a person waiting."""


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
    """Mean invocations in service [Erlang]; a cold start is part of it, unless it is done before the line."""
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
    ready: Array
    """Those of them that are kept ready [environments, scenario]."""
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
    slots: Array
    """Slots that each pool comes to: where they follow their use often fewer than there may be."""
    converged: NDArray[np.bool_]
    """Whether the fixed point was reached [scenario]."""
    saturated: Array
    """Items offered when solved from saturation; as `offered` where there is one state."""
    metastable: NDArray[np.bool_]
    """Whether a disturbance can leave it in a worse state that lasts [scenario]."""
    state: State
    """What the fixed point came to rest with, for `follow` to begin from."""


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
        compiled = repeated(compiled, np.tile(np.arange(compiled.scenarios), 2))
    solver = Solver(compiled, both, ROUGH if once else TOLERANCE)
    if twice:
        saturate(compiled, solver.state, slice(count, None))
    solver.run()
    return _told(solver, count)


def follow(before: Steady, network: Network | Compiled, load: float = 1.0) -> Steady | None:
    """Where a solution goes when numbers change a little: a few rounds from it, with what they come to.

    It says little about other states, and lanes are only added: `solve` has the last word.

    Args:
        before: The solution to begin from; its first scenario counts.
        network: The network now.
        load: The load multiplier now.

    Returns:
        One scenario, or nothing where the network has another structure than before.
    """
    compiled = network if isinstance(network, Compiled) else compile_network(network)
    if not _is_alike(before.compiled, compiled):
        return None
    one = slice(0, 1)
    part = load / float(before.loads[0])
    state = taken(before.state, one)
    state.offered *= part
    state.lanes = np.ceil(state.lanes * min(part, 1.0))
    state.population = state.population * part
    solver = Solver(compiled, np.array([load]), ROUGH)
    solver.begin_near(state, before.cold_ratio[:, one].copy(), before.environments[:, one].copy(), FOLLOWING)
    solver.run()
    return replace(_told(solver, 1), metastable=before.metastable[one])


def _is_alike(a: Compiled, b: Compiled) -> bool:
    """Whether two networks have the same parts in the same places."""
    return (
        list(a.rows) == list(b.rows)
        and list(a.env_rows) == list(b.env_rows)
        and [pool.id for pool in a.network.slots] == [pool.id for pool in b.network.slots]
        and np.array_equal(a.source, b.source)
        and np.array_equal(a.target, b.target)
    )


def _told(solver: Solver, count: int) -> Steady:
    """The columns of the empty start, with what the saturated one says beside it."""
    c, state, held, admitted = solver.compiled, solver.state, solver.held, solver.admitted
    first = slice(0, count)
    twice = len(solver.loads) > count
    other = state.offered[:, count:] if twice else state.offered
    apart = np.abs(other - state.offered[:, first]) > APART * np.maximum(state.offered[:, first], 1e-9)
    wait, accepted = state.wait.copy(), state.offered * state.entered
    in_slot = np.where(c.stands_in_line, state.duration, state.held_for)
    held_waits = waits(c, state, held, slope(c, state, solver.made))
    wait[c.held] = held_waits.first
    return Steady(
        compiled=c,
        loads=solver.loads[first],
        offered=state.offered[:, first],
        accepted=accepted[:, first],
        invocations=state.invocations[:, first],
        load=(state.invocations * in_slot)[:, first],
        duration=state.duration[:, first],
        variance=state.variance[:, first],
        wait=wait[:, first],
        success=state.ok[:, first],
        success_item=state.ok_item[:, first],
        late=state.late[:, first],
        batch=state.batch[:, first],
        by_rate=admitted.by_rate[:, first],
        overflow=admitted.overflow[:, first],
        cold_ratio=solver.cold_ratio[:, first],
        environments=solver.alive[:, first],
        ready=state.ready[:, first],
        arc_items=(solver.share * state.offered[c.source])[:, first],
        made=_columns(solver.made, first),
        held=_columns(held, first),
        held_waits=_columns(held_waits, first),
        demand=admitted.demand[:, first],
        pool_load=admitted.load[:, first],
        pool_blocking=admitted.blocking[:, first],
        pool_requests=admitted.requests[:, first],
        slots=state.slots[:, first],
        converged=solver.change[first] <= solver.tolerance,
        saturated=other,
        metastable=apart.any(axis=0) & (solver.change[first] <= 1e-6),
        state=taken(state, first),
    )


def _columns(value: Any, columns: slice) -> Any:
    """The same value with some of its scenarios."""
    if isinstance(value, np.ndarray):
        return value[:, columns] if value.shape[-1] > 1 else value
    return replace(
        value, **{field.name: _columns(getattr(value, field.name), columns) for field in fields(value)}
    )
