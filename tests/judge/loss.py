"""A station that admits a batch or refuses it, and lets the caller wait for the answer."""

from itertools import groupby
from math import inf
from typing import Final

from sandbox.engine.network import Arc, ArcKind, Station

from .clock import Process
from .limits import Bucket, Pool
from .measure import Tally
from .world import World

REFUSED: Final = -1
"""Answer of a station that did not admit a batch; otherwise the number of its items that failed."""


class Node:
    """What loss and holding stations have in common: where items come from, quotas, ways out."""

    def __init__(self, world: World, station: Station) -> None:
        self.world = world
        self.clock = world.clock
        self.station = station
        self.tally = Tally()
        self.ways: dict[ArcKind, list[tuple[Arc, Node]]] = {kind: [] for kind in ArcKind}

    def offer(self, items: int = 1) -> Process[int]:
        """Ask the station to take a batch; `REFUSED` or how many items failed."""
        raise NotImplementedError

    def arrivals(self) -> Process[None]:
        """Send in what comes from outside."""
        station, world = self.station, self.world
        group = (station.peakedness + 1.0) / 2.0  # mean of a geometric size with E[n²]/E[n] = peakedness
        gap = group / station.arrivals
        while True:
            yield world.exponential_time(gap)
            self.clock.start(self.offer())
            while group > 1.0 and world.chance.random() < 1.0 - 1.0 / group:
                self.clock.start(self.offer())

    def user(self) -> Process[None]:
        """One user of a closed loop: thinks, asks, waits for the answer."""
        while True:
            yield self.world.exponential_time(self.station.think)
            yield from self.offer()

    def has_tokens(self, items: int) -> bool:
        """Take what a batch needs of every quota, or nothing where one has too little."""
        wanted: list[tuple[Bucket, float]] = []
        seen: dict[str, bool] = {}
        for demand in self.station.demands:
            concerned = demand.share >= 1.0 or self.world.chance.random() < demand.share
            if demand.part and demand.share < 1.0:
                concerned = seen.setdefault(demand.part, concerned)
            if concerned:
                units = demand.units * (1 if demand.per_batch else items)
                wanted.append((self.world.quotas[demand.quota], units))
        if not all(bucket.has(units) for bucket, units in wanted):
            return False
        for bucket, units in wanted:
            bucket.take(units)
        return True


class Loss(Node):
    """Slots, own time, calls."""

    def __init__(self, world: World, station: Station) -> None:
        super().__init__(world, station)
        self._pools = [world.pools[name] for name in station.slots]
        self._fleet = world.fleets[station.environments] if station.environments else None

    def offer(self, items: int = 1) -> Process[int]:
        """Ask the station to serve a batch, and wait for its answer."""
        tally = self.tally
        tally.offered += items
        since = self.clock.now
        ready = self._fleet is not None and self._fleet.ready()
        pools = [] if ready else self._pools
        if not self.has_tokens(items) or (pools and not (yield from self._take_slots(pools))):
            tally.rejected += items
            return REFUSED
        tally.accepted += items
        tally.invocations += 1
        tally.waits += 1
        tally.waited += self.clock.now - since
        failed = yield from self._invocation(items)
        for pool in pools:
            pool.release()
        self._hand_on(items - failed, items)
        return failed

    def _take_slots(self, pools: list[Pool]) -> Process[bool]:
        taken: list[Pool] = []
        for pool in pools:
            if not (yield from pool.acquire()):
                break
            taken.append(pool)
        else:
            if all(pool.starts.has(1.0) for pool in pools):
                for pool in pools:
                    pool.starts.take(1.0)
                return True
        for pool in taken:
            pool.release()
        return False

    def _invocation(self, items: int) -> Process[int]:
        clock, tally, fleet = self.clock, self.tally, self._fleet
        since = clock.now
        tally.enter(since)
        rank, cold = fleet.take() if fleet else (0, False)
        init = fleet.init if fleet and cold else 0.0
        tally.cold += cold
        if self.station.timeout < inf:
            body = self._body(items)
            if init:
                yield init
            answer = yield from clock.within(body, self.station.timeout)
            body.close()
            failed = items if answer is None else answer
        else:
            failed = yield from self._body(items, init)
        if fleet:
            fleet.back(rank)
        tally.leave(clock.now)
        tally.completed += 1
        tally.lasted += clock.now - since
        tally.answered += items
        tally.succeeded += items - failed
        return failed

    def _body(self, items: int, init: float = 0.0) -> Process[int]:
        """Own work, then the calls in order until one fails; how many items failed."""
        station, chance = self.station, self.world.chance
        own = init + self.world.time(station.fixed + station.per_item * (items - 1), station.cv)
        if own:
            yield own
        failed = 0
        if station.error:
            if station.item_failures:
                failed = sum(chance.random() < station.error for _ in range(items))
            elif chance.random() < station.error:
                failed = items
        well = (yield from self._route()) if station.routes else (yield from self._sequence(items))
        return failed if well else items

    def _route(self) -> Process[bool]:
        draw = self.world.chance.random()
        for arc, target in self.ways[ArcKind.SYNC]:
            draw -= arc.gain
            if draw < 0:
                return (yield from self._try(arc, target))
        return True

    def _sequence(self, items: int) -> Process[bool]:
        for parallel, group in groupby(self.ways[ArcKind.SYNC], lambda call: call[0].parallel):
            if parallel:
                calls = [self._repeat(arc, target, items) for arc, target in group]
                if not all((yield from self.clock.together(calls))):
                    return False
            else:
                for arc, target in group:
                    if not (yield from self._repeat(arc, target, items)):
                        return False
        return True

    def _repeat(self, arc: Arc, target: Node, items: int) -> Process[bool]:
        times = self.world.copies(arc.gain if arc.per_batch else arc.gain * items)
        for _ in range(times):
            if not (yield from self._try(arc, target)):
                return False
        return True

    def _try(self, arc: Arc, target: Node) -> Process[bool]:
        """One call with its retries; callers that may give up let the callee go on alone."""
        limit = arc.timeout if arc.timeout < inf else self.station.timeout
        for attempt in range(int(arc.attempts)):
            if attempt and arc.backoff:
                yield self.world.exponential_time(arc.backoff)
            if limit < inf:
                failed = yield from self.clock.within(target.offer(), limit)
            else:
                failed = yield from target.offer()
            if failed == 0:
                return True
        return False

    def _hand_on(self, succeeded: int, items: int) -> None:
        for arc, target in self.ways[ArcKind.HANDOFF]:
            share = (succeeded > 0) if arc.per_batch else succeeded
            for _ in range(self.world.copies(arc.gain * share)):
                self.clock.start(self._bring(arc, target))

    def _bring(self, arc: Arc, target: Node) -> Process[None]:
        """Hand one item over; tried again only where it was not admitted."""
        for attempt in range(int(arc.attempts)):
            if attempt and arc.backoff:
                yield self.world.exponential_time(arc.backoff)
            if (yield from target.offer()) != REFUSED:
                return
