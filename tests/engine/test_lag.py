"""Completion lags against pauses and polls that can be counted, and against sampled deliveries."""

from math import log, sqrt

import numpy as np
import pytest

from sandbox.engine.lag import Lag, Lags
from sandbox.engine.latency import latencies, spread
from sandbox.engine.network import Arc, ArcKind, Holding, Network, Slots, Station
from sandbox.engine.steady import solve

SOURCE = Station("t", arrivals=1.0)
DRIVE, HANDOFF = ArcKind.DRIVE, ArcKind.HANDOFF
MANY = {"lanes_least": 1000.0, "lanes_most": 1000.0}


def lags(network: Network, load: float = 1.0) -> list[Lag]:
    """Lags of the first station's events."""
    steady = solve(network, load)
    admitted = latencies(steady)
    return Lags(steady, latencies(steady, over=admitted), admitted).of([0])[0]


def numbers(lag: Lag) -> list[float]:
    """Mean, p50, p95 and p99."""
    told = spread(lag.time)
    return [float(x[0]) for x in (told.mean, told.p50, told.p95, told.p99)]


def held(rules: Holding, consumer: Station) -> Network:
    """A source whose events are held for a consumer."""
    return Network(
        (SOURCE, Station("q", holding=rules), consumer), (Arc("t", "q", HANDOFF), Arc("q", "f", DRIVE))
    )


CASES = [
    ("a delay is the same for all", Holding(delay=60, **MANY), 0.0, [60.1, 60.1, 60.1, 60.1], 1e-3),
    ("a poll is evenly spread", Holding(poll=1, **MANY), 0.0, [0.6, 0.6, 1.05, 1.09], 0.03),
    (
        "all three executions fail, with pauses of one and two minutes",
        Holding(attempts=3, retry_delay=60, retry_growth=2, **MANY),
        1.0,
        [180.3] * 4,
        1e-3,
    ),
    (
        "nine of ten tries fail, so pauses grow faster than they get rare: 60 × (0.9 + 0.81 × 2)",
        Holding(attempts=3, retry_delay=60, retry_growth=2, **MANY),
        0.9,
        [0.1 * 2.71 + 151.2, 180.3, 180.3, 180.3],
        1e-3,
    ),
    (
        "one of ten comes back after the visibility timeout, one of a hundred twice",
        Holding(retry_delay=180, throttles_count=True, **MANY),
        0.1,
        [0.1 / 0.9 + 20, 0.1, 180.2, 180.2],
        1e-2,
    ),
    (
        "a stream tries at once, so that only the executions add up",
        Holding(attempts=3, in_place=True, retry_delay=180, **MANY),
        0.4,
        [0.156, 0.1, 0.3, 0.3],
        1e-3,
    ),
]


@pytest.mark.parametrize(("why", "rules", "error", "expected", "rel"), CASES, ids=[case[0] for case in CASES])
def test_held_items(why: str, rules: Holding, error: float, expected: list[float], rel: float) -> None:
    """From the event to the end of a consumer of 100 ms that fails so often."""
    (sut,) = lags(held(rules, Station("f", fixed=0.1, error=error)))

    assert numbers(sut) == pytest.approx(expected, rel=rel), why


def test_a_window_is_waited_for_by_its_first_item() -> None:
    """Batches open for 2 s with 4 followers: a fifth waits 2 s, the others are evenly spread."""
    rules = Holding(batch_most=100, window=2, lanes_least=1, lanes_most=1)
    network = held(rules, Station("f", fixed=0.01))

    mean, p50, _, p99 = numbers(lags(network, 2.0)[0])

    assert mean == pytest.approx(2 * (1 + 4 / 2) / 5 + 0.01, rel=0.02)
    assert p50 == pytest.approx(2 * 0.5 / 0.8, rel=0.05)
    assert p99 == pytest.approx(2.01, rel=0.02)


