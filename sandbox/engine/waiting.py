"""Waiting before a limited number of slots: the queue M/M/N/K, for arrays and a number of slots not whole.

N slots and a room of W places, K = N + W in all. Without a room it is Erlang B, with an endless one Erlang C.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sandbox.engine.erlang import erlang_b, hayward

Array = NDArray[np.float64]

TINY: Final = 1e-150
ENDLESS: Final = 1e12
"""So many places count as endless."""

BULK_STEPS: Final = 40
"""Newton's steps for a bulk queue; near its capacity they only halve the distance."""

EVEN: Final = 1e-4
"""Below this (1 − ρ)·W the sums over the room are taken from their series around ρ = 1."""


class Waiting(NamedTuple):
    """What a waiting room does to its arrivals."""

    full: Array
    """Probability that an arrival finds the room full and is rejected."""

    waits: Array
    """Probability that an admitted one waits."""

    wait: Array
    """Mean wait of all admitted ones, those that do not wait included [s]."""


def waiting_room(
    slots: ArrayLike, load: ArrayLike, places: ArrayLike, service: ArrayLike, peakedness: ArrayLike = 1.0
) -> Waiting:
    """Rejections and waits before N slots with W places to wait in, first come first served.

    With ρ = a/N, the room holds j waiting items with a probability ∝ ρʲ, and 1/B − 1 is the weight of all
    states with a free slot. Bursty traffic enters by Hayward's B(N/z, a/z); its longer waits are the part of
    `allen_cunneen`.

    Args:
        slots: Items in service at most, N [items].
        load: Offered load, arrival rate × *service* [Erlang].
        places: Items waiting at most, W; may be infinite [items].
        service: Mean duration D of the service [s].
        peakedness: Variance-to-mean ratio z of the arrivals.

    Returns:
        Probabilities and mean wait. Without slots everything is rejected; with endless places and a load of
        N or more nothing is, everything waits and the wait is infinite.

    One slot, one place, load 1: empty, busy and full are equally likely, and one of two admitted waits.

    >>> sut = waiting_room(1, 1, 1, 2.0)
    >>> [round(float(value), 6) for value in sut]
    [0.333333, 0.5, 1.0]
    """
    n, a, room = (np.asarray(x, np.float64) for x in (slots, load, places))
    blocked = np.minimum(np.maximum(hayward(n, a, peakedness), TINY), 1.0)
    used = np.minimum(a / np.maximum(n, TINY), 1.0 / TINY)
    over = used > 1.0
    endless = room >= ENDLESS
    w = np.minimum(room, ENDLESS)
    # Above 1 the sums run from the full end, so that no power overflows.
    r = np.where(over, 1.0 / np.maximum(used, TINY), used)
    power, total, held = _room_sums(r, w)
    idle = (1.0 / blocked - 1.0) * np.where(over, power, 1.0)
    norm = idle + total
    full = np.where(over, 1.0, power) / norm
    queue = np.where(over, w * total - held, held)
    admitted = np.maximum(norm * (1.0 - full), TINY)
    waits = (total - np.where(over, 1.0, power)) / admitted
    wait = queue / (admitted * np.maximum(a, TINY)) * np.asarray(service, np.float64)
    flooded, closed = endless & (used >= 1.0), n <= 0
    some = (a > 0) & ~closed & (blocked > TINY)
    return Waiting(
        np.where(some, np.where(endless, 0.0, np.minimum(full, 1.0)), closed & (a > 0)),
        np.where(some, np.where(flooded, 1.0, np.minimum(np.maximum(waits, 0.0), 1.0)), 0.0),
        np.where(some, np.where(flooded, np.inf, np.maximum(wait, 0.0)), 0.0),
    )


def _room_sums(r: Array, w: Array) -> tuple[Array, Array, Array]:
    """Return rʷ, Σ rʲ and Σ j·rʲ over j from 0 to w, for r ≤ 1 and w not whole."""
    miss = 1.0 - r
    power = np.exp(np.maximum(w * np.log(np.maximum(r, TINY)), -700.0))
    power = np.where(w > 0, power, 1.0)
    steep = miss * (w + 1.0) > EVEN
    divisor = np.where(steep, miss, 1.0)
    last = power * r
    total = (1.0 - last) / divisor
    held = (r * (1.0 - power) / divisor - w * last) / divisor
    pairs = 0.5 * w * (w + 1.0)
    # Σ (1 − jm + j(j − 1)m²/2) and j times that, m = 1 − r.
    flat = 1.0 + w - miss * pairs * (1.0 - miss * (w - 1.0) / 3.0)
    flat_held = pairs * (1.0 - miss * ((2.0 * w + 1.0) / 3.0 - miss * (w - 1.0) * (3.0 * w + 2.0) / 12.0))
    return power, np.where(steep, total, flat), np.where(steep, held, flat_held)


