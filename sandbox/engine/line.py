"""Waiting in line for a slot: how many are refused at the door, how many leave, how long the others wait."""

from dataclasses import dataclass

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.erlang import erlang_b
from sandbox.engine.waiting import allen_cunneen, waiting_room

TINY = 1e-12
DEEP = 600.0
"""Exponents beyond this are taken at their limit."""
MOST_PLACES = 1e5
"""A line without end is taken as so long: what it would hold in a steady overload has no mean."""


@dataclass(frozen=True)
class Line:
    """The pools that have a line: arrays [pool with a line, scenario]."""

    rooms: Index
    refused: Array
    """Share that gets no slot: refused at the door, or gone after the longest wait."""
    left: Array
    """Share that leaves after the longest wait."""
    wait: Array
    """Mean wait of those that get a slot [s]."""
    each: Array
    """Mean time from one that is served to the next where all slots are busy [s]."""
    used: Array
    """Load as a share of the slots."""


def stand_in_line(
    compiled: Compiled,
    there: Array,
    load: Array,
    variance: Array,
    arriving: Array,
    population: Array,
    crowd: Array,
) -> Line:
    """What the pools with waiting places do with their load.

    Args:
        compiled: The network.
        there: Slots of each pool [pool, scenario].
        load: Erlangs offered to each pool [pool, scenario].
        variance: Their variance, load × peakedness [pool, scenario].
        arriving: Invocations per second offered to each pool [pool, scenario].
        population: No more than so many can stand in line [scenario].
        crowd: No more than so many ask for a slot at once: lanes; infinite where others ask too
            [pool, scenario].
    """
    rooms = compiled.lined
    if not len(rooms):
        none = np.zeros((0, load.shape[1]))
        return Line(rooms, none, none, none, none, none)
    slots = compiled.slots
    n, a = there[rooms] + np.zeros_like(load[rooms]), load[rooms]
    places = np.minimum(np.minimum(slots["places"][rooms], population), MOST_PLACES)
    duration = np.where(arriving[rooms] > TINY, a / np.maximum(arriving[rooms], TINY), 0.0)
    bursty = np.where(a > 0, variance[rooms] / np.maximum(a, TINY), 1.0)
    rough = np.maximum(allen_cunneen(bursty, slots["service_cv"][rooms] ** 2), TINY)
    # Less spread times fill a room less: as many places as an exponential room of that wait has.
    room = waiting_room(n, a, places / rough, duration)
    refused, wait, left = room.full, room.wait * rough, np.zeros_like(a)
    patience = slots["patience"][rooms] + np.zeros_like(a)
    if np.isfinite(patience).any():
        gone = impatient(n, a, duration, patience)
        line = np.where(
            np.isfinite(patience) & (duration > 0), n * patience / np.maximum(duration, TINY), np.inf
        )
        first = line <= places
        left = np.where(first, gone.left, 0.0)
        refused = np.where(first, gone.left, refused)
        wait = np.where(first, gone.wait, np.minimum(wait, patience))
    some, servers = crowd[rooms] > n, np.maximum(n, TINY)
    wait = np.where(some, wait, 0.0)
    return Line(rooms, refused * some, left * some, wait, duration * rough / servers, a / servers)


def grown(line: Line, before: Array) -> Array:
    """The wait in a line that was so long a round ago [s], [pool with a line, scenario].

    A line grows by what comes too much and shrinks by what comes too little, so its wait is some of the
    way to where it is at rest: callers who are held by it send less, and a wait that was there at once would
    send them from too many to next to none and back. For one slot (M/M/1) the next wait is ρ(W + D).

    Args:
        line: The line at rest.
        before: Its wait a round ago.

    At ρ = 1/2 and D = 1 s the wait at rest is 1 s, and one of 3 s becomes (3 + 1)/2:

    >>> one = np.ones((1, 1))
    >>> grown(Line(np.array([0]), 0 * one, 0 * one, one, one, 0.5 * one), 3 * one).tolist()
    [[2.0]]
    """
    rest = line.wait
    some = (rest > 0) & (line.each > 0) & np.isfinite(rest)
    step = (line.each + np.maximum(line.used - 1.0, 0.0) * before) / np.where(some, rest + line.each, 1.0)
    return np.where(some, before + (rest - before) * np.minimum(step, 1.0), rest)


def crowds(random: Array, lanes: Array) -> Array:
    """How many ask for a slot at once where only lanes do [pool, scenario].

    >>> crowds(np.array([0.0, 1.0, 0.0]), np.array([20.0, 20.0, 0.0])).tolist()
    [20.0, inf, inf]
    """
    return np.where((random > 0) | (lanes <= 0), np.inf, lanes)


@dataclass(frozen=True)
class Impatient:
    """The queue M/M/N+D: everyone waits equally long at most."""

    left: Array
    wait: Array
    """Mean wait of those that are served [s]."""


def impatient(slots: Array, load: Array, duration: Array, patience: Array) -> Impatient:
    """Share that leaves an endless line after a fixed longest wait, and the wait of the others.

    With c = N/D, u = c − λ and b = B(N, a): A = (1 − b)/b, I = c(1 − e⁻ᵘᵗ)/u and T = e⁻ᵘᵗ weigh the
    states with a free slot, a wait shorter than t, and a wait of t (Barrer, *Queuing with
    impatient customers and ordered service*, Operations Research 5, 1957).

    Args:
        slots: N.
        load: Offered load a [Erlang].
        duration: Mean service time D [s].
        patience: Longest wait t [s].

    One slot, a load of 1 and the patience of one service: A = I = T = 1, so a third leaves.

    >>> told = impatient(*(np.array([x]) for x in (1.0, 1.0, 1.0, 1.0)))
    >>> round(float(told.left[0]), 6), round(float(told.wait[0]), 6)
    (0.333333, 0.25)
    """
    some = (duration > 0) & (load > 0) & (slots > 0)
    served = np.where(some, slots / np.where(some, duration, 1.0), 1.0)
    t = np.minimum(patience, 1e9)
    spare = served - np.where(some, load / np.where(some, duration, 1.0), 0.0)
    x = np.clip(spare * t, -DEEP, DEEP)
    small = np.abs(x) < 1e-5
    rate = np.where(small, 1.0, spare)
    blocked = np.clip(erlang_b(slots, load), 1e-300, 1.0)
    idle, gone = (1.0 - blocked) / blocked, np.exp(-x)
    short = served * np.where(small, t * (1.0 - x / 2.0), -np.expm1(-x) / rate)
    waited = served * np.where(small, t * t / 2.0, (1.0 - gone * (1.0 + x)) / rate**2)
    whole = idle + short + gone
    left = np.where(some, gone / whole, np.where((slots <= 0) & (load > 0), 1.0, 0.0))
    wait = waited / np.maximum(idle + short, TINY)
    # So far over its capacity everyone waits nearly the longest.
    wait = np.where(spare * t < -DEEP, t + 1.0 / np.minimum(spare, -TINY), wait)
    return Impatient(left, np.where(some, wait, 0.0))
