"""The simulator against textbooks, so that it may judge the engine."""

from math import exp, factorial, inf

import pytest

from sandbox.engine.network import Arc, ArcKind, Demand, Environments, Holding, Network, Quota, Slots, Station

from .measure import Measured
from .simulate import simulate


def erlang_b(servers: int, load: float) -> float:
    """Erlang's loss formula as its finite sum."""
    terms = [load**k / factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)


def queue_length(servers: int, load: float, places: int = 2000) -> tuple[float, float, float]:
    """M/M/c/K: probability of being refused, mean number waiting, mean number in service."""
    weights = [1.0]
    for k in range(1, servers + places + 1):
        weights.append(weights[-1] * load / min(k, servers))
    total = sum(weights)
    waiting = sum((k - servers) * w for k, w in enumerate(weights) if k > servers) / total
    serving = sum(min(k, servers) * w for k, w in enumerate(weights)) / total
    return weights[-1] / total, waiting, serving


def one_station(rate: float, time: float, slots: Slots, cv: float = 1.0) -> Network:
    """A single station with one pool of its own."""
    return Network((Station("s", arrivals=rate, fixed=time, cv=cv, slots=(slots.id,)),), slots=(slots,))


def agrees(measured: Measured, measure: str, station: str, expected: float, sharp: float = 0.15) -> bool:
    """Whether the exact value lies in the interval, and the interval is narrow enough to mean something."""
    mean, half = measured.of(measure, station)
    assert half <= sharp * abs(expected) + 1e-9, f"{measure} of {station} is only known to ±{half:g}"
    assert mean == pytest.approx(expected, abs=half + 1e-9), f"{measure}: {mean:g} ± {half:g}"
    return True


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (10, 9.0), (3, 6.0), (50, 50.0)])
@pytest.mark.parametrize("exponential", [True, False])
def test_loss(servers: int, load: float, exponential: bool) -> None:
    """M/M/c/c and M/G/c/c block by Erlang B: the distribution of the service time does not matter."""
    network = one_station(100.0, load / 100.0, Slots("p", servers), cv=0.5)

    measured = simulate(network, seed=1, warm_up=20, events=200_000, exponential=exponential)

    blocking = erlang_b(servers, load)
    assert agrees(measured, "blocking", "s", blocking)
    assert agrees(measured, "load", "s", load * (1 - blocking))
    assert agrees(measured, "duration", "s", load / 100.0)


@pytest.mark.parametrize(
    ("servers", "load", "places"), [(1, 0.7, inf), (4, 3.0, inf), (8, 6.5, inf), (5, 6.0, 10), (1, 0.9, 3)]
)
def test_waiting_room(servers: int, load: float, places: float) -> None:
    """M/M/c/K: what is refused and how long the others wait, from the birth-death chain."""
    network = one_station(10.0, load / 10.0, Slots("p", servers, places=places))

    measured = simulate(network, seed=3 + servers, warm_up=500, events=400_000, exponential=True)

    refused, waiting, serving = queue_length(servers, load, 2000 if places == inf else int(places))
    assert agrees(measured, "load", "s", serving)
    assert agrees(measured, "wait", "s", waiting / (10.0 * (1 - refused)), sharp=0.25)
    if places < inf:
        assert agrees(measured, "blocking", "s", refused)


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.5])
def test_pollaczek_khinchine(cv: float) -> None:
    """M/G/1: the mean wait is ρ·D·(1 + cv²) / 2(1 − ρ)."""
    network = one_station(0.6, 1.0, Slots("p", 1, places=inf), cv=cv)

    measured = simulate(network, seed=1, warm_up=1000, events=400_000)

    assert agrees(measured, "wait", "s", 0.6 * (1 + cv * cv) / 0.8)


