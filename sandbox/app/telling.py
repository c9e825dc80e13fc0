"""A screen that says what went wrong."""

from typing import TypeVar

from textual.screen import ModalScreen

from sandbox.app.evaluating import EvaluatingScreen
from sandbox.errors import SandboxError

Answer = TypeVar("Answer")


class TellingScreen(EvaluatingScreen):
    """Dialogs that stay until they are read."""

    async def answer(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Show a dialog and wait for what it answers; only within a worker."""
        return await self.app.push_screen_wait(dialog)

    def show_error(self, title: str, error: SandboxError) -> None:
        """Say every problem of an error, in a dialog."""
        from sandbox.app.dialogs.problem import listed  # noqa: PLC0415  # only when asked for

        self.show_problem(title, listed(error))

    def show_problem(self, title: str, text: str) -> None:
        """Say what went wrong, in a dialog that stays until it is read."""
        from sandbox.app.dialogs.problem import ProblemDialog  # noqa: PLC0415  # only when asked for

        self.app.push_screen(ProblemDialog(title, text))

    def show_refusal(self, reason: str) -> None:
        """Say why a change was taken back."""
        self.show_problem("Taken back", f"{reason}\n\nThe design is as it was before.")
