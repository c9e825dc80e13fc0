"""Small networks with parameters from a seed, each told twice: to the engine and to SimPy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from random import Random

from sandbox.engine.network import Arc, Network, Slots, Station

from .simpy_world import World


@dataclass(frozen=True)
class Case:
    """One network."""

    network: Network
    build: Callable[[World], None]
    rate: float
    """What arrives from outside [1/s]."""


def loss(seed: int) -> Case:
    """M/G/c/c: a function with slots, and nothing to wait in."""
    draw = Random(seed)
    slots, time, cv = draw.randint(2, 40), draw.uniform(0.05, 0.5), draw.choice((0.5, 1.0, 1.0, 1.5))
    rate = draw.uniform(0.7, 1.4) * slots / time
    function = Station("f", arrivals=rate, fixed=time, cv=cv, slots=("f",))

    def build(world: World) -> None:
        world.arrivals(world.place("f", world.slots(slots), time, cv=cv), rate)

    return Case(Network((function,), slots=(Slots("f", slots),)), build, rate)


def waiting(seed: int) -> Case:
    """M/M/c: a service before which all may wait."""
    draw = Random(seed)
    slots, time, used = draw.randint(1, 12), draw.uniform(0.05, 0.5), draw.uniform(0.6, 0.85)
    return _service(slots, time, used * slots / time, inf)


def crowded(seed: int) -> Case:
    """M/M/c/K: a service before which a few may wait."""
    draw = Random(seed)
    slots, time, used = draw.randint(1, 12), draw.uniform(0.05, 0.5), draw.uniform(0.7, 1.3)
    return _service(slots, time, used * slots / time, draw.randint(1, 2 * slots))


def _service(slots: int, time: float, rate: float, room: float) -> Case:
    station = Station("f", arrivals=rate, fixed=time, cv=1.0, slots=("f",))

    def build(world: World) -> None:
        world.arrivals(world.place("f", world.slots(slots), time, room=room), rate)

    return Case(Network((station,), slots=(Slots("f", slots, places=room, service_cv=1.0),)), build, rate)


def chain(seed: int) -> Case:
    """Three functions in a line; only the last refuses more than a few."""
    draw, rate, times, loads = _drawn_line(seed)
    slots = [load + draw.uniform(3.5, 5.0) * sqrt(load) for load in loads[:2]]
    slots.append(draw.uniform(0.8, 1.3) * loads[2])
    return _line(rate, times, [max(2, round(number)) for number in slots], 0.0)


def tight_chain(seed: int) -> Case:
    """Three functions in a line, each of which refuses some."""
    draw, rate, times, loads = _drawn_line(seed)
    rooms = (draw.uniform(1.4, 2.0), draw.uniform(1.2, 1.6), draw.uniform(0.8, 1.3))
    slots = [max(2, round(load * room)) for load, room in zip(loads, rooms, strict=True)]
    return _line(rate, times, slots, 0.0)


def waiting_chain(seed: int) -> Case:
    """Two functions with slots enough call a database before which they wait."""
    draw, rate, times, loads = _drawn_line(seed)
    return _line(rate, times, [inf, inf, int(loads[2] / draw.uniform(0.6, 0.85)) + 1], inf)


def _drawn_line(seed: int) -> tuple[Random, float, list[float], list[float]]:
    """Chance, arrivals, own times, and the loads of a line that refuses nothing."""
    draw = Random(seed)
    rate, times = draw.uniform(20, 100), [draw.uniform(0.05, 0.2) for _ in range(3)]
    return draw, rate, times, [rate * sum(times[number:]) for number in range(3)]


def _line(rate: float, times: list[float], slots: Sequence[float], room: float) -> Case:
    """Stations that call the next after their own time, and hold their slots until it has answered."""
    names = ("f", "g", "h")
    rooms = (0.0, 0.0, room)
    stations = tuple(
        Station(name, arrivals=rate if name == "f" else 0.0, fixed=time, cv=1.0, slots=(name,))
        for name, time in zip(names, times, strict=True)
    )
    pools = tuple(
        Slots(name, number, places=places) for name, number, places in zip(names, slots, rooms, strict=True)
    )

    def build(world: World) -> None:
        f = world.place("f", world.slots(slots[0]), times[0])
        g = world.place("g", world.slots(slots[1]), times[1])
        f.calls(g)
        g.calls(world.place("h", world.slots(slots[2]), times[2], room=room))
        world.arrivals(f, rate)

    return Case(Network(stations, (Arc("f", "g"), Arc("g", "h")), slots=pools), build, rate)


def retrying(seed: int) -> Case:
    """A caller that tries a function again, after pauses long against the function's time."""
    draw = Random(seed)
    slots, own, time = draw.randint(2, 6), draw.uniform(0.02, 0.1), draw.uniform(0.02, 0.1)
    rate = draw.uniform(0.6, 1.1) * slots / time
    tries, pause = draw.randint(2, 4), draw.uniform(40, 60) * time
    error = draw.choice((0.0, 0.1))
    caller = Station("c", arrivals=rate, fixed=own, cv=1.0)
    function = Station("f", fixed=time, cv=1.0, error=error, slots=("f",))
    arc = Arc("c", "f", attempts=tries, backoff=pause)

    def build(world: World) -> None:
        c = world.place("c", world.slots(), own)
        c.calls(world.place("f", world.slots(slots), time, error=error), tries=tries, pause=pause)
        world.arrivals(c, rate)

    return Case(Network((caller, function), (arc,), slots=(Slots("f", slots),)), build, rate)


def shared(seed: int) -> Case:
    """Functions of different rates and times that share one pool of slots."""
    draw = Random(seed)
    loads = {f"f{number}": draw.uniform(1, 10) for number in range(draw.randint(2, 4))}
    times = {name: draw.uniform(0.02, 0.5) for name in loads}
    cvs = {name: draw.choice((0.5, 1.0, 1.5)) for name in loads}
    slots = max(2, round(sum(loads.values()) * draw.uniform(0.7, 1.2)))
    stations = tuple(
        Station(name, arrivals=load / times[name], fixed=times[name], cv=cvs[name], slots=("account",))
        for name, load in loads.items()
    )

    def build(world: World) -> None:
        account = world.slots(slots)
        for name, load in loads.items():
            world.arrivals(world.place(name, account, times[name], cv=cvs[name]), load / times[name])

    rate = sum(station.arrivals for station in stations)
    return Case(Network(stations, slots=(Slots("account", slots),)), build, rate)
