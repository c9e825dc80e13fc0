"""A run over time as a report for the terminal, and as CSV; reads only the JSON contract."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import pairwise
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sandbox import units
from sandbox.exports.layout import Cell, grid, heading, marked

Result = Mapping[str, Any]
"""A timeline by the JSON contract."""
Values = Sequence[float | None]

LEVELS = "▁▂▃▄▅▆▇█"
SPARK = 32
"""Cells of a course; half of it where there is little room."""
NARROW = 120
SOME = 1e-9


def report(result: Result, width: int) -> RenderableType:
    """The whole report of one run.

    Args:
        result: A timeline by the JSON contract.
        width: Columns there are; below 120 the courses are shorter.
    """
    cells = SPARK if width >= NARROW else SPARK // 2
    parts: list[RenderableType] = [*_head(result), *_outcome(result), heading("Over time")]
    parts += [_nodes(result, cells), *_flows(result, cells), *_cost(result)]
    return Group(*parts, *(Text(f"· {sentence}", "dim") for sentence in result["assumed"]))


def rows(result: Result) -> str:
    """A run as CSV: one row for each tick and node; nothing stands where there is no value."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    names = list(next(iter(result["nodes"].values()), {}))
    writer.writerow(["time_s", "node", *names])
    for place, time in enumerate(result["time_s"]):
        for key, node in result["nodes"].items():
            cells = ("" if node[name] is None else node[name][place] for name in names)
            writer.writerow([_plain(time), key, *("" if cell is None else _plain(cell) for cell in cells)])
    return file.getvalue()


def spark(values: Values, cells: int) -> str:
    """The highest value of each of so many parts, from nothing to the highest of all.

    >>> spark([0, 1, 2, 8, 0, None], 3)
    '▂█▁'
    """
    if not values:
        return ""
    edges = [round(place * len(values) / cells) for place in range(cells + 1)]
    parts = (values[a : max(b, a + 1)] for a, b in pairwise(edges) if a < len(values))
    tops = [max((value for value in part if value is not None), default=0.0) for part in parts]
    highest = max(tops)
    scale = (len(LEVELS) - 1) / highest if highest > 0 else 0.0
    return "".join(LEVELS[round(top * scale)] for top in tops)


def _plain(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _head(result: Result) -> Iterator[RenderableType]:
    lasts = units.duration(result["time_s"][-1])
    replicas = result["replicas"]
    line = Text.assemble((result["design"], "bold"), f"  {lasts}, load {units.times(result['load'])}")
    if replicas > 1:
        line.append(f"  median of {replicas:,} random runs, seed {result['seed']}")
    yield line
    yield Text()


def _outcome(result: Result) -> Iterator[RenderableType]:
    """What went wrong, whether it came back, and how much of the error budget is left."""
    summary = result["summary"]
    said = [
        (summary["throttled"], "warning", "throttled"),
        (summary["dead_lettered"], "warning", "sent to a dead-letter queue"),
        (summary["lost"], "error", "lost"),
    ]
    yield marked("good", f"{_count(summary['completed'])} requests done")
    for amount, severity, words in said:
        if amount > 0.5:
            yield marked(severity, f"{_count(amount)} {words}")
    until, back = summary["disturbed_until_s"], summary["recovered_at_s"]
    if back is not None and until:
        after = f"{units.duration(back - until)} after the disturbance ended" if back > until else "at once"
        yield marked("good", f"back to its steady state at {units.duration(back)}, {after}")
    elif until:
        yield marked(
            "error", f"not back to its steady state after the disturbance ended at {units.duration(until)}"
        )
    for sentence in summary["held_up_by"]:
        yield Text(f"    {sentence}")
    spent = summary["error_budget_spent"]
    if spent is not None:
        yield marked("error" if spent > 1 else "good", f"{units.percent(spent)} of the error budget spent")


def _count(amount: float) -> str:
    return units.number(round(amount))


def _nodes(result: Result, cells: int) -> Table:
    table = []
    for key, node in result["nodes"].items():
        table.append(
            (
                Cell(key, "bold"),
                spark(node["offered_per_s"], cells),
                units.rate(_most(node["offered_per_s"])),
                _worst(node["throttled_per_s"], units.rate),
                units.number(_most(node["concurrency"])),
                _worst(node["backlog"], lambda value: units.number(round(value or 0.0))),
                units.duration(_most(node["oldest_age_s"])),
                units.milliseconds(_most(node["latency_ms"])),
            )
        )
    names = ["Node", "Offered", "at most", "Throttled", "In service", "Backlog", "Oldest", "Slowest mean"]
    return grid(names, table, right=(2, 3, 4, 5, 6, 7))


def _most(values: Values | None) -> float | None:
    return max((value for value in values or () if value is not None), default=None)


def _worst(values: Values | None, told: Any) -> Cell:
    most = _most(values)
    if most is None:
        return Cell(units.NOTHING)
    return Cell(told(most), "red") if most > SOME else Cell(units.NOTHING)


def _flows(result: Result, cells: int) -> Iterable[RenderableType]:
    rows = []
    for source, flow in result["flows"].items():
        ratios = [ratio for ratio in flow["success_ratio"] if ratio is not None]
        lost = [1.0 - ratio for ratio in ratios]
        rows.append((Cell(source, "bold"), spark(lost, cells), units.success(min(ratios, default=None))))
    if rows:
        yield heading("Failing, from each source")
        yield grid(["Source", "Share that fails", "Success at worst"], rows, right=(2,))


def _cost(result: Result) -> Iterable[RenderableType]:
    summary = result["summary"]
    month = f"{units.usd(summary['monthly_usd'])} a month of nothing else"
    yield heading("Cost")
    yield Text(f"{units.usd(summary['run_usd'])} for this run, {month}")
