"""Cold starts against the plain sum over ranks, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.cold import cold_starts
from sandbox.engine.erlang import erlang_b


def rank_by_rank(rate: float, load: float, expiry: float, ready: int = 0, slots: float = math.inf):
    """Sum over all ranks, with Erlang's recursion."""
    inverse, before, cold, alive, taken = 1.0, 1.0, 0.0, 0.0, 0.0
    for k in range(1, int(min(slots, load + 14 * math.sqrt(load) + 40)) + 1):
        inverse = 1.0 + inverse * k / load
        share = before - 1.0 / inverse
        before = 1.0 / inverse
        taken += share
        gone = 0.0 if k <= ready else math.exp(-rate * share * expiry)
        cold += share * gone
        alive += 1.0 - gone
    return cold / taken, alive


def test_known_point():
    """0.9/s of 1.991 s with ten minutes of expiry: 0.131 % cold, 7.73 environments."""
    share, alive = cold_starts(0.9, 0.9 * 1.991, 600)
    assert share == pytest.approx(0.00131, abs=1e-5)
    assert alive == pytest.approx(7.73, abs=5e-3)


LOADS = [1e-6, 0.01, 0.3, 1, 3, 15.9, 17, 40, 120, 200, 260, 1000, 50_000]


@pytest.mark.parametrize("expiry", [0.5, 60, 600, 1e5])
@pytest.mark.parametrize("duration", [0.003, 0.2, 30])
def test_rank_by_rank(expiry: float, duration: float):
    """Loads from 1e-6 to 50,000: within 1e-8 of the sum where each rank counts, within 1e-3 above."""
    for load in LOADS:
        share, alive = rank_by_rank(load / duration, load, expiry)
        sut = cold_starts(load / duration, load, expiry)
        tolerance = 1e-8 if load < 15 else 1e-3
        assert sut.share == pytest.approx(share, rel=tolerance, abs=1e-14), load
        assert sut.alive == pytest.approx(alive, rel=tolerance), load


@pytest.mark.parametrize("load", [0.3, 5, 40, 1000])
def test_ready_and_capped(load: float):
    """Environments kept ready, and fewer environments than the load wants, as in the plain sum."""
    for ready, slots in ((1, 2000), (int(load), 2000), (0, int(load) + 1), (3, max(int(load / 2), 3))):
        share, alive = rank_by_rank(load / 0.1, load, 600, ready, slots)
        sut = cold_starts(load / 0.1, load, 600, ready, slots)
        assert sut.share == pytest.approx(share, rel=0.01, abs=1e-12), (ready, slots)
        assert sut.alive == pytest.approx(alive, rel=2e-3), (ready, slots)


def test_rare_requests():
    """Requests that hardly ever overlap are cold when the pause before them outlasts the expiry."""
    rate = np.array([0, 1e-9, 1e-4, 1e-2])
    sut = cold_starts(rate, rate * 1e-6, 100)
    assert sut.share == pytest.approx(np.exp(-rate * 100))
    assert sut.alive == pytest.approx(1 - np.exp(-rate * 100))
    assert cold_starts(0, 0, 600, ready=2).share == pytest.approx(0, abs=1e-12)
    assert cold_starts(0, 0, 600, ready=2).alive == 2


@given(
    st.floats(0, 1e5),
    st.floats(0, 900),
    st.floats(0, 1e5),
    st.integers(0, 1000),
    st.one_of(st.just(math.inf), st.integers(0, 2000)),
)
def test_invariants(rate: float, duration: float, expiry: float, ready: int, slots: float):
    """The share is a probability; those kept ready are alive, and no more than the slots."""
    share, alive = cold_starts(rate, rate * duration, expiry, ready, slots)
    assert 0 <= share <= 1
    assert min(ready, slots) <= alive * (1 + 1e-9)
    assert alive <= slots * (1 + 1e-9)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 10), st.floats(1, 1e4), st.integers(0, 20))
def test_longer_expiry_is_warmer(rate: float, duration: float, expiry: float, ready: int):
    """A longer expiry or another ready environment means fewer cold starts and more environments."""
    load = rate * duration
    share, alive = cold_starts(rate, load, [expiry, expiry * 1.5, expiry], [ready, ready, ready + 1])
    slack = 1e-9 if load < 15 else 1e-3
    assert share[1] <= share[0] * (1 + slack) + 1e-13
    assert share[2] <= share[0] * (1 + slack) + 1e-13
    assert alive[1] >= alive[0] * (1 - slack)
    assert alive[2] >= alive[0] * (1 - slack)


def test_enough_alive_for_the_load():
    """With an expiry much longer than a request, more are alive than are busy on average."""
    load = np.array([0.5, 5, 50, 500])
    assert (cold_starts(load / 0.2, load, 600).alive > load).all()
    assert (cold_starts(load / 0.2, load, 600, slots=10).alive > load * (1 - erlang_b(10, load))).all()
