"""What is asked and answers: an external service, a front door with its token bucket, a table."""

from math import ceil, inf
from typing import Final

from ..clock import Process
from .world import Bucket, Call, Node, Settings, World


class External(Node):
    """Something that answers after a while, up to a rate and a number at once."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        rate = settings.get("rate_limit_per_s", inf)
        self.bucket = Bucket(self.clock, rate, max(rate, 1.0))
        self.given = self.most = settings.get("max_connections", inf)

    def shrink(self, share: float) -> None:
        """Serve fewer at once."""
        self.most = self.given * share

    def ask(self, items: int = 1) -> Process[int]:
        """Answer, or fail."""
        self.offered += items
        if self.inside >= self.most or not self.bucket.take():
            return self.throttle(items)
        self.enter()
        mean = self.settings.get("latency_ms", 100) / 1000 * self.slower
        yield self.world.time(mean, self.settings.get("latency_cv", 0.5))
        self.leave()
        failed = items * self.fails(self.settings.get("error_ratio", 0.0))
        self.completed += items - failed
        return failed


class Api(Node):
    """A front door: lets requests through a token bucket and waits for what is behind it."""

    ACCOUNT_PER_S, ACCOUNT_BURST = 10_000.0, 5000.0
    LATENCY_S, LATENCY_CV, TIMEOUT_S = 0.004, 0.4, 30.0

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self.rate = settings.get("throttle_rate_per_s", self.ACCOUNT_PER_S)
        self.burst = settings.get("throttle_burst", self.ACCOUNT_BURST)
        self.bucket = Bucket(self.clock, self.rate, self.burst)
        self.ways: list[Call] = []

    def shrink(self, share: float) -> None:
        """Let less through."""
        self.bucket.change(self.rate * share, self.burst * share)

    def ask(self, items: int = 1) -> Process[int]:
        """Pass a request on to one of the ways out."""
        self.offered += items
        if not self.bucket.take(items):
            return self.throttle(items)
        self.enter()
        yield self.world.time(self.LATENCY_S * self.slower, self.LATENCY_CV)
        failed = self.fails()
        way = chosen(self.world, self.ways)
        if way:
            failed = not (yield from self.clock.within(way.make(), self.TIMEOUT_S)) or failed
        self.leave()
        self.completed += items * (not failed)
        return items * failed


def chosen(world: World, ways: list[Call]) -> Call | None:
    """One of several ways, each as often as its `calls` say."""
    draw = world.chance.random()
    for way in ways:
        draw -= way.calls
        if draw < 0:
            return way
    return None


NEW: Final = {"write": 4000.0, "read": 12_000.0}
"""Units per second of a new on-demand table."""


class Table(Node):
    """A table: provisioned units with five minutes of credit, or on-demand ones with a past peak's double.

    A write takes a unit for each started KB, an eventually consistent read half a unit for each 4 KB.
    """

    CREDIT_S = 300.0
    PEAK_COUNTS_AFTER_S = 1800.0

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self.on_demand = settings.get("mode", "on-demand") == "on-demand"
        self.buckets = {of: self._bucket(of) for of in ("read", "write")}
        self.used = {"read": 0.0, "write": 0.0}
        if self.on_demand:
            self.clock.start(self._grow())

    def _bucket(self, of: str) -> Bucket:
        if self.on_demand:
            return Bucket(self.clock, NEW[of], NEW[of])
        units = self.settings.get(f"{of}_units", 5)
        return Bucket(self.clock, units, units * self.CREDIT_S)

    def _grow(self) -> Process[None]:
        """Look each second at what was used; half an hour later its double may be used."""
        while True:
            yield 1.0
            for of, bucket in self.buckets.items():
                peak = min(self.used[of], bucket.rate)
                self.used[of] = 0.0
                if 2.0 * peak > bucket.rate:
                    self.clock.start(self._allow(bucket, 2.0 * peak), self.PEAK_COUNTS_AFTER_S)

    def _allow(self, bucket: Bucket, units: float) -> Process[None]:
        if units > bucket.rate:
            bucket.change(units, units)
        return
        yield  # a process like any other

    def entry(self, edge: Settings) -> "Door":
        """The way in of one edge, which says what is done here and how large it is."""
        return Door(self, edge)


class Door:
    """One operation on a table."""

    def __init__(self, table: Table, edge: Settings) -> None:
        self.table, self.of = table, edge.get("operation", "read")
        kb = edge.get("item_kb", 2)
        self.units = float(ceil(kb)) if self.of == "write" else ceil(kb / 4) / 2

    def ask(self) -> Process[int]:
        """Read or write an item."""
        table = self.table
        table.offered += 1
        if not table.buckets[self.of].take(self.units):
            return table.throttle(1)
        table.used[self.of] += self.units
        table.enter()
        settings = table.settings
        yield table.world.time(
            settings.get("latency_ms", 5) / 1000 * table.slower, settings.get("latency_cv", 0.5)
        )
        table.leave()
        failed = table.fails()
        table.completed += not failed
        return int(failed)
