"""Erlang's formulas against exact recursions, published tables and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.erlang import erlang_b, erlang_c, hayward, overflow_peakedness, pooled_blocking

NUMBERS = st.floats(0, 1e6, allow_subnormal=False)

# Load in Erlangs that so many circuits carry at so much blocking: the Erlang B tables printed in every
# teletraffic textbook, e.g. V. B. Iversen, Teletraffic Engineering Handbook (ITU-D SG 2/16); 15 lines:
# https://erlang.com/calculatormanual/howmuchtrafficcanatrunkgrouphandle.htm
TABLE = [
    (1, 0.01, 0.0101),
    (2, 0.01, 0.1526),
    (5, 0.01, 1.361),
    (10, 0.001, 3.092),
    (10, 0.01, 4.461),
    (10, 0.05, 6.216),
    (15, 0.01, 8.108),
    (20, 0.01, 12.03),
    (50, 0.01, 37.90),
    (100, 0.01, 84.06),
]


def recursion(slots: int, load: float) -> float:
    """1/B(N) = 1 + (N/a) / B(N − 1), which only adds positive numbers."""
    inverse = 1.0
    for k in range(1, slots + 1):
        inverse = 1.0 + inverse * k / load
    return 1.0 / inverse


@pytest.mark.parametrize(("slots", "blocking", "load"), TABLE)
def test_published_table(slots: int, blocking: float, load: float):
    """The printed tables' blocking comes out at their four-digit loads."""
    assert erlang_b(slots, load) == pytest.approx(blocking, rel=3e-3)


@pytest.mark.parametrize(
    ("slots", "load", "blocking"), [(10, 9, 0.1680), (50, 50, 0.1048), (1000, 1100, 0.0986)]
)
def test_known_points(slots: int, load: float, blocking: float):
    """Three designs whose blocking is known to four digits."""
    assert erlang_b(slots, load) == pytest.approx(blocking, abs=5e-5)


def test_exact_recursion():
    """Whole slots up to 2,000 agree with the exact recursion to ten digits (above 1e-25)."""
    pairs = [
        (n, a) for n in (1, 2, 3, 7, 20, 100, 500, 2000) for a in (1e-4, 0.3, 1, 6, 19, 90, 499, 2e3, 3e4)
    ]
    exact = np.array([recursion(n, a) for n, a in pairs])
    slots, load = np.array(pairs).T

    blocking = erlang_b(slots, load)

    seen = exact > 1e-25
    np.testing.assert_allclose(blocking[seen], exact[seen], rtol=1e-10)
    assert (blocking[~seen] <= 1e-25).all()


@given(st.floats(0.01, 50), st.floats(0.01, 100))
def test_fractional_slots_follow_the_recursion(slots: float, load: float):
    """The continuous extension obeys 1/B(N + 1) = 1 + (N + 1)/(a·B(N)) at every N, not only at whole ones."""
    lower, upper = erlang_b([slots, slots + 1], load)
    if upper > 1e-24:
        assert 1 / upper == pytest.approx(1 + (slots + 1) / load / lower, rel=1e-9)


@pytest.mark.parametrize("slots", [1e4, 1e5])
def test_many_slots(slots: float):
    """At a load equal to N, blocking tends to √(2/πN); far above it tends to 1 − N/a."""
    assert erlang_b(slots, slots) == pytest.approx(np.sqrt(2 / np.pi / slots), rel=3 / np.sqrt(slots))
    assert erlang_b(slots, 3 * slots) == pytest.approx(2 / 3, rel=1e-4)
    assert erlang_b(slots, slots / 2) == 0


def test_edges():
    """No slots block everything, endless slots and no load block nothing, and nothing is ever NaN."""
    assert erlang_b([0, 0, 5, np.inf, np.inf], [1, 0, 0, 7, 0]).tolist() == [1, 0, 0, 0, 0]
    assert erlang_c([0, 0, 5, np.inf, 5], [1, 0, 0, 7, 5]).tolist() == [1, 0, 0, 0, 1]
    extremes = np.array([0, 5e-324, 1e-300, 1e-9, 1, 1e5, 1e12, 1e300])
    grid = erlang_b(extremes[:, None], extremes)
    assert grid.shape == (8, 8)
    assert ((grid >= 0) & (grid <= 1)).all()


