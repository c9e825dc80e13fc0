"""Time and success backwards along the synchronous calls.

A caller holds its own slot while it waits for its callees, so its duration is its own time
plus tries × (wait + duration) of every call, plus the pauses between tries. The first failed
call ends the sequence. Parallel calls count as their slowest; routes are alternatives.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.lognormal import cut, share_over
from sandbox.engine.state import State

Flags = NDArray[np.bool_]
SWEEPS = 200
TINY = 1e-12
FAR = 7.5
"""A timeout so many standard deviations (of the logarithm) away cuts less than 1e-13."""


@dataclass(frozen=True)
class Tries:
    """How often a call is tried, and how it ends: arrays [call, scenario]."""

    failed: Array
    """Share of the calls that fail for good, qᵐ."""
    mean: Array
    """Mean tries, (1 − qᵐ) / (1 − q)."""
    variance: Array


@dataclass(frozen=True)
class Made:
    """The calls of one invocation: arrays [call, scenario]."""

    tries: Tries
    calls: Array
    """Mean calls made, those that an earlier failure prevents left out."""
    turns: Array
    """The same, where those that are under way at the same time count once."""
    time: Array
    """Mean time of all of them [s]."""
    offered: Array
    """Items offered to the target, tries included."""


def tries(failing: Array, most: Array) -> Tries:
    """Tries of a call that fails with probability q each time and is tried at most m times.

    Args:
        failing: q per try.
        most: m, the first try included.

    >>> t = tries(np.array([0.5]), np.array([3.0]))
    >>> t.failed.tolist(), t.mean.tolist()
    ([0.125], [1.75])
    """
    failed = failing**most
    spare = 1.0 - failing
    plain = spare > TINY
    safe = np.where(plain, spare, 1.0)
    mean = np.where(plain, (1.0 - failed) / safe, most)
    before = np.divide(failed, failing, out=np.zeros_like(failed + failing), where=failing > 0)
    ramp = np.where(
        plain,
        failing * (1.0 - most * before + (most - 1.0) * failed) / safe**2,
        most * (most - 1.0) / 2.0,
    )
    return Tries(failed, mean, np.maximum(2.0 * ramp + mean - mean**2, 0.0))


def look_back(compiled: Compiled, state: State) -> Made:
    """Update durations, variances and success of every station from those of its callees."""
    made, constants = _make(compiled, state)
    own = _own(compiled, state)
    _sweep(compiled, state, own, made, constants)
    return made


@dataclass(frozen=True)
class _Terms:
    """What a callee's duration and variance are multiplied by, and what is added."""

    weight: Array
    constant: Array
    extra: Array


def _make(compiled: Compiled, state: State) -> tuple[Made, _Terms]:
    """Count the calls, their tries and their time with the callees as they are now."""
    calls = compiled.calls
    target = calls.target
    entered, wait = state.entered[target], state.wait[target]
    time = state.duration[target] + state.init[target]
    backoff = compiled.call["backoff"]
    late, shortened = _give_up(compiled, state)
    done = tries(1.0 - entered * state.ok[target] * (1.0 - late), compiled.call["attempts"])
    line = state.left[target] * compiled.patience[target] if compiled.has_patience else 0.0
    once = entered * (wait + time) * shortened + line
    whole = done.mean * once + backoff * (done.mean - 1.0)
    reach, count, fraction = _sequence(compiled, state, done)
    rounds = turns(count, compiled.call["at_once"])
    slowest = _slowest(compiled, rounds * whole)
    weight = reach * rounds * done.mean * entered * shortened * slowest
    constant = reach * rounds * slowest * whole - weight * state.duration[target]
    square = entered * (time**2 + 2.0 * wait * time + state.init_variance[target] + 2.0 * wait**2)
    spread = done.mean * np.maximum(square * shortened**2 - once**2, 0.0)
    spread += done.variance * (once + backoff) ** 2
    chance = np.where(calls.routed[:, None], fraction, fraction * (1.0 - fraction))
    extra = reach * slowest * (rounds * spread + chance * whole**2)
    offered = reach * count * done.mean
    return Made(done, reach * count, reach * rounds, reach * rounds * slowest * whole, offered), _Terms(
        weight, constant, extra
    )


def turns(count: Array, at_once: Array) -> Array:
    """Calls one after the other, where so many are under way at the same time: one turn at least.

    >>> turns(np.array([100.0, 30.0, 0.5, 3.0]), np.array([40.0, 40.0, 40.0, 1.0])).tolist()
    [2.5, 1.0, 0.5, 3.0]
    """
    return np.maximum(count / at_once, np.minimum(count, 1.0))


def _give_up(compiled: Compiled, state: State) -> tuple[Array | float, Array | float]:
    """Share of answers that come after the caller has left, and how that shortens his wait."""
    if not compiled.has_arc_timeouts:
        return 0.0, 1.0
    target = compiled.calls.target
    limit = compiled.arc["timeout"][compiled.calls.arc] + np.zeros_like(state.wait[target])
    time, wait = state.duration[target] + state.init[target], state.wait[target]
    spare = np.maximum(limit - time, 0.0)
    longer = np.where(wait > 0, np.exp(-spare / np.where(wait > 0, wait, 1.0)), 0.0)
    slow = share_over(limit, time, state.variance[target])
    late = 1.0 - (1.0 - longer) * (1.0 - slow)
    held = np.minimum(wait * (1.0 - longer) + cut(limit, time, state.variance[target]).mean, limit)
    return late, np.where(wait + time > 0, held / np.where(wait + time > 0, wait + time, 1.0), 1.0)


