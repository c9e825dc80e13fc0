"""Lambda as its documentation has it: concurrency, environments started at a rate, timeouts, events."""

from heapq import heappop, heappush
from math import inf

from ..clock import Process
from .world import REFUSED, Bucket, Call, Node, Settings, World

STARTED_AT_ONCE, STARTED_PER_S = 1000, 100
"""Environments of one function: 1,000 every 10 s, refilled steadily."""

REQUESTS_PER_SLOT = 10
"""Requests per second for each unit of concurrency."""

IDLE_S = 620.0


class Pool:
    """Concurrency that functions share, or that one has for itself."""

    def __init__(self, world: World, most: float) -> None:
        self.given = self.most = most
        self.used = 0
        self.requests = Bucket(world.clock, most * REQUESTS_PER_SLOT, most * REQUESTS_PER_SLOT)

    def take(self) -> bool:
        """Take one; false where all are in use."""
        if self.used >= self.most:
            return False
        self.used += 1
        return True

    def shrink(self, share: float) -> None:
        """Go on with a share of it; what is in use beyond it ends by itself."""
        self.most = round(self.given * share)


class Environments:
    """Warm environments, the one with the lowest number first; new ones as fast as allowed."""

    def __init__(self, world: World, idle_s: float) -> None:
        self.clock, self.idle_s = world.clock, idle_s
        self.starts = Bucket(world.clock, STARTED_PER_S, STARTED_AT_ONCE)
        self.idle: list[int] = []
        self.used_at: list[float] = []
        """When each was last used; those in use count as used now."""
        self.busy: set[int] = set()

    def take(self) -> tuple[int, bool] | None:
        """An environment and whether it has just been started; none where none may be."""
        number = self.idle[0] if self.idle else len(self.used_at)
        gone = number < len(self.used_at) and self.clock.now - self.used_at[number] > self.idle_s
        cold = gone or number == len(self.used_at)
        if cold and not self.starts.take():
            return None
        if self.idle:
            heappop(self.idle)
        else:
            self.used_at.append(self.clock.now)
        self.busy.add(number)
        return number, cold

    def back(self, number: int) -> None:
        """It is idle."""
        self.busy.remove(number)
        self.used_at[number] = self.clock.now
        heappush(self.idle, number)

    @property
    def alive(self) -> int:
        """Those in use, and those idle for less than they are kept."""
        since = self.clock.now - self.idle_s
        return len(self.busy) + sum(self.used_at[number] >= since for number in self.idle)


class Function(Node):
    """Runs once for each request or batch."""

    def __init__(self, world: World, settings: Settings, pool: Pool) -> None:
        super().__init__(world, settings)
        self.pool, self.warm = pool, Environments(world, settings.get("idle_expiry_s", IDLE_S))
        self.calls: list[Call] = []
        self.timeout_s = settings.get("timeout_s", 3.0)
        self.init_s = settings.get("init_ms", 250) / 1000
        self.first_s, self.each_s = (
            settings.get("duration_ms", 100) / 1000,
            settings.get("per_record_ms", 0) / 1000,
        )
        self.cv, self.error = settings.get("duration_cv", 0.5), settings.get("error_ratio", 0.0)
        self.events: Events | None = None

    @property
    def environments(self) -> int:
        """Environments alive."""
        return self.warm.alive

    @property
    def backlog(self) -> int:
        """Events that wait for their next try."""
        return self.events.paused if self.events else 0

    def shrink(self, share: float) -> None:
        """Lose concurrency."""
        self.pool.shrink(share)

    def ask(self, items: int = 1) -> Process[int]:
        """Run once, unless the concurrency or the rates refuse it."""
        return (yield from self.run(items))

    def run(self, items: int, by_item: bool = False, doomed: bool = False) -> Process[int]:
        """Run once for a batch.

        Args:
            items: How many there are in it.
            by_item: They fail one by one, not together.
            doomed: They fail together, whatever happens.
        """
        self.offered += items
        if not self.pool.requests.take() or not self.pool.take():
            return self.throttle(items)
        environment = self.warm.take()
        if environment is None:
            self.pool.used -= 1
            return self.throttle(items)
        self.enter()
        failed = yield from self._execute(items, by_item, cold=environment[1])
        if doomed:
            failed = items
        self.leave()
        self.pool.used -= 1
        self.warm.back(environment[0])
        self.completed += items - failed
        return failed

    def _execute(self, items: int, by_item: bool, cold: bool) -> Process[int]:
        """The init, which the timeout does not see, then the code."""
        if cold:
            yield self.init_s
        own = self.world.time((self.first_s + self.each_s * (items - 1)) * self.slower, self.cv)
        if own > self.timeout_s:
            yield self.timeout_s
            return items
        yield own
        if by_item:
            return sum(self.fails(self.error) for _ in range(items))
        failed = self.fails(self.error)
        if self.calls:
            calling = self._call(items)
            well = yield from self.clock.within(calling, self.timeout_s - own)
            calling.close()
            failed = failed or not well
        return items if failed else 0

    def _call(self, items: int) -> Process[bool]:
        """Everything it calls, one after the other until one call fails."""
        for call in self.calls:
            for _ in range(call.times(items)):
                if not (yield from call.make()):
                    return False
        return True


class Events:
    """A function's own queue of asynchronous events.

    After an error an event is tried again after one minute and after two more; after a throttle after one
    second, then two, and so on up to five minutes, for six hours.
    """

    AFTER_ERROR_S = (60.0, 120.0)
    LONGEST_S = 300.0
    KEPT_S = 6 * 3600.0

    def __init__(self, function: Function, settings: Settings) -> None:
        self.function, self.clock = function, function.clock
        self.retries = int(settings.get("retries", 2))
        self.failed_to: Node | None = None
        self.paused = 0
        function.events = self

    def take(self) -> Process[int]:
        """Take an event; the caller need not wait."""
        self.clock.start(self._deliver(self.clock.now))
        return 0
        yield  # a process like any other

    def _deliver(self, since: float) -> Process[None]:
        errors, throttles = 0, 0
        while True:
            answer = yield from self.function.ask()
            if answer == 0:
                return
            if answer == REFUSED:
                pause, throttles = min(2.0**throttles, self.LONGEST_S), throttles + 1
            elif errors < self.retries:
                pause, throttles, errors = self.AFTER_ERROR_S[errors], 0, errors + 1
            else:
                pause = inf
            if self.clock.now + pause - since > self.KEPT_S:
                break
            self.paused += 1
            yield pause
            self.paused -= 1
        self.function.dead += 1
        if self.failed_to:
            self.failed_to.hand()
