"""A request-level simulator of a `Network`: the engine's judge.

Every request is a process: it asks quotas and slots, waits, serves, calls, tries again and answers. Own
times are lognormal with the station's coefficient of variation (or exponential, for textbook comparisons),
arrivals are Poisson (in geometric groups where they are bursty).
"""

import numpy as np

from sandbox.engine.network import Network

from .holding import holding_station
from .loss import Loss, Node
from .measure import BATCHES, Measured, snapshot
from .world import World


def simulate(
    network: Network, *, seed: int, warm_up: float, events: int = 200_000, exponential: bool = False
) -> Measured:
    """Watch a network at work.

    Args:
        network: What to simulate; its arrivals are taken as they are (a load multiplier of 1).
        seed: Of all chance.
        warm_up: Seconds before measuring begins; should be long against every time in the network.
        events: About how many events are measured after that (a request has two or more).
        exponential: Draw every own time from an exponential distribution, whatever the station's `cv`.

    Returns:
        The counts of every station in `BATCHES` consecutive stretches of time.
    """
    world = World(network, seed, exponential)
    nodes = build(network, world)
    clock, tallies = world.clock, [node.tally for node in nodes]
    clock.run(warm_up)
    seconds = events / BATCHES / max(clock.events, 1) * warm_up
    marks = [snapshot(tallies, clock.now)]
    for number in range(BATCHES):
        clock.run(warm_up + (number + 1) * seconds)
        marks.append(snapshot(tallies, clock.now))
    return Measured(
        tuple(node.station.id for node in nodes), np.diff(marks, axis=0).transpose(1, 2, 0), seconds
    )


def build(network: Network, world: World) -> list[Node]:
    """All stations with their ways out and what comes from outside, in the network's order."""
    nodes = {
        station.id: holding_station(world, station) if station.holding else Loss(world, station)
        for station in network.stations
    }
    for arc in network.arcs:
        nodes[arc.source].ways[arc.kind].append((arc, nodes[arc.target]))
    for node in nodes.values():
        if node.station.arrivals:
            world.clock.start(node.arrivals())
        for _ in range(int(node.station.users)):
            world.clock.start(node.user())
    return list(nodes.values())
