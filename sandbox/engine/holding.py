"""Holding stations: pollers, stream lanes and asynchronous queues, and what they let through.

A holding station offers what it holds and takes back what is refused. Its lanes bound what it
can have in service, so its capacity is lanes × batch / D(batch), less what errors and refusals cost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.batching import active_lanes, queue_batch, stream_batch
from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.erlang import erlang_c
from sandbox.engine.lognormal import cut_mean
from sandbox.engine.state import State

Mask = NDArray[np.bool_]
TINY = 1e-12
MANY = 1e12


@dataclass(frozen=True)
class Held:
    """What the holding stations do: arrays [holding, scenario]."""

    lanes: Array
    batch: Array
    passed: Array
    """Items that leave for good: delivered or given up [items/s]."""
    offered: Array
    """Items offered to the consumer, those it refuses included [items/s]."""
    dead: Array
    """Items given up [items/s]."""
    growth: Array
    """Items by which the backlog grows each second."""
    capacity: Array
    """Most items that can leave [items/s]."""
    wait: Array
    """Mean time before the first delivery; infinite where the backlog grows [s]."""
    retry_wait: Array
    """Mean time that failed deliveries add [s]."""
    executions: Array
    """Mean executions of an item."""


@dataclass(frozen=True)
class _Consumer:
    """The driven station as its holding station sees it."""

    first: Array
    """Duration of a batch of one [s]."""
    each: Array
    """Duration of each further item [s]."""
    full: Array
    """Duration of the fullest batch [s]."""
    refused: Array
    ok: Array
    ok_item: Array


def hold(compiled: Compiled, state: State, slope: Array) -> Held:
    """What every holding station lets through, with its consumer as it is now.

    Args:
        compiled: The network.
        state: The present values.
        slope: Seconds that each further item adds to an invocation [station, scenario].
    """
    h = compiled.holding
    rate = state.offered[compiled.held]
    consumer = _consumer(compiled, state, slope)
    executions, given_up, slowed = _attempts(h, consumer)
    work = rate * executions
    per_lane = h["batch_most"] / np.maximum(consumer.full, TINY) * slowed
    finishing = per_lane / np.maximum(executions, TINY)
    fluid = (h["lanes_least"] <= 0) & np.isinf(h["lanes_most"])
    lanes = active_lanes(
        rate / h["fill"], finishing, h["lanes_least"], np.where(fluid, 0.0, h["lanes_most"]), 1.0
    )
    limit = np.where(fluid, work / h["fill"], lanes * per_lane)
    accepting = 1.0 - consumer.refused
    capacity = np.where(executions > 0, limit * accepting / np.maximum(executions, TINY), limit * accepting)
    capacity = np.minimum(capacity, h["rate_most"])
    passed = _skewed(h, rate, np.where(compiled.has_consumer[:, None], capacity, 0.0))
    batch = _batches(h, consumer, passed * executions, lanes, slowed, full=passed < rate * (1.0 - 1e-9))
    done = passed * executions
    offered = np.where(accepting > 0, done / np.where(accepting > 0, accepting, 1.0), limit)
    growth = np.maximum(rate - passed, 0.0)
    growth = np.where(growth > 1e-9 * rate, growth, 0.0)
    return Held(
        lanes=lanes,
        batch=batch,
        passed=passed,
        offered=offered,
        dead=np.where(given_up > TINY, passed * given_up, 0.0),
        growth=growth,
        capacity=capacity,
        wait=_wait(h, consumer, passed * executions, lanes, batch, state.peakedness[compiled.held], growth),
        retry_wait=_retry_wait(h, consumer),
        executions=executions,
    )


def _consumer(compiled: Compiled, state: State, slope: Array) -> _Consumer:
    """The consumer's duration as a line in the batch, its refusals and its success."""
    f = compiled.driven
    mean, batch, each = state.duration[f], state.batch[f], slope[f]
    first = np.maximum(mean - each * (batch - 1.0), 0.0)
    fullest = first + each * (compiled.holding["batch_most"] - 1.0)
    limit = compiled.station["timeout"][f]
    if np.isfinite(limit).any():
        scale = np.where(mean > 0, fullest / np.where(mean > 0, mean, 1.0), 1.0)
        fullest = cut_mean(limit, fullest, state.variance[f] * scale**2)
    init = state.init[f]
    return _Consumer(first + init, each, fullest + init, 1.0 - state.served[f], state.ok[f], state.ok_item[f])


