"""Calls of one invocation that go out so many at a time: a map with its concurrency."""

import pytest

from sandbox.engine.network import Arc, Network, Station
from sandbox.engine.steady import solve


def _map(calls: float, at_once: float) -> Network:
    return Network(
        stations=(Station("t", arrivals=2), Station("run", fixed=0.5), Station("f", fixed=1.0)),
        arcs=(Arc("t", "run"), Arc("run", "f", gain=calls, at_once=at_once)),
    )


@pytest.mark.parametrize(
    ("calls", "at_once", "seconds"),
    [(100, 1, 100), (100, 40, 2.5), (100, 100, 1), (10, 40, 1), (0.25, 40, 0.25)],
)
def test_calls_at_the_same_time_take_the_time_of_one(calls, at_once, seconds):
    """100 calls of a second, 40 at once, take 2.5 s in the long run; fewer calls than places take one."""
    solved = solve(_map(calls, at_once))

    assert solved.duration[1, 0] == pytest.approx(0.5 + seconds)
    assert solved.offered[2, 0] == pytest.approx(2 * calls)
