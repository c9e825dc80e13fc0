"""A run over time as a report for the terminal, and as CSV; reads only the JSON contract."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import pairwise
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sandbox import units
from sandbox.exports.layout import Cell, grid, heading, marked

Result = Mapping[str, Any]
"""A timeline by the JSON contract."""
Values = Sequence[float | None]

LEVELS = "▁▂▃▄▅▆▇█"
SPARK, SPARK_NARROW = 32, 22
"""Cells of a course, and where there is little room."""
NARROW = 120
SOME = 1e-9


def report(result: Result, width: int) -> RenderableType:
    """The whole report of one run.

    Args:
        result: A timeline by the JSON contract.
        width: Columns there are; below 120 the courses are shorter.
    """
    cells = SPARK if width >= NARROW else SPARK_NARROW
    lasts = units.duration(result["time_s"][-1])
    parts: list[RenderableType] = [*_head(result), *_outcome(result), heading(f"Over time, 0 to {lasts}")]
    parts += [_nodes(result, cells), *_troubles(result, cells), *_flows(result, cells), *_cost(result)]
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
    >>> spark([0, 1e-12], 2)  # rounding is nothing
    '▁▁'
    """
    if not values:
        return ""
    edges = [round(place * len(values) / cells) for place in range(cells + 1)]
    parts = (values[a : max(b, a + 1)] for a, b in pairwise(edges) if a < len(values))
    tops = [max((value for value in part if value is not None), default=0.0) for part in parts]
    highest = max(tops)
    scale = (len(LEVELS) - 1) / highest if highest > SOME else 0.0
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
        (summary["throttled"], "warning", f"throttled{_most_at(result, 'throttled_per_s')}"),
        (summary["dead_lettered"], "warning", "sent to a dead-letter queue"),
        (summary["lost"], "error", f"lost{_most_at(result, 'lost_per_s')}"),
    ]
    done = _count(summary["completed"])
    yield marked("good", f"{done} request{'' if done == '1' else 's'} done")
    for amount, severity, words in said:
        if amount > 0.5:
            yield marked(severity, f"{_count(amount)} {words}")
    yield from _recovery(summary)
    spent = summary["error_budget_spent"]
    if spent is not None:
        yield marked("error" if spent > 1 else "good", f"{units.percent(spent)} of the error budget spent")


def _recovery(summary: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Whether it is back in its steady state, since when, and what holds it up."""
    until, back = summary["disturbed_until_s"], summary["recovered_at_s"]
    if until and back is None:
        ended = units.duration(until)
        yield marked("error", f"not back in its steady state since the disturbance ended at {ended}")
    elif until:
        after = f"{units.duration(back - until)} after" if back > until else "as soon as"
        yield marked(
            "good", f"back in its steady state at {units.duration(back)}, {after} the disturbance ended"
        )
    for sentence in summary["held_up_by"]:
        yield Padding(Text(sentence), (0, 0, 0, 4))


def _most_at(result: Result, name: str) -> str:
    """Where most of it happens."""
    totals = {key: sum(value or 0.0 for value in node[name]) for key, node in result["nodes"].items()}
    some = [key for key, total in totals.items() if total > SOME]
    if not some:
        return ""
    return f"{', most' if len(some) > 1 else ''} at {max(some, key=totals.__getitem__)}"


def _count(amount: float) -> str:
    return units.number(round(amount))


def _nodes(result: Result, cells: int) -> Table:
    """What comes to every node, and how busy and slow it gets."""
    table = []
    for key, node in result["nodes"].items():
        table.append(
            (
                Cell(key, "bold"),
                spark(node["offered_per_s"], cells),
                units.rate(_most(node["offered_per_s"])),
                units.number(_most(node["concurrency"])),
                units.milliseconds(_most(node["latency_ms"])),
            )
        )
    return grid(["Node", "Offered", "at most", "In service", "Slowest mean"], table, right=(2, 3, 4))


_TROUBLES: tuple[tuple[str, str, Callable[[float | None], str]], ...] = (
    ("throttled_per_s", "throttled", units.rate),
    ("backlog", "backlog", lambda value: units.number(round(value or 0.0))),
    ("oldest_age_s", "oldest", units.duration),
    ("lost_per_s", "lost", units.rate),
    ("dead_lettered_per_s", "dead letters", units.rate),
)
"""What a node would rather not have: its course, its name, and how it is told."""
_LEAST = {"backlog": 1.0, "oldest_age_s": 1.0}


def _troubles(result: Result, cells: int) -> Iterator[RenderableType]:
    """What is refused, waits, is lost or given up, with the band of random runs."""
    bands = result.get("bands")
    has_room = not bands or cells == SPARK
    cells = cells if has_room else cells // 2
    rows = []
    for key, node in result["nodes"].items():
        for name, words, told in _TROUBLES:
            most = _most(node[name])
            if most is None or most < _LEAST.get(name, SOME):
                continue
            row = [Cell(key, "bold"), Cell(words), Cell(spark(node[name], cells)), Cell(told(most), "red")]
            if bands:
                low, high = (_most(bands[edge]["nodes"][key][name]) for edge in ("p5", "p95"))
                row.append(Cell(f"{told(low)} – {told(high)}"))
            rows.append([*row, *([Cell(told(node[name][-1]))] if has_room else [])])
    if rows:
        yield heading("What goes wrong")
        names = ["Node", "What", "Course", "at most", *(["5 – 95 %"] if bands else [])]
        names += ["at the end"] if has_room else []
        yield grid(names, rows, right=tuple(range(3, len(names))))


def _most(values: Values | None) -> float | None:
    return max((value for value in values or () if value is not None), default=None)


def _flows(result: Result, cells: int) -> Iterable[RenderableType]:
    rows = []
    for source, flow in result["flows"].items():
        ratios = [ratio for ratio in flow["success_ratio"] if ratio is not None]
        lost = [1.0 - ratio for ratio in ratios]
        if max(lost, default=0.0) > SOME:
            rows.append((Cell(source, "bold"), spark(lost, cells), units.success(min(ratios))))
    if rows:
        yield heading("Failing, from each source")
        yield grid(["Source", "Share that fails", "Success at worst"], rows, right=(2,))


def _cost(result: Result) -> Iterable[RenderableType]:
    summary = result["summary"]
    month = f"{units.usd(summary['monthly_usd'])} for a month of such runs"
    yield heading("Cost")
    yield Text(f"{units.usd(summary['run_usd'])} for this run, {month}")
