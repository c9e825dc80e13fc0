"""Mixtures against sampling, their own distribution, and moments that must stay exact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sandbox.engine.lognormal import quantile, share_over
from sandbox.engine.mixture import COMPONENTS, Mixture, add, blend, moments, quantiles, single

TIMES = st.one_of(st.just(0.0), st.floats(1e-4, 1e3))


@st.composite
def mixtures(draw) -> Mixture:
    """Two nodes, six components, three scenarios; some unused, some always 0, some without variance."""
    shape = (2, COMPONENTS, 3)
    weights = draw(arrays(float, shape, elements=st.one_of(st.just(0.0), st.floats(0.01, 1))))
    weights[:, 0] += 0.1
    means = draw(arrays(float, shape, elements=TIMES))
    cv = draw(arrays(float, shape, elements=st.floats(0, 3)))
    return Mixture(weights / weights.sum(axis=1, keepdims=True), means, (cv * means) ** 2)


@given(mixtures(), mixtures())
def test_moments_of_a_sum(first: Mixture, second: Mixture):
    """Means and variances of independent latencies add, whatever the merging of components did."""
    whole = add(first, second)
    for total, one, other in zip(moments(whole), moments(first), moments(second), strict=True):
        np.testing.assert_allclose(total, one + other, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(whole.weights.sum(axis=1), 1, rtol=1e-12)
    assert whole.means.shape == (2, COMPONENTS, 3)


@given(mixtures(), mixtures(), st.floats(0, 1))
def test_moments_of_a_blend(first: Mixture, second: Mixture, share: float):
    """The mean is the weighted mean; the variance has the distance of the branches in it."""
    mean, variance = moments(blend(np.full((2, 3), share), first, second))
    (mean_a, variance_a), (mean_b, variance_b) = moments(first), moments(second)
    np.testing.assert_allclose(mean, share * mean_a + (1 - share) * mean_b, rtol=1e-9, atol=1e-12)
    apart = share * (1 - share) * (mean_a - mean_b) ** 2
    exact = share * variance_a + (1 - share) * variance_b + apart
    np.testing.assert_allclose(variance, exact, rtol=1e-9, atol=1e-12)


@given(mixtures())
def test_percentiles_solve_the_distribution(mix: Mixture):
    """Just below a percentile lies at most its share, just above at least; and percentiles ascend."""
    p = [0.05, 0.5, 0.95, 0.99, 0.999]
    sut = quantiles(*mix, p)
    assert sut.shape == (5, 2, 3)
    assert (np.diff(sut, axis=0) >= 0).all()
    for value, wanted in zip(sut, p, strict=True):
        under, upto = (
            (mix.weights * (1 - share_over((value * edge)[:, None, :], mix.means, mix.variances))).sum(axis=1)
            for edge in (1 - 1e-6, 1 + 1e-6)
        )
        assert (upto >= wanted - 1e-6).all()
        assert ((under <= wanted + 1e-6) | (value == 0)).all()


def test_one_component_is_a_lognormal():
    """A mixture of one has the percentiles of the lognormal itself."""
    mean, variance = np.array([0.1, 2.0, 0.0]), np.array([0.01, 0.0, 0.0])
    for p in (0.5, 0.95, 0.99):
        np.testing.assert_allclose(
            quantiles(*single(mean, variance), p), quantile(p, mean, variance), rtol=1e-9
        )


def test_cold_branch_against_sampling():
    """Two calls in sequence, each cold now and then: percentiles of a million samples, within 2 %."""
    random = np.random.default_rng(7)

    def draw(mean: float, cv: float) -> np.ndarray:
        shape = np.sqrt(np.log1p(cv**2))
        return mean * np.exp(shape * random.standard_normal(1_000_000) - shape**2 / 2)

    def call(share: float) -> np.ndarray:
        return draw(0.1, 0.5) + (random.random(1_000_000) < share) * draw(0.8, 0.3)

    mix = [blend([p], single([0.9], [0.05**2 + 0.24**2]), single([0.1], [0.05**2])) for p in (0.02, 0.1)]
    p = [0.5, 0.9, 0.95, 0.99, 0.999]

    sut = quantiles(*add(*mix), p)[:, 0]

    np.testing.assert_allclose(sut, np.quantile(call(0.02) + call(0.1), p), rtol=0.02)


def test_nothing_weighs_nothing():
    """A mixture without weights, as of a flow that never succeeds, has percentiles of 0."""
    empty = Mixture(*(np.zeros((COMPONENTS, 2)) for _ in range(3)))
    assert quantiles(*empty, [0.5, 0.99]).tolist() == [[0, 0], [0, 0]]
    assert moments(add(empty, single([1, 1], [0, 0])))[0].tolist() == [0, 0]


def test_long_chain_stays_exact():
    """Fifty blended calls in sequence keep mean and variance to rounding."""
    step = blend([0.03], single([1.0], [0.2]), single([0.05], [0.001]))
    whole = step
    for _ in range(49):
        whole = add(whole, step)
    for total, one in zip(moments(whole), moments(step), strict=True):
        assert total[0] == pytest.approx(50 * one[0], rel=1e-10)
