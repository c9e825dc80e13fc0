"""SQS as its documentation has it, and the pollers of an event source mapping."""

from collections import deque
from math import inf
from typing import Final

from ..clock import Process, Waiter
from .functions import Function
from .world import REFUSED, Node, Settings, World

LEAVE: Final = "leave"
"""What an idle poller is told that is no longer needed."""

SLOWED_BY: Final = 55.0
"""After a failed batch a poller rests so many times as long as it took: 1/(1 + 55 ε) of the capacity."""


class Message:
    """A message with its number of receives."""

    __slots__ = ("receives", "sent")

    def __init__(self, sent: float) -> None:
        self.sent, self.receives = sent, 0


class Queue(Node):
    """Takes whatever is sent; without a reader it only grows."""

    def __init__(self, world: World, settings: Settings) -> None:
        super().__init__(world, settings)
        self.hidden_s = settings.get("visibility_timeout_s", 30)
        self.kept_s = settings.get("retention_s", 345_600)
        self.most_receives: float = inf
        self.dead_letters: Node | None = None
        self.line: deque[Message] = deque()
        self.hidden = 0
        self.idle: deque[Waiter] = deque()
        for _ in range(int(settings.get("initial_messages", 0))):
            self.line.append(Message(0.0))

    @property
    def backlog(self) -> int:
        """Messages that can be received, and those hidden after a failure."""
        return len(self.line) + self.hidden

    @property
    def age(self) -> float:
        """Of the oldest that can be received [s]."""
        return self.clock.now - min((message.sent for message in self.line), default=self.clock.now)

    def ask(self, items: int = 1) -> Process[int]:
        """Take a message."""
        self.offered += items
        self.completed += items
        for _ in range(items):
            self.show(Message(self.clock.now))
        return 0
        yield  # a process like any other

    def show(self, message: Message) -> None:
        """Let a message be received: what was received before is older and comes first."""
        (self.line.appendleft if message.receives else self.line.append)(message)
        if self.idle:
            self.clock.wake(self.idle.popleft())

    def hide(self, message: Message, seconds: float) -> None:
        """Let it be received again after a while, unless it was received too often."""
        if message.receives >= self.most_receives:
            self.dead += 1
            if self.dead_letters:
                self.dead_letters.hand()
            return
        self.hidden += 1
        self.clock.start(self._reappear(message), max(seconds, 0.0))

    def _reappear(self, message: Message) -> Process[None]:
        self.hidden -= 1
        self.show(message)
        return
        yield

    def receive(self, most: int) -> list[Message]:
        """Up to so many messages, none of them older than they are kept."""
        batch: list[Message] = []
        while self.line and len(batch) < most:
            message = self.line.popleft()
            if self.clock.now - message.sent <= self.kept_s:
                message.receives += 1
                batch.append(message)
        return batch


class Mapping:
    """Polls a queue and runs a function: five at once, and more while messages remain."""

    def __init__(self, queue: Queue, function: Function, settings: Settings) -> None:
        self.queue, self.function, self.clock = queue, function, queue.clock
        self.batch = int(settings.get("batch_size", 10))
        self.by_item = bool(settings.get("report_item_failures", False))
        self.most = settings.get("maximum_concurrency", settings.get("concurrency_ceiling", 1250))
        self.least = min(settings.get("initial_concurrency", 5), self.most)
        self.added_s = 60.0 / settings.get("added_per_minute", 300)
        self.pollers = 0
        for _ in range(self.least):
            self._add()
        self.clock.start(self._scale())

    def _add(self) -> None:
        self.pollers += 1
        self.clock.start(self._poller())

    def _scale(self) -> Process[None]:
        while True:
            yield self.added_s
            if self.queue.line and self.pollers < self.most:
                self._add()
            elif self.queue.idle and self.pollers > self.least:
                self.pollers -= 1
                self.clock.wake(self.queue.idle.pop(), LEAVE)

    def _poller(self) -> Process[None]:
        queue = self.queue
        while True:
            batch, since = queue.receive(self.batch), self.clock.now
            if not batch:
                queue.idle.append(self.clock.waiter())
                if (yield None) == LEAVE:
                    return
                continue
            answer = yield from self.function.run(len(batch), self.by_item)
            took = self.clock.now - since
            failed = batch if answer == REFUSED else queue.world.chance.sample(batch, answer)
            for message in failed:
                queue.hide(message, queue.hidden_s - took)
            if answer == REFUSED:
                yield queue.world.pause(1.0)
            elif answer and not self.by_item:
                yield SLOWED_BY * took
