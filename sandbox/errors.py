"""What can go wrong, in one tree; only the outermost layer prints.

SandboxError
├── DesignError          a design file is wrong: every problem, with its place
├── MissingPriceError    a region has no price for what is used
├── UnknownNameError     a preset, variant or path that is not there
├── StorageError         a file could not be read or written
└── TraceError           a recorded load is wrong: the file, the row, and what would be right
"""

from dataclasses import dataclass


class SandboxError(Exception):
    """Anything a person can mend."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a design: where, what, and what would be right."""

    message: str
    path: str = ""
    """Dotted path of the key, as in `nodes.intake.visibility_timeout_s`."""
    line: int | None = None
    """Line in the file, counted from 1."""


class DesignError(SandboxError):
    """A design is wrong; carries every problem that was found."""

    def __init__(self, problems: list[Problem], file: str = "design") -> None:
        self.problems = tuple(problems)
        self.file = file
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line a problem: file, line and message."""
        lines = [
            f"{self.file}:{p.line}: {p.message}" if p.line else f"{self.file}: {p.message}"
            for p in self.problems
        ]
        count = len(lines)
        return "\n".join([*lines, f"{count} problem{'s' if count > 1 else ''}; nothing was run."])


class MissingPriceError(SandboxError):
    """A region has no price for what a design uses."""

    def __init__(self, price: str, region: str) -> None:
        ways = "choose another region, or read AWS's list with sandbox prices refresh"
        super().__init__(f"{region} has no price for {price} in the price book; {ways}")
        self.price = price
        self.region = region


class UnknownNameError(SandboxError):
    """A preset, a variant or a path that is not there."""


class StorageError(SandboxError):
    """A file could not be read or written."""


class TraceError(SandboxError):
    """A recorded load cannot be used; says the file, the row where there is one, and what would be right."""

    def __init__(self, file: str, message: str, row: int | None = None) -> None:
        super().__init__(f"{file}, row {row:,}: {message}" if row else f"{file}: {message}")
        self.row = row
