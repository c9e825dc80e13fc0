"""A count at each step: time and value, at a fixed step, with or without a header."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

from sandbox.errors import TraceError
from sandbox.traces.checking import bins_fit, count
from sandbox.traces.clocks import seconds
from sandbox.traces.table import Table
from sandbox.traces.trace import Bins

RATES = ("per_s", "per s", "/s", "rps", "qps", "tps", "rate")
"""What the name of a column of rates has in it; other columns are counts."""
NEAR = 0.02
"""So far from a whole number of steps a time may be [steps]."""
TOLD = 3
"""So many gaps are told one by one."""


def read_series(table: Table, time: int, value: int) -> Bins:
    """Counts by time as rates; a step that is not there had none.

    Args:
        table: The rows.
        time: Column of the times.
        value: Column of the counts.

    Raises:
        TraceError: Times go back, stand twice or keep no step; a count is none.
    """
    told, unit = seconds(table.column(time))
    times = [_known(when, row, table, time) for row, when in enumerate(told)]
    counts = [
        count(cell, table.file, line) for cell, line in zip(table.column(value), table.lines, strict=True)
    ]
    if len(times) < 2:
        raise TraceError(table.file, "has one row; the step between rows is not known", table.lines[0])
    name = table.header[value] if table.header else "the second column"
    is_rate = any(word in name.lower() for word in RATES)
    what = f"{name} is a rate per second" if is_rate else f"{name} counts what came in each step"
    return stepped(times, counts, table, (unit, what), is_rate=is_rate)


def _known(when: float | None, row: int, table: Table, column: int) -> float:
    if when is None or not isfinite(when):
        text = table.rows[row][column].strip()
        what = f"'{text}' is no time like the first, '{table.rows[0][column].strip()}'" if text else "no time"
        raise TraceError(table.file, what, table.lines[row])
    return when


def stepped(
    times: Sequence[float], counts: Sequence[float], table: Table, assumed: tuple[str, ...], *, is_rate: bool
) -> Bins:
    """Put counts into bins of the commonest step.

    Raises:
        TraceError: Times go back, stand twice or keep no step.
    """
    step = _step(times, table)
    places, gaps, place = [0], [], 0
    for row, (before, after) in enumerate(pairwise(times), start=1):
        apart = (after - before) / step
        _in_order(apart, row, table)
        whole = round(apart)
        if whole < 1 or abs(apart - whole) > NEAR * max(1, whole):
            raise TraceError(
                table.file,
                f"comes {after - before:g} s after the row before; the step is {step:g} s",
                table.lines[row],
            )
        place += whole
        places.append(place)
        if whole > 1:
            gaps.append(f"row {table.lines[row]:,} ({whole - 1} missing)")
    bins_fit(place + 1, step, table.file, table.lines[-1])
    rates = [0.0] * (place + 1)
    for where, value in zip(places, counts, strict=True):
        rates[where] = value if is_rate else value / step
    return Bins(tuple(rates), step, (*assumed, f"the step is {step:g} s", *_gaps(gaps)))


def _step(times: Sequence[float], table: Table) -> float:
    """The commonest difference between rows."""
    apart = Counter(round(after - before, 3) for before, after in pairwise(times))
    for row, (before, after) in enumerate(pairwise(times), start=1):
        _in_order(after - before, row, table)
    return apart.most_common(1)[0][0]


def _in_order(apart: float, row: int, table: Table) -> None:
    if apart == 0:
        raise TraceError(
            table.file, "has the same time as the row before; keep one of them", table.lines[row]
        )
    if apart < 0:
        raise TraceError(
            table.file, "is earlier than the row before; sort the file by time", table.lines[row]
        )


def _gaps(gaps: Sequence[str]) -> tuple[str, ...]:
    if not gaps:
        return ()
    more = f" and {len(gaps) - TOLD:,} more" if len(gaps) > TOLD else ""
    return (f"steps are missing before {', '.join(gaps[:TOLD])}{more}: taken as none came",)
