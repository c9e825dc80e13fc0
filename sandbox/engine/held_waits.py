"""How long held items wait: for a batch to fill, for the next read, for a free lane, and between tries."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.erlang import erlang_c
from sandbox.engine.holding import Consumer, Held, consumer_of
from sandbox.engine.state import State
from sandbox.engine.waiting import bulk_wait

TINY = 1e-12
MANY = 1e6
"""Tries without a limit."""


@dataclass(frozen=True)
class Waits:
    """Mean times and shares [holding, scenario]."""

    first: Array
    """Before the first delivery; infinite where the backlog grows [s]."""
    again: Array
    """What the pauses after failed deliveries add [s]."""
    open_for: Array
    """How long a batch is open: what its first item waits for it, and its others half of [s]."""
    followers: Array
    """Items that join an open batch."""
    queueing: Array
    """Wait for a free lane, or pauses until the consumer has a slot [s]."""
    failing: Array
    """Chance that a delivery fails and uses up an attempt."""
    worked: Array
    """Share of those failures that had a consumer at work; the others were refused at once."""


def waits(compiled: Compiled, state: State, held: Held, slope: Array) -> Waits:
    """Mean waits in every holding station.

    Args:
        compiled: The network.
        state: The solution.
        held: What the holding stations do in it.
        slope: Seconds that each further item adds to an invocation [station, scenario].
    """
    h, c = compiled.holding, consumer_of(compiled, state, slope)
    lane = held.passed * held.executions / np.maximum(held.lanes, 1.0)
    open_for, followers = _filling(h, lane)
    filling = open_for * (1.0 + followers / 2.0) / (1.0 + followers)
    queueing = _queueing(compiled, state, held, c) + _refused(h, c.refused)
    first = np.where(held.growth > 0, np.inf, h["delay"] + filling + h["poll"] / 2.0 + queueing)
    accepting = np.where(h["throttles_count"] > 0, 1.0 - c.refused, 1.0)
    failing = np.clip(1.0 - accepting * c.ok_item, 0.0, 1.0)
    worked = accepting * (1.0 - c.ok_item) / np.maximum(failing, TINY)
    again = np.where(h["in_place"] > 0, 0.0, _between(h, failing))
    return Waits(first, again, open_for, followers, queueing, failing, np.clip(worked, 0.0, 1.0))


def powers(x: ArrayLike, terms: ArrayLike) -> Array:
    """Sum of a geometric series, 1 + x + … + xⁿ⁻¹, for any x ≥ 0; infinite where a float ends.

    Args:
        x: Ratio of one term to the one before.
        terms: n ≥ 0.

    >>> powers([0.5, 1.0, 2.0], 3).round(9).tolist()
    [1.75, 3.0, 7.0]
    """
    ratio, n = np.asarray(x, np.float64), np.asarray(terms, np.float64)
    apart = ratio - 1.0
    flat = np.abs(apart) < TINY
    exponent = n * np.log(np.maximum(ratio, 1e-300))
    # A ratio of nought leaves the first term, if there is one.
    grown = np.expm1(np.minimum(exponent, 700.0)) / np.where(flat, 1.0, apart)
    return np.where(flat, n, np.where(exponent > 700.0, np.inf, grown))


def _filling(h: dict[str, Array], lane: Array) -> tuple[Array, Array]:
    """A batch is open for its window or until it is full; its first item waits all of that."""
    full_after = np.where(lane > 0, (h["batch_most"] - 1.0) / np.maximum(lane, TINY), np.inf)
    open_for = np.where(h["window"] > 0, np.minimum(h["window"], full_after), 0.0)
    return open_for, lane * open_for


def _queueing(compiled: Compiled, state: State, held: Held, c: Consumer) -> Array:
    """Wait for a free lane.

    Lanes that take one item, or are read on a timer, are servers of Erlang C with the correction of
    Allen and Cunneen. Idle pollers that take what is there are a bulk queue. That correction fits where
    lanes are few or batches full; the more other lanes may be the next to be free, the more random is
    the time to the next one, however steady each is.
    """
    batch = state.batch[compiled.driven]
    busy = c.first + c.each * (batch - 1.0)
    rate = held.passed * held.executions
    load = rate / np.maximum(batch, 1.0) * busy
    lanes, most = np.maximum(held.lanes, 1.0), compiled.holding["batch_most"]
    room = np.maximum(lanes - load, 0.0)
    rough = (state.peakedness[compiled.held] + compiled.station["cv"][compiled.driven] ** 2) / 2.0
    alone = np.where(room > TINY, erlang_c(lanes, load) * busy / np.maximum(room, TINY) * rough, np.inf)
    mixed = (1.0 - 1.0 / lanes) * (1.0 - np.minimum(batch / most, 1.0))
    together = bulk_wait(lanes, rate, busy, most) * (rough + (1.0 - rough) * mixed)
    taken_at_once = compiled.holding["poll"] <= 0
    queueing = np.where(taken_at_once, together, alone)
    return np.where(held.lanes > 0, queueing, 0.0)


def _refused(h: dict[str, Array], refused: Array) -> Array:
    """Mean of the pauses of an item that is refused with probability B each time it is offered.

    They double from the first to the longest: Σ Bʲ·min(first·2ʲ⁻¹, longest), no longer than items are kept.
    """
    first, most = h["refused_delay"], h["refused_most"]
    if not first.any():
        return np.zeros_like(refused)
    some = (first > 0) & np.isfinite(most)
    growing = np.floor(np.log2(np.where(some, most / np.where(some, first, 1.0), 1.0))) + 1.0
    share = np.minimum(refused, 1.0 - TINY)
    doubling = first * share * powers(2.0 * share, growing)
    level = np.where(some, most, 0.0) * share ** (growing + 1.0) / (1.0 - share)
    return np.where(some, np.minimum(doubling + level, h["retention"]), 0.0)


def _between(h: dict[str, Array], failing: Array) -> Array:
    """Mean of the pauses before the deliveries that follow a failed one, no longer than items are kept."""
    pauses = np.minimum(h["attempts"], MANY) - 1.0
    waited = h["retry_delay"] * np.minimum(failing * powers(failing * h["retry_growth"], pauses), 1e300)
    return np.minimum(waited, h["retention"])