def test_a_sampled_stream() -> None:
    """A poll of 1 s and up to three executions, of which 20 % fail: percentiles of 400,000 samples."""
    generator, size, sigma = np.random.default_rng(3), 400_000, sqrt(log(1.25))
    total, open_ = generator.random(size), np.ones(size, bool)
    for _ in range(3):
        total += open_ * generator.lognormal(log(0.3) - sigma**2 / 2, sigma, size)
        open_ &= generator.random(size) < 0.2
    rules = Holding(poll=1, attempts=3, in_place=True, **MANY)

    (sut,) = lags(held(rules, Station("f", fixed=0.3, cv=0.5, error=0.2)))

    expected = [total.mean(), *np.quantile(total, [0.5, 0.95, 0.99])]
    assert numbers(sut) == pytest.approx(expected, rel=0.05)


def test_the_last_consumer_ends_the_way() -> None:
    """A consumer that passes its items on is not the end; what it did before is in the lag."""
    network = Network(
        (
            SOURCE,
            Station("q", holding=Holding(delay=5, **MANY)),
            Station("f", fixed=1.0),
            Station("p", holding=Holding(delay=7, **MANY)),
            Station("g", fixed=2.0),
        ),
        (Arc("t", "q", HANDOFF), Arc("q", "f", DRIVE), Arc("f", "p", HANDOFF), Arc("p", "g", DRIVE)),
    )

    (sut,) = lags(network)

    assert (sut.station, numbers(sut)[1]) == (4, pytest.approx(15.0, rel=1e-3))


def test_the_later_of_two_ways_counts() -> None:
    """Events that come to one consumer at once and after a minute are done after the minute."""
    network = Network(
        (
            SOURCE,
            Station("fast", holding=Holding(**MANY)),
            Station("slow", holding=Holding(delay=60, **MANY)),
            Station("f", fixed=1.0),
        ),
        (
            Arc("t", "slow", HANDOFF),
            Arc("t", "fast", HANDOFF),
            Arc("slow", "f", DRIVE),
            Arc("fast", "f", DRIVE),
        ),
    )

    (sut,) = lags(network)

    assert numbers(sut)[0] == pytest.approx(61.0, rel=1e-3)


def test_calls_before_an_event_delay_it() -> None:
    """A front door that calls for 300 ms, then sends: the event leaves after its own 100 ms and the call."""
    network = Network(
        (
            SOURCE,
            Station("api", fixed=0.1),
            Station("x", fixed=0.3),
            Station("send"),
            Station("q", holding=Holding(**MANY)),
            Station("f", fixed=1.0),
        ),
        (
            Arc("t", "api"),
            Arc("api", "x"),
            Arc("api", "send"),
            Arc("send", "q", HANDOFF),
            Arc("q", "f", DRIVE),
        ),
    )

    (sut,) = lags(network)

    assert numbers(sut)[0] == pytest.approx(1.4, rel=1e-3)


def test_a_growing_backlog_has_no_lag() -> None:
    """One lane of one second is asked for two items a second."""
    rules = Holding(lanes_least=1, lanes_most=1)

    (sut,) = lags(held(rules, Station("f", fixed=1.0)), 2.0)

    assert sut.grows.tolist() == [True]


def test_a_loop_has_an_end() -> None:
    """A consumer that sends half of its items back to its own queue is the end of the way."""
    network = Network(
        (SOURCE, Station("q", holding=Holding(delay=5, **MANY)), Station("f", fixed=1.0)),
        (Arc("t", "q", HANDOFF), Arc("q", "f", DRIVE), Arc("f", "q", HANDOFF, gain=0.5)),
    )

    (sut,) = lags(network)

    assert numbers(sut)[0] == pytest.approx(6.0, rel=1e-2)


def test_pauses_after_refusals():
    """An event that is refused pauses 1, 2, 4 … 256, then 300 s each time: Σ Bʲ·min(2ʲ⁻¹, 300)."""
    network = Network(
        (
            Station("q", arrivals=1.0, holding=Holding(lanes_least=0, refused_delay=1.0, refused_most=300.0)),
            Station("f", fixed=1.0, slots=("s",)),
        ),
        (Arc("q", "f", ArcKind.DRIVE),),
        slots=(Slots("s", 2),),
    )

    steady = solve(network)
    refused = 1.0 - steady.accepted[1] / steady.offered[1]

    expected = sum(refused**j * min(2.0 ** (j - 1), 300.0) for j in range(1, 400))
    assert steady.held_waits.first[0] == pytest.approx(expected, rel=1e-9)
