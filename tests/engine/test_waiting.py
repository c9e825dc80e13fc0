"""The waiting room against its balance equations, its two limits and a known collapse."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.engine.erlang import erlang_b, erlang_c
from sandbox.engine.waiting import allen_cunneen, share_waiting_longer, waiting_room


def balance(slots: int, load: float, places: int) -> tuple[float, float, float]:
    """Full, waiting share and mean wait (in durations) from the birth-death chain's own sums."""
    weights = [1.0]
    for k in range(1, slots + places + 1):
        weights.append(weights[-1] * load / min(k, slots))
    share = np.array(weights) / sum(weights)
    admitted = 1 - share[-1]
    queue = sum(share[slots + j] * j for j in range(places + 1))
    return share[-1], share[slots:-1].sum() / admitted, queue / (load * admitted)


@pytest.mark.parametrize("slots", [1, 2, 20, 150])
@pytest.mark.parametrize("places", [0, 1, 5, 100])
@pytest.mark.parametrize("used", [0.2, 0.9, 1 - 1e-8, 1.0, 1 + 1e-8, 1 + 1e-5, 1.3, 4.0])
def test_balance_equations(slots: int, places: int, used: float):
    """Every state of the chain, summed one by one, gives the same three numbers, at ρ = 1 too."""
    sut = waiting_room(slots, used * slots, places, 3.0)
    full, waits, wait = balance(slots, used * slots, places)
    assert sut.full == pytest.approx(full, rel=1e-8)
    assert sut.waits == pytest.approx(waits, rel=1e-8)
    assert sut.wait == pytest.approx(3 * wait, rel=1e-8)


def test_limits():
    """No places is Erlang B; endless places are Erlang C with a mean wait of C·D/(N − a)."""
    load = np.array([0.5, 5, 9, 9.999])
    none, endless = waiting_room(10, load, 0, 0.2), waiting_room(10, load, np.inf, 0.2)
    np.testing.assert_allclose(none.full, erlang_b(10, load), rtol=1e-12)
    assert none.wait.tolist() == [0] * 4
    assert endless.full.tolist() == [0] * 4
    np.testing.assert_allclose(endless.waits, erlang_c(10, load), rtol=1e-9)
    np.testing.assert_allclose(endless.wait, erlang_c(10, load) * 0.2 / (10 - load), rtol=1e-9)


def test_edges():
    """No load waits for nothing, no slots take nothing, and an endless room over capacity waits for ever."""
    assert [float(x) for x in waiting_room(10, 0, 5, 1)] == [0, 0, 0]
    assert [float(x) for x in waiting_room(0, 3, 5, 1)] == [1, 0, 0]
    assert [float(x) for x in waiting_room(3, 3, np.inf, 1)] == [0, 1, math.inf]
    assert [float(x) for x in waiting_room(np.inf, 3, 5, 1)] == [0, 0, 0]
    assert [float(x) for x in waiting_room(0, 0, 0, 0)] == [0, 0, 0]


@given(st.just(0.0) | st.floats(0.01, 1e5), st.floats(0, 5), st.integers(0, 10**6), st.floats(0.1, 10))
def test_invariants(slots: float, used: float, places: int, ratio: float):
    """A room never rejects more than none, and nobody waits longer than a full room takes."""
    load = used * slots
    full, waits, wait = waiting_room(slots, load, places, 1.0, ratio)
    assert 0 <= full <= waiting_room(slots, load, 0, 1.0, ratio).full + 1e-9
    assert 0 <= waits <= 1
    assert wait >= 0
    if slots > 0:
        assert wait <= places / slots * (1 + 1e-9)
        if load > slots:
            assert load * (1 - full) <= slots * (1 + 1e-9)


@given(st.floats(0.5, 1000), st.floats(0, 3), st.floats(0, 1000), st.floats(0, 0.3))
def test_more_load_waits_longer(slots: float, used: float, places: float, more: float):
    """More load is rejected more often and waits longer."""
    here, there = (waiting_room(slots, slots * x, places, 1.0) for x in (used, used + more))
    assert here.full <= there.full + 1e-9
    assert here.wait <= there.wait * (1 + 1e-7) + 1e-9


def test_wait_limit():
    """The share over a limit falls exponentially from the share that waits; its integral is the mean wait."""
    limit = np.linspace(0, 30, 300_001)
    over = share_waiting_longer(limit, 0.7, 0.4)
    assert over[0] == pytest.approx(0.4)
    assert over.sum() * (limit[1] - limit[0]) == pytest.approx(0.7, rel=1e-3)
    assert share_waiting_longer([0, 1, np.inf], [0, 0, 3], [0, 0.5, 1]).tolist() == pytest.approx([0, 0, 0])
    assert share_waiting_longer(5, np.inf, 1) == 1
    assert allen_cunneen(3, 1) == 2


def settle(first: float, start: float) -> tuple[float, float]:
    """Offered rate and failing share of callers who give up after 0.35 s and try four times."""
    offered = start
    for _ in range(20_000):
        full, waits, wait = waiting_room(20, offered * 0.1, 100, 0.1)
        fails = float(full + (1 - full) * share_waiting_longer(0.25, wait, waits))
        again = first * sum(fails**k for k in range(4))
        if abs(again - offered) < 1e-9:
            break
        offered = again
    return offered, fails


def test_collapse():
    """At 150/s a flooded system does not recover, one that ran well goes on; from 183/s none is well."""
    assert settle(150, 0)[0] == pytest.approx(150, rel=0.01)
    offered, fails = settle(150, 600)
    assert offered == pytest.approx(463, rel=0.01)
    assert fails == pytest.approx(0.83, abs=0.01)
    assert settle(181, 0)[0] < 200 < settle(181, 724)[0]
    assert settle(190, 0)[0] == pytest.approx(settle(190, 760)[0], rel=1e-6)
    assert settle(190, 0)[1] > 0.8
