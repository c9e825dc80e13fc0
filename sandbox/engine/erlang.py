"""Blocking and waiting probabilities of servers that take random arrivals.

Agner Krarup Erlang's formulas of 1917, in the form the solver needs: for whole arrays, for a number of
slots that need not be whole, and for up to 100,000 of them. *Load* is arrival rate × duration, in
Erlangs.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

NODES: Final = 32
"""Points of the quadrature: with `DEPTH`, ten digits or more at every load (see the tests)."""

DEPTH: Final = 28.0
"""The integrand is followed until it has fallen to exp(−28) of its peak."""

NEGLIGIBLE: Final = 60.0
"""A blocking probability below exp(−60) ≈ 1e-26 is returned as 0 without computing it."""

LEAST_PEAKEDNESS: Final = 1e-6
"""Traffic smoother than this is taken as having this variance-to-mean ratio."""

ENDLESS: Final = 1e15
"""So many slots count as endless."""

TINY: Final = 1e-150


def _gauss_legendre(count: int) -> tuple[Array, Array]:
    """Points and weights on [0, 1] (Golub and Welsch, 1969: eigenvalues of the Jacobi matrix)."""
    k = np.arange(1.0, count)
    beside = k / np.sqrt(4.0 * k * k - 1.0)
    points, vectors = np.linalg.eigh(np.diag(beside, -1))
    return (points[:, np.newaxis] + 1.0) / 2.0, vectors[0] ** 2


_POINTS, _WEIGHTS = _gauss_legendre(NODES)


def erlang_b(slots: ArrayLike, load: ArrayLike) -> Array:
    """Probability that an arrival finds all slots taken and is rejected.

    The continuous extension in the number of slots, 1/B(N, a) = ∫₀^∞ exp(−t)·(1 + t/a)ᴺ dt (Jagerman,
    *Some properties of the Erlang loss function*, Bell System Technical Journal 53, 1974).

    Args:
        slots: Items in service at most, N ≥ 0, not necessarily whole; may be infinite [items].
        load: Offered load a ≥ 0 [Erlang]. Broadcast against *slots*.

    Returns:
        Probability; 1 without slots, 0 without load.

    One slot blocks the share a / (1 + a); two slots a² / (2 + 2a + a²):

    >>> erlang_b([1, 2], [1, 2]).round(6).tolist()
    [0.5, 0.4]
    """
    n, a = np.asarray(slots, np.float64), np.asarray(load, np.float64)
    positive = np.minimum(np.maximum(a, TINY), 1.0 / TINY)
    # Stirling: B < exp(−N·log(N/a) + N − a) when the load is below the slots.
    finite = np.minimum(np.maximum(n, TINY), ENDLESS)
    depth = finite * np.log(finite / positive) + positive - finite
    wanted = (n > 0) & (a > 0) & (n < ENDLESS) & ((depth < NEGLIGIBLE) | (n <= a))
    result = np.where((n <= 0) & (a > 0), 1.0, 0.0)
    if wanted.all():
        return _integral(finite + 0.0 * positive, positive + 0.0 * finite)
    if wanted.any():
        if n.shape != a.shape:
            finite, positive = np.broadcast_arrays(finite, positive)
        result[wanted] = _integral(finite[wanted], positive[wanted])
    return result


def _integral(n: Array, a: Array) -> Array:
    """Erlang B by quadrature, for positive arguments of one shape.

    In w = ∛(a + t) the integrand exp(−t + N·log1p(t/a))·3w² is nearly a normal density (Wilson and
    Hilferty, 1931), with a curvature of at least 9·peak everywhere; that bounds the window, and 32
    points suffice.
    """
    origin, peak = np.cbrt(a), np.cbrt(n + 2.0 / 3.0)
    top = np.maximum(origin, peak)
    ratio = peak / top
    slope = 3.0 * top * top * (1.0 - ratio * ratio * ratio)
    curve = top * (1.5 * ratio * ratio * ratio + 3.0)
    above = 2.0 * DEPTH / (slope + np.sqrt(slope * slope + 4.0 * DEPTH * curve))
    start = np.maximum(origin, peak - np.sqrt(DEPTH / (4.5 * peak)))
    width = (top - start) + above
    points = _POINTS.reshape((NODES,) + (1,) * n.ndim)
    step = (start - origin) + width * points
    w = origin + step
    t = step * (w * (w + origin) + origin * origin)
    values = np.log1p(t / a)
    values *= n
    values -= t
    np.exp(values, out=values)
    values *= w
    values *= w
    total: Array = (_WEIGHTS @ values.reshape(NODES, -1)).reshape(n.shape)
    probability: Array = np.minimum(1.0 / (3.0 * width * total), 1.0)
    return probability


def hayward(slots: ArrayLike, load: ArrayLike, peakedness: ArrayLike) -> Array:
    """Blocking of traffic that is burstier (or smoother) than random arrivals.

    Hayward's approximation B(N/z, a/z) (Fredericks, *Congestion in blocking systems*, Bell System
    Technical Journal 59, 1980).

    Args:
        slots: Items in service at most [items].
        load: Offered load [Erlang].
        peakedness: Variance-to-mean ratio z of the busy servers were there no limit; 1 for random arrivals.

    Returns:
        Probability of being rejected.

    >>> hayward(4, 4, 2).round(6).tolist()  # B(2, 2)
    0.4
    """
    z = np.maximum(np.asarray(peakedness, np.float64), LEAST_PEAKEDNESS)
    return erlang_b(slots / z, load / z)


class Overflow(NamedTuple):
    """Traffic that found its first choice of servers taken."""

    load: Array
    """Mean [Erlang]."""

    peakedness: Array
    """Variance-to-mean ratio, at least 1."""


def overflow_peakedness(dedicated: ArrayLike, load: ArrayLike) -> Overflow:
    """Mean and burstiness of random traffic that overflows its own servers.

    Riordan's formulas: m = a·B(p, a), z = 1 − m + a / (p + 1 + m − a) (Wilkinson, *Theories for toll traffic
    engineering in the U.S.A.*, Bell System Technical Journal 35, 1956, appendix I).

    Args:
        dedicated: Servers p that are tried first [items].
        load: Random traffic a offered to them [Erlang].

    Returns:
        What is left over; with no dedicated servers all of it, and as random as it came.

    One server with a load of 1 lets half of it pass: z = 1 − 1/2 + 1/(1 + 1 + 1/2 − 1).

    >>> mean, z = overflow_peakedness(1, 1)
    >>> round(float(mean), 6), round(float(z), 6)
    (0.5, 1.166667)
    """
    p, a = np.asarray(dedicated, np.float64), np.asarray(load, np.float64)
    mean = a * erlang_b(p, a)
    ratio = 1.0 - mean + a / np.maximum(p + 1.0 + mean - a, TINY)
    return Overflow(mean, np.minimum(np.maximum(ratio, 1.0), 1.0 + a))


def erlang_c(servers: ArrayLike, load: ArrayLike) -> Array:
    """Probability that an arrival waits, where everybody may wait as long as it takes.

    C = B / (1 − (a/N)·(1 − B)).

    Args:
        servers: N, not necessarily whole [items].
        load: Offered load a [Erlang].

    Returns:
        Probability; 1 where the load reaches the servers, 0 without load.

    One server is busy for the share a of the time; two for a² / (2 + a):

    >>> erlang_c([1, 2], [0.5, 1]).round(6).tolist()
    [0.5, 0.333333]
    """
    n, a = np.asarray(servers, np.float64), np.asarray(load, np.float64)
    blocked = erlang_b(n, a)
    used = np.minimum(a / np.maximum(n, TINY), 1.0)
    waits = blocked / np.maximum(1.0 - used * (1.0 - blocked), TINY)
    return np.where(used < 1.0, np.minimum(waits, 1.0), 1.0)


def pooled_blocking(
    slots: ArrayLike,
    random_mean: ArrayLike,
    random_variance: ArrayLike,
    held_load: ArrayLike,
    held_lanes: ArrayLike,
) -> Array:
    """Share rejected by a pool that serves both random arrivals and pollers.

    A poller asks again only when it is done, so *k* of them never hold more than *k* slots: their
    variance is the binomial a·(1 − a/k), and Hayward's approximation is taken on the sums. Where all
    lanes fit (k ≤ N) that says too
    much: a lane that asks meets at most k − 1 others, so it is refused only while random items fill N −
    k + 1 slots. The smaller of the two is returned. Both are continuous in every load and grow with the
    random one, so a fixed point over them meets no jump; where the lanes fit, it falls to 0 with the
    last random item.

    Args:
        slots: Slots N of the pool [items].
        random_mean: Load of random arrivals [Erlang].
        random_variance: Its variance, Σ load × peakedness over the sources [Erlang].
        held_load: Load offered by pollers or lanes [Erlang].
        held_lanes: Their number k, at least *held_load* where it is meant to be reached [items].

    Returns:
        One probability for everything that asks the pool for a slot.

    >>> pooled_blocking(10, 9, 9, 0, 0).round(4).tolist()  # only random: B(10, 9)
    0.168
    >>> pooled_blocking(10, 0, 0, 9, 10).tolist()  # ten pollers on ten slots
    0.0
    """
    n, random = np.asarray(slots, np.float64), np.asarray(random_mean, np.float64)
    held, lanes = np.asarray(held_load, np.float64), np.asarray(held_lanes, np.float64)
    variance, mean = np.asarray(random_variance, np.float64), random + held
    smooth = held * (1.0 - held / np.maximum(np.maximum(lanes, held), TINY))
    ratio = (variance + smooth) / np.maximum(mean, TINY)
    all_of_it = hayward(n, mean, ratio)
    mixed = held > 0
    if not mixed.any():
        return all_of_it
    left = np.where(mixed, n - lanes + 1.0, 0.0)
    alone = hayward(left, random, variance / np.maximum(random, TINY))
    # No lane asks for more than the slots they all have together, and no random item asks at all.
    alone = np.where((random > 0) | (lanes < n + 1.0), alone, 1.0)
    return np.where(mixed, np.minimum(all_of_it, alone), all_of_it)
