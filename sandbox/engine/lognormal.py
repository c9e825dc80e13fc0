"""Lognormal durations and sizes, given by mean and variance, and what a limit does to them.

A variance of 0 means always the mean, a mean of 0 always 0; an infinite limit cuts nothing. The normal
distribution is computed here because numpy has none.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

TINY: Final = 1e-150
SAME: Final = 1e-9
"""Sizes that differ by less than this share are one: no sum of floats is over its limit by rounding."""

TERMS: Final = 32
"""Steps of a rounded size that are looked at one by one."""

SMOOTH: Final = 0.7
"""Steps over which a density must change for Euler and Maclaurin's sum to have next to no remainder."""

FAR: Final = 6.0
"""So many standard deviations below the middle lies next to nothing, 1e-9."""

NARROW: Final = 4.0
"""Variance, in squared steps, up to which a rounded size stays within `TERMS` of its mean."""

_HART: Final = np.array(
    [
        (
            *(220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383),
            *(6.37396220353165, 0.700383064443688, 3.52624965998911e-2, 0.0),
        ),
        (
            *(440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674),
            *(86.7807322029461, 16.064177579207, 1.75566716318264, 8.83883476483184e-2),
        ),
    ]
)
"""Hart's rational approximation 5666 (1968), as West gives it (*Wilmott* magazine, May 2005).

Numerator and denominator, lowest power first.
"""
_EVEN, _ODD = _HART[:, 0::2, np.newaxis], _HART[:, 1::2, np.newaxis]

_CENTRE: Final = (
    (
        *(-39.69683028665376, 220.9460984245205, -275.9285104469687),
        *(138.3577518672690, -30.66479806614716, 2.506628277459239),
    ),
    (
        *(-54.47609879822406, 161.5858368580409, -155.6989798598866),
        *(66.80131188771972, -13.28068155288572, 1.0),
    ),
)
_TAIL: Final = (
    (
        *(-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838),
        *(-2.549732539343734, 4.374664141464968, 2.938163982698783),
    ),
    (7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1.0),
)
"""Acklam's approximations of the normal quantile (2000): relative error 1.15e-9 before the last step."""


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    """Horner's scheme, highest power first."""
    total = coefficients[0] * x
    total += coefficients[1]
    for coefficient in coefficients[2:]:
        total *= x
        total += coefficient
    return total


def normal_cdf(x: ArrayLike) -> Array:
    """Probability that a standard normal variable is at most *x*.

    Args:
        x: Any number, infinite ones included.

    Returns:
        Probability, within 1e-15.

    >>> normal_cdf([0, 1.959964]).round(6).tolist()
    [0.5, 0.975]
    """
    x = np.asarray(x, np.float64)
    size = np.minimum(np.abs(x), 39.0).reshape(-1)
    square = size * size
    # Estrin's scheme: both polynomials at once, in a third of Horner's steps.
    fours = _EVEN + _ODD * size
    twos = fours[:, 0::2] + fours[:, 1::2] * square
    above, below = twos[:, 0] + twos[:, 1] * (square * square)
    tail: Array = (above / below * np.exp(-0.5 * square)).reshape(x.shape)
    return np.where(x > 0, 1.0 - tail, tail)


def normal_quantile(p: ArrayLike) -> Array:
    """The number that a standard normal variable stays below with probability *p*.

    Acklam's approximation, then one step of Halley's method.

    Args:
        p: Probability from 0 to 1.

    Returns:
        The quantile; −∞ for 0 and ∞ for 1.

    >>> normal_quantile([0.5, 0.975]).round(6).tolist()
    [0.0, 1.959964]
    """
    p = np.asarray(p, np.float64)
    low = np.atleast_1d(np.minimum(p, 1.0 - p))
    inside = np.maximum(low, 1e-300)
    q = inside - 0.5
    r = q * q
    x = q * _polynomial(_CENTRE[0], r) / _polynomial(_CENTRE[1], r)
    far = inside < 0.02425
    if far.any():
        t = np.sqrt(-2.0 * np.log(inside))
        x = np.where(far, _polynomial(_TAIL[0], t) / _polynomial(_TAIL[1], t), x)
    error = (normal_cdf(x) - inside) * np.exp(0.5 * x * x) * 2.5066282746310002
    x -= error / (1.0 + 0.5 * x * error)
    x = np.where(low > 0, x, -np.inf).reshape(p.shape)
    return np.where(p > 0.5, -x, x)


