"""What cannot be a load: said with the row, and with what would be right."""

from math import isfinite

from sandbox.errors import TraceError
from sandbox.traces.clocks import number

LARGEST = 1e12
"""Items in one bin; a trillion in a minute is more than the whole of AWS takes."""
SHOWN = 40
"""Characters of a cell that a message shows."""
MOST_BINS = 2_000_000
"""Bins of one trace: 23 days of seconds."""


def count(text: str, file: str, row: int) -> float:
    """A count that a load can have.

    Raises:
        TraceError: It is no number, not finite, below 0, or absurdly large.

    >>> count("94.0", "trace.csv", 2)
    94.0
    """
    value = number(text)
    if value is None:
        what = f"'{quoted(text)}' is no number" if text.strip() else "the count is missing"
        right = "write 0 where nothing came"
        if number(text.replace(",", ".")) is not None:
            right = "write fractions with a point, and thousands without a sign"
        raise TraceError(file, f"{what}; {right}", row)
    if not isfinite(value):
        raise TraceError(file, f"'{quoted(text)}' is no count; write 0 where nothing came", row)
    if value < 0:
        raise TraceError(file, f"{value:,.10g} is below 0; a count is 0 or more", row)
    if value > LARGEST:
        raise TraceError(file, f"{value:,.10g} is more than a load can have ({LARGEST:,.0f} in a row)", row)
    return value


def quoted(text: str) -> str:
    """A cell as a message shows it: its beginning where it is long, on one line.

    >>> quoted(" four "), quoted("9" * 50)
    ('four', '9999999999999999999999999999999999999999…')
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def bins_fit(bins: float, step_s: float, file: str, row: int | None = None) -> None:
    """Refuse a trace with more bins than can be handled.

    Raises:
        TraceError: There are too many.
    """
    if bins > MOST_BINS:
        days = bins * step_s / 86_400
        raise TraceError(
            file,
            f"it would span {days:,.0f} days in steps of {step_s:g} s; at most {MOST_BINS:,} steps are read",
            row,
        )
