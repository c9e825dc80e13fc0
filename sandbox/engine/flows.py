"""Rates forwards along the arcs: what every station is offered, given what each lets through."""

import numpy as np

from sandbox.engine.calls import Made
from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.holding import Held
from sandbox.engine.network import ArcKind
from sandbox.engine.state import State

SWEEPS = 400
NOTHING = 1e-100
"""Rates below this are what rounding leaves; a share of them has no meaning."""


def arrivals(compiled: Compiled, state: State, loads: Array) -> Array:
    """Items from outside [station, scenario]; a closed loop's users slow down with the answer."""
    s = compiled.station
    outside = s["arrivals"] * loads
    if s["users"].any():
        cycle = s["think"] + state.wait + state.duration + state.init
        outside = outside + np.where(s["users"] > 0, s["users"] * loads / np.maximum(cycle, 1e-9), 0.0)
    return outside


def factors(compiled: Compiled, state: State, made: Made, held: Held) -> Array:
    """Items on each arc for each item offered at its source [arc, scenario]."""
    share = np.zeros((len(compiled.source), state.offered.shape[1]))
    per_invocation = state.entered / state.batch
    share[compiled.calls.arc] = made.offered * per_invocation[compiled.calls.source]
    handed = compiled.handed
    source = compiled.source[handed]
    batches = np.where(compiled.arc["per_batch"][handed] > 0, 1.0 / state.batch[source], 1.0)
    share[handed] = state.entered[source] * state.ok_item[source] * compiled.arc["gain"][handed] * batches
    if len(compiled.held):
        rate = held.rate
        for arcs, items in ((compiled.driven_arcs, held.offered), (compiled.dead_arcs, held.dead)):
            part = np.divide(items, rate, out=np.zeros_like(rate), where=rate > NOTHING)
            share[arcs] = part[compiled.place_of_holding[compiled.source[arcs]]] * compiled.arc["gain"][arcs]
    return share


def run_forward(compiled: Compiled, outside: Array, share: Array, start: Array) -> Array:
    """Rates of every station, swept along the arcs until nothing changes [items/s]."""
    offered, inflow = start, compiled.inflow
    weights = inflow.weights(share)
    for _ in range(inflow.sweeps or SWEEPS):
        new = outside + inflow.of(weights, offered)
        if inflow.sweeps is None and np.array_equal(new, offered):
            break
        offered = new
    return offered


def burstiness(compiled: Compiled, share: Array, offered: Array, outside: Array) -> Array:
    """Variance-to-mean ratio of what each station is offered, thinned where only a part goes on."""
    given = compiled.station["peakedness"]
    if (given == 1.0).all():
        return np.ones_like(offered)
    excess = np.where(outside > 0, given - 1.0, 0.0) + np.zeros_like(offered)
    own = excess * outside
    smooth = (compiled.kind == ArcKind.DRIVE)[:, None]
    thinned = np.where(smooth, 0.0, share * np.minimum(share, 1.0)) * offered[compiled.source]
    weights = compiled.inflow.weights(thinned)
    for _ in range(SWEEPS):
        new = own + compiled.inflow.of(weights, excess)
        new = np.where(offered > 0, new / np.where(offered > 0, offered, 1.0), 0.0)
        if np.allclose(new, excess, rtol=1e-12, atol=0):
            break
        excess = new
    return np.maximum(1.0 + excess, 0.01)
