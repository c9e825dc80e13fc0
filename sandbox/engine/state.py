"""What the fixed point carries from one round to the next: arrays [station, scenario]."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from sandbox.engine.compiled import Array, Compiled


@dataclass
class State:
    """The working values of a solution. Everything but `batch` starts at the empty system."""

    offered: Array
    """Items that ask for admission [items/s]."""
    batch: Array
    """Items of one invocation."""
    entered: Array
    """Share that gets a slot."""
    left: Array
    """Share that leaves the line after the longest wait."""
    wait: Array
    """Mean wait of those that get a slot [s]."""
    duration: Array
    """Mean time of an invocation, calls included, cut at the timeout; without a cold start [s]."""
    variance: Array
    """Variance of that time [s²]."""
    init: Array
    """Mean seconds that cold starts add to an invocation."""
    init_variance: Array
    ok: Array
    """Share of the served invocations that succeed."""
    ok_item: Array
    """Share of the served items that succeed."""
    cut: Array
    """Mean time after the timeout's cut, as a share of the time before it."""
    cut_variance: Array
    """The same for the variance."""
    late: Array
    """Share of invocations over the timeout."""
    peakedness: Array
    lanes: Array
    """[holding, scenario] batches in service at once, at most."""
    hot: Array
    """[holding, scenario] share of the inflow that only the hot lanes take."""
    lanes_stay: bool
    """Lanes are no longer taken away."""
    population: Array
    """[scenario] users of closed loops where nothing comes from outside, else infinite."""
    blocking: Array
    """[pool, scenario] share refused by each pool of slots."""
    slots: Array
    """[pool, scenario] slots that scaling comes to; at most the capacity."""
    ready: Array
    """[environments, scenario] environments that are kept ready."""

    @property
    def invocations(self) -> Array:
        """Invocations that got a slot [1/s]."""
        return self.offered * self.entered / self.batch

    @property
    def held_for(self) -> Array:
        """Mean seconds that an invocation holds its slot."""
        return self.duration + self.init


def empty(compiled: Compiled, loads: Array) -> State:
    """Nothing is there yet: everything is admitted at once and succeeds."""
    scenarios = len(loads)
    shape = (len(compiled.rows), scenarios)
    users = compiled.station["users"].sum(axis=0) * loads
    alone = (users > 0) & ~compiled.station["arrivals"].any()
    holdings = (len(compiled.held), scenarios)
    one, nought = np.ones(shape), np.zeros(shape)
    return State(
        offered=nought.copy(),
        batch=one.copy(),
        entered=one.copy(),
        left=nought.copy(),
        wait=nought.copy(),
        duration=nought + compiled.station["fixed"],
        variance=nought.copy(),
        init=nought.copy(),
        init_variance=nought.copy(),
        ok=one.copy(),
        ok_item=one.copy(),
        cut=one.copy(),
        cut_variance=one.copy(),
        late=nought.copy(),
        peakedness=one.copy(),
        lanes=np.zeros(holdings) + compiled.holding["lanes_least"],
        hot=np.zeros(holdings) + compiled.holding["hot_share"],
        lanes_stay=False,
        population=np.where(alone, users, np.inf),
        blocking=np.zeros((len(compiled.slots["capacity"]), scenarios)),
        slots=np.zeros((len(compiled.slots["capacity"]), scenarios)),
        ready=np.zeros((len(compiled.environments["ready"]), scenarios)),
    )


def saturate(compiled: Compiled, state: State, columns: slice) -> None:
    """Fill every waiting room and refuse nearly everything, in some of the scenarios."""
    state.entered[compiled.use_station, columns] = 0.05
    room = compiled.slots["places"][compiled.use_pool] / np.maximum(
        compiled.slots["capacity"][compiled.use_pool], 1e-9
    )
    full = np.minimum(room, 1e3) * compiled.station["fixed"][compiled.use_station]
    state.wait[compiled.use_station, columns] = full[:, columns] if full.shape[1] > 1 else full


def taken(state: State, columns: slice) -> State:
    """Some scenarios of a state, as a copy."""
    found: dict[str, Any] = {field.name: getattr(state, field.name) for field in fields(State)}
    kept = {name: v[..., columns].copy() for name, v in found.items() if isinstance(v, np.ndarray)}
    return State(**(found | kept))


_SMALL = 1e-9
_DUST = 1e-22
"""What rounding leaves of nothing."""
_LOGARITHMS = ("offered", "entered", "wait", "batch")
"""What changes by factors is mixed as its logarithm, and so stays positive."""
_SHARES = ("left", "ok", "ok_item", "late", "blocking", "hot")


def pack(state: State) -> Array:
    """What one round hands to the next and the next decides anew, as one array [value, scenario].

    What follows from it within a round (times) is not in it: damped, it would only come too late.
    """
    packed = np.concatenate([getattr(state, name) for name in (*_LOGARITHMS, *_SHARES)])
    factors = packed[: len(_LOGARITHMS) * len(state.offered)]
    factors += _SMALL
    np.log(factors, out=factors)
    return packed


def unpack(state: State, packed: Array) -> None:
    """Put a packed round back."""
    border = len(_LOGARITHMS) * len(state.offered)
    values = np.empty_like(packed)
    np.exp(packed[:border], out=values[:border])
    values[:border] -= _SMALL
    values[:border] *= values[:border] > _DUST
    np.minimum(np.maximum(packed[border:], 0.0, out=values[border:]), 1.0, out=values[border:])
    start = 0
    for name in (*_LOGARITHMS, *_SHARES):
        end = start + len(getattr(state, name))
        setattr(state, name, values[start:end])
        start = end
    state.entered = np.minimum(state.entered, 1.0)
    state.batch = np.maximum(state.batch, 1.0)