def test_patience() -> None:
    """M/M/1 with a longest wait: the share that gives up, from the density of the virtual wait."""
    rate, service, patience = 0.8, 1.0, 2.0
    network = one_station(rate, service, Slots("p", 1, places=inf, patience=patience))

    measured = simulate(network, seed=5, warm_up=1000, events=300_000, exponential=True)

    # Customers join a line whose work is below 2 s (M/M/1 + D, Barrer 1957): with ρ = 0.8 and b = 1 − ρ,
    # P(empty)·(1 + ρ(1 − e⁻ᵇᵗ)/b + ρ·e⁻ᵇᵗ) = 1, and the last term is the share that gives up.
    gap = 1.0 - rate
    tail = rate * exp(-gap * patience)
    gives_up = tail / (1.0 + rate * (1.0 - exp(-gap * patience)) / gap + tail)
    assert agrees(measured, "blocking", "s", gives_up)


def test_closed_loop() -> None:
    """The machine repairman: users who think for a second share one server of half a second."""
    network = Network(
        (Station("s", users=3, think=1.0, fixed=0.5, slots=("p",)),), slots=(Slots("p", 1, places=inf),)
    )

    measured = simulate(network, seed=2, warm_up=200, events=100_000, exponential=True)

    weights = [1.0, 1.5, 1.5, 0.75]  # (3 users)!/(3 − k)! × 0.5ᵏ in the station
    assert agrees(measured, "accepted", "s", 2.0 * (1.0 - weights[0] / sum(weights)))


def test_calls_and_retries() -> None:
    """A call that fails three times in ten is tried up to four times; the caller's slot is held meanwhile."""
    network = Network(
        (Station("a", arrivals=50.0, fixed=0.1, cv=0.5), Station("b", fixed=0.02, error=0.3)),
        (Arc("a", "b", gain=0.5, attempts=4, backoff=0.2),),
    )

    measured = simulate(network, seed=7, warm_up=20, events=200_000)

    tries = (1 - 0.3**4) / 0.7
    assert agrees(measured, "offered", "b", 25.0 * tries)
    assert agrees(measured, "success", "a", 1.0 - 0.5 * 0.3**4)
    assert agrees(measured, "duration", "a", 0.1 + 0.5 * (0.02 * tries + 0.2 * (tries - 1.0)))


def test_parallel_calls() -> None:
    """Calls made at the same time take as long as the longest: two exponentials of 1 s take 1.5 s."""
    network = Network(
        (Station("a", arrivals=20.0), Station("b", fixed=1.0), Station("c", fixed=1.0)),
        (Arc("a", "b", parallel=True), Arc("a", "c", parallel=True)),
    )

    measured = simulate(network, seed=7, warm_up=20, events=100_000, exponential=True)

    assert agrees(measured, "duration", "a", 1.5)


def test_timeouts() -> None:
    """An invocation is cut at its timeout, and has failed; what it has called goes on."""
    network = Network((Station("a", arrivals=50.0, timeout=1.0), Station("b", fixed=1.0)), (Arc("a", "b"),))

    measured = simulate(network, seed=9, warm_up=20, events=200_000, exponential=True)

    assert agrees(measured, "success", "a", 1.0 - exp(-1.0))
    assert agrees(measured, "duration", "a", 1.0 - exp(-1.0))
    assert agrees(measured, "duration", "b", 1.0)


def test_quota() -> None:
    """Above its capacity a shared quota admits what it can, in proportion."""
    demand = (Demand("q", units=2.0),)
    network = Network(
        (Station("a", arrivals=30.0, demands=demand), Station("b", arrivals=90.0, demands=demand)),
        quotas=(Quota("q", 150.0),),
    )

    measured = simulate(network, seed=9, warm_up=50, events=200_000)

    assert agrees(measured, "blocking", "a", 1 - 150 / 240)
    assert agrees(measured, "blocking", "b", 1 - 150 / 240)


@pytest.mark.slow
def test_cold_starts() -> None:
    """The share of cold starts is Σ (B(k−1) − B(k))·exp(−λₖτ) over the ranks k of the environments."""
    rate, time, expiry = 0.9, 1.991, 600.0
    network = Network(
        (Station("s", arrivals=rate, fixed=time, environments="e"),),
        environments=(Environments("e", idle_expiry=expiry),),
    )

    measured = simulate(network, seed=4, warm_up=10_000, events=3_000_000, exponential=True)

    cold, before = 0.0, 1.0
    for rank in range(1, 40):
        after = erlang_b(rank, rate * time)
        cold += (before - after) * exp(-rate * (before - after) * expiry)
        before = after
    assert measured.of("cold", "s").mean == pytest.approx(cold, rel=0.1)
    assert cold == pytest.approx(0.00131, rel=0.01)


