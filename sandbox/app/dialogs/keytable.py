"""Keys and what they do, in groups laid into columns of even height. No Textual."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from textwrap import wrap

from widgets.cells import cell_len

GAP = 4
"""Cells between two columns."""
MOST_COLUMNS = 3
NARROWEST = 48
"""Cells of a column in which texts are wrapped."""
_TWO_BRIEF = 60
"""Cells that are enough for two columns of short texts."""
_WIDE_KEYS = 14
"""Cells of keys of which only the first is told in a short row."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key, or several that do one thing."""

    group: str
    """What it belongs to, such as `Canvas`."""
    keys: str
    """As people read them, such as `[ ]`."""
    text: str
    short: str = ""
    """The text in a word or two, for where there is little room."""

    def has(self, words: Iterable[str]) -> bool:
        """Whether every word occurs in it."""
        whole = f"{self.group} {self.keys} {self.text} {self.short}".lower()
        return all(word in whole for word in words)

    def brief(self) -> "KeyRow":
        """Itself in few cells: the short text, and the first key where all would take many.

        >>> KeyRow("Design", "menu shift+f10 f22", "Show what can be done", "Menu").brief()
        KeyRow(group='Design', keys='menu', text='Menu', short='Menu')
        """
        keys = self.keys if cell_len(self.keys) <= _WIDE_KEYS else self.keys.partition(" ")[0]
        return replace(self, keys=keys, text=self.short or self.text)

    def wrapped(self, width: int) -> Iterator["KeyRow"]:
        """Itself, in as many lines as its text needs; only the first has the keys.

        >>> [(row.keys, row.text) for row in KeyRow("", "x", "say it all").wrapped(6)]
        [('x', 'say it'), ('', 'all')]
        """
        parts = wrap(self.text, width) or [""]
        yield replace(self, text=parts[0])
        for part in parts[1:]:
            yield KeyRow(self.group, "", part, self.short)


Line = KeyRow | str | None
"""A key, the heading of a group, or a blank."""


def columns(rows: Sequence[KeyRow], width: int) -> list[list[Line]]:
    """Lay keys into as many columns as fit, a group never divided from its heading.

    Long texts are wrapped rather than put into one column; where that alone is not enough for two
    columns, the short ones stand there.

    Args:
        rows: Keys; those of a group follow each other.
        width: Cells there are.

    >>> rows = [KeyRow("Load", "]", "more"), KeyRow("File", "ctrl+s", "save")]
    >>> [column[0] for column in columns(rows, 80)]
    ['Load', 'File']
    >>> [column[::3] for column in columns(rows, 20)]
    [['Load', 'File']]
    """
    blocks = [(group, list(members)) for group, members in groupby(rows, lambda row: row.group)]
    for count in range(min(MOST_COLUMNS, len(blocks)), 1, -1):
        laid = _shared(_blocks(blocks), count)
        if sum(widest(column) for column in laid) + GAP * (len(laid) - 1) <= width:
            return laid
    count = max(1, min(MOST_COLUMNS, len(blocks), (width + GAP) // (NARROWEST + GAP)))
    if count == 1 and len(blocks) > 1 and width >= _TWO_BRIEF and any(row.short for row in rows):
        count = 2
        blocks = [(group, [row.brief() for row in members]) for group, members in blocks]
    return _shared(_blocks(blocks, (width + GAP) // count - GAP), count) if blocks else []


def _blocks(groups: Sequence[tuple[str, Sequence[KeyRow]]], width: int | None = None) -> list[list[Line]]:
    """Each group under its heading; texts are wrapped to columns of a width, where there is one."""
    if width is None:
        return [[group, *members] for group, members in groups]
    room = max(8, width - 2 - key_width([row for _, members in groups for row in members]))
    return [[group, *(line for row in members for line in row.wrapped(room))] for group, members in groups]


def widest(column: Sequence[Line]) -> int:
    """Cells of a column's widest line."""
    texts = (cell_len(line.text) for line in column if isinstance(line, KeyRow))
    names = (cell_len(line) for line in column if isinstance(line, str))
    return max(key_width(column) + 2 + max(texts, default=0), max(names, default=0))


def key_width(column: Sequence[Line]) -> int:
    """Cells of a column's widest keys."""
    return max((cell_len(line.keys) for line in column if isinstance(line, KeyRow)), default=0)


def _shared(blocks: list[list[Line]], count: int) -> list[list[Line]]:
    """Share blocks out to columns, in order, the highest column as low as can be."""
    low = max(len(block) for block in blocks)
    high = sum(len(block) + 1 for block in blocks)
    height = next(height for height in range(low, high + 1) if len(_filled(blocks, height)) <= count)
    return _filled(blocks, height)


def _filled(blocks: list[list[Line]], height: int) -> list[list[Line]]:
    """Columns of at most a height."""
    found: list[list[Line]] = []
    for block in blocks:
        if found and len(found[-1]) + 1 + len(block) <= height:
            found[-1] += [None, *block]
        else:
            found.append(list(block))
    return found
