"""Latencies that are one of a few lognormals: warm or cold, hit or miss, delivered or tried again.

A mixture has its components on the second to last axis and scenarios on the last: every array is
[..., C, S]. Sums and blends of mixtures are brought back to C components that have the exact mean and
variance of the whole.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sandbox.engine.lognormal import normal_cdf, normal_quantile

Array = NDArray[np.float64]

COMPONENTS: Final = 6
"""Components kept."""

SMALLEST: Final = 1e-6
"""Components with a mean below this share of the largest one's are merged."""

NEAR: Final = 1e-10
"""Relative precision of percentiles."""

STEPS: Final = 60
TINY: Final = 1e-150


class Mixture(NamedTuple):
    """Lognormals and how likely each is."""

    weights: Array
    """Probabilities, which sum to 1 over the components; [..., C, S]."""

    means: Array
    """Mean of each [s]."""

    variances: Array
    """Variance of each [s²]."""


def single(mean: ArrayLike, variance: ArrayLike) -> Mixture:
    """Make a mixture of one lognormal per entry, [..., S] to [..., C, S].

    >>> single([0.2], [0.01]).weights[:, 0].tolist()
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    m, v = np.broadcast_arrays(np.asarray(mean, np.float64), np.asarray(variance, np.float64))
    shape = (*m.shape[:-1], COMPONENTS, m.shape[-1])
    parts = Mixture(np.zeros(shape), np.zeros(shape), np.zeros(shape))
    parts.weights[..., 0, :], parts.means[..., 0, :], parts.variances[..., 0, :] = 1.0, m, v
    return parts


def moments(mix: Mixture) -> tuple[Array, Array]:
    """Mean and variance of a mixture, [..., S].

    >>> [x.tolist() for x in moments(blend([0.5], single([1], [0]), single([3], [0])))]
    [[2.0], [1.0]]
    """
    mean: Array = (mix.weights * mix.means).sum(axis=-2)
    apart = mix.means - mean[..., np.newaxis, :]
    return mean, (mix.weights * (mix.variances + apart * apart)).sum(axis=-2)


def blend(share: ArrayLike, mix_a: Mixture, mix_b: Mixture) -> Mixture:
    """Take *mix_a* with a probability and *mix_b* otherwise.

    Args:
        share: Probability of *mix_a*, [..., S].
        mix_a: One branch.
        mix_b: The other.

    Returns:
        Their mixture, of `COMPONENTS` components.

    One call in ten is cold:

    >>> blend([0.1], single([1.0], [0]), single([0.1], [0])).weights[:, 0].tolist()
    [0.1, 0.9, 0.0, 0.0, 0.0, 0.0]
    """
    p = np.asarray(share, np.float64)[..., np.newaxis, :]
    weights = (mix_a.weights * p, mix_b.weights * (1.0 - p))
    return reduced(*(_stacked(*pair) for pair in (weights, (mix_a[1], mix_b[1]), (mix_a[2], mix_b[2]))))


def _stacked(upper: Array, lower: Array) -> Array:
    """Put the components of two mixtures after each other."""
    if upper.shape != lower.shape:
        shape = np.broadcast_shapes(upper.shape, lower.shape)
        upper, lower = np.broadcast_to(upper, shape), np.broadcast_to(lower, shape)
    return np.concatenate([upper, lower], axis=-2)


def add(mix_a: Mixture, mix_b: Mixture) -> Mixture:
    """Distribution of the sum of two independent latencies: calls in sequence.

    Every pair of components is a lognormal fitted to the sum of the two; means and variances add.

    Args:
        mix_a: One latency.
        mix_b: The other.

    Returns:
        Their sum, of `COMPONENTS` components.

    >>> [x.tolist() for x in moments(add(single([1], [2]), single([3], [4])))]
    [[4.0], [6.0]]
    """
    upper = [x[..., :, np.newaxis, :] for x in mix_a]
    lower = [x[..., np.newaxis, :, :] for x in mix_b]
    pairs = (upper[0] * lower[0], upper[1] + lower[1], upper[2] + lower[2])
    return reduced(*(x.reshape((*x.shape[:-3], -1, x.shape[-1])) for x in pairs))


def reduced(weights: Array, means: Array, variances: Array) -> Mixture:
    """Merge components by the logarithm of their means; overall mean and variance stay exact.

    Args:
        weights: Probabilities of any number of components, [..., any, S].
        means: Their means, in the same shape.
        variances: Their variances.

    Returns:
        A mixture of `COMPONENTS` components.
    """
    some = weights > 0
    rank = some.cumsum(axis=-2)
    few = rank[..., -1:, :] <= COMPONENTS
    bins = (
        np.maximum(rank, 1) - 1 if few.all() else np.where(few, np.maximum(rank, 1) - 1, _bins(some, means))
    )
    lead, scenarios = weights.shape[:-2], weights.shape[-1]
    groups = int(np.prod(lead))
    base = np.arange(groups * scenarios).reshape(groups, 1, scenarios)
    offset = base + (COMPONENTS - 1) * scenarios * np.arange(groups)[:, np.newaxis, np.newaxis]
    index = (offset + bins.reshape(groups, -1, scenarios) * scenarios).reshape(-1)
    size, w, m = groups * COMPONENTS * scenarios, weights.reshape(-1), means.reshape(-1)
    total = np.bincount(index, w, size)
    divisor = np.where(total > 0, total, 1.0)
    mean = np.bincount(index, w * m, size) / divisor
    apart = m - mean[index]
    spread = np.bincount(index, w * (variances.reshape(-1) + apart * apart), size) / divisor
    shape = (*lead, COMPONENTS, scenarios)
    return Mixture(total.reshape(shape), mean.reshape(shape), spread.reshape(shape))


def _bins(some: NDArray[np.bool_], means: Array) -> NDArray[np.intp]:
    """Where components go: next to nothing by itself, the others by the logarithm of their means."""
    most = np.maximum(np.where(some, means, 0.0).max(axis=-2, keepdims=True), TINY)
    nothing = some & (means <= SMALLEST * most)
    least = np.where(some & ~nothing, means, most).min(axis=-2, keepdims=True)
    first = nothing.any(axis=-2, keepdims=True).astype(np.intp)
    span = np.log(most / least)
    place = np.log(np.maximum(means, least) / least) / np.where(span > 0, span, 1.0)
    places = COMPONENTS - first
    bins = first + np.minimum((np.minimum(place, 1.0) * places).astype(np.intp), places - 1)
    return np.asarray(np.where(nothing, 0, bins))


def quantiles(weights: Array, means: Array, variances: Array, p: ArrayLike) -> Array:
    """Percentiles of mixtures, by solving the mixture's distribution: quantiles do not average.

    Args:
        weights: Probabilities of the components, [..., C, S]; where all are 0 the result is 0.
        means: Their means, [..., C, S].
        variances: Their variances, [..., C, S].
        p: Probabilities, 0 < p < 1, ascending: one, or a list of P.

    Returns:
        Percentiles in the unit of *means*, [..., S] or [P, ..., S]; ascending along the first axis.

    Half of the calls take 1 s and half 2 s:

    >>> mix = blend([0.5], single([1], [0]), single([2], [0]))
    >>> quantiles(*mix, [0.4, 0.6]).round(6).tolist()
    [[1.0], [2.0]]
    """
    ask = np.asarray(p, np.float64)
    weights, means, variances = np.broadcast_arrays(weights, means, variances)
    parts = [np.moveaxis(x, -2, 0).reshape(weights.shape[-2], -1) for x in (weights, means, variances)]
    entries = parts[0].shape[1]
    # Every percentile of every entry is one column.
    columns = [np.tile(x, (1, ask.size)) for x in parts]
    result = _solved(columns[0], columns[1], columns[2], ask.reshape(-1), entries)
    result = result.reshape((ask.size, *weights.shape[:-2], weights.shape[-1]))
    ascending: Array = np.maximum.accumulate(result, axis=0)
    return ascending if ask.ndim else ascending.reshape(ascending.shape[1:])


def _solved(weights: Array, means: Array, variances: Array, ask: Array, entries: int) -> Array:
    """Percentile of each column, *entries* columns for each that is asked for.

    Every solution lies between the components' own.
    """
    sum_of = weights.sum(axis=0)
    weights = weights / np.where(sum_of > 0, sum_of, 1.0)
    some = weights > 0
    positive = np.maximum(means, TINY)
    spread = np.log1p(np.minimum(np.sqrt(variances) / positive, 1e75) ** 2) * (means > 0)
    centre, shape = np.log(positive) - 0.5 * spread, np.sqrt(spread)
    each = centre + shape * np.repeat(normal_quantile(ask), entries)
    low = np.where(some, each, np.inf).min(axis=0)
    high = np.where(some, each, -np.inf).max(axis=0)
    low, high = np.where(sum_of > 0, low, np.log(TINY)), np.where(sum_of > 0, high, np.log(TINY))
    found = 0.5 * (low + high)
    open_ = high - low > NEAR
    if open_.any():
        p, low, high = np.repeat(ask, entries)[open_], low[open_], high[open_]
        weights, centre, shape = weights[:, open_], centre[:, open_], shape[:, open_]
        start = np.minimum(np.maximum(_guess(weights, centre, shape, p), low), high)
        found[open_] = _search(weights, centre, np.maximum(shape, NEAR), p, low, high, start)
    return np.where(found <= np.log(TINY) + 1.0, 0.0, np.exp(np.minimum(found, 700.0)))


def _guess(weights: Array, centre: Array, shape: Array, p: Array) -> Array:
    """Where the percentile would be in the component that it falls into, were they apart and in order."""
    upto = np.cumsum(weights, axis=0)
    chosen = np.minimum((upto < p).sum(axis=0), len(weights) - 1), np.arange(p.size)
    within = 1.0 - (upto[chosen] - p) / np.maximum(weights[chosen], TINY)
    guess: Array = centre[chosen] + shape[chosen] * normal_quantile(
        np.minimum(np.maximum(within, 1e-3), 0.999)
    )
    return guess


def _search(
    weights: Array, centre: Array, shape: Array, p: Array, low: Array, high: Array, x: Array
) -> Array:
    """Newton's method on the log-odds of F(log t), nearly a line, in a bracket that halves where it must."""
    scale, odds = weights * (0.3989422804014327 / shape), np.log(p / (1.0 - p))
    before, settled = high - low, np.zeros(x.shape, bool)
    for step in range(STEPS):
        score = (x - centre) / shape
        both = normal_cdf(np.concatenate([score, -score])).reshape(2, *score.shape)
        under, over = np.maximum((weights * both).sum(axis=1), 1e-280)
        density = (scale * np.exp(-0.5 * np.minimum(score * score, 1400.0))).sum(axis=0)
        gap = np.log(under / over) - odds
        high, low = np.where(gap > 0, x, high), np.where(gap > 0, low, x)
        width = high - low
        newton = x - gap * under * over / np.maximum(density, 1e-290)
        inside = (newton >= low) & (newton <= high)
        if step % 3 == 2:
            inside &= width < 0.5 * before
            before = width
        following = np.where(inside, newton, 0.5 * (low + high))
        moved = np.abs(following - x)
        x = np.where(settled, x, following)
        # A settled entry rests, or the halving would drive it away again.
        settled |= ((moved <= NEAR) & (np.abs(gap) < 1e-6)) | (width <= NEAR)
        if settled.all():
            break
    return x
