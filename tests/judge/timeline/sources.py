"""Where requests come from: their rate over time, and callers who try again."""

from collections.abc import Iterator
from itertools import count, pairwise
from math import inf

from ..clock import Process
from .stores import chosen
from .world import Call, Node, Settings, World

Piece = tuple[float, float, float]
"""Until when, and the multiples of the rate at its beginning and its end."""


def pieces(profile: Settings) -> Iterator[Piece]:
    """The course of a profile, straight piece by straight piece.

    >>> list(pieces({"shape": "spike", "factor": 5, "at_s": 10, "for_s": 20}))
    [(10, 1.0, 1.0), (10, 1.0, 5), (30, 5, 5), (30, 5, 1.0), (inf, 1.0, 1.0)]
    """
    match profile.get("shape", "constant"):
        case "constant":
            yield inf, 1.0, 1.0
        case "spike":
            high, begin = profile["factor"], profile["at_s"]
            top = begin + profile.get("rise_s", 0)
            end = top + profile["for_s"]
            yield begin, 1.0, 1.0
            yield top, 1.0, high
            yield end, high, high
            yield end + profile.get("fall_s", 0), high, 1.0
            yield inf, 1.0, 1.0
        case "ramp":
            begin, low, high = profile.get("at_s", 0), profile.get("start", 0), profile.get("end", 1)
            yield begin, low, low
            yield begin + profile["over_s"], low, high
            yield inf, high, high
        case "steps":
            for here, after in pairwise([*profile["steps"], {"at_s": inf, "factor": 0}]):
                yield after["at_s"], here["factor"], here["factor"]
        case "on-off":
            low, lasts = profile.get("low", 0), profile["on_s"] + profile["off_s"]
            for turn in count():
                yield turn * lasts + profile["on_s"], 1.0, 1.0
                yield (turn + 1) * lasts, low, low
        case other:
            raise ValueError(f"the judge knows no profile {other}")


class Traffic(Node):
    """Random requests at a rate that moves, or users who wait for their answers."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        if settings.get("burstiness", 1) != 1:
            raise ValueError("the judge plays random arrivals only")
        self.ways: list[Call] = []
        profile = pieces(settings.get("profile", {}))
        crowd = settings.get("users")
        self.clock.start(self._crowd(profile, crowd) if crowd else self._arrivals(profile))

    def _arrivals(self, profile: Iterator[Piece]) -> Process[None]:
        """Thinned arrivals at each piece's higher rate."""
        chance, clock, start = self.world.chance, self.clock, self.clock.start
        mean = self.settings.get("rate_per_s", 10)
        for end, first, last in profile:
            begin, high = clock.now, mean * max(first, last)
            while clock.now < end:
                gap = chance.expovariate(high) if high > 0 else inf
                if clock.now + gap >= end:
                    yield max(end - clock.now, 0.0)
                    break
                yield gap
                rate = mean * (
                    first if first == last else first + (last - first) * (clock.now - begin) / (end - begin)
                )
                if rate >= high or chance.random() * high < rate:
                    start(self.ask())

    def _crowd(self, profile: Iterator[Piece], crowd: Settings) -> Process[None]:
        """As many users as the piece has; who is too many leaves after the answer."""
        wanted, there = [0], [0]

        def user() -> Process[None]:
            while there[0] <= wanted[0]:
                yield self.world.chance.expovariate(1.0 / crowd["think_s"])
                yield from self.ask()
            there[0] -= 1

        for end, first, last in profile:
            if end <= self.clock.now:
                continue
            if first != last:
                raise ValueError("the judge's users come and go at once")
            wanted[0] = round(crowd["concurrent"] * first)
            for _ in range(wanted[0] - there[0]):
                there[0] += 1
                self.clock.start(user())
            if end == inf:
                return
            yield end - self.clock.now

    def ask(self, items: int = 1) -> Process[int]:
        """One request, by one of the ways out."""
        self.offered += items
        way = chosen(self.world, self.ways)
        well = way is None or (yield from way.make())
        self.completed += items * well
        return items * (not well)