@cache
def _cached_quantile(p: float) -> Array:
    """Return the normal quantile of one of the few percentiles that are ever asked for."""
    return normal_quantile(p)


class Cut(NamedTuple):
    """What is left of a lognormal size X under a limit L."""

    share_over: Array
    """P(X > L)."""

    mean: Array
    """E[min(X, L)], in the unit of X."""

    variance: Array
    """Var[min(X, L)], in its square."""


def cut(limit: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Cut:
    """Cut a lognormal size at a limit: a duration at its timeout.

    Args:
        limit: L ≥ 0, may be infinite.
        mean: Mean of X, ≥ 0, in the unit of *limit*.
        variance: Variance of X, ≥ 0.

    Returns:
        Share over the limit, and mean and variance of what is left.

    A timeout at the median stops half of the calls:

    >>> float(cut(1 / 2**0.5, 1, 1).share_over.round(6))
    0.5
    """
    limit, m, v = (np.asarray(x, np.float64) for x in (limit, mean, variance))
    shape, score, total = _scores(limit, m, v)
    ceiling = np.minimum(limit, 1.0 / TINY)
    # A point (no variance) is over the limit or is not; SAME keeps rounding from deciding.
    point = shape <= 0
    over, within, squares = normal_cdf(np.stack([-score, score - shape, score - 2.0 * shape]))
    over = np.where(point, m > ceiling * (1.0 + SAME), over)
    capped = np.minimum(m, ceiling)
    below = np.where(point, capped, np.minimum(m * within + ceiling * over, capped))
    # The second moment overflows only where nothing is over the limit, and there it is not wanted.
    edge = np.where(over > 0, ceiling, 0.0)
    left = np.maximum(m * m * (total * squares) + edge * edge * over - below * below, 0.0)
    return Cut(over, below, np.where(point, 0.0, np.where(over > 0, np.minimum(left, v), v)))


def _scores(limit: Array, mean: Array, variance: Array) -> tuple[Array, Array, Array]:
    """Return (σ of log X, the limit in normal scores of X, 1 + cv²)."""
    positive = np.maximum(mean, TINY)
    spread = np.minimum(np.sqrt(variance) / positive, 1e75) ** 2
    shape = np.sqrt(np.log1p(spread)) * (mean > 0)
    within = np.minimum(np.maximum(limit, TINY), 1.0 / TINY)
    score = np.log(within / positive) / np.where(shape > 0, shape, 1.0) + 0.5 * shape
    return shape, score, 1.0 + spread


def share_over(limit: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Array:
    """P(X > limit) of a lognormal X; see `cut`.

    >>> share_over([0.5, 1, 2], 1, 0).tolist()  # always 1
    [1.0, 0.0, 0.0]
    """
    limit, m, v = (np.asarray(x, np.float64) for x in (limit, mean, variance))
    shape, score, _ = _scores(limit, m, v)
    return np.where(shape > 0, normal_cdf(-score), m > limit * (1.0 + SAME))


def cut_mean(limit: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Array:
    """E[min(X, limit)] of a lognormal X; see `cut`.

    >>> cut_mean([0.5, 2], 1, 0).tolist()
    [0.5, 1.0]
    """
    limit, m, v = (np.asarray(x, np.float64) for x in (limit, mean, variance))
    shape, score, _ = _scores(limit, m, v)
    ceiling = np.minimum(limit, 1.0 / TINY)
    over, within = normal_cdf(np.stack([-score, score - shape]))
    capped = np.minimum(m, ceiling)
    return np.where(shape > 0, np.minimum(m * within + ceiling * over, capped), capped)


def cut_variance(limit: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Array:
    """Var[min(X, limit)] of a lognormal X; see `cut`.

    >>> cut_variance([0, np.inf], 1, 0.25).tolist()
    [0.0, 0.25]
    """
    return cut(limit, mean, variance).variance


def quantile(p: ArrayLike, mean: ArrayLike, variance: ArrayLike) -> Array:
    """The size that a lognormal X stays below with probability *p*.

    Args:
        p: Probability, 0 < p < 1. Broadcast against the others.
        mean: Mean of X, ≥ 0.
        variance: Variance of X, ≥ 0.

    Returns:
        The quantile, in the unit of *mean*.

    The median of mean 1 and variance 1 is 1/√2:

    >>> float(quantile(0.5, 1, 1).round(6))
    0.707107
    """
    m, v = np.asarray(mean, np.float64), np.asarray(variance, np.float64)
    shape, _, total = _scores(np.asarray(1.0), m, v)
    normal = _cached_quantile(p) if isinstance(p, float) else normal_quantile(p)
    score = np.minimum(np.maximum(normal, -38.0), 38.0)
    return m / np.sqrt(np.where(shape > 0, total, 1.0)) * np.exp(np.minimum(shape * score, 600.0))


def _is_smooth(mean: Array, variance: Array) -> bool:
    """Whether hardly any of these lie where their density changes within a step: then rounding adds ½.

    At a size y the density changes over about σ·y, and over `SMOOTH` steps or more a sum is an integral.
    """
    if not (variance >= NARROW).all():
        return False
    shape, _, _ = _scores(np.asarray(1.0), mean, variance)
    edge = SMOOTH / np.maximum(shape, TINY)
    score = np.log(edge / np.maximum(mean, TINY)) / np.maximum(shape, TINY) + 0.5 * shape
    return bool((score < -FAR).all())


def mean_rounded_up(mean: ArrayLike, variance: ArrayLike, step: ArrayLike) -> Array:
    """Mean of a lognormal size that is billed in whole steps, E[⌈X/step⌉]·step.

    E[⌈Y⌉] = Σₖ P(Y > k). `TERMS` of the sum are taken one by one: around the mean where X spans few
    steps, from 0 where it spans many. Outside of these the shares are nearly 0 or 1 or vary slowly, and
    ∫ + ½·difference does.

    Args:
        mean: Mean of X, ≥ 0.
        variance: Variance of X, ≥ 0.
        step: What is billed at least and at a time, > 0, in the unit of *mean*.

    Returns:
        Mean of what is billed, in the unit of *mean*.

    >>> mean_rounded_up([0, 0.25, 100.00000000001, 100.5], 0, 1).tolist()
    [0.0, 1.0, 100.0, 101.0]
    """
    unit = np.asarray(step, np.float64)
    m, v = np.asarray(mean, np.float64) / unit, np.asarray(variance, np.float64) / (unit * unit)
    if _is_smooth(m, v):
        return (m + 0.5) * unit
    narrow = v < NARROW
    first = np.where(narrow, np.maximum(np.floor(m) - TERMS // 2, 0.0), 0.0)
    terms = first + np.arange(TERMS, dtype=np.float64).reshape((TERMS,) + (1,) * first.ndim)
    summed = share_over(terms, m, v).sum(axis=0)
    ends = cut(np.stack([first, first + TERMS]), m, v)
    before = ends.mean[0] + 0.5 * (1.0 - ends.share_over[0]) * (first > 0)
    after = np.maximum(m - ends.mean[1], 0.0) + 0.5 * ends.share_over[1]
    whole = np.ceil(m * (1.0 - SAME))
    rounded = np.where(v > 0, np.minimum(np.maximum(before + summed + after, m), m + 1.0), whole)
    return np.where(m > 0, rounded, 0.0) * unit
