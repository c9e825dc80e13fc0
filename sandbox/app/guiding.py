"""A screen that guides through an exercise: the guide comes in sight with it, and what is solved is kept."""

from getpass import getuser
from pathlib import Path

from textual import work

from sandbox.app.dialogs.folders import tilde
from sandbox.app.keys.deeds import keyed
from sandbox.app.panels.goals import PANEL, GoalsPanel
from sandbox.app.present.lesson import TO_TRY, lesson
from sandbox.app.reading import Reading
from sandbox.app.writing import WritingScreen
from sandbox.design.presets import exercise_names
from sandbox.errors import SandboxError
from sandbox.exercises.done import remember
from sandbox.exports.exercise import stars


class GuidingScreen(WritingScreen):
    """Tells of an exercise that is solved, once each time it comes to be."""

    _won = 0
    """Stars that were told of since the exercise was opened."""

    def congratulate(self, reading: Reading) -> None:
        """Say that the exercise is solved, or solved better, and keep it."""
        details = reading.details
        if reading.is_stale or details is None or details.is_judging or details.given is None:
            return
        verdict = details.verdict
        if verdict is None:
            return
        if verdict.won > self._won:
            self.notify(f"Solved  {stars(verdict.won, verdict.most)}", timeout=4)
            if verdict.exercise in exercise_names():
                remember(self.home, verdict.exercise, verdict.won)
        self._won = verdict.won

    @work(exclusive=True, group="dialog")
    async def action_hand_in(self) -> None:
        """Write the result of the exercise to a file, for a teacher to collect."""
        reading = self.reading
        details = reading.details
        is_old = reading.is_stale or details is None or details.is_judging
        if is_old or details is None or details.given is None or details.verdict is None:
            self.notify("The verdict is being worked out; hand in when it is there", timeout=4)
            return
        from sandbox.app.dialogs.hand_in import HandInDialog, whose  # noqa: PLC0415  # only when asked for
        from sandbox.exercises.handing import hand_in  # noqa: PLC0415

        design, verdict = reading.evaluation.design, details.verdict
        folder = self.document.path.parent if self.document.path else Path.cwd()
        path = await self.answer(HandInDialog(folder, verdict.exercise, _login()))
        if path is None:
            return
        try:
            hand_in(design, verdict, details.given, whose(path, verdict.exercise), path)
        except SandboxError as error:
            self.show_problem("Not handed in", str(error))
            return
        self.notify(f"Handed in: {tilde(path)}", timeout=4, markup=False)

    async def show_guide(self) -> None:
        """Bring the guide in sight where an exercise is open; say where it is where it tells what to try."""
        self._won = 0
        design = self.document.design
        if design.exercise is not None:
            await self.bring_panel(PANEL.id)
        elif lesson(design.description) and self.panels.active != PANEL.id:
            self.notify(keyed(self, f"{{panel.{PANEL.id}}}: {TO_TRY.lower()}"), timeout=4)

    def goes_into(self, name: str) -> bool:
        """The guide's key again leads to its text, and to its keys."""
        is_in_sight = self.panels.active == name and (
            not self.has_class("-short") or self.has_class("-paneled")
        )
        if name == PANEL.id and is_in_sight and not self.panels.has_focus_within:
            self.panels.query_one(GoalsPanel).focus_part()
            return True
        return super().goes_into(name)

    async def bring_panel(self, name: str) -> None:
        """Bring a panel in sight."""
        raise NotImplementedError


def _login() -> str:
    """Name of who is logged in; nothing better is known."""
    try:
        return getuser()
    except (OSError, KeyError):  # the system has none
        return "me"
