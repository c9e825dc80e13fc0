"""A run: a network and its inputs, stepped to a horizon."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from sandbox.engine.compiled import Array, Compiled, repeated
from sandbox.engine.compiling import compile_network
from sandbox.engine.network import Network
from sandbox.engine.timeline.arrivals import Arrivals
from sandbox.engine.timeline.faults import Phase, phases, poisons
from sandbox.engine.timeline.inputs import Inputs, tick_count
from sandbox.engine.timeline.recording import Recording
from sandbox.engine.timeline.telling import FLOWS
from sandbox.engine.timeline.ticking import Ticking
from sandbox.engine.timeline.told import Run, Totals

KEEP = 3600
"""Points of each series that are kept; longer runs are thinned to their means."""
TELL = 50
"""Ticks between two words on the progress."""


def run(
    network: Network | Compiled,
    inputs: Inputs | None = None,
    *,
    horizon_s: float = 3600.0,
    step_s: float = 1.0,
    replicas: int = 1,
    seed: int = 0,
    loads: ArrayLike = 1.0,
    keep: int = KEEP,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Run:
    """Step a network through time, from the empty system.

    Args:
        network: The network, or several of one structure compiled together.
        inputs: Profiles and faults; without any, the steady arrivals.
        horizon_s: How long to go [s].
        step_s: Length of a tick [s].
        replicas: Runs of each load. One run has even arrivals; more have random ones.
        seed: Of the random arrivals; the same seed gives the same run.
        loads: Load multipliers; as many as there are compiled networks where those are several.
        keep: Most points of each series; longer stretches are told by their means.
        progress: Called now and then with the share that is done.
        cancelled: Asked now and then whether to stop; what was run until then is told.

    Raises:
        ValueError: The inputs name something that is not there, or their numbers make no sense.

    A second's work for each of 20 items a second: 20 in service.

    >>> from sandbox.engine.network import Station
    >>> told = run(Network((Station("f", arrivals=20, fixed=1.0),)), horizon_s=30)
    >>> round(float(told.in_service[-1, 0, 0]), 3), told.largest_gap < 1e-12
    (20.0, True)
    """
    if not (horizon_s > 0 and step_s > 0 and replicas >= 1):
        raise ValueError("a run needs a horizon and a step above 0, and at least one replica")
    compiled = network if isinstance(network, Compiled) else compile_network(network)
    inputs = (inputs or Inputs()).checked(compiled)
    compiled, columns = _columns(compiled, np.atleast_1d(np.asarray(loads, np.float64)), replicas)
    ticks = tick_count(horizon_s, step_s)
    chance = np.random.default_rng(seed) if replicas > 1 else None
    arrivals = Arrivals(compiled, inputs.profiles, columns, step_s, chance)
    stages = phases(compiled, inputs.faults, step_s)
    state = Ticking(stages[0], arrivals, columns, step_s, ticks, poisons(compiled, inputs.faults, step_s))
    recording = Recording(compiled, len(columns), ticks, keep, step_s)
    recording.begin(state.queues.per_holding(state.queues.held()))
    ages = state.remember(len(recording.ends))
    for tick in range(ticks):
        if tick % TELL == 0:
            if progress is not None:
                progress(tick / ticks)
            if cancelled is not None and cancelled():
                break
        _change(state, stages, tick)
        if state.step(recording):
            ages.keep((tick + 1) * step_s, state.queues.left_behind)
    if progress is not None:
        progress(1.0)
    return _told(state, recording, ages.ages(), replicas, seed)


def _columns(compiled: Compiled, loads: Array, replicas: int) -> tuple[Compiled, Array]:
    """A scenario for each replica of each load."""
    loads = np.broadcast_to(loads, (max(len(loads), compiled.scenarios),))
    if compiled.scenarios > 1:
        compiled = repeated(compiled, np.repeat(np.arange(compiled.scenarios), replicas))
    return compiled, np.repeat(loads, replicas)


def _change(state: Ticking, stages: list[Phase], tick: int) -> None:
    """Begin another phase where it is time."""
    if tick and any(phase.first == tick for phase in stages):
        state.change(next(phase for phase in stages if phase.first == tick))


def _told(state: Ticking, recording: Recording, ages: Array, replicas: int, seed: int) -> Run:
    """The run as a value."""
    c, series = state.compiled, recording.told()
    age = np.zeros_like(series["waiting"])
    for line, holding in enumerate(state.queues.of):
        row = c.held[holding]
        age[:, row] = np.maximum(age[:, row], ages[:, line])
    flows = dict(zip(FLOWS, recording.flows, strict=True))
    return Run(
        compiled=c,
        step_s=state.step_s,
        time_s=recording.ends[: recording.kept] * state.step_s,
        loads=state.loads,
        replicas=replicas,
        seed=seed,
        **series,
        age=age,
        totals=Totals(**flows, held=recording.held),
        largest_gap=recording.gap,
    )