def _attempts(h: dict[str, Array], consumer: _Consumer) -> tuple[Array, Array, Array]:
    """Executions of an item, the share given up, and the share of its capacity that polling keeps."""
    accepting = 1.0 - consumer.refused
    counts = h["throttles_count"] > 0
    failing = 1.0 - np.where(counts, accepting, 1.0) * consumer.ok_item
    given_up = np.where(np.isinf(h["attempts"]), 0.0, failing ** np.minimum(h["attempts"], 1e6))
    spare = 1.0 - failing
    endless = np.where(np.isinf(h["attempts"]), MANY, h["attempts"])
    tried = np.where(spare > TINY, (1.0 - given_up) / np.where(spare > TINY, spare, 1.0), endless)
    executions = tried * np.where(counts, accepting, 1.0)
    lost = np.where(h["bisect"] > 0, given_up / np.maximum(h["batch_most"], 1.0), given_up)
    return executions, lost, 1.0 / (1.0 + h["error_backoff"] * (1.0 - consumer.ok))


def _skewed(h: dict[str, Array], rate: Array, capacity: Array) -> Array:
    """What passes when a hot part of the items may only use some of the lanes."""
    hot = h["hot_share"]
    even = np.minimum(rate, capacity)
    if not hot.any():
        return even
    lanes = np.maximum(h["lanes_least"], 1.0)
    share = h["hot_lanes"] / lanes
    split = np.minimum(rate * hot, capacity * share) + np.minimum(
        rate * (1.0 - hot), capacity * (1.0 - share)
    )
    return np.where(hot > 0, split, even)


def _batches(
    h: dict[str, Array], c: _Consumer, rate: Array, lanes: Array, slowed: Array, full: Array
) -> Array:
    """Mean batch of the lanes that find something."""
    lane = rate / np.maximum(lanes * slowed, TINY)
    lane = np.where(lanes > 0, lane, 0.0)
    timed = (h["window"] > 0) | (h["poll"] > 0)
    pause = np.maximum(h["window"], h["poll"])
    batch = queue_batch(lane, c.first, c.each, h["batch_most"])
    if timed.any():
        batch = np.where(timed, stream_batch(lane, pause, c.first, c.each, h["batch_most"]), batch)
    return np.where(full & (lanes > 0), h["batch_most"], batch)


def _wait(
    h: dict[str, Array],
    c: _Consumer,
    rate: Array,
    lanes: Array,
    batch: Array,
    peakedness: Array,
    growth: Array,
) -> Array:
    """Mean time from arrival to the first delivery."""
    lane = rate / np.maximum(lanes, 1.0)
    open_for = np.minimum(
        h["window"], np.where(lane > 0, (h["batch_most"] - 1.0) / np.maximum(lane, TINY), np.inf)
    )
    open_for = np.where(h["window"] > 0, open_for, 0.0)
    followers = lane * open_for
    filling = (open_for + followers * open_for / 2.0) / (1.0 + followers)
    busy = c.first + c.each * (batch - 1.0)
    load = rate / np.maximum(batch, 1.0) * busy
    room = np.where(lanes > 0, np.maximum(lanes - load, 0.0), 1.0)
    chance = np.where(lanes > 0, erlang_c(np.maximum(lanes, 1.0), load), 0.0)
    queueing = (
        np.where(room > TINY, chance * busy / np.maximum(room, TINY), np.inf) * (peakedness + 0.25) / 2.0
    )
    return np.where(growth > 0, np.inf, h["delay"] + filling + h["poll"] / 2.0 + queueing)


def _retry_wait(h: dict[str, Array], c: _Consumer) -> Array:
    """Mean of the pauses before the deliveries that follow a failed one."""
    counts = h["throttles_count"] > 0
    q = 1.0 - np.where(counts, 1.0 - c.refused, 1.0) * c.ok_item
    step = np.minimum(q * h["retry_growth"], 1.0 - TINY)
    pauses = np.minimum(h["attempts"], 1e6) - 1.0
    return np.where(h["in_place"] > 0, 0.0, h["retry_delay"] * q * (1.0 - step**pauses) / (1.0 - step))
