"""The design that is open: what it is now, what it was before, where it is saved.

Knows no screen. A change makes a step with a name, so that undoing can say what it undid.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sandbox.design.files import save
from sandbox.design.model import Design


@dataclass(frozen=True)
class Step:
    """A change, and the design before or after it."""

    name: str
    """What was done, in words."""
    design: Design


@dataclass
class Document:
    """An open design with its history.

    >>> document = Document(Design(name="Shop"))
    >>> document.edit("region to eu-west-1", document.design.with_value("region", "eu-west-1"))
    >>> document.is_unsaved, document.undo(), document.design.region, document.is_unsaved
    (True, 'region to eu-west-1', 'us-east-1', False)
    >>> document.redo(), document.design.region
    ('region to eu-west-1', 'eu-west-1')
    """

    design: Design = field(default_factory=Design)
    path: Path | None = None
    """Its file; None until it is saved the first time."""
    load: float = 1.0
    """How many times the traffic as drawn."""
    done: list[Step] = field(default_factory=list)
    """Each change with the design before it, the last one at the end."""
    undone: list[Step] = field(default_factory=list)
    """Each change taken back with the design after it, the next to redo at the end."""

    def __post_init__(self) -> None:
        self._saved = self.design
        self._stamp = _stamp(self.path)

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether another program wrote to the file since it was opened or saved here."""
        now = _stamp(self.path)
        return now is not None and now != self._stamp

    @property
    def is_unsaved(self) -> bool:
        """Whether something would be lost by closing."""
        return self.design is not self._saved and self.design != self._saved

    def edit(self, name: str, design: Design) -> None:
        """Change the design; what was undone can no longer be redone."""
        if design == self.design:
            return
        self.done.append(Step(name, self.design))
        self.undone.clear()
        self.design = design

    def undo(self) -> str | None:
        """Take back the last change; its name, or None where there is none."""
        if not self.done:
            return None
        step = self.done.pop()
        self.undone.append(Step(step.name, self.design))
        self.design = step.design
        return step.name

    def redo(self) -> str | None:
        """Do again what was undone last; its name, or None where there is nothing."""
        if not self.undone:
            return None
        step = self.undone.pop()
        self.done.append(Step(step.name, self.design))
        self.design = step.design
        return step.name

    def give_up(self, good: Design) -> None:
        """Forget the changes since a design that could still be evaluated."""
        while self.design is not good and self.done:
            self.design = self.done.pop().design

    def save(self, path: Path | None = None) -> None:
        """Write the design to its file, or to another one that is its file from then on.

        Raises:
            StorageError: It could not be written; file and history are as they were.
            ValueError: There is no file to write to.
        """
        target = path or self.path
        if target is None:
            msg = "the design has no file yet"
            raise ValueError(msg)
        save(self.design, target)
        self.path, self._saved = target, self.design
        self._stamp = _stamp(target)


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    """What tells one state of a file from another; None where there is none."""
    try:
        told = path.stat() if path is not None else None
    except OSError:
        return None
    return None if told is None else (told.st_ino, told.st_size, told.st_mtime_ns)
