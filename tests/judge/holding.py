"""Stations that keep what they cannot pass on: polled queues, streams, asynchronous queues."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from sandbox.engine.network import ArcKind, Holding, Station

from .clock import Process, Waiter
from .loss import REFUSED, Node
from .world import World

FIRST_PAUSE: Final = 1.0
"""Seconds after which a refused delivery is tried again; doubles for asynchronous queues."""

LONGEST_PAUSE: Final = 300.0


@dataclass(slots=True)
class Parcel:
    """One held item."""

    arrived: float
    tries: int = 0
    waiting: bool = True


class Held(Node):
    """Takes everything in; how it is delivered is the subclass's business."""

    def __init__(self, world: World, station: Station) -> None:
        super().__init__(world, station)
        assert station.holding
        self.rules: Holding = station.holding
        if self.rules.bisect or self.rules.rate_most < inf:
            raise ValueError("the simulator does not split batches, nor limit what is read")

    def offer(self, items: int = 1) -> Process[int]:
        """Keep a batch, if the quotas allow."""
        self.tally.offered += items
        if not self.has_tokens(items):
            self.tally.rejected += items
            return REFUSED
        self.tally.accepted += items
        self.tally.held += items
        for _ in range(items):
            self.put(Parcel(self.clock.now), self.rules.delay)
        return 0
        yield  # a process like any other

    def put(self, parcel: Parcel, delay: float) -> None:
        """Make an item available for delivery in *delay* seconds."""
        if delay:
            self.clock.start(self._later(parcel), delay)
        else:
            self.store(parcel)

    def _later(self, parcel: Parcel) -> Process[None]:
        self.store(parcel)
        return
        yield

    def store(self, parcel: Parcel) -> None:
        """Make an item available for delivery."""
        raise NotImplementedError

    def deliver(self, batch: list[Parcel]) -> Process[tuple[bool, list[Parcel]]]:
        """Drive the consumer with a batch; whether it was refused, and what must be tried again."""
        ((_, consumer),) = self.ways[ArcKind.DRIVE]
        since, tally = self.clock.now, self.tally
        tally.enter(since)
        answer = yield from consumer.offer(len(batch))
        tally.leave(self.clock.now)
        refused = answer == REFUSED
        if not refused:
            self._admitted(batch, since)
            self._done(len(batch) - answer)
        all_of_them = refused or answer == len(batch)
        failed = batch if all_of_them else self.world.chance.sample(batch, answer)
        if not refused or self.rules.throttles_count:
            for parcel in failed:
                parcel.tries += 1
        again = [parcel for parcel in failed if parcel.tries < self.rules.attempts]
        self.give_up(len(failed) - len(again))
        return refused, again

    def _admitted(self, batch: list[Parcel], since: float) -> None:
        tally = self.tally
        tally.invocations += 1
        tally.completed += 1
        tally.lasted += self.clock.now - since
        for parcel in batch:
            if parcel.waiting:
                parcel.waiting = False
                tally.waits += 1
                tally.waited += since - parcel.arrived

    def _done(self, items: int) -> None:
        self.tally.succeeded += items
        self.tally.answered += items
        self.tally.held -= items

    def give_up(self, items: int) -> None:
        """Discard items, or send them where dead letters go."""
        self.tally.dead += items
        self.tally.answered += items
        self.tally.held -= items
        for _, target in self.ways[ArcKind.DEAD_LETTER]:
            for _ in range(items):
                self.clock.start(target.offer())

    def retry_delay(self, parcel: Parcel) -> float:
        """Seconds before a parcel is delivered again."""
        return self.rules.retry_delay * self.rules.retry_growth ** max(parcel.tries - 1, 0)

    def take(self, line: deque[Parcel]) -> list[Parcel]:
        """The next batch of a line; what is too old is given up."""
        batch: list[Parcel] = []
        oldest = self.clock.now - self.rules.retention
        while line and len(batch) < self.rules.batch_most:
            parcel = line.popleft()
            if parcel.arrived < oldest:
                self.give_up(1)
            else:
                batch.append(parcel)
        return batch

    def _lanes(self) -> int:
        if self.rules.lanes_least != self.rules.lanes_most:
            raise ValueError("the simulator wants a fixed number of lanes; see with_lanes")
        return int(self.rules.lanes_least)


