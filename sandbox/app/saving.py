"""A screen that saves its document, and asks before anything is lost."""

from pathlib import Path

from textual import work

from sandbox.app.dialogs.folders import tilde
from sandbox.app.recovering import RecoveringScreen
from sandbox.app.state.recent import remember
from sandbox.errors import SandboxError

MOST_SHOWN = 5
"""Comments that are shown before they are lost."""


class SavingScreen(RecoveringScreen):
    """The document's way to its file."""

    @work(exclusive=True, group="dialog")
    async def action_save(self) -> None:
        """Write the design to its file, asking where if it has none."""
        await self.save()

    @work(exclusive=True, group="dialog")
    async def action_save_as(self) -> None:
        """Write the design to another file, which is its file from then on."""
        await self.save(elsewhere=True)

    async def may_leave(self) -> bool:
        """Whether the document may be closed; asks if that would lose something."""
        if not self.document.is_unsaved:
            return True
        from sandbox.app.dialogs.ask import Ask, Choice  # noqa: PLC0415  # only when asked for

        where = f" to {self.document.path.name}" if self.document.path else ""
        text = f"“{self.document.design.name}” has changes that are not saved{where}."
        choices = (Choice("save", "save", "s"), Choice("discard", "discard", "d"))
        answer = await self.answer(Ask("Save first?", text, choices))
        if answer == "save":
            return await self.save()
        return answer == "discard"

    async def save(self, *, elsewhere: bool = False) -> bool:
        """Save, and say so; False if that did not come about."""
        path = None if elsewhere else self.document.path
        if path is not None:
            elsewhere = not await self._may_replace(path)
            if elsewhere and not self._wants_elsewhere:
                return False
        if path is None or elsewhere:
            from sandbox.app.dialogs.save_as import SaveAsDialog  # noqa: PLC0415  # only when asked for

            start = self.document.path or Path.cwd()
            path = await self.answer(SaveAsDialog(start, self.document.design.name))
            if path is None:
                return False
        try:
            self.document.save(path)
        except SandboxError as error:
            what = "Nothing is lost: the design is still open here. S saves it elsewhere."
            self.show_problem("Not saved", f"{error}\n\n{what}")
            return False
        remember(self.home, path)
        self.notify(f"Saved to {tilde(path)}", timeout=3, markup=False)
        self.show(self.reading)
        return True

    _wants_elsewhere = False
    """Whether the last question was answered by: to another file."""

    async def _may_replace(self, path: Path) -> bool:
        """Whether what is in the file may be lost: another program's work, a person's comments."""
        from sandbox.app.dialogs.ask import Ask, Choice  # noqa: PLC0415  # only when asked for

        choices = [Choice("replace", "replace", "r"), Choice("elsewhere", "save as", "a")]
        self._wants_elsewhere = False
        questions = []
        if self.document.is_changed_elsewhere:
            text = f"Another program changed {path.name} since it was last read here. Saving replaces it."
            questions.append(("Replace the file?", text))
        lost = self.document.version.kept.lost
        if lost:
            shown = "\n".join(lost[:MOST_SHOWN])
            more = f"\nand {len(lost) - MOST_SHOWN} more" if len(lost) > MOST_SHOWN else ""
            text = f"These comments of {path.name} will be lost when it is written anew:\n\n{shown}{more}"
            questions.append(("Lose comments?", text))
        for title, text in questions:
            answer = await self.answer(Ask(title, text, choices))
            self._wants_elsewhere = answer == "elsewhere"
            if answer != "replace":
                return False
        return True
