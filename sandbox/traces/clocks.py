"""Moments as files write them: dates, seconds since 1970 in four units, or seconds since the start."""

from collections.abc import Sequence
from datetime import UTC, datetime
from math import isfinite
from statistics import median

EPOCHS = ((1e17, 1e9, "nanoseconds"), (1e14, 1e6, "microseconds"), (1e11, 1e3, "milliseconds"))
"""From which number on it counts in a finer unit since 1970, how many of them make a second."""
YEAR_2001 = 1e9
"""Seconds since 1970 have ten digits since then; smaller numbers count from a start of their own."""


def number(text: str) -> float | None:
    """A number, or None where the text is none.

    >>> number(" 1e3 "), number("1_000"), number("four")
    (1000.0, None, None)
    """
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


def date(text: str) -> datetime | None:
    """A moment written as a date (ISO 8601, or with slashes), or None; without a zone it is UTC.

    >>> date("2014/04/10 00:04") == date("2014-04-10T00:04:00Z")
    True
    """
    plain = text.strip()
    if len(plain) < len("2014-04-10") or number(plain) is not None:
        return None
    try:
        found = datetime.fromisoformat(plain.replace("/", "-").replace(" UTC", "Z"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_moment(text: str) -> bool:
    """Whether a text says when something was."""
    return date(text) is not None or number(text) is not None


def seconds(texts: Sequence[str]) -> tuple[list[float | None], str]:
    """Moments as seconds, and how they were understood.

    Returns:
        Seconds (None where a text is no moment, or one of another kind than the first), and a sentence.

    >>> seconds(["1400000000000", "1400000060000"])
    ([1400000000.0, 1400000060.0], 'times are milliseconds since 1970')
    >>> seconds(["0.5", "x"])
    ([0.5, None], 'times are seconds since the start')
    """
    if date(texts[0]) is not None:
        dates = (date(text) for text in texts)
        return [
            when.timestamp() if when else None for when in dates
        ], "times are dates (UTC where no zone stands)"
    numbers = [number(text) for text in texts]
    known = [value for value in numbers if value is not None and isfinite(value)]
    middle = median(map(abs, known)) if known else 0.0
    for least, per_s, unit in EPOCHS:
        if middle >= least:
            return [
                value if value is None else value / per_s for value in numbers
            ], f"times are {unit} since 1970"
    since = "1970" if middle >= YEAR_2001 else "the start"
    return numbers, f"times are seconds since {since}"
