"""A screen whose design runs in time: the run is worked out in a thread, and its moments are shown.

While the timeline is in sight every edit begins a new run, and calls back the one before: a rough
one first, then the whole, then the random ones. The cursor chooses the moment that canvas and
inspector show; without a cursor they show the steady state.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

from textual import on

from sandbox.app.clock import ROUGH_TICKS, Clock, Plan
from sandbox.app.errands import Errand
from sandbox.app.messages import Ran, RunEnded, Running
from sandbox.app.panels.timeline import PANEL
from sandbox.app.present.graph import graph
from sandbox.app.present.running import shown_moment
from sandbox.app.reading import Reading
from sandbox.app.writing import WritingScreen
from sandbox.design.model import Design
from sandbox.engine.stopping import look
from sandbox.evaluation import Evaluation
from sandbox.timeline.moment import Moment
from sandbox.why.reason import Reason
from widgets.canvas.graph import Graph

REST_S = 0.15
"""Pause after the last change before a run is begun."""
TOLD_S = 0.2
"""Between two words on how much of a run is done."""


class TimingScreen(WritingScreen):
    """Runs what is open while its timeline is looked at."""

    _clock = Clock()
    _ran: tuple[Design, float, Plan] | None = None
    """What the newest run is of, or will be."""
    _moment: tuple[object, int, Evaluation] | None = None
    """The last moment that was shown, and of which run."""

    def on_mount(self) -> None:
        """Be ready to run."""
        self._runs = Errand(self)

    # What is shown

    @property
    def reading(self) -> Reading:
        """What the views show now: a moment of the run, if one is looked at."""
        reading = replace(super().reading, clock=self._clock)
        moment = self._shown_moment()
        if moment is None:
            return reading
        shown = shown_moment(self._clock)
        return replace(reading, evaluation=moment, moment=shown, steady=reading.evaluation)

    def _shown_moment(self) -> Evaluation | None:
        clock = self._clock
        tick, timeline = clock.tick, clock.timeline
        if tick is None or timeline is None or timeline.design is not self.document.design:
            return None
        if self._moment is None or self._moment[:2] != (timeline, tick):
            self._moment = (timeline, tick, timeline.at(tick))
        return self._moment[2]

    def explaining(self, *, steady: bool = False) -> Callable[[str], Reason]:
        """At a moment of the run its numbers are explained, unless those of the steady state are meant."""
        shown = self.reading
        if steady or not isinstance(shown.evaluation, Moment):
            return super().explaining(steady=steady)
        from sandbox.why.moments import why_at  # noqa: PLC0415  # only when asked for

        return partial(why_at, shown.evaluation, self._evaluation, shown.moment)

    def goes_into(self, name: str) -> bool:
        """The timeline's key again leads to its charts, and to their keys."""
        is_in_sight = self.is_timed and (not self.has_class("-short") or self.has_class("-paneled"))
        if name == PANEL.id and is_in_sight and not self.panels.has_focus_within:
            self.panels.focus_view()
            return True
        return super().goes_into(name)

    @property
    def drawn(self) -> Graph:
        """What the canvas shows; while a run is in sight nothing moves when its numbers grow."""
        drawn = graph(self.reading.evaluation)
        return self._clock.rooms.kept(drawn) if self.is_timed or self._clock.tick is not None else drawn

    @property
    def is_timed(self) -> bool:
        """Whether the timeline is in sight."""
        return self.panels.display and self.panels.active == PANEL.id

    @property
    def is_run_through(self) -> bool:
        """Whether the run in sight, if one is, is the whole run of what is open."""
        return not self.is_timed or (self._ran == self._wanted and not self._runs.is_out)

    def _tick(self, clock: Clock) -> None:
        """Go to another moment, or show what has changed about the run."""
        before, self._clock = self._clock, clock
        if (before.tick, before.timeline) != (clock.tick, clock.timeline):
            self.show(self.reading)
        elif self.is_timed:
            self.panels.show(self.reading)

    # Running

    def run_in_time(self) -> None:
        """Begin a run of what is new, if the timeline is in sight."""
        if self.is_timed and self._ran != self._wanted:
            self.set_timer(REST_S, self._run)

    @property
    def _wanted(self) -> tuple[Design, float, Plan]:
        return (self.document.design, self.document.load, self._clock.plan)

    def _run(self) -> None:
        """Begin a run, unless it is begun; the one before is called back."""
        wanted = self._wanted
        if not self.is_timed or self._ran == wanted or not self.is_attached:
            return
        if self._runs.is_out:
            self._runs.call_back()
            return
        self._ran = wanted
        design, load, plan = wanted
        folder = self.document.path.parent if self.document.path else None
        self._runs.go(lambda: self._ran_through(design, load, plan, folder), RunEnded())
        self._tick(replace(self._clock, share=0.0))

    def _ran_through(self, design: Design, load: float, plan: Plan, folder: Path | None) -> Ran:
        """Run a design: roughly, then finely, then at random; in a thread."""
        from sandbox.app.present.rooms import rooms  # noqa: PLC0415  # not needed for the first painting
        from sandbox.simulate import simulate  # noqa: PLC0415

        steps = [(plan.step_s(ROUGH_TICKS), 1), (plan.step_s(), 1), (plan.step_s(), plan.replicas)]
        stages = list(dict.fromkeys(steps))
        try:
            for number, (step_s, replicas) in enumerate(stages):
                timeline = simulate(
                    design, plan.horizon_s, step_s, replicas, plan.seed,
                    load=load, folder=folder, progress=self._telling(), cancelled=_called_back,
                )  # fmt: skip
                timeline.summary, timeline.median  # noqa: B018  # worked out here, not when it is drawn
                ran = Ran(timeline, plan, rooms(timeline), is_rough=number + 1 < len(stages))
                if ran.is_rough:
                    with suppress(RuntimeError):  # the app has ended meanwhile
                        self.post_message(ran)
        except Exception as error:
            look()  # called back is not failed
            return Ran(None, plan, failure=str(error) or type(error).__name__)
        return ran

    def _telling(self) -> Callable[[float], None]:
        """Posts now and then how much of a run is done."""
        last = monotonic()

        def tell(share: float) -> None:
            nonlocal last
            look()
            if monotonic() - last > TOLD_S:
                last = monotonic()
                with suppress(RuntimeError):
                    self.post_message(Running(share))

        return tell

    @on(Running)
    def show_share(self, event: Running) -> None:
        """Say how much is done."""
        if self._runs.is_out:
            self._tick(replace(self._clock, share=event.share))

    @on(Ran)
    def show_run(self, event: Ran) -> None:
        """Show a run; a finer one may be on its way."""
        if not event.is_rough:
            self._runs.back()
        is_wanted = event.timeline is None or event.timeline.design is self.document.design
        clock = replace(self._clock, failure=event.failure, is_rough=event.is_rough)
        if is_wanted and event.timeline is not None:
            before = self._clock.timeline
            is_finer = before is not None and before.design is event.timeline.design
            wide = event.rooms.wider(clock.rooms) if is_finer else event.rooms
            clock = replace(clock, timeline=event.timeline, rooms=wide)
        self._tick(clock if event.is_rough else replace(clock, share=None))
        self.run_in_time()

    @on(RunEnded)
    def forget_run(self) -> None:
        """A run was called back; what is wanted now may begin."""
        self._runs.back()
        self._ran = None
        self._tick(replace(self._clock, share=None))
        self.run_in_time()


def _called_back() -> bool:
    """Ends the run here if nobody waits for it any more.

    Raises:
        Stopped: That is so.
    """
    look()
    return False