def test_pollers() -> None:
    """Three pollers of single messages are M/M/3: the wait is Erlang's."""
    network = Network(
        (Station("q", arrivals=24.0, holding=Holding(lanes_least=3, lanes_most=3)), Station("f", fixed=0.1)),
        (Arc("q", "f", ArcKind.DRIVE),),
    )

    measured = simulate(network, seed=4, warm_up=100, events=300_000, exponential=True)

    _, waiting, serving = queue_length(3, 2.4)
    assert agrees(measured, "wait", "q", waiting / 24.0, sharp=0.25)
    assert agrees(measured, "load", "f", serving)


def test_overloaded_pollers() -> None:
    """Two pollers of ten messages each, with 1 s + 0.1 s per further message, pass 20 / 1.9 per second."""
    network = Network(
        (
            Station("q", arrivals=15.0, holding=Holding(lanes_least=2, lanes_most=2, batch_most=10)),
            Station("f", fixed=1.0, per_item=0.1),
        ),
        (Arc("q", "f", ArcKind.DRIVE),),
    )

    measured = simulate(network, seed=4, warm_up=100, events=60_000)

    assert agrees(measured, "passed", "q", 20 / 1.9)
    assert agrees(measured, "growth", "q", 15.0 - 20 / 1.9)
    assert agrees(measured, "batch", "f", 10.0)


def test_timer_reads() -> None:
    """A lane read once a second finds a Poisson number x; a batch that is not empty has x / (1 − e⁻ˣ)."""
    network = Network(
        (
            Station(
                "q", arrivals=8.0, holding=Holding(lanes_least=4, lanes_most=4, batch_most=100, poll=1.0)
            ),
            Station("f", fixed=0.05),
        ),
        (Arc("q", "f", ArcKind.DRIVE),),
    )

    measured = simulate(network, seed=4, warm_up=50, events=100_000)

    assert agrees(measured, "batch", "f", 2.0 / (1.0 - exp(-2.0)))
    assert agrees(measured, "wait", "q", 0.5)


def test_attempts_and_dead_letters() -> None:
    """Of items that fail one time in two, one in eight fails three times and becomes a dead letter."""
    rules = Holding(lanes_least=20, lanes_most=20, attempts=3, retry_delay=0.5)
    network = Network(
        (Station("q", arrivals=40.0, holding=rules), Station("f", fixed=0.05, error=0.5), Station("d")),
        (Arc("q", "f", ArcKind.DRIVE), Arc("q", "d", ArcKind.DEAD_LETTER)),
    )

    measured = simulate(network, seed=4, warm_up=50, events=200_000)

    assert agrees(measured, "offered", "f", 40.0 * 1.75)
    assert agrees(measured, "offered", "d", 5.0)
    assert agrees(measured, "passed", "q", 35.0)


def test_asynchronous_refusals() -> None:
    """What an asynchronous queue is refused comes back: the slots see inflow / (1 − B) (Cohen, 1957)."""
    rules = Holding(attempts=3)
    network = Network(
        (Station("q", arrivals=40.0, holding=rules), Station("f", fixed=0.1, slots=("p",))),
        (Arc("q", "f", ArcKind.DRIVE),),
        slots=(Slots("p", 6),),
    )

    measured = simulate(network, seed=4, warm_up=200, events=200_000, exponential=True)

    blocking = 0.0
    for _ in range(200):
        blocking = erlang_b(6, 4.0 / (1.0 - blocking))
    mean, half = measured.of("blocking", "f")
    # Long pauses make retries nearly independent of what refused the first try; a tenth is a second of 0.1 s.
    assert mean == pytest.approx(blocking, abs=half + 0.02 * blocking)
    assert agrees(measured, "accepted", "f", 40.0)
