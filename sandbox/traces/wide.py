"""One row a function, one column a minute: counts, added up over the rows."""

from sandbox.errors import TraceError
from sandbox.traces.checking import count
from sandbox.traces.table import Table
from sandbox.traces.trace import Bins

MINUTE_S = 60.0
FEWEST = 3
"""Columns named by consecutive numbers that make a table wide."""


def minutes(header: tuple[str, ...]) -> tuple[int, ...]:
    """The columns named 1, 2, 3, … (or 0, 1, 2, …), or none.

    >>> minutes(("HashFunction", "Trigger", "1", "2", "3"))
    (2, 3, 4)
    """
    found = [place for place, name in enumerate(header) if name.isdigit()]
    numbers = [int(header[place]) for place in found]
    is_row = len(found) >= FEWEST and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return tuple(found) if is_row and numbers[0] in (0, 1) else ()


def read_wide(table: Table, name: str | None) -> Bins:
    """Counts by minute as rates.

    Args:
        table: The rows.
        name: What one of the rows has in a column of words; None adds up all rows.

    Raises:
        TraceError: No row has that name, or a count is none.
    """
    columns = minutes(table.header)
    words = [place for place in range(table.width) if place not in columns]
    chosen = [
        row
        for row in range(len(table.rows))
        if name is None or any(table.rows[row][at] == name for at in words)
    ]
    if not chosen:
        raise TraceError(table.file, f"no row has '{name}' in {', '.join(table.header[at] for at in words)}")
    totals = [0.0] * len(columns)
    for row in chosen:
        for place, at in enumerate(columns):
            totals[place] += count(table.rows[row][at], table.file, table.lines[row])
    what = f"{len(chosen)} of {len(table.rows)} rows, added up"
    return Bins(tuple(total / MINUTE_S for total in totals), MINUTE_S, ("each column is a minute", what))