class Polled(Held):
    """A queue whose idle pollers take what is there at once."""

    def __init__(self, world: World, station: Station) -> None:
        super().__init__(world, station)
        self._line: deque[Parcel] = deque()
        self._idle: deque[Waiter] = deque()
        for _ in range(self._lanes()):
            self.clock.start(self._poller())

    def store(self, parcel: Parcel) -> None:
        """Put an item in the line and wake the poller that has been idle for longest."""
        (self._line.append if parcel.waiting else self._line.appendleft)(parcel)
        if self._idle:
            self.clock.wake(self._idle.popleft())

    def _poller(self) -> Process[None]:
        while True:
            batch = self.take(self._line)
            if not batch:
                self._idle.append(self.clock.waiter())
                yield None
                continue
            since = self.clock.now
            refused, again = yield from self.deliver(batch)
            for parcel in again:
                self.put(parcel, self.retry_delay(parcel))
            if refused:
                yield self.world.exponential_time(FIRST_PAUSE)
            elif again and self.rules.error_backoff:
                yield self.rules.error_backoff * (self.clock.now - since)


class Stream(Held):
    """Lanes that each have a line of their own and read it on a timer.

    What a read finds is delivered batch by batch before the next read. With a window a lane waits for as
    long, or until its batch is full.
    """

    def __init__(self, world: World, station: Station) -> None:
        super().__init__(world, station)
        self._period = max(self.rules.window, self.rules.poll)
        self._lines: list[deque[Parcel]] = [deque() for _ in range(self._lanes())]
        self._sleepers: list[Waiter | None] = [None] * len(self._lines)
        self._hot = int(self.rules.hot_lanes)
        for lane in range(len(self._lines)):
            self.clock.start(self._reader(lane), world.chance.random() * self._period)

    def store(self, parcel: Parcel) -> None:
        """Put an item in the line of its lane; a full batch need not wait for the timer."""
        chance, lanes = self.world.chance, len(self._lines)
        if not self.rules.hot_share:
            lane = chance.randrange(lanes)
        elif chance.random() < self.rules.hot_share:
            lane = chance.randrange(self._hot)
        else:
            lane = chance.randrange(self._hot, lanes)
        self._lines[lane].append(parcel)
        sleeper = self._sleepers[lane]
        if sleeper and self.rules.window and len(self._lines[lane]) >= self.rules.batch_most:
            self.clock.wake(sleeper)

    def _reader(self, lane: int) -> Process[None]:
        line = self._lines[lane]
        while True:
            due, found = self.clock.now + self._period, len(line)
            while found > 0:
                batch = self.take(line)
                found -= max(len(batch), 1)
                while batch:
                    batch = yield from self._execute(batch)
                if self.rules.window:
                    break
            if self.clock.now < due and not (self.rules.window and len(line) >= self.rules.batch_most):
                waiter = self._sleepers[lane] = self.clock.waiter()
                self.clock.alarm(waiter, due - self.clock.now)
                yield None
                self._sleepers[lane] = None

    def _execute(self, batch: list[Parcel]) -> Process[list[Parcel]]:
        """One delivery; what the lane must repeat before it reads on."""
        refused, again = yield from self.deliver(batch)
        if refused:
            yield self.world.exponential_time(FIRST_PAUSE)
        oldest = self.clock.now - self.rules.retention
        young = [parcel for parcel in again if parcel.arrived >= oldest]
        self.give_up(len(again) - len(young))
        if self.rules.in_place:
            return young
        for parcel in young:
            self.put(parcel, self.retry_delay(parcel))
        return []


class Asynchronous(Held):
    """Delivers each item on its own, at once, and again after pauses."""

    def store(self, parcel: Parcel) -> None:
        """Begin to deliver an item."""
        self.clock.start(self._delivery(parcel))

    def _delivery(self, parcel: Parcel) -> Process[None]:
        pause = FIRST_PAUSE
        while True:
            refused, again = yield from self.deliver([parcel])
            if not again:
                return
            if self.clock.now - parcel.arrived > self.rules.retention:
                self.give_up(1)
                return
            yield self.world.exponential_time(pause if refused else self.retry_delay(again[0]))
            pause = min(2.0 * pause, LONGEST_PAUSE) if refused else FIRST_PAUSE


def holding_station(world: World, station: Station) -> Held:
    """The holding station of the kind its attributes say."""
    rules = station.holding
    assert rules
    kind: Callable[[World, Station], Held]
    if rules.poll or rules.window:
        kind = Stream
    elif rules.lanes_most == inf:
        kind = Asynchronous
    else:
        kind = Polled
    return kind(world, station)
