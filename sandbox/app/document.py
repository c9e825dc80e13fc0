"""The document that is open: what it is now, what it was before, where it is saved.

Knows no screen. A change makes a step with a name, so that undoing can say what it undid.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sandbox.app.version import Version
from sandbox.design.files import save_text, source_of, stamp
from sandbox.design.model import Design


@dataclass(frozen=True)
class Step:
    """A change, and the version before or after it."""

    name: str
    """What was done, in words."""
    version: Version

    @property
    def design(self) -> Design:
        """The design before or after the change."""
        return self.version.design


class Document:
    """An open design with its text and its history.

    >>> document = Document(Design(name="Shop"))
    >>> document.edit("region to eu-west-1", document.design.with_value("region", "eu-west-1"))
    >>> document.is_unsaved, document.undo(), document.design.region, document.is_unsaved
    (True, 'region to eu-west-1', 'us-east-1', False)
    >>> document.redo(), document.design.region
    ('region to eu-west-1', 'eu-west-1')
    """

    def __init__(
        self,
        design: Design | None = None,
        path: Path | None = None,
        load: float = 1.0,
        source: str | None = None,
    ) -> None:
        """Open a design.

        Args:
            design: What to begin with.
            path: Its file; None until it is saved the first time.
            load: How many times the traffic as drawn.
            source: The text it was read from; its comments and its order are kept.
        """
        design = design or Design()
        self.version = self._saved = Version(design, source, design)
        self.path = path.absolute() if path is not None else None
        self.load = load
        self.done: list[Step] = []
        """Each change with the version before it, the last one at the end."""
        self.undone: list[Step] = []
        """Each change taken back with the version after it, the next to redo at the end."""
        self.changed: Callable[[], None] = lambda: None
        """Called after every change, and after saving."""
        self.draft: str | None = None
        """Text that is being typed and is not a design yet."""
        self.filed = source if path else None
        """What is in the file, as it was last seen here."""
        self.is_gone = False
        """Whether another program took the file away."""
        self._is_disputed = False
        """Whether the file has a design that was taken over and had to be given up."""
        self.stamp = stamp(path)
        """The state of the file that was last seen here."""

    @property
    def design(self) -> Design:
        """The design now."""
        return self.version.design

    @property
    def text(self) -> str:
        """The document as it would be saved: what was written, brought up to date with the design."""
        return self.version.text

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether another program put something else into the file than was seen here."""
        now = stamp(self.path)
        if now is None or now == self.stamp:
            return now is not None and self._is_disputed
        if self.filed is not None and source_of(self.path) == self.filed:
            self.stamp = now
            return False
        return True

    @property
    def is_unsaved(self) -> bool:
        """Whether something would be lost by closing."""
        return self.is_gone or self.draft is not None or not self.version.says_as(self._saved)

    @property
    def saved(self) -> Version:
        """The version that was read from the file or written to it last."""
        return self._saved

    def edit(self, name: str, design: Design, source: str | None = None) -> None:
        """Change the design; what was undone can no longer be redone.

        Args:
            name: What is done, in words.
            design: The design from now on.
            source: The text that was typed for it; without one, the text follows the design.
        """
        if design == self.design and source in (None, self.version.source):
            return
        self.done.append(Step(name, self.version))
        self.undone.clear()
        if source is not None:
            self.version = Version(design, source, design)
        else:
            settled = self.version.settled() if self.version is self._saved else self.version
            self.version = settled.followed(design)
        self.changed()

    def amend(self, design: Design, source: str) -> None:
        """Let the last step lead to another design: what was typed in a row is one step."""
        self.undone.clear()
        self.version = Version(design, source, design)
        self.changed()

    def undo(self) -> str | None:
        """Take back the last change; its name, or None where there is none."""
        return self._go(self.done, self.undone)

    def redo(self) -> str | None:
        """Do again what was undone last; its name, or None where there is nothing."""
        return self._go(self.undone, self.done)

    def _go(self, way: list[Step], back: list[Step]) -> str | None:
        """Take a step of the history, and leave one to come back by."""
        if not way:
            return None
        step = way.pop()
        back.append(Step(step.name, self.version))
        self.version = step.version
        self.changed()
        return step.name

    def give_up(self, good: Design) -> None:
        """Forget the changes since a design that could still be evaluated; the file may have one of them."""
        while self.design is not good and self.done:
            self._is_disputed |= self.version is self._saved
            self.version = self.done.pop().version
        self.changed()

    def save(self, path: Path | None = None) -> None:
        """Write the text to its file, or to another one that is its file from then on.

        Raises:
            StorageError: It could not be written; file and history are as they were.
            ValueError: There is no file to write to.
        """
        target = path or self.path
        if target is None:
            msg = "the design has no file yet"
            raise ValueError(msg)
        text = self.text
        save_text(text, target)
        self.path, self._saved = target.absolute(), self.version
        self.saw(text)

    def follow(self, design: Design, text: str) -> None:
        """Take over what another program put into the file, as one step that can be undone."""
        if text == self.text:
            self._saved = self.version
            self.saw(text)
            return
        self.done.append(Step("what changed on disk", self.version))
        self.undone.clear()
        self.draft = None
        self.version = self._saved = Version(design, text, design)
        self.saw(text)

    def saw(self, text: str | None) -> None:
        """Know what is in the file now; None where it is gone."""
        self.is_gone = text is None and self.path is not None
        self._is_disputed = False
        self.filed, self.stamp = text, stamp(self.path)
        self.changed()

    def restore(self, name: str, version: Version) -> None:
        """Take over a version that was not saved, as one step that can be undone."""
        self.done.append(Step(name, self.version))
        self.version = version
        self.changed()
