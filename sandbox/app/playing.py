"""A screen that moves in time: it steps and plays through the run, and asks for other ones."""

from dataclasses import replace

from textual import on
from textual.timer import Timer

from sandbox.app.panels.timeline import PANEL, TimelinePanel
from sandbox.app.timing import TimingScreen

FRAME_S = 0.1
"""Between two moments that are shown while it plays."""


class PlayingScreen(TimingScreen):
    """Shows one moment after the other."""

    _player: Timer | None = None

    @on(TimelinePanel.Moved)
    def look_at(self, event: TimelinePanel.Moved) -> None:
        """Look at a moment."""
        self._pause()
        self._tick(self._clock.at(event.time_s))

    @on(TimelinePanel.Planned)
    def plan(self, event: TimelinePanel.Planned) -> None:
        """Run for longer, or more often."""
        self._pause()
        self._tick(replace(self._clock.at(None), plan=event.change(self._clock.plan)))
        self.run_in_time()

    async def action_play(self) -> None:
        """Let the run go by on the canvas, or hold it."""
        await self._bring_in_sight()
        self._tick(self._clock.toggled())
        if self._player is None:
            self._player = self.set_interval(FRAME_S, self._next_frame)

    async def _bring_in_sight(self) -> None:
        if not self.is_timed:
            await self.run_action(f"screen.panel('{PANEL.id}')")

    def _next_frame(self) -> None:
        if self._clock.is_playing and self._clock.timeline is not None:
            self._tick(self._clock.played(FRAME_S))
        elif not self._clock.is_playing:
            self._pause()

    def _pause(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player = None
        self._clock = replace(self._clock, is_playing=False)

    async def action_step(self, direction: int) -> None:
        """Go to the next moment, or the one before."""
        await self._bring_in_sight()
        self._pause()
        self._tick(self._clock.stepped(direction))

    def action_pace(self, direction: int) -> None:
        """Play faster or slower."""
        self._tick(self._clock.paced(direction))

    def leave_moment(self) -> bool:
        """Back to the steady state; False where that is what is shown."""
        if self._clock.cursor_s is None:
            return False
        self._pause()
        self._tick(self._clock.at(None))
        return True
