"""How long held items wait: for a batch to fill, for the next read, for a free lane, and between tries."""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.erlang import erlang_c
from sandbox.engine.holding import Consumer, Held, consumer_of
from sandbox.engine.state import State

TINY = 1e-12


@dataclass(frozen=True)
class Waits:
    """Mean times [holding, scenario]."""

    first: Array
    """Before the first delivery; infinite where the backlog grows [s]."""
    again: Array
    """What failed deliveries add [s]."""


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
    filling = _filling(h, lane)
    queueing = _queueing(compiled, state, held, c)
    first = np.where(held.growth > 0, np.inf, h["delay"] + filling + h["poll"] / 2.0 + queueing)
    return Waits(first, _between(h, c))


def _filling(h: dict[str, Array], lane: Array) -> Array:
    """A batch is open for its window or until it is full; its first item waits all of that, the others half."""
    full_after = np.where(lane > 0, (h["batch_most"] - 1.0) / np.maximum(lane, TINY), np.inf)
    open_for = np.where(h["window"] > 0, np.minimum(h["window"], full_after), 0.0)
    followers = lane * open_for
    return np.asarray((open_for + followers * open_for / 2.0) / (1.0 + followers))


def _queueing(compiled: Compiled, state: State, held: Held, c: Consumer) -> Array:
    """Wait for a free lane.

    Lanes that take one item, or are read on a timer, are servers of Erlang C with the correction
    of Allen and Cunneen. Idle pollers that take what is there fill up as they get busier: beyond a
    batch of one each free lane takes all that waits, so an item waits for the next one to be free.
    """
    batch = state.batch[compiled.driven]
    busy = c.first + c.each * (batch - 1.0)
    cv = compiled.station["cv"][compiled.driven]
    load = held.passed * held.executions / np.maximum(batch, 1.0) * busy
    laned = held.lanes > 0
    lanes = np.maximum(held.lanes, 1.0)
    room = np.maximum(lanes - load, 0.0)
    rough = (state.peakedness[compiled.held] + cv**2) / 2.0
    alone = erlang_c(lanes, load) * busy / np.maximum(room, TINY) * rough
    next_free = busy / lanes * np.where(lanes > 1.0, 1.0, (1.0 + cv**2) / 2.0)
    taken_at_once = (compiled.holding["poll"] <= 0) & (compiled.holding["batch_most"] > 1)
    queueing = np.where(taken_at_once, np.minimum(alone, next_free), alone)
    return np.where(laned, np.where((room > TINY) | taken_at_once, queueing, np.inf), 0.0)


def _between(h: dict[str, Array], c: Consumer) -> Array:
    """Mean of the pauses before the deliveries that follow a failed one."""
    counts = h["throttles_count"] > 0
    q = 1.0 - np.where(counts, 1.0 - c.refused, 1.0) * c.ok_item
    step = np.minimum(q * h["retry_growth"], 1.0 - TINY)
    pauses = np.minimum(h["attempts"], 1e6) - 1.0
    return np.where(h["in_place"] > 0, 0.0, h["retry_delay"] * q * (1.0 - step**pauses) / (1.0 - step))
