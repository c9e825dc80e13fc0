"""A screen that follows its file when another program changes it."""

from contextlib import suppress

from textual import on, work

from sandbox.app.messages import FileSeen
from sandbox.app.saving import SavingScreen
from sandbox.app.state.watch import Seen, Watch
from sandbox.design.files import stamp
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.errors import DesignError


class WatchingScreen(SavingScreen):
    """Takes over what changed on disk, and asks first where something is unsaved here."""

    _watch: Watch | None = None
    _pending: Seen | None = None
    """What was seen while a dialog was open."""

    def on_mount(self) -> None:
        """Begin to watch the file."""
        self._watch = Watch(self._tell_seen)
        self._look_at_file()

    def on_unmount(self) -> None:
        """Watch no longer."""
        if self._watch is not None:
            self._watch.close()

    def attend(self) -> None:
        """Watch the file that the document has now."""
        super().attend()
        self._look_at_file()

    def _look_at_file(self) -> None:
        if self._watch is not None:
            self._watch.look_at(self.document.path, self.document.stamp)

    def _tell_seen(self, seen: Seen) -> None:
        """Pass on, from the thread, what is in the file."""
        with suppress(RuntimeError):  # the app has ended meanwhile
            self.post_message(FileSeen(seen))

    @on(FileSeen)
    def _on_file_seen(self, event: FileSeen) -> None:
        self._pending = event.seen
        self.heed_file()

    def on_screen_resume(self) -> None:
        """Heed what happened to the file while a dialog was open."""
        self.heed_file()

    def heed_file(self) -> None:
        """Follow the file, or ask, or say what is wrong with it; later, if a dialog is open."""
        seen, document = self._pending, self.document
        if seen is None or not self.is_attached or self.app.screen is not self:
            return
        self._pending = None
        if stamp(seen.path) != seen.stamp:  # it was saved here meanwhile, or will be told of again
            return
        if seen.path != document.path or (seen.text is not None and seen.text == document.filed):
            if seen.path == document.path and document.is_gone:
                document.saw(seen.text)  # it is back, as it was
                self.show(self.reading)
            return
        if seen.problem:
            self._warn(f"{seen.problem}; the design stays as it is")
        elif seen.text is None:
            document.saw(None)
            self.show(self.reading)
            self._warn(f"{seen.path.name} was taken away; {{file.save}} writes it again")
        else:
            self._heed_text(seen, seen.text)

    def _heed_text(self, seen: Seen, text: str) -> None:
        """Another text is in the file."""
        document = self.document
        if not text.strip():  # as between the emptying of a file and the writing: it is no design yet
            self._warn(f"{seen.path.name} is empty; the design stays as it is")
            return
        try:
            design = loads(text, seen.path.name)
        except DesignError as error:
            first = error.problems[0]
            line = f" line {first.line}:" if first.line else ""
            self._warn(f"{seen.path.name} was changed:{line} {first.message}. The design stays as it is.")
            return
        if text == document.text:
            document.follow(design, text)
            self.show(self.reading)
        elif document.is_unsaved and not document.is_gone:
            self._ask(seen, design, text)
        else:
            self._follow(seen, design, text)

    def _follow(self, seen: Seen, design: Design, text: str) -> None:
        """Take over what is in the file, as one step; what is selected stays so."""
        self.document.follow(design, text)
        self.evaluate()
        self.show(self.reading)
        self.app.clear_notifications()  # what was wrong with the file is right again
        self.notify(
            f"Followed a change of {seen.path.name}; {{design.undo}} takes it back", timeout=3, markup=False
        )

    @work(group="file")
    async def _ask(self, seen: Seen, design: Design, text: str) -> None:
        """Ask whose changes count."""
        from sandbox.app.dialogs.ask import Ask, Choice  # noqa: PLC0415  # only when asked for

        said = (
            f"Another program changed {seen.path.name}, and there are changes here that are not saved.\n\n"
            "Reload takes what is in the file; {design.undo} brings back what is here now"
            f"{', but for the text that is not right yet' if self.document.draft is not None else ''}."
        )
        choices = (
            Choice("reload", "reload", "r"),
            Choice("keep", "keep mine", "k"),
            Choice("as", "save as", "a"),
        )
        answer = await self.answer(Ask("The file changed", said, choices))
        if answer == "reload":
            self._follow(seen, design, text)
        elif answer == "keep":
            self.document.saw(text)
            self.show(self.reading)
        elif answer == "as":
            await self.save(elsewhere=True)

    def _warn(self, text: str) -> None:
        self.notify(text, severity="warning", timeout=6, markup=False)
