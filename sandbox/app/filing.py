"""A screen that opens and saves designs, asks before anything is lost, and says what went wrong."""

from pathlib import Path

from textual import work

from sandbox.app.document import Document
from sandbox.app.evaluating import EvaluatingScreen
from sandbox.design.files import read_text
from sandbox.design.model import Design
from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.errors import SandboxError
from sandbox.evaluation import evaluate_plain


class FilingScreen(EvaluatingScreen):
    """The document's way from and to files; each question is a dialog."""

    @work(exclusive=True, group="dialog")
    async def action_open(self) -> None:
        """Let the person choose a file, and open it."""
        from sandbox.app.dialogs.open import OpenDialog  # noqa: PLC0415  # only when asked for

        start = self.document.path.parent if self.document.path else Path.cwd()
        path = await self.app.push_screen_wait(OpenDialog(start))
        if path is not None and await self.may_leave():
            self.open_file(path)

    @work(exclusive=True, group="dialog")
    async def action_presets(self) -> None:
        """Let the person choose a design that comes along, and open it."""
        from sandbox.app.dialogs.presets import PresetsDialog  # noqa: PLC0415  # only when asked for

        name = await self.app.push_screen_wait(PresetsDialog())
        if name is not None and await self.may_leave():
            self.open_preset(name)

    @work(exclusive=True, group="dialog")
    async def action_save(self) -> None:
        """Write the design to its file, asking where if it has none."""
        await self.save()

    @work(exclusive=True, group="dialog")
    async def action_save_as(self) -> None:
        """Write the design to another file, which is its file from then on."""
        await self.save(elsewhere=True)

    @work(exclusive=True, group="dialog")
    async def action_leave(self) -> None:
        """End the app, after asking where something is unsaved."""
        if await self.may_leave():
            self.app.exit()

    async def may_leave(self) -> bool:
        """Whether the document may be closed; asks if that would lose something."""
        if not self.document.is_unsaved:
            return True
        from sandbox.app.dialogs.ask import Ask, Choice  # noqa: PLC0415  # only when asked for

        where = f" to {self.document.path.name}" if self.document.path else ""
        text = f"“{self.document.design.name}” has changes that are not saved{where}."
        choices = (Choice("save", "save", "s"), Choice("discard", "discard", "d"))
        answer = await self.app.push_screen_wait(Ask("Save first?", text, choices))
        if answer == "save":
            return await self.save()
        return answer == "discard"

    async def save(self, *, elsewhere: bool = False) -> bool:
        """Save, and say so; False if that did not come about."""
        path: Path | None = self.document.path
        if path is None or elsewhere:
            from sandbox.app.dialogs.save_as import SaveAsDialog  # noqa: PLC0415  # only when asked for

            path = await self.app.push_screen_wait(SaveAsDialog(path or Path.cwd()))
            if path is None:
                return False
        elif self.document.is_changed_elsewhere and not await self._may_replace(path):
            return False
        try:
            self.document.save(path)
        except SandboxError as error:
            self.show_problem("Not saved", f"{error}\n\nNothing is lost: the design is still open here.")
            return False
        self.notify(f"Saved to {path}", timeout=3)
        self.show(self.reading)
        return True

    async def _may_replace(self, path: Path) -> bool:
        """Whether what another program wrote to the file may be lost."""
        from sandbox.app.dialogs.ask import Ask, Choice  # noqa: PLC0415  # only when asked for

        text = f"Another program changed {path.name} since it was opened here. Saving replaces what is in it."
        return (
            await self.app.push_screen_wait(Ask("Replace the file?", text, (Choice(True, "replace", "r"),)))
            is True
        )

    def open_file(self, path: Path) -> None:
        """Open a file in place of the document."""
        try:
            text, name = read_text(path)
            self.open_design(loads(text, name), path, text)
        except SandboxError as error:
            self.show_error(f"{path.name} was not opened", error)

    def open_preset(self, name: str) -> None:
        """Open a preset in place of the document; saving it asks for a file."""
        try:
            text = preset(name).text
            self.open_design(loads(text, name), None, text)
        except SandboxError as error:
            self.show_error(f"{name} was not opened", error)

    def open_design(self, design: Design, path: Path | None, source: str | None = None) -> None:
        """Take over a design, unless it cannot be evaluated.

        Args:
            design: What to open.
            path: Its file, if it has one.
            source: The text it was read from.

        Raises:
            MissingPriceError: The region has no price for something that is used.
        """
        evaluation = evaluate_plain(design, 1.0)
        self.begin(Document(design, path, source=source), evaluation)

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
