"""Where a person is in a timeline: which run, which moment, how fast it plays. Knows no screen."""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from sandbox.app.present.rooms import Rooms
from sandbox.timeline.timeline import Timeline

Amount = TypeVar("Amount", int, float)

HORIZONS_S = (600.0, 3600.0, 6 * 3600.0, 86_400.0, 7 * 86_400.0)
"""How long a run may be."""
RUNS = (1, 20, 200)
"""How many random runs there may be; one is not random."""
TICKS, ROUGH_TICKS = 3600, 300
"""Ticks of a run, and of the rough one that is shown until it is there."""
PLAYS_S = 30.0
"""A whole run plays in so many seconds."""
FASTER = 2.0


@dataclass(frozen=True)
class Plan:
    """What is to be run beside the design and its load."""

    horizon_s: float = 3600.0
    replicas: int = 1
    seed: int = 0

    def step_s(self, ticks: int = TICKS) -> float:
        """Length of a tick for about so many of them, at least a second.

        >>> Plan(3600).step_s(), Plan(86_400).step_s(), Plan(3600).step_s(ROUGH_TICKS)
        (1.0, 24.0, 12.0)
        """
        return max(1.0, self.horizon_s / ticks)

    def longer(self, direction: int = 1) -> "Plan":
        """The next horizon, and after the last the first again."""
        return replace(self, horizon_s=_next(HORIZONS_S, self.horizon_s, direction))

    def with_more_runs(self) -> "Plan":
        """The next number of random runs, and after the last one again."""
        return replace(self, replicas=_next(RUNS, self.replicas, 1))


@dataclass(frozen=True)
class Clock:
    """A run and the moment that is looked at."""

    plan: Plan = Plan()
    timeline: Timeline | None = None
    """The newest run there is; of a design before while a newer one is worked out."""
    is_rough: bool = False
    """Whether a finer run of the same is on its way."""
    share: float | None = None
    """How much of the run that is worked out is done; None while none is."""
    failure: str = ""
    """Why the last run could not be had."""
    rooms: Rooms = field(default_factory=Rooms)
    """What the canvas keeps free for the run's numbers."""
    cursor_s: float | None = None
    """The moment that canvas and inspector show; None for the steady state."""
    is_playing: bool = False
    speed: float = 1.0
    """How many times as fast as it plays by itself."""

    @property
    def pace(self) -> float:
        """Seconds of the run that go by in one second."""
        return self.plan.horizon_s / PLAYS_S * self.speed

    @property
    def tick(self) -> int | None:
        """The kept stretch of the run that is looked at."""
        if self.cursor_s is None or self.timeline is None:
            return None
        return self.timeline.tick_at(self.cursor_s)

    @property
    def shown_s(self) -> float | None:
        """Where the charts' cursor is: at the end of the stretch that canvas and inspector show."""
        if self.timeline is None or self.tick is None:
            return self.cursor_s
        return float(self.timeline.time_s[self.tick])

    def at(self, time_s: float | None) -> "Clock":
        """Look at another moment, within the run."""
        kept = None if time_s is None else min(max(time_s, 0.0), self.plan.horizon_s)
        return replace(self, cursor_s=kept)

    def stepped(self, direction: int) -> "Clock":
        """Look at the next or the previous kept stretch."""
        if self.timeline is None:
            return self
        times = self.timeline.time_s
        now = self.tick
        begin = 0 if direction > 0 else len(times) - 1
        place = begin if now is None else min(max(now + direction, 0), len(times) - 1)
        return self.at(float(times[place]))

    def played(self, seconds: float) -> "Clock":
        """What is looked at so many seconds later; at the end it stops."""
        time_s = (self.cursor_s or 0.0) + seconds * self.pace
        if time_s >= self.plan.horizon_s:
            return replace(self.at(self.plan.horizon_s), is_playing=False)
        return self.at(time_s)

    def toggled(self) -> "Clock":
        """Play, or pause; at the end it begins again."""
        if self.is_playing:
            return replace(self, is_playing=False)
        is_over = self.cursor_s is None or self.cursor_s >= self.plan.horizon_s
        return replace(self.at(0.0) if is_over else self, is_playing=True)

    def paced(self, direction: int) -> "Clock":
        """Play faster or slower."""
        return replace(self, speed=min(max(self.speed * FASTER**direction, 1 / 64), 64.0))


def _next(values: tuple[Amount, ...], now: Amount, direction: int) -> Amount:
    """The value beside another, around the ends."""
    return values[(values.index(now) + direction) % len(values)] if now in values else values[0]
