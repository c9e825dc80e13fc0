"""One text in place of another with as little changed as can be, and two changes of one text together."""

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


def merged(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Both changes of a text, where they are in different lines; None where they are not.

    >>> merged(["a", "b", "c"], ["a", "x", "c"], ["a", "b", "c", "d"])
    ['a', 'x', 'c', 'd']
    >>> merged(["a", "b", "c"], ["a", "x", "c"], ["a", "y", "c"])
    """
    one, other = change(base, mine), change(base, theirs)
    if one.first == other.first:
        return None
    if one.first > other.first:
        one, other, mine, theirs = other, one, theirs, mine
    if one.old_end > other.first:
        return None
    return [
        *mine[: one.new_end],
        *base[one.old_end : other.first],
        *theirs[other.first : other.new_end],
        *base[other.old_end :],
    ]
