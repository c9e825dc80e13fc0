"""Batches and lanes against their own equations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.batching import active_lanes, bytes_cap, queue_batch, stream_batch

RATE, TIME, EACH = st.floats(0, 1e4), st.floats(0, 100), st.floats(0, 1)
MOST = st.integers(1, 10_000)


@given(RATE, TIME, TIME, EACH, MOST)
def test_stream_batch_solves_its_equation(rate, hold, fixed, each, most):
    """The batch is x / (1 − e⁻ˣ) with x = rate · max(hold, D(n)), unless it is full."""
    size = float(stream_batch(rate, hold, fixed, each, most))
    assert 1 <= size <= most
    x = rate * max(hold, fixed + each * (size - 1))
    filled = x / -np.expm1(-x) if x > 1e-12 else 1.0
    if size < most:
        assert filled == pytest.approx(size, rel=1e-6)
    else:
        assert filled >= size * (1 - 1e-6)


@given(RATE, TIME, TIME, EACH, MOST)
def test_stream_batch_is_the_smallest_solution(rate, hold, fixed, each, most):
    """Filling up from single items never overshoots the answer: no smaller batch satisfies the equation."""
    size = float(stream_batch(rate, hold, fixed, each, most))
    climbing = 1.0
    for _ in range(200):
        x = rate * max(hold, fixed + each * (climbing - 1))
        climbing = min(max(x / -np.expm1(-x) if x > 1e-12 else 1.0, 1.0), most)
    assert climbing <= size * (1 + 1e-6)


@given(RATE, TIME, EACH, MOST)
def test_queue_batch_solves_its_equation(rate, fixed, each, most):
    """The batch is clamp(rate · D(n), 1, most), and taking what arrived while busy leads to it."""
    size = float(queue_batch(rate, fixed, each, most))
    taken = min(max(rate * (fixed + each * (size - 1)), 1.0), most)
    assert taken == pytest.approx(size, rel=1e-6) or rate * each > 0.999
    climbing = 1.0
    for _ in range(200):
        climbing = min(max(rate * (fixed + each * (climbing - 1)), 1.0), most)
    assert climbing <= size * (1 + 1e-6)


def test_both_batches_grow_with_the_rate():
    """More items never make smaller batches, right through the load at which they fill up."""
    rate = np.linspace(0, 400, 2001)
    for sizes in (stream_batch(rate, 1, 0.1, 0.005, 100), queue_batch(rate, 0.1, 0.005, 100)):
        assert sizes[0] == 1
        assert sizes[-1] == 100
        assert (np.diff(sizes) >= -1e-9).all()


def test_stream_reads_once_a_second():
    """A slow stream brings one item a read; at 5/s with a window of 20 s a read brings 100."""
    assert stream_batch([1e-6, 5], [1, 20], 0.05, 0.0, 1000) == pytest.approx([1, 100], rel=1e-5)
    assert stream_batch(1, 1, 0.05, 0.0, 1000) == pytest.approx(1 / (1 - np.exp(-1)))


@given(st.floats(0, 1e5), st.floats(0.01, 1e3), st.integers(0, 50), st.integers(1, 1250))
def test_active_lanes_are_the_fewest(rate, capacity, least, most):
    """As few lanes as take the rate at nine tenths, between the least and the most."""
    lanes = float(active_lanes(rate, capacity, least, most))
    assert lanes == int(lanes) <= most
    assert lanes >= min(least, most)
    if lanes < most:
        assert rate <= 0.9 * lanes * capacity * (1 + 1e-8) + 1e-300
    if lanes > least:
        assert rate > 0.9 * (lanes - 1) * capacity * (1 - 1e-8)


def test_lanes_without_capacity():
    """Lanes that complete nothing are all used as soon as anything arrives."""
    assert active_lanes([0, 1], 0, 5, 1250).tolist() == [5, 1250]
    assert active_lanes(900, 10, 5, 2) == 2


def test_bytes_cap():
    """Ten items of 614.4 KB fill 6 MB exactly; an item that is too large still goes alone."""
    assert bytes_cap([100, 5, 100, 100], [614.4, 614.4, 614.5, 9000]).tolist() == [10, 5, 9, 1]
