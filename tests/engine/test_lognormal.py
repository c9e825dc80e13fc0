"""Lognormal sizes against published normal tables, quadrature and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.lognormal import (
    cut,
    cut_mean,
    cut_variance,
    mean_rounded_up,
    normal_cdf,
    normal_quantile,
    quantile,
    share_over,
)

SIZES = st.one_of(st.just(0.0), st.floats(1e-9, 1e9))

# Percentage points of the normal distribution: NIST/SEMATECH e-Handbook of Statistical Methods,
# section 1.3.6.7.1.
TABLE = [(0.5, 0.0), (0.9, 1.282), (0.95, 1.645), (0.975, 1.960), (0.99, 2.326), (0.999, 3.090)]


@pytest.mark.parametrize(("p", "x"), TABLE)
def test_normal_table(p: float, x: float):
    """The printed percentage points, both ways round."""
    assert normal_cdf(x) == pytest.approx(p, abs=2e-4)
    assert normal_quantile(p) == pytest.approx(x, abs=5e-4)
    assert normal_quantile(1 - p) == pytest.approx(-x, abs=5e-4)


def test_normal_cdf_against_erfc():
    """Within 1e-15 of the error function, in the far tail too."""
    x = np.linspace(-38, 38, 3001)
    exact = [math.erfc(-value / math.sqrt(2)) / 2 for value in x]
    np.testing.assert_allclose(normal_cdf(x), exact, rtol=0, atol=1e-15)
    assert normal_cdf([-np.inf, np.inf]).tolist() == [0, 1]


def test_normal_quantile_inverts():
    """The quantile undoes the distribution, from 1e-15 to its mirror image, and is infinite at the ends."""
    p = np.concatenate([10.0 ** -np.arange(1, 16), np.linspace(0.001, 0.5, 500)])
    np.testing.assert_allclose(normal_cdf(normal_quantile(p)), p, rtol=1e-9)
    np.testing.assert_allclose(normal_quantile(1 - p[15:]), -normal_quantile(p[15:]), atol=1e-12)
    assert normal_quantile([0, 1]).tolist() == [-np.inf, np.inf]


def quadrature(limit: float, mean: float, variance: float) -> tuple[float, float, float]:
    """Share over, mean and variance of min(X, limit) by a fine sum over normal scores."""
    shape = math.sqrt(math.log1p(variance / mean**2))
    score = np.linspace(-12, 12, 400_001)
    weight = np.exp(-(score**2) / 2)
    weight /= weight.sum()
    size = np.minimum(mean * np.exp(shape * score - shape**2 / 2), limit)
    average = weight @ size
    return float(weight[size >= limit].sum()), float(average), float(weight @ (size - average) ** 2)


@pytest.mark.parametrize("limit", [0.05, 0.7, 1.0, 3.0, 20.0])
@pytest.mark.parametrize("cv", [0.1, 0.5, 2.0])
def test_cut_against_quadrature(limit: float, cv: float):
    """Share over a limit, and mean and variance under it, agree with numerical integration."""
    over, mean, variance = quadrature(limit, 1.0, cv**2)
    assert share_over(limit, 1, cv**2) == pytest.approx(over, abs=1e-4)
    assert cut_mean(limit, 1, cv**2) == pytest.approx(mean, rel=1e-6)
    assert cut_variance(limit, 1, cv**2) == pytest.approx(variance, rel=1e-4, abs=1e-12)


@given(st.one_of(SIZES, st.just(np.inf)), SIZES, SIZES)
def test_cut_invariants(limit: float, mean: float, variance: float):
    """Cutting never adds: not to the mean, not to the variance, and never beyond the limit."""
    sut = cut(limit, mean, variance)
    assert 0 <= sut.share_over <= 1
    assert 0 <= sut.mean <= min(mean, limit) * (1 + 1e-9)
    assert 0 <= sut.variance <= variance
    assert float(share_over(limit, mean, variance)) == pytest.approx(float(sut.share_over), abs=1e-12)


def test_points():
    """Without variance a size is over its limit or is not, and rounding does not decide."""
    assert share_over(1, [0, 0.999, 1 + 1e-12, 1.001], 0).tolist() == [0, 0, 0, 1]
    assert cut_mean(1, [0, 0.5, 2], 0).tolist() == [0, 0.5, 1]
    assert cut_variance(1, [0, 0.5, 2], 0).tolist() == [0, 0, 0]
    assert quantile([0.01, 0.99], 3, 0).tolist() == [3, 3]
    sut = cut(np.inf, [0, 2], [0, 9])
    assert [value.tolist() for value in sut] == [[0, 0], [0, 2], [0, 9]]


@given(st.floats(0.001, 0.999), st.floats(1e-6, 1e6), st.floats(0.01, 5))
def test_quantile_inverts_the_share(p: float, mean: float, cv: float):
    """The share over the p-quantile is 1 − p."""
    variance = (cv * mean) ** 2
    assert share_over(quantile(p, mean, variance), mean, variance) == pytest.approx(1 - p, abs=1e-9)
    assert quantile(np.array(p), mean, variance) == quantile(p, mean, variance)


def test_rounding_up_against_a_long_sum():
    """E[⌈X⌉] = Σ P(X > k): narrow and wide sizes, from a fraction of a step to a thousand."""
    k = np.arange(200_000.0)
    for mean in (0.01, 0.4, 1.0, 7.3, 31.5, 100.3, 1000.0):
        for cv in (1e-4, 0.01, 0.1, 0.5, 1.5):
            variance = (cv * mean) ** 2
            exact = share_over(k, mean, variance).sum()
            assert mean_rounded_up(mean, variance, 1) == pytest.approx(exact, rel=1e-3), (mean, cv)


def test_rounding_up_points():
    """Without variance the mean itself is rounded up, and rounding errors are not billed."""
    assert mean_rounded_up([0, 1e-9, 99.2, 100.00000000001, 100.001], 0, 1).tolist() == [0, 1, 100, 100, 101]
    assert mean_rounded_up(0.0301, 0, 0.001) == pytest.approx(0.031)


@given(SIZES, st.floats(0, 5), st.floats(1e-3, 1e3))
def test_rounding_up_adds_less_than_a_step(mean: float, cv: float, step: float):
    """Rounding up never lowers the mean and adds less than one step."""
    rounded = float(mean_rounded_up(mean, (cv * mean) ** 2, step))
    assert mean * (1 - 1e-8) <= rounded <= (mean + step) * (1 + 1e-8)
