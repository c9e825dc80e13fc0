"""One text in place of another with as little changed as can be, so that what is looked at stays."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """Lines that take the place of others; what is before and behind them stays."""

    first: int
    """The first line that differs, from 0."""
    old_end: int
    """The line behind the last that differs, in the old text."""
    new_end: int
    """The same in the new one."""

    def moved(self, line: int) -> int:
        """Where a line of the old text stands in the new one, or what is nearest to it.

        >>> Change(2, 4, 3).moved(1), Change(2, 4, 3).moved(3), Change(2, 4, 3).moved(9)
        (1, 2, 8)
        """
        if line < self.first:
            return line
        if line >= self.old_end:
            return line + self.new_end - self.old_end
        return max(self.first, min(line, self.new_end - 1))


def change(old: list[str], new: list[str]) -> Change:
    """The smallest run of lines that turns one text into another.

    >>> change(["a", "b", "c"], ["a", "x", "y", "c"])
    Change(first=1, old_end=2, new_end=3)
    """
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    behind = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
    return Change(first, len(old) - behind, len(new) - behind)