def bulk_wait(lanes: ArrayLike, rate: ArrayLike, service: ArrayLike, most: ArrayLike) -> Array:
    """Mean wait of items before k lanes that each take up to b of what waits at once: the queue M/M^[1,b]/k.

    With x = λD/k and r + r² + … + rᵇ = x, the number waiting while all lanes are busy is geometric in r, and
    the states with a free lane are Erlang's. One lane that takes everything is M/M^[1,∞]/1.

    Args:
        lanes: Batches in service at most, k ≥ 1.
        rate: Arrivals λ [items/s].
        service: Mean duration D of a batch, whatever its size [s].
        most: Largest batch b; may be infinite [items].

    Returns:
        Mean wait, infinite where x ≥ b [s].

    Lanes that take one are M/M/1, D·ρ/(1 − ρ); one that takes all, at x = 1: r = 1/2 and B = 1/2.

    >>> bulk_wait(1, [0.5, 1.0], 1.0, [1, np.inf]).round(6).tolist()
    [1.0, 0.666667]
    """
    k, flow, time, b = (np.asarray(value, np.float64) for value in (lanes, rate, service, most))
    x = flow * time / np.maximum(k, TINY)
    r, taken = x / (1.0 + x), np.minimum(b, ENDLESS)
    for _ in range(BULK_STEPS):
        # Newton's steps on (1 + x)r = x + rᵇ⁺¹ climb to the smaller solution and do not pass it.
        power = np.exp(np.maximum(taken * np.log(np.maximum(r, TINY)), -700.0))
        gap = np.maximum(x + r * power - (1.0 + x) * r, 0.0)
        r = np.minimum(r + gap / np.maximum(1.0 + x - (taken + 1.0) * power, TINY), 1.0)
    blocked = erlang_b(k, k * x)
    spare = np.maximum(1.0 - r, TINY)
    wait = blocked / (1.0 - r * (1.0 - blocked)) * r / spare / np.maximum(flow, TINY)
    return np.where(x < b, np.where(flow > 0, wait, 0.0), np.inf)


def allen_cunneen(arrival_variation: ArrayLike, service_variation: ArrayLike) -> Array:
    """Factor on the mean wait of arrivals and services that are not exponential, (cₐ² + cₛ²)/2.

    Args:
        arrival_variation: Squared coefficient of variation cₐ² of the arrivals; the peakedness serves.
        service_variation: Squared coefficient of variation cₛ² of the service time.

    Returns:
        Factor (Allen, *Probability, Statistics and Queueing Theory*, 1978).

    >>> allen_cunneen(1, [0, 0.25, 1]).tolist()  # constant, half as spread as exponential, exponential
    [0.5, 0.625, 1.0]
    """
    return (np.asarray(arrival_variation, np.float64) + np.asarray(service_variation, np.float64)) / 2.0


def share_waiting_longer(limit: ArrayLike, wait_mean: ArrayLike, wait_probability: ArrayLike) -> Array:
    """Share whose wait exceeds a limit, where the wait of those that wait is exponential.

    Args:
        limit: Longest wait, ≥ 0, may be infinite [s].
        wait_mean: Mean wait of all, those that do not wait included [s].
        wait_probability: Share p that waits at all.

    Returns:
        p·exp(−limit · p / wait_mean).

    >>> share_waiting_longer([0, 0.25], 0.25, 0.5).round(4).tolist()  # 1/2 and exp(−1/2)/2
    [0.5, 0.3033]
    """
    p, mean = np.asarray(wait_probability, np.float64), np.asarray(wait_mean, np.float64)
    pace = p / np.maximum(mean, TINY)
    return np.where(mean > 0, p * np.exp(-np.minimum(np.minimum(limit, 1.0 / TINY) * pace, 700.0)), 0.0)
