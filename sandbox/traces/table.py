"""Rows of a CSV file, its separator and its header recognised."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.errors import TraceError
from sandbox.traces.clocks import is_moment

SEPARATORS = ",;\t|"
WIDEST = 10_000_000
"""Characters of one field; more is no table."""


@dataclass(frozen=True)
class Table:
    """Cells as text; rows are counted as an editor shows them, the header included."""

    file: str
    header: tuple[str, ...]
    """Names of the columns; empty where the file has none."""
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    """Line of the file in which each row stands, counted from 1."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0])

    def column(self, index: int) -> list[str]:
        """The cells of a column."""
        return [row[index] for row in self.rows]

    def index(self, name: str) -> int:
        """Where a column stands, by its name or its number from 1.

        Raises:
            TraceError: There is no such column.
        """
        if name in self.header:
            return self.header.index(name)
        if name.isdigit() and 1 <= int(name) <= self.width:
            return int(name) - 1
        known = ", ".join(self.header[:12]) or f"1 to {self.width}"
        raise TraceError(self.file, f"there is no column '{name}'; it has {known}")


def read_table(text: str, file: str) -> Table:
    """Rows of a CSV text.

    Raises:
        TraceError: It is empty, or a row has another number of cells than the first.
    """
    csv.field_size_limit(WIDEST)
    reader = csv.reader(text.splitlines(), delimiter=_separator(text), skipinitialspace=True, strict=True)
    try:
        found = [(reader.line_num, tuple(row)) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        # Of a quotation mark that is never closed it is said at the end of the file.
        told = "a quotation mark is not closed" if "end of data" in str(error) else str(error)
        row = _unclosed(text) if "end of data" in str(error) else reader.line_num
        raise TraceError(file, f"this is no table: {told}", row) from None
    if not found:
        raise TraceError(file, "there is nothing in it; a load needs at least two rows of time and count")
    if len(found) == 1 and not any(is_moment(cell) for cell in found[0][1]):
        raise TraceError(file, "there are only names of columns in it; a load needs rows below them")
    has_header = not any(is_moment(cell) for cell in found[0][1][:1]) and len(found) > 1
    header = tuple(cell.strip() for cell in found[0][1]) if has_header else ()
    body = found[1:] if has_header else found
    _same_width(body, len(found[0][1]), file)
    return Table(file, header, tuple(row for _, row in body), tuple(line for line, _ in body))


def _unclosed(text: str) -> int:
    """The last line with an odd number of quotation marks: where the one that is never closed begins."""
    odd = [row for row, line in enumerate(text.splitlines(), start=1) if line.count('"') % 2]
    return odd[-1] if odd else 1


def _same_width(rows: Sequence[tuple[int, tuple[str, ...]]], width: int, file: str) -> None:
    for line, row in rows:
        if len(row) != width:
            raise TraceError(file, f"has {len(row)} cells where the first row has {width}", line)


def _separator(text: str) -> str:
    """The separator that the first line has most of; a comma where it has none."""
    first = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=first.count)
