"""A screen that opens designs: new ones, those of files, those that come along, those left behind."""

from pathlib import Path

from textual import work

from sandbox.app.document import Document
from sandbox.app.state.recent import recent, remember
from sandbox.app.watching import WatchingScreen
from sandbox.design.files import read_text
from sandbox.design.model import Design
from sandbox.design.presets import come_along
from sandbox.design.reading import loads
from sandbox.errors import SandboxError
from sandbox.evaluation import evaluate_plain
from sandbox.exercises.done import done


class FilingScreen(WatchingScreen):
    """The document's way from files; each question is a dialog."""

    @work(group="greeting")
    async def greet(self, has_design: bool) -> None:
        """Offer what is left to go on with, and the presets where nothing else was to be opened."""
        if self.document.path is not None:
            remember(self.home, self.document.path)
        if not await self.recover() and not has_design:
            await self._choose_preset()

    @work(exclusive=True, group="dialog")
    async def action_new(self) -> None:
        """Begin an empty design."""
        if await self.may_leave():
            self.open_design(Design(), None)

    @work(exclusive=True, group="dialog")
    async def action_open(self) -> None:
        """Let the person choose a file, and open it."""
        from sandbox.app.dialogs.open import OpenDialog  # noqa: PLC0415  # only when asked for

        start = self.document.path.parent if self.document.path else Path.cwd()
        others = [path for path in recent(self.home) if path != self.document.path]
        path = await self.answer(OpenDialog(start, others))
        if path is not None and await self.may_leave():
            self.open_file(path)

    @work(exclusive=True, group="dialog")
    async def action_open_recent(self, path: str) -> None:
        """Open a file that was open before."""
        if await self.may_leave():
            self.open_file(Path(path))

    @work(exclusive=True, group="dialog")
    async def action_presets(self) -> None:
        """Let the person choose a design that comes along, and open it."""
        await self._choose_preset()

    @work(exclusive=True, group="dialog")
    async def action_exercises(self) -> None:
        """Let the person choose an exercise, and open it."""
        await self._choose_preset(exercises=True)

    async def _choose_preset(self, *, exercises: bool = False) -> None:
        from sandbox.app.dialogs.presets import PresetsDialog  # noqa: PLC0415  # only when asked for

        otherwise = "cancel" if self.document.design.nodes else "begin empty"
        now = self.document.design.name
        dialog = PresetsDialog(otherwise, done(self.home), now=now, exercises=exercises)
        name = await self.answer(dialog)
        if name is not None and await self.may_leave():
            self.open_preset(name)

    @work(exclusive=True, group="dialog")
    async def action_example(self, name: str) -> None:
        """Open a design that comes along, by its name."""
        if await self.may_leave():
            self.open_preset(name)

    @work(exclusive=True, group="dialog")
    async def action_leave(self) -> None:
        """End the app, after asking where something is unsaved."""
        if await self.may_leave():
            self.forget()
            self.app.exit()

    def open_file(self, path: Path) -> None:
        """Open a file in place of the document."""
        try:
            text, name = read_text(path)
            self.open_design(loads(text, name), path, text)
        except SandboxError as error:
            self.show_error(f"{path.name} was not opened", error)
        else:
            remember(self.home, path)

    def open_preset(self, name: str) -> None:
        """Open a preset or an exercise in place of the document; saving it asks for a file."""
        try:
            text = come_along(name).text
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
