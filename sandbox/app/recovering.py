"""A screen whose unsaved work outlives the app, and that offers what another app left behind."""

from asyncio import to_thread
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from textual import on

from sandbox.app.document import Document
from sandbox.app.messages import NotKept
from sandbox.app.state.left import Left, left
from sandbox.app.state.recovery import Recorder, Snapshot
from sandbox.app.telling import TellingScreen
from sandbox.errors import SandboxError
from sandbox.evaluation import Evaluation, evaluate_plain

FOLDER = "recovery"


class RecoveringScreen(TellingScreen):
    """Writes down what is unsaved at every change, in a thread."""

    home: Path | None = None
    """Where the app remembers what outlives it; None where it remembers nothing."""
    _recorder: Recorder | None = None

    def on_mount(self) -> None:
        """Begin to write down what is unsaved."""
        if self.home is not None:
            self._recorder = Recorder(self.home / FOLDER, self._cannot_keep)
        self._attend()

    def on_unmount(self) -> None:
        """Let go of what was written down; what is still unsaved stays there."""
        if self._recorder is not None:
            self._recorder.close()

    def begin(self, document: Document, evaluation: Evaluation) -> None:
        """Take over another document, and write down what is unsaved of it."""
        self.document.changed = lambda: None
        super().begin(document, evaluation)
        self._attend()
        self.attend()

    def _attend(self) -> None:
        self.document.changed = self.attend

    def attend(self) -> None:
        """Follow a change of the document."""
        if self._recorder is not None:
            document = self.document
            self._recorder.keep(
                Snapshot(
                    document.version,
                    document.saved,
                    document.path,
                    document.load,
                    document.draft,
                    document.is_gone,
                    document.done[-1].name if document.done else "",
                )
            )

    def forget(self) -> None:
        """Take away what was written down: it is saved, or given up."""
        self.document.changed = lambda: None
        if self._recorder is not None:
            self._recorder.keep(None)

    def _cannot_keep(self, reason: str) -> None:
        """Pass on, from the thread, that nothing can be written down."""
        with suppress(RuntimeError):  # the app has ended meanwhile
            self.post_message(NotKept(reason))

    @on(NotKept)
    def _on_not_kept(self, event: NotKept) -> None:
        self.notify(
            f"Unsaved work is not kept for a crash: {event.reason}",
            severity="warning",
            timeout=6,
            markup=False,
        )

    async def recover(self) -> bool:
        """Offer the work that apps left behind; whether some of it was opened."""
        if self.home is None:
            return False
        found, broken = await to_thread(left, self.home / FOLDER)
        if broken:
            listed = "\n".join(map(str, broken))
            text = f"{listed}\n\nUnsaved work could not be read. It is kept there, and not offered again."
            self.show_problem("Not recovered", text)
        try:
            return await self._offer(found)
        finally:
            for one in found:
                one.leave()

    async def _offer(self, found: list[Left]) -> bool:
        """Ask what to do with each, until one is opened or all are left."""
        from sandbox.app.dialogs.recover import RecoverDialog  # noqa: PLC0415  # only when asked for

        while found:
            answer = await self.answer(RecoverDialog(found))
            if answer is None:
                return False
            one = found[answer.place]
            if answer.is_wanted:
                return await self._take_over(one, found)
            one.take_away()
            found.remove(one)
        return False

    async def _take_over(self, one: Left, found: Sequence[Left]) -> bool:
        """Open what an app left behind."""
        document = one.document
        try:
            evaluation = evaluate_plain(document.design, document.load)
        except SandboxError as error:
            self.show_error("Not recovered", error)
            return False
        self.begin(document, evaluation)
        if self._recorder is not None and await to_thread(self._recorder.settle) and self._recorder.file:
            one.take_away()
        where = f"; {{file.save}} saves it to {document.path.name}" if document.path else ""
        others = f" {len(found) - 1} more: offered at the next start." if len(found) > 1 else ""
        self.notify(f"Unsaved work from {one.when}{where}.{others}", timeout=6, markup=False)
        return True
