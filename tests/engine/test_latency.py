"""Latencies against sums that can be done by hand, against sampled paths, and against what always holds."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine.latency import Latencies, Spread, latencies, spread
from sandbox.engine.lognormal import normal_cdf
from sandbox.engine.mixture import moments
from sandbox.engine.network import Arc, Environments, Network, Slots, Station
from sandbox.engine.steady import Steady, solve

SOURCE = Station("t", arrivals=1.0)


def successful(steady: Steady) -> Latencies:
    """Times of the invocations that succeed."""
    return latencies(steady, over=latencies(steady))


def of(found: Latencies, row: int) -> Spread:
    """Mean and percentiles of one station."""
    return found.over_all([[row]], [np.ones(1)])


def numbers(told: Spread) -> list[float]:
    """Mean, p50, p95 and p99 of the first row and scenario."""
    return [float(x[0, 0]) for x in (told.mean, told.p50, told.p95, told.p99)]


def calling(*stations: Station, **call: float) -> Network:
    """A source that calls each of some stations, one after the other."""
    return Network((SOURCE, *stations), tuple(Arc("t", s.id, **call) for s in stations))


def test_percentiles_are_cut_at_the_timeout() -> None:
    """Of a lognormal time with a timeout at its mean, all above the mean are the mean; the median stays."""
    network = calling(Station("f", fixed=29.0, cv=0.5, timeout=29.0))

    _, p50, p95, p99 = numbers(of(latencies(solve(network)), 1))

    assert p50 == pytest.approx(29 / sqrt(1.25))
    assert (p95, p99) == (29.0, 29.0)


def test_nothing_that_a_caller_waits_for_is_longer_than_what_he_calls() -> None:
    """A source of two calls that are each cut at 3 s waits 6 s at most."""
    network = calling(*(Station(name, fixed=3.0, cv=1.0, timeout=3.0) for name in "ab"))

    assert numbers(of(latencies(solve(network)), 0))[3] <= 6.0
    assert numbers(of(successful(solve(network)), 0))[3] <= 6.0


def test_a_gateway_adds_its_own_time_to_a_timeout() -> None:
    """With a time of its own it has that, at the percentile, and the longest that its function can take."""
    gateway = Station("gateway", fixed=0.1, cv=0.4)
    function = Station("function", fixed=9.0, cv=1.0, timeout=10.0)
    network = Network((SOURCE, gateway, function), (Arc("t", "gateway"), Arc("gateway", "function")))
    sigma = sqrt(log(1 + 0.4**2))
    own = 0.1 / sqrt(1 + 0.4**2) * exp(2.326348 * sigma)

    for found in (latencies(solve(network)), successful(solve(network))):
        _, _, p95, p99 = numbers(of(found, 1))
        assert p95 <= p99 <= 10.0 + own + 1e-6
        assert p99 > 9.0
        assert numbers(of(found, 2))[3] <= 10.0


def test_ways_of_which_one_is_taken_are_no_longer_than_the_longest() -> None:
    """A source that takes one of two ways waits for one of their timeouts, not for both."""
    ways = [Station(name, fixed=3.0, cv=1.0, timeout=3.0) for name in "ab"]
    source = Station("t", arrivals=1.0, routes=True)
    network = Network((source, *ways), tuple(Arc("t", way.id, gain=0.5) for way in ways))

    assert numbers(of(latencies(solve(network)), 0))[3] <= 3.0


def test_successes_end_before_the_timeout() -> None:
    """With the timeout at the median half succeed, in E[X | X < L] = m Φ(−σ) / Φ(0)."""
    sigma = sqrt(log(1.25))
    network = calling(Station("f", fixed=1.0, cv=0.5, timeout=1 / sqrt(1.25)))

    sut = successful(solve(network))

    assert numbers(of(sut, 0))[0] == pytest.approx(float(normal_cdf(-sigma)) / 0.5, rel=1e-6)


TRIES = [
    ("half fail: 100, 1200 and 2300 ms by 4 : 2 : 1", 0.5, 3, [5.1 / 7, 0.1, 2.3, 2.3]),
    ("one in a hundred fails", 0.01, 2, [0.1 + 1.1 * 0.01 / 1.01, 0.1, 0.1, 0.1]),
    ("nothing fails", 0.0, 3, [0.1, 0.1, 0.1, 0.1]),
    ("two in a thousand succeed: as good as one of three tries", 0.998, 3, [1.2, 1.2, 2.3, 2.3]),
]


@pytest.mark.parametrize(("why", "error", "attempts", "expected"), TRIES)
def test_tries_before_a_success(why: str, error: float, attempts: int, expected: list[float]) -> None:
    """Calls of 100 ms with pauses of 1 s: k tries before a success are by q^(k−1)(1−q)/(1−q^m)."""
    network = calling(Station("x", fixed=0.1, error=error), attempts=attempts, backoff=1.0)

    sut = numbers(of(successful(solve(network)), 0))

    assert sut == pytest.approx(expected, rel=2e-3), why


def test_many_tries_share_a_branch() -> None:
    """The mean over successes stays exact when there are more tries than branches: 1/(1−q) of them."""
    network = calling(Station("x", fixed=0.1, error=0.9), attempts=101, backoff=0.4)

    assert numbers(of(successful(solve(network)), 0))[0] == pytest.approx(0.1 * 10 + 0.4 * 9, rel=2e-2)


def test_refusals_take_no_time() -> None:
    """Two slots asked for 40 Erlang refuse nearly all: half of the callers get their answer at once."""
    network = Network(
        (Station("t", arrivals=400), Station("api", fixed=0.01), Station("f", fixed=0.1, slots=("s",))),
        (Arc("t", "api"), Arc("api", "f")),
        slots=(Slots("s", 2),),
    )
    steady = solve(network)

    assert numbers(of(latencies(steady), 1))[1] == pytest.approx(0.01)
    assert numbers(of(successful(steady), 1))[1] == pytest.approx(0.11)


def test_cold_starts_are_a_branch() -> None:
    """One request an hour finds nothing warm; one a minute always does, but for the tail."""
    fleet = Environments("e", init=0.5)
    rare, steady = (
        solve(
            Network(
                (Station("t", arrivals=rate), Station("f", fixed=0.1, environments="e")),
                (Arc("t", "f"),),
                environments=(fleet,),
            )
        )
        for rate in (1 / 3600, 1 / 60)
    )

    assert numbers(of(latencies(rare), 1))[1] == pytest.approx(0.6)
    assert numbers(of(latencies(steady), 1))[1] == pytest.approx(0.1)
    share = steady.cold_ratio[1, 0]
    assert numbers(of(latencies(steady), 0))[0] == pytest.approx(0.1 + share * 0.5)


def test_parallel_calls_count_once() -> None:
    """Two calls of 100 ms at the same time take 100 ms, and one of 300 ms beside them 300 ms."""
    same = calling(Station("a", fixed=0.1), Station("b", fixed=0.1), parallel=True)
    longer = calling(Station("a", fixed=0.1), Station("b", fixed=0.3), parallel=True)

    assert numbers(of(latencies(solve(same)), 0))[0] == pytest.approx(0.1)
    assert numbers(of(latencies(solve(longer)), 0))[0] == pytest.approx(0.3)


def test_routes_are_alternatives() -> None:
    """70 % take 100 ms, 20 % take 1 s and the rest nothing; fewer successes took the failing way."""
    network = Network(
        (Station("t", arrivals=1, routes=True), Station("a", fixed=0.1), Station("b", fixed=1, error=0.5)),
        (Arc("t", "a", gain=0.7), Arc("t", "b", gain=0.2)),
    )
    steady = solve(network)

    assert numbers(of(latencies(steady), 0)) == pytest.approx([0.27, 0.1, 1.0, 1.0], rel=1e-6)
    assert numbers(of(successful(steady), 0))[0] == pytest.approx((0.07 + 0.1) / 0.9)


def lognormal(generator: np.random.Generator, mean: float, cv: float, size: int) -> np.ndarray:
    """Samples of a lognormal time."""
    sigma = sqrt(log(1 + cv * cv))
    return generator.lognormal(log(mean) - sigma**2 / 2, sigma, size)


def test_a_sampled_path() -> None:
    """Own time, a call with up to three tries, and a call made by 30 %: percentiles of 400,000 samples."""
    generator, size = np.random.default_rng(7), 400_000
    network = Network(
        (
            SOURCE,
            Station("f", fixed=0.05, cv=0.5),
            Station("a", fixed=0.2, cv=0.5, error=0.2),
            Station("b", fixed=1, cv=0.5),
        ),
        (Arc("t", "f"), Arc("f", "a", attempts=3, backoff=0.1), Arc("f", "b", gain=0.3)),
    )
    total = lognormal(generator, 0.05, 0.5, size)
    open_ = np.ones(size, bool)
    for attempt in range(3):
        total += open_ * (lognormal(generator, 0.2, 0.5, size) + (0.1 if attempt else 0.0))
        open_ &= generator.random(size) < 0.2
    succeeded = ~open_
    called = succeeded & (generator.random(size) < 0.3)
    total += called * lognormal(generator, 1.0, 0.5, size)
    steady = solve(network)

    for sut, sample in ((latencies(steady), total), (successful(steady), total[succeeded])):
        expected = [sample.mean(), *np.quantile(sample, [0.5, 0.95, 0.99])]
        assert numbers(of(sut, 1)) == pytest.approx(expected, rel=0.04)


shares = st.integers(0, 100).map(lambda percent: percent / 100)
times = st.integers(0, 3000).map(lambda ms: ms / 1000)


@st.composite
def chains(draw: st.DrawFn) -> Network:
    """A source and up to four stations, each called by one before it."""
    stations, arcs = [Station("t", arrivals=draw(st.sampled_from((0.0, 5.0))))], []
    for number in range(draw(st.integers(1, 4))):
        source = stations[draw(st.integers(0, number))]
        cold = draw(st.booleans())
        stations.append(
            Station(
                f"s{number}",
                fixed=draw(times),
                cv=draw(st.sampled_from((0.0, 0.5, 2.0))),
                timeout=draw(st.sampled_from((np.inf, 1.0, 0.01))),
                error=draw(shares),
                environments=f"e{number}" if cold else None,
                routes=draw(st.booleans()),
            )
        )
        arcs.append(
            Arc(
                source.id,
                f"s{number}",
                gain=0.25 if source.routes else draw(st.sampled_from((0.25, 1.0, 2.5))),
                attempts=draw(st.sampled_from((1.0, 3.0, 40.0))),
                backoff=draw(st.sampled_from((0.0, 0.3))),
                parallel=draw(st.booleans()),
            )
        )
    fleets = [Environments(s.environments, init=0.7) for s in stations if s.environments]
    return Network(tuple(stations), tuple(arcs), environments=tuple(fleets))


@settings(max_examples=15)
@given(chains())
def test_invariants(network: Network) -> None:
    """Percentiles are numbers in ascending order; a scenario alone is as it is among others."""
    steady = solve(network, [0.0, 1.0])
    admitted = latencies(steady)
    rows = len(network.stations)
    for sut in (admitted, latencies(steady, over=admitted)):
        told = sut.over_all([[row] for row in range(rows)], [np.ones(1)] * rows)
        assert np.isfinite(told.mean).all()
        assert np.isfinite(told.p99).all()
        assert (told.p50 >= 0).all()
        assert (told.p50 <= told.p95).all()
        assert (told.p95 <= told.p99).all()
    one = latencies(steady, slice(1, 2))
    alone, among = moments(one.time)[0][:, 0], moments(admitted.time)[0][:, 1]
    np.testing.assert_allclose(alone, among, rtol=1e-4, atol=1e-5)


@settings(max_examples=40)
@given(chains())
def test_means_are_the_solver_s(network: Network) -> None:
    """Without timeouts a station's mean is its duration and what cold starts add."""
    patient = Network(
        tuple(Station(s.id, arrivals=s.arrivals, fixed=s.fixed, cv=s.cv, error=s.error, routes=s.routes)
              for s in network.stations),
        network.arcs,
    )  # fmt: skip
    steady = solve(patient)

    np.testing.assert_allclose(moments(latencies(steady).time)[0], steady.duration, rtol=1e-4, atol=1e-5)


def test_calls_that_lead_back():
    """A function of 100 ms that calls itself half of the time takes 200 ms, and so does who calls it."""
    network = Network(
        (Station("t", arrivals=10.0), Station("f", fixed=0.1)),
        (Arc("t", "f"), Arc("f", "f", gain=0.5)),
    )

    told = spread(latencies(solve(network)).time)

    assert told.mean[:, 0].tolist() == pytest.approx([0.2, 0.2], rel=1e-6)