def _sequence(compiled: Compiled, state: State, done: Tries) -> tuple[Array, Array, Array]:
    """Chance that each call is reached, calls made when it is, and the fractional part of their number."""
    calls = compiled.calls
    alone = compiled.calls_alone
    gain = compiled.call["gain"]
    batch = np.where(compiled.call["per_batch"] > 0, 1.0, state.batch[calls.source])
    number = gain * np.where(alone, 1.0, batch)
    times = np.where(alone, batch, 1.0)
    fraction = number % 1.0
    if not done.failed.any():
        state.ok[:], state.ok_item[:] = _own_success(compiled, state)
        return np.ones_like(done.failed), number * times, fraction + np.zeros_like(done.failed)
    whole = np.floor(number)
    some = done.failed > 0
    # 1 − (1 − q)ⁿ by way of logarithms: the difference itself would be lost to rounding where q is small.
    ended = -np.expm1(whole * np.log1p(-np.minimum(done.failed, 1.0 - TINY)))
    through = 1.0 - ended
    count = np.where(some, ended / np.where(some, done.failed, 1.0), whole) + through * fraction
    success = through * (1.0 - fraction * done.failed)
    _succeed(compiled, state, success, alone)
    by_block = calls.blocks.reduce(np.multiply, success)
    reached = np.ones_like(by_block)
    for later, earlier in calls.steps:
        reached[later] = reached[earlier] * by_block[earlier]
    return reached[calls.block_of], count * times, fraction + np.zeros_like(count)


def _own_success(compiled: Compiled, state: State) -> tuple[Array, Array]:
    """Success without what is called: of invocations, and of items."""
    right = (1.0 - compiled.station["error"]) * (1.0 - state.late)
    each = compiled.station["item_failures"] > 0
    return np.where(each, 1.0 - state.late, right), right


def _succeed(compiled: Compiled, state: State, success: Array, alone: Flags) -> None:
    """Success of every station from its own and that of its calls."""
    calls = compiled.calls
    ok, ok_item = _own_success(compiled, state)
    keys = calls.by_source.keys
    if len(keys):
        routed = calls.routed[calls.by_source.order][calls.by_source.starts][:, None]
        sums = 1.0 - calls.by_source.reduce(np.add, 1.0 - success)
        products = calls.by_source.reduce(np.multiply, success)
        whole = calls.by_source.reduce(np.multiply, np.where(alone, 1.0, success))
        ok_item[keys] *= np.where(routed, sums, products)
        ok[keys] *= np.where(routed, sums, whole)
    state.ok[:], state.ok_item[:] = np.maximum(ok, 0.0), np.maximum(ok_item, 0.0)


def _slowest(compiled: Compiled, time: Array) -> Array | float:
    """1 for the slowest call of each parallel block and for every call that is alone, else 0."""
    calls = compiled.calls
    if not calls.parallel:
        return 1.0
    longest = calls.blocks.reduce(np.maximum, time)[calls.block_of]
    at_most = (time >= longest).astype(np.float64)
    shared = calls.blocks.reduce(np.add, at_most)[calls.block_of]
    return at_most / np.maximum(shared, 1.0)


def _own(compiled: Compiled, state: State) -> Array:
    """Own seconds of an invocation with its batch, without what it calls."""
    return compiled.station["fixed"] + compiled.station["per_item"] * (state.batch - 1.0)


def _sweep(compiled: Compiled, state: State, own: Array, made: Made, terms: _Terms) -> None:
    """Let times run back along the calls until nothing changes, and cut them at the timeouts."""
    calls = compiled.calls
    base = calls.by_source.add_to(own.copy(), terms.constant)
    spread = calls.by_source.add_to((compiled.station["cv"] * own) ** 2, terms.extra)
    if calls.routed.any():
        chosen = calls.by_source.add_to(np.zeros_like(own), np.where(calls.routed[:, None], made.time, 0.0))
        spread = np.maximum(spread - chosen**2, 0.0)
    answers, weights = calls.answers, calls.answers.weights(terms.weight)
    own_both, cut_both = np.stack([base, spread]), np.stack([state.cut, state.cut_variance])
    raw = shown = np.stack([state.duration, state.variance])
    for _ in range(answers.sweeps or SWEEPS):
        raw = own_both + answers.of(weights, shown)
        new = raw * cut_both
        if answers.sweeps is None and np.array_equal(new, shown):
            break
        shown = new
    state.duration, state.variance = shown
    _cut(compiled, state, raw[0], raw[1])


def _cut(compiled: Compiled, state: State, raw: Array, variance: Array) -> None:
    """Apply the timeouts: who is over one has failed, and is cut there."""
    timeout = compiled.station["timeout"]
    rows = compiled.timed
    if not len(rows):
        return
    mean = np.maximum(raw[rows], 1e-150)
    spread = np.sqrt(np.log1p(variance[rows] / mean**2))
    near = np.log(timeout[rows] / mean) < FAR * spread
    limited = rows[(near | (raw[rows] >= timeout[rows])).any(axis=1)]
    state.late[rows], state.cut[rows], state.cut_variance[rows] = 0.0, 1.0, 1.0
    state.duration[rows], state.variance[rows] = raw[rows], variance[rows]
    if len(limited):
        ended = cut(timeout[limited], raw[limited], variance[limited])
        state.late[limited] = ended.share_over
        state.cut[limited] = _ratio(ended.mean, raw[limited])
        state.cut_variance[limited] = _ratio(ended.variance, variance[limited])
        state.duration[limited] = ended.mean
        state.variance[limited] = ended.variance


def _ratio(part: Array, whole: Array) -> Array:
    """A part of a whole; all of it where there is nothing."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0)
