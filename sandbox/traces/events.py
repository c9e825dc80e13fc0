"""One row an event: its time, or its end and its duration; counted into bins."""

from collections.abc import Sequence
from math import floor, isfinite

from sandbox.errors import TraceError
from sandbox.traces.checking import MOST_BINS, bins_fit, count
from sandbox.traces.clocks import seconds
from sandbox.traces.table import Table
from sandbox.traces.trace import Bins

STEPS_S = (1.0, 10.0, 60.0, 300.0, 3600.0)
"""Lengths of a bin to choose from: the finest that keeps a trace handy."""
HANDY = 100_000
"""Bins."""


def read_events(table: Table, time: int, duration: int | None) -> Bins:
    """Events counted by when they began, as rates.

    Args:
        table: The rows, in any order.
        time: Column of the times.
        duration: Column of the durations in seconds, where the times are those of the ends.

    Raises:
        TraceError: A time or a duration is none.
    """
    told, unit = seconds(table.column(time))
    starts = []
    for row, when in enumerate(told):
        if when is None or not isfinite(when):
            raise TraceError(table.file, f"'{table.rows[row][time].strip()}' is no time", table.lines[row])
        lasted = 0.0 if duration is None else count(table.rows[row][duration], table.file, table.lines[row])
        starts.append(when - lasted)
    what = (
        "each row is an event"
        if duration is None
        else "each row is an event, begun its duration before its end"
    )
    return counted(starts, table.file, (unit, what))


def counted(starts: Sequence[float], file: str, assumed: tuple[str, ...]) -> Bins:
    """Moments [s] counted into bins."""
    first, last = min(starts), max(starts)
    step = next((step for step in STEPS_S if last - first <= HANDY * step), STEPS_S[-1])
    bins_fit((last - first) / step + 1, step, file)
    begin = floor(first / step) * step
    counts = [0] * min(MOST_BINS + 1, floor((last - begin) / step) + 1)
    for start in starts:
        counts[floor((start - begin) / step)] += 1
    return Bins(tuple(n / step for n in counts), step, (*assumed, f"they are counted in steps of {step:g} s"))
