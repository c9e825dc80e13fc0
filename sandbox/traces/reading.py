"""A recorded load from a file: which of the known shapes it is, is seen from what is in it.

| shape                                   | example                                    |
| --------------------------------------- | ------------------------------------------ |
| time and count at a fixed step           | `timestamp,value`, with or without a header |
| one row an event                         | a time alone, or an end and a duration     |
| one row a function, one column a minute  | the layout of the Azure Functions trace    |
| CloudWatch metric data                   | `aws cloudwatch get-metric-data` in JSON   |
| a load test's plan                       | k6 `stages`, Artillery `phases`            |
"""

import json
from os import PathLike
from pathlib import Path

from sandbox.errors import TraceError
from sandbox.traces.clocks import date, is_moment, number
from sandbox.traces.cloudwatch import is_cloudwatch, read_cloudwatch
from sandbox.traces.events import read_events
from sandbox.traces.plans import artillery_plan, k6_plan, k6_source, read_artillery, read_k6
from sandbox.traces.series import read_series
from sandbox.traces.table import Table, read_table
from sandbox.traces.trace import Trace
from sandbox.traces.wide import minutes, read_wide

LARGEST = 200_000_000
"""Bytes of a file that is read."""
TIMES = ("time", "date", "stamp", "epoch", "when", "start", "end", "minute", "hour", "day")
"""What the name of a column of times has in it."""
DURATIONS = ("duration", "elapsed", "latency")
FEW = 2
"""Columns of a table in which the first may be the times whatever its name."""
ENDS = ("end", "finish", "stop", "complete")


def read_trace(path: str | PathLike[str], column: str | None = None) -> Trace:
    """Read a recorded load.

    Args:
        path: A CSV or JSON file, a k6 script or an Artillery one (YAML).
        column: Which count, metric or function, where there are several; by name, a column by number too.

    Returns:
        Its rates, with what was assumed about it.

    Raises:
        TraceError: The file cannot be read, or it is no load: the row, and what would be right.
    """
    file = Path(path)
    text = _text(file)
    stripped = text.lstrip()
    if stripped[:1] in ("{", "["):
        return _from_json(stripped, file.name, column)
    if file.suffix.lower() in (".yml", ".yaml"):
        return _from_yaml(text, file.name)
    if file.suffix.lower() in (".js", ".ts", ".mjs"):
        plan = k6_source(text)
        if plan is None:
            raise TraceError(file.name, "has no stages; a k6 script says stages: [{ duration, target }]")
        return read_k6(plan, file.name)
    return from_table(read_table(text, file.name), column)


def from_table(table: Table, column: str | None) -> Trace:
    """A load from rows, whichever of the three shapes they have.

    Raises:
        TraceError: Which column is the time or the count is not plain.
    """
    if minutes(table.header):
        return read_wide(table, column)
    time = _time(table)
    rest = [place for place in range(table.width) if place != time and _is_number(table, place)]
    lasts = next((at for at in rest if any(word in _name(table, at) for word in DURATIONS)), None)
    is_end = any(word in _name(table, time) for word in ENDS)
    if column is None and (not rest or lasts is not None):
        return read_events(table, time, lasts if is_end else None)
    if column is not None:
        return read_series(table, time, table.index(column))
    if len(rest) > 1:
        names = ", ".join(table.header[at] if table.header else str(at + 1) for at in rest)
        raise TraceError(table.file, f"has several columns of numbers: {names}; choose one with column")
    return read_series(table, time, rest[0])


def _time(table: Table) -> int:
    """The column of times: by its name, else the first of dates; bare numbers only in a narrow table."""
    named = [at for at in range(table.width) if any(word in _name(table, at) for word in TIMES)]
    dates = [at for at in range(table.width) if date(table.rows[0][at]) is not None]
    bare = [0] if table.width <= FEW or not table.header else []
    for at in (*named, *dates, *bare):
        if is_moment(table.rows[0][at]):
            return at
    has = ", ".join(table.header[:6]) or f"'{table.rows[0][0].strip()[:40]}'"
    message = f"no column has times (2026-11-23T10:00:00, or seconds); it has {has}"
    raise TraceError(table.file, message, table.lines[0])


def _is_number(table: Table, place: int) -> bool:
    """Whether a column has numbers; one wrong cell does not make it words."""
    return any(number(row[place]) is not None for row in table.rows[:10])


def _name(table: Table, place: int) -> str:
    return table.header[place].lower() if table.header else ""


def _from_json(text: str, file: str, column: str | None) -> Trace:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        told = getattr(error, "msg", "it is nested too deeply")
        raise TraceError(file, f"this is no JSON: {told}", line) from None
    if is_cloudwatch(data):
        return read_cloudwatch(data, file, column)
    plan = k6_plan(data)
    if plan is not None:
        return read_k6(plan, file)
    phases = artillery_plan(data)
    if phases is not None:
        return read_artillery(phases, file)
    wanted = "CloudWatch's MetricDataResults or Datapoints, k6 stages, or Artillery phases"
    raise TraceError(file, f"it is none of the loads that JSON can say: {wanted}")


def _from_yaml(text: str, file: str) -> Trace:
    import yaml  # noqa: PLC0415  # only for Artillery's files

    try:
        phases = artillery_plan(yaml.safe_load(text))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise TraceError(file, "this is no YAML", mark.line + 1 if mark else None) from None
    if phases is None:
        raise TraceError(file, "has no phases; an Artillery script says config.phases")
    return read_artillery(phases, file)


def _text(path: Path) -> str:
    """A file's text.

    Raises:
        TraceError: There is none that can be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise TraceError(
                path.name, f"has {path.stat().st_size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} are read"
            )
        content = path.read_bytes()
    except OSError as error:
        raise TraceError(str(path), (error.strerror or str(error)).lower()) from None
    if not content.strip():
        raise TraceError(path.name, "is empty; a load needs at least two rows of time and count")
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise TraceError(
            path.name,
            f"is no text: byte {error.start:,} is 0x{content[error.start]:02x}; save it as UTF-8",
            row,
        ) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise TraceError(path.name, "is no text: it has NUL bytes", row)
    return text
