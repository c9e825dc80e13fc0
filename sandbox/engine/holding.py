"""Holding stations: pollers, stream lanes and asynchronous queues, and what they let through.

A holding station offers what it holds and takes back what is refused. Its lanes bound what it
can have in service, so its capacity is lanes × batch / D(batch), less what errors and refusals cost.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.batching import active_lanes, queue_batch, stream_batch
from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.lognormal import cut_mean
from sandbox.engine.state import State

Mask = NDArray[np.bool_]
TINY = 1e-12
ROUNDING = 1e-9
NEAR = 50.0
"""A timeout beyond so many times the mean cuts next to nothing of it."""
MANY = 1e12


@dataclass(frozen=True)
class Held:
    """What the holding stations do: arrays [holding, scenario]."""

    rate: Array
    """Items that come, for which the rest was worked out [items/s]."""
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
    most: Array
    """Most items that can leave with as many lanes as there may be [items/s]."""
    slowed: Array
    """Share of its capacity that polling keeps when deliveries fail."""
    executions: Array
    """Mean executions of an item."""


@dataclass(frozen=True)
class Consumer:
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
    if not len(rate):
        return Held(*(rate for _ in fields(Held)))
    consumer = consumer_of(compiled, state, slope)
    executions, given_up, slowed = _attempts(h, consumer)
    per_lane = h["batch_most"] / np.maximum(consumer.full, TINY) * slowed
    finishing = per_lane / np.maximum(executions, TINY)
    fluid = (h["lanes_least"] <= 0) & np.isinf(h["lanes_most"])
    lanes = active_lanes(
        rate / h["fill"], finishing, h["lanes_least"], np.where(fluid, 0.0, h["lanes_most"]), 1.0
    )
    if state.lanes_stay:
        lanes = np.where(fluid, 0.0, np.maximum(lanes, state.lanes))
    limit = np.where(fluid, rate * executions / (1.0 - h["fill"]), lanes * per_lane)
    accepting = 1.0 - consumer.refused
    each = accepting / np.maximum(executions, TINY)
    capacity = np.where(compiled.has_consumer[:, None], np.minimum(limit * each, h["rate_most"]), 0.0)
    parts = _parts(h, state.hot, rate, capacity)
    passed = sum((part.passed for part in parts), start=np.zeros_like(rate))
    done = passed * executions
    # A lane that is refused collects on: batches fill until the lanes are at their capacity.
    working = np.maximum(lanes * slowed * accepting, TINY)
    offered = np.where(accepting > 0, done / np.where(accepting > 0, accepting, 1.0), limit)
    growth = np.where(passed < rate * (1.0 - ROUNDING), rate - passed, 0.0)
    return Held(
        rate=rate,
        lanes=lanes,
        batch=_batch(compiled, consumer, parts, _again(h, executions) / working, lanes > 0),
        passed=passed,
        offered=offered,
        dead=np.where(given_up > TINY, passed * given_up, 0.0),
        growth=growth,
        capacity=capacity,
        most=_most(h, state.hot, rate, np.where(fluid, np.inf, _times(h["lanes_most"], per_lane * each))),
        slowed=slowed,
        executions=executions,
    )


def consumer_of(compiled: Compiled, state: State, slope: Array) -> Consumer:
    """The consumer's duration as a line in the batch, its refusals and its success."""
    f = compiled.driven
    mean, batch, each = state.duration[f], state.batch[f], slope[f]
    first = np.maximum(mean - each * (batch - 1.0), 0.0)
    fullest = first + each * (compiled.holding["batch_most"] - 1.0)
    limit = compiled.station["timeout"][f]
    if (fullest * NEAR > limit).any():
        scale = np.where(mean > 0, fullest / np.where(mean > 0, mean, 1.0), 1.0)
        fullest = cut_mean(limit, fullest, state.variance[f] * scale**2)
    init = state.init[f]
    return Consumer(first + init, each, fullest + init, 1.0 - state.entered[f], state.ok[f], state.ok_item[f])


def _attempts(h: dict[str, Array], consumer: Consumer) -> tuple[Array, Array, Array]:
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


def _again(h: dict[str, Array], executions: Array) -> Array:
    """Items that a lane collects for each that passes: what failed comes back, or stays in its lane."""
    return np.where(h["in_place"] > 0, 1.0, executions)


def _times(lanes: Array, each: Array) -> Array:
    """What so many lanes do; nothing where one does nothing, however many there are."""
    some = each > 0
    return np.where(some, np.where(some, lanes, 1.0) * np.where(some, each, 1.0), 0.0)


@dataclass(frozen=True)
class _Part:
    """Items that may use some of the lanes: all of them, or a hot shard's and the others'."""

    rate: Array
    passed: Array
    lanes: Array | float
    """Their share of the lanes."""


def _parts(h: dict[str, Array], hot: Array, rate: Array, capacity: Array) -> tuple[_Part, ...]:
    """What passes: a hot part of the items may only use some of the lanes."""
    if not hot.any():
        return (_Part(rate, np.minimum(rate, capacity), 1.0),)
    share = np.where(hot > 0, h["hot_lanes"] / np.maximum(h["lanes_least"], 1.0), 0.0)
    return tuple(
        _Part(rate * items, np.minimum(rate * items, capacity * lanes), lanes)
        for items, lanes in ((hot, share), (1.0 - hot, 1.0 - share))
    )


def _most(h: dict[str, Array], hot: Array, rate: Array, capacity: Array) -> Array:
    """Inflow that the fullest lanes take, the hottest part of it at the latest."""
    capacity = np.minimum(capacity, h["rate_most"])
    if not hot.any():
        return capacity + np.zeros_like(rate)
    share = np.where(hot > 0, h["hot_lanes"] / np.maximum(h["lanes_least"], 1.0), 0.0)
    warm = _times(capacity, share / np.maximum(hot, TINY))
    cold = _times(capacity, (1.0 - share) / np.maximum(1.0 - hot, TINY))
    return np.where(hot > 0, np.minimum(warm, cold), capacity)


def _batch(compiled: Compiled, c: Consumer, parts: tuple[_Part, ...], per_lane: Array, laned: Mask) -> Array:
    """Mean batch: items over batches, in lanes that are full and lanes that are not."""
    h, items, batches = compiled.holding, np.zeros_like(c.first), np.zeros_like(c.first)
    for part in parts:
        lane = np.where(laned, part.passed * per_lane / np.maximum(part.lanes, TINY), 0.0)
        full = laned & (part.passed < part.rate * (1.0 - ROUNDING))
        batches = batches + part.passed / np.where(full, h["batch_most"], _collected(compiled, c, lane))
        items = items + part.passed
    return np.where(batches > 0, items / np.where(batches > 0, batches, 1.0), 1.0)


def _collected(compiled: Compiled, c: Consumer, lane: Array) -> Array:
    """Mean batch of a lane that keeps up."""
    h, read = compiled.holding, compiled.read_on_time
    batch = queue_batch(lane, c.first, c.each, h["batch_most"])
    if len(read):
        pause = np.maximum(h["window"], h["poll"])[read]
        timed = stream_batch(lane[read], pause, c.first[read], c.each[read], h["batch_most"][read])
        batch[read] = np.where(pause > 0, timed, batch[read])
    return batch
