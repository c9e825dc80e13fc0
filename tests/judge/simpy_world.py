"""A second judge of the engine: SimPy's processes and resources, for small networks.

A place is a SimPy resource with a service time. It knows nothing of the engine, nor of its description of a
network: what is built here from plain numbers is only meant to be the same.
"""

from collections.abc import Callable, Generator
from dataclasses import astuple, dataclass
from itertools import pairwise
from math import inf, sqrt
from random import Random
from statistics import fmean, stdev
from typing import Any, Final, NamedTuple

from simpy import Environment, Event, Resource

BATCHES: Final = 20
STUDENT: Final = 3.883
"""Two-sided 99.9 % quantile of Student's t with 19 degrees of freedom: there are hundreds of comparisons."""

WARM_UP: Final = 0.15
"""Part of the measured time that passes unmeasured before it."""

ENDLESS: Final = 10**9
"""So many slots are never all taken."""

Answer = Generator[Event, Any, bool]
"""Answer that end with whether all went well."""


@dataclass(slots=True)
class Counts:
    """What has happened at one place so far."""

    offered: float = 0.0
    refused: float = 0.0
    entered: float = 0.0
    waited: float = 0.0
    """Seconds that those who entered had waited, together."""
    answered: float = 0.0
    succeeded: float = 0.0
    seconds_busy: float = 0.0
    """Integral of the slots held over time, less slots held × now."""


class World:
    """Time, chance and the places of one simulation."""

    def __init__(self, seed: int) -> None:
        self.env = Environment()
        self.chance = Random(seed)
        self.places: dict[str, Place] = {}

    def slots(self, number: float = inf) -> Resource:
        """A pool of slots, which several places may share."""
        return Resource(self.env, int(min(number, ENDLESS)))

    def place(
        self,
        name: str,
        slots: Resource,
        time: float,
        *,
        cv: float = 1.0,
        room: float = 0.0,
        error: float = 0.0,
    ) -> "Place":
        """Add a place.

        Args:
            name: The station's id.
            slots: What a request needs to be served.
            time: Mean own service time [s], gamma distributed.
            cv: Its coefficient of variation; 1 is exponential.
            room: How many may wait for a slot.
            error: Share of the served that fail by themselves.
        """
        place = self.places[name] = Place(self, slots, time, cv, room, error)
        return place

    def arrivals(self, place: "Place", rate: float) -> None:
        """Send requests to a place, *rate* a second, at random."""
        self.env.process(self._arrive(place, rate))

    def _arrive(self, place: "Place", rate: float) -> Generator[Event, Any, None]:
        while True:
            yield self.env.timeout(self.chance.expovariate(rate))
            self.env.process(place.visit())


class Place:
    """Requests take a slot here, or wait for one, or are refused; they hold it while they work and call."""

    def __init__(
        self, world: World, slots: Resource, time: float, cv: float, room: float, error: float
    ) -> None:
        self.counts = Counts()
        self.slots = slots
        self._env = world.env
        self._chance = world.chance
        self._shape, self._scale = cv**-2, time * cv**2
        self._room = room
        self._error = error
        self._way: Callable[[], Answer] | None = None

    def calls(self, target: "Place", *, tries: int = 1, pause: float = 0.0) -> None:
        """Let every request call *target* after its own work, again after a random pause where that fails."""

        def way() -> Answer:
            for number in range(tries):
                if number:
                    yield self._env.timeout(self._chance.expovariate(1.0 / pause))
                if (yield from target.visit()):
                    return True
            return False

        self._way = way

    def visit(self) -> Answer:
        """One request; true where it was served well, and what it called too."""
        env, slots, counts = self._env, self.slots, self.counts
        counts.offered += 1
        if slots.count >= slots.capacity and len(slots.queue) >= self._room:
            counts.refused += 1
            return False
        asked = env.now
        with slots.request() as slot:
            yield slot
            counts.entered += 1
            counts.waited += env.now - asked
            counts.seconds_busy -= env.now
            yield env.timeout(self._chance.gammavariate(self._shape, self._scale))
            well = self._chance.random() >= self._error
            if self._way:
                well = (yield from self._way()) and well
            counts.seconds_busy += env.now
        counts.answered += 1
        counts.succeeded += well
        return well

    def seen(self) -> Counts:
        """The counts up to now."""
        counts = Counts(*astuple(self.counts))
        counts.seconds_busy += (counts.entered - counts.answered) * self._env.now
        return counts


class Estimate(NamedTuple):
    """A mean and half the width of its 99.9 % confidence interval."""

    mean: float
    half: float


MEASURES: Final[dict[str, Callable[[Counts], tuple[float, float | None]]]] = {
    "offered": lambda seen: (seen.offered, None),
    "throughput": lambda seen: (seen.entered, None),
    "load": lambda seen: (seen.seconds_busy, None),
    "blocking": lambda seen: (seen.refused, seen.offered),
    "success": lambda seen: (seen.succeeded, seen.answered),
    "wait": lambda seen: (seen.waited, seen.entered),
}
"""What is counted, and what it is divided by: another count, or else the time."""


def watch(build: Callable[[World], None], seed: int, seconds: float) -> dict[str, dict[str, Estimate]]:
    """Simulate what *build* puts into a world.

    Args:
        build: Adds the places and what arrives at them.
        seed: Of all chance.
        seconds: Simulated time that is measured; a twentieth must be long against all that happens in it.

    Returns:
        Every measure of every place, from the means of consecutive batches (Law, *Simulation Modeling and
        Analysis*, 5th ed., 2015, chapter 9.5.3).
    """
    world = World(seed)
    build(world)
    marks: dict[str, list[Counts]] = {name: [] for name in world.places}
    for number in range(BATCHES + 1):
        world.env.run(until=seconds * (WARM_UP + number / BATCHES))
        for name, place in world.places.items():
            marks[name].append(place.seen())
    return {
        name: {measure: _estimate(seen, measure, seconds / BATCHES) for measure in MEASURES}
        for name, seen in marks.items()
    }


def _estimate(seen: list[Counts], measure: str, seconds: float) -> Estimate:
    """A ratio of sums, and how sure it is from the spread of its batches."""
    pairs = [MEASURES[measure](counts) for counts in seen]
    above = [after - before for (before, _), (after, _) in pairwise(pairs)]
    below = [
        seconds if before is None or after is None else after - before
        for (_, before), (_, after) in pairwise(pairs)
    ]
    ratio = sum(above) / sum(below)
    spread = stdev(up - ratio * down for up, down in zip(above, below, strict=True))
    return Estimate(ratio, STUDENT * spread / fmean(below) / sqrt(BATCHES))
