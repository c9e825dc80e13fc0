"""A Kinesis stream, and the lanes in which a function reads it: in order, batch after batch."""

from collections import deque

from ..clock import Process
from .functions import Function
from .world import REFUSED, Bucket, Node, Settings, World, oldest

READ_EVERY_S = 1.0
SHARD_PER_S, SHARD_KB_PER_S = 1000.0, 1024.0


class Stream(Node):
    """Keeps records in shards, each with its own order; one more record's place is by chance."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self.shards = int(settings.get("shards", 1))
        self.kept_s = settings.get("retention_h", 24) * 3600.0
        rate = SHARD_PER_S * self.shards
        self.writes = Bucket(self.clock, rate, rate)
        self.lanes: list[deque[float]] = []
        self.failed_to: Node | None = None
        self.due = 0
        """Poisoned records that the next reads will find."""

    @property
    def backlog(self) -> int:
        """Records that wait to be read."""
        return sum(map(len, self.lanes))

    @property
    def age(self) -> float:
        """Of the oldest of them [s]."""
        return max((oldest(lane, self.clock.now) for lane in self.lanes), default=0.0)

    def ask(self, items: int = 1) -> Process[int]:
        """Put a record."""
        self.offered += items
        if not self.writes.take(items):
            return self.throttle(items)
        self.completed += items
        for _ in range(items):
            self.world.chance.choice(self.lanes).append(self.clock.now)
        return 0
        yield  # a process like any other


class Reader:
    """One mapping: its lanes read once a second, and on at once while more than a batch is there."""

    def __init__(self, stream: Stream, function: Function, settings: Settings) -> None:
        self.stream, self.function, self.clock = stream, function, stream.clock
        self.batch = int(settings.get("batch_size", 100))
        self.tries = settings.get("max_attempts", 10**9) + 1
        self.oldest_s = min(stream.kept_s, settings.get("max_record_age_s", stream.kept_s))
        lanes = stream.shards * int(settings.get("parallelization_factor", 1))
        for _ in range(lanes):
            lane: deque[float] = deque()
            stream.lanes.append(lane)
            self.clock.start(self._lane(lane), stream.world.chance.random() * READ_EVERY_S)

    def _lane(self, lane: deque[float]) -> Process[None]:
        while True:
            due, found = self.clock.now + READ_EVERY_S, len(lane)
            while found > 0:
                batch = [lane.popleft() for _ in range(min(len(lane), self.batch, found))]
                found -= len(batch)
                yield from self._deliver(batch)
            yield max(due - self.clock.now, 0.0)

    def _deliver(self, batch: list[float]) -> Process[None]:
        """Run the function with one batch again and again; nothing passes it meanwhile."""
        stream = self.stream
        poisoned, stream.due = stream.due > 0, max(stream.due - 1, 0)
        tries = 0
        while tries < self.tries and self.clock.now - batch[0] <= self.oldest_s:
            answer = yield from self.function.run(len(batch), doomed=poisoned)
            if answer == 0:
                return
            tries += answer != REFUSED
            if answer == REFUSED:
                yield stream.world.pause(1.0)
        stream.dead += len(batch)
        if stream.failed_to:
            for _ in batch:
                stream.failed_to.hand()
