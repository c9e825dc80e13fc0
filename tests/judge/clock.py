"""Simulated time: processes that wait, are woken, or run out of patience.

A process is a generator. `yield 0.5` lets half a second pass; `yield None` sleeps until woken through
its `Waiter`. It is what SimPy does, with less per event: the judges look at millions of requests.
"""

from collections.abc import Generator
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any, TypeVar

T = TypeVar("T")
Process = Generator[float | None, Any, T]


class Waiter:
    """A sleeping process, woken once: by whoever comes first."""

    __slots__ = ("done", "process")

    def __init__(self, process: Process[Any]) -> None:
        self.process = process
        self.done = False


class Clock:
    """The agenda of everything that is going to happen.

    >>> def nap(clock, seconds):
    ...     yield seconds
    ...     print(clock.now)
    >>> clock = Clock()
    >>> clock.start(nap(clock, 2.0))
    >>> clock.run(5.0)
    2.0
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.events = 0
        self._agenda: list[tuple[float, int, Process[Any] | Waiter, Any]] = []
        self._order = count()
        self._active: Process[Any]

    def start(self, process: Process[Any], after: float = 0.0) -> None:
        """Let *process* begin in *after* seconds."""
        heappush(self._agenda, (self.now + after, next(self._order), process, None))

    def waiter(self) -> Waiter:
        """What wakes the process that is asking."""
        return Waiter(self._active)

    def wake(self, waiter: Waiter, answer: Any = None) -> bool:
        """Go on with the sleeper now; False when somebody else has woken it before."""
        if waiter.done:
            return False
        waiter.done = True
        heappush(self._agenda, (self.now, next(self._order), waiter.process, answer))
        return True

    def alarm(self, waiter: Waiter, after: float) -> None:
        """Wake the sleeper with None in *after* seconds unless it is woken before."""
        if after < inf:
            heappush(self._agenda, (self.now + after, next(self._order), waiter, None))

    def run(self, until: float) -> None:
        """Let everything happen that is due before *until* [s]."""
        agenda, order = self._agenda, self._order
        while agenda and agenda[0][0] <= until:
            self.now, _, process, answer = heappop(agenda)
            self.events += 1
            if isinstance(process, Waiter):
                if process.done:
                    continue
                process.done = True
                process = process.process
            self._active = process
            try:
                delay = process.send(answer)
            except StopIteration:
                continue
            if delay is not None:
                heappush(agenda, (self.now + delay, next(order), process, None))
        self.now = until

    def within(self, process: Process[T], limit: float) -> Process[T | None]:
        """The answer of *process*, or None after *limit* seconds; it goes on unobserved."""
        waiter = self.waiter()
        self.start(self._report(process, waiter))
        self.alarm(waiter, limit)
        answer: T | None = yield None
        return answer

    def together(self, processes: list[Process[T]]) -> Process[list[T]]:
        """The answers of all of them, once the slowest has given its own."""
        answers: list[T] = []
        me = self.waiter()

        def part(process: Process[T]) -> Process[None]:
            answers.append((yield from process))
            if len(answers) == len(processes):
                self.wake(me)

        for process in processes:
            self.start(part(process))
        yield None
        return answers

    def _report(self, process: Process[T], waiter: Waiter) -> Process[None]:
        answer = yield from process
        self.wake(waiter, answer)
