"""The columns of a table: how wide each is in any room, and the order of the rows under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from widgets.cells import Align, cell_len

_GAP = 2
_LEAST_TEXT = 6
_ENOUGH_TEXT = 24
_LEAST_BAR = 4
_WANTED_BAR = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how it gives way."""

    key: str
    title: str
    align: Align = "left"
    kind: Literal["text", "bar"] = "text"
    """A bar's cells are shares; it takes the room the texts leave, and is the first to go."""
    flex: bool = False
    """Whether its text may be cut where room is short."""
    most: int = 0
    """Widest it gets [cells]; 0 for no limit."""
    dim: bool = False
    """Whether it stands back."""
    spare: bool = False
    """Whether it is left out before any text is cut."""
    down: bool = False
    """Whether sorting begins with the largest."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text that is sorted by something else than itself."""

    text: str
    order: float | str
    tone: str = ""


Content = str | float | Cell
"""What stands in a cell: a text, the share of a bar, or a text with what it is sorted by."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    key: str
    cells: tuple[Content, ...]
    tone: Literal["", "good", "warn", "bad"] = ""
    """What the row means; drawn as a mark in front and the colour of its bar."""


def text_of(content: Content) -> str:
    """What a cell reads."""
    return content.text if isinstance(content, Cell) else content if isinstance(content, str) else ""


def widths(columns: Sequence[Column], rows: Sequence[Row], room: int) -> list[int]:
    """How wide each column is drawn [cells]; 0 leaves it out with its gap.

    Texts take what their longest cell needs, bars what is left. Where room is short, columns that can be
    spared go first, and bars get no room by cutting texts; then the widest that may be cut gives way, first
    to let the bars have some, then to fit at all; then columns go from the right.

    >>> name, rate = Column("n", "node", flex=True), Column("r", "rate", "right")
    >>> widths([name, rate], [Row("a", ("Orders table", "1,000/s"))], 40)
    [12, 7]
    >>> widths([name, rate], [Row("a", ("Orders table", "1,000/s"))], 17)
    [8, 7]
    >>> widths([Column("r", "rate", spare=True), name], [Row("a", ("1,000/s", "Orders table"))], 17)
    [0, 12]
    """
    whole = [_natural(column, at, rows) for at, column in enumerate(columns)]
    natural = _spared(columns, whole, room)
    bars = sum(column.kind == "bar" for column in columns) if natural == whole else 0
    found = _shrunk(columns, natural, room - bars * (_WANTED_BAR + _GAP), _ENOUGH_TEXT) if bars else natural
    if _total(found) > room - bars * (_LEAST_BAR + _GAP):
        found = _shrunk(columns, natural, room, _LEAST_TEXT)
    spare = room - _total(found)
    for at, column in enumerate(columns):
        if column.kind == "bar" and spare >= _LEAST_BAR + _GAP:
            found[at] = min(spare - _GAP, column.most or spare)
            spare -= found[at] + _GAP
    while _total(found) > room and sum(map(bool, found)) > 1:
        found[max(at for at, width in enumerate(found) if width)] = 0
    return found


def _spared(columns: Sequence[Column], natural: Sequence[int], room: int) -> list[int]:
    """Leave out columns that can be spared, from the right, until the texts fit or none is left."""
    found = list(natural)
    for at in reversed(range(len(columns))):
        if columns[at].spare and _total(found) > room:
            found[at] = 0
    return found


def _shrunk(columns: Sequence[Column], natural: Sequence[int], room: int, least: int) -> list[int]:
    """Cut the widest column that may be, cell by cell, until all fit or none is wider than *least*."""
    found = list(natural)
    while _total(found) > room:
        wide = [at for at, column in enumerate(columns) if column.flex and found[at] > least]
        if not wide:
            break
        found[max(wide, key=lambda at: found[at])] -= 1
    return found


def in_order(rows: Sequence[Row], at: int, *, reverse: bool) -> list[Row]:
    """Rows sorted by their cell *at*; equal ones stay as they were, numbers stand before texts."""
    return sorted(rows, key=lambda row: _order(row.cells[at]), reverse=reverse)


def _order(content: Content) -> tuple[bool, float, str]:
    value = content.order if isinstance(content, Cell) else content
    return (True, 0.0, value.lower()) if isinstance(value, str) else (False, float(value), "")


def _natural(column: Column, at: int, rows: Sequence[Row]) -> int:
    if column.kind == "bar":
        return 0
    longest = max((cell_len(text_of(row.cells[at])) for row in rows), default=0)
    width = max(longest, len(column.title))
    return min(width, column.most) if column.most else width


def _total(found: Sequence[int]) -> int:
    shown = [width for width in found if width]
    return sum(shown) + _GAP * max(0, len(shown) - 1)