@given(NUMBERS, NUMBERS, st.floats(0.01, 100))
def test_more_load_blocks_more(slots: float, load: float, more: float):
    """Blocking is a probability, grows with the load and falls with the slots."""
    here, fuller, roomier = erlang_b([slots, slots, slots + more], [load, load + more, load])
    assert 0 <= here <= fuller + 1e-11 <= 1 + 1e-11
    assert roomier <= here + 1e-11
    assert here <= erlang_c(slots, load) * (1 + 1e-12) <= 1 + 1e-12


def test_erlang_c():
    """Waiting probabilities of the M/M/N queue, from its sum formula."""
    for n, a in ((1, 0.3), (3, 2.0), (10, 9.0), (40, 30.0)):
        terms = np.cumprod([1.0, *(a / k for k in range(1, n + 1))])
        waits = terms[n] * n / (n - a)
        assert erlang_c(n, a) == pytest.approx(waits / (terms[:n].sum() + waits), rel=1e-10)


def test_peakedness():
    """Bursty traffic is blocked more, smooth traffic less, and without variance what does not fit."""
    smooth, random, bursty = hayward(50, 50, [0.5, 1, 4])
    # Arrays and single numbers may be worked out by different instructions of the processor.
    assert [random, bursty] == pytest.approx([erlang_b(50, 50), erlang_b(12.5, 12.5)], rel=1e-13)
    assert smooth < random < bursty
    assert hayward(50, 100, 0) == pytest.approx(0.5, abs=1e-4)


def test_overflow_of_a_chain():
    """Servers in a row take what one group of as many takes, and what overflows is burstier than it came."""
    mean, ratio = overflow_peakedness([0, 4, 10], 8)
    assert mean.tolist() == pytest.approx([8, 8 * recursion(4, 8), 8 * recursion(10, 8)])
    assert ratio[0] == pytest.approx(1)
    assert 1 < ratio[1] < ratio[2]


def test_overflow_variance_of_a_simulated_sum():
    """Riordan's variance equals that of the joint chain of one server and its overflow, solved exactly."""
    load, most = 1.5, 40
    size = 2 * (most + 1)
    rates = np.zeros((size, size))
    for busy in (0, 1):
        for over in range(most + 1):
            at = busy * (most + 1) + over
            if not busy:
                rates[at, (most + 1) + over] += load
            elif over < most:
                rates[at, at + 1] += load
            if busy:
                rates[at, over] += 1
            if over:
                rates[at, at - 1] += over
    rates -= np.diag(rates.sum(axis=1))
    share = np.linalg.lstsq(np.vstack([rates.T, np.ones(size)]), np.r_[np.zeros(size), 1.0], rcond=None)[0]
    count = np.tile(np.arange(most + 1), 2)
    mean = share @ count

    sut = overflow_peakedness(1, load)

    assert sut.load == pytest.approx(mean)
    assert sut.peakedness == pytest.approx((share @ count**2 - mean**2) / mean)


def test_pool_of_pollers():
    """Pollers that fit are never refused; those that do not are refused what is missing at least."""
    assert pooled_blocking(10, 0, 0, [0, 5, 10], 10).tolist() == [0, 0, 0]
    assert pooled_blocking(np.inf, 5, 5, 5, 10) == 0
    assert pooled_blocking(10, 0, 0, 20, 20) == pytest.approx(0.5, abs=1e-3)
    assert pooled_blocking(10, 9, 9, 0, 0) == erlang_b(10, 9)


def test_pool_is_continuous_as_the_random_load_goes():
    """Blocking falls to that without random arrivals, with no jump, whether or not the lanes fit."""
    for lanes in (5, 10, 30):
        limit = pooled_blocking(10, 0, 0, 0.9 * lanes, lanes)
        near = pooled_blocking(10, 1e-7, 1e-7, 0.9 * lanes, lanes)
        assert near == pytest.approx(limit, abs=1e-5)


@given(
    st.floats(0, 200),
    st.floats(0, 200),
    st.floats(0.5, 5),
    st.floats(0, 1),
    st.floats(0, 200),
    st.floats(0.01, 20),
)
def test_pool_grows_with_the_random_load(slots, random, ratio, used, lanes, more):
    """More random arrivals never lower the blocking by more than the approximation's own error."""
    loads = np.array([random, random + more])
    before, after = pooled_blocking(slots, loads, loads * ratio, used * lanes, lanes)
    assert 0 <= before <= after + 1e-3 <= 1.001
