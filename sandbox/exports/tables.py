"""The tables of the report: nodes, sources, throttling points, the bill, findings and goals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sandbox import units
from sandbox.exports.layout import Cell, grid, heading, marked

Result = Mapping[str, Any]
"""An evaluation by the JSON contract."""

NARROW = 120
"""Columns below which the table of nodes says less."""
RUNGS = 6
"""Throttling points that are shown."""
NOISE = 1e-9
"""Share of what is offered below which a rate is rounding."""
LINES = 12
"""Lines of the bill that are shown, the dearest first."""


def nodes(result: Result, width: int) -> Table:
    """What each node does, with the limit that is used most."""
    table = {
        "Node": [Cell(key, "bold") for key in result["nodes"]],
        "Service": [],
        "Offered": [],
        "Throttled": [],
        "Failed": [],
        "In service": [],
        "p50": [],
        "p99": [],
        "Nearest limit": [],
        "A month": [],
    }
    for node in result["nodes"].values():
        limit, latency = nearest_limit(node), node["latency_ms"] or {}
        used = f"{units.percent(limit['utilisation'])} {limit['name']}" if limit else units.NOTHING
        table["Service"].append(Cell(node["service"]))
        table["Offered"].append(Cell(units.rate(node["offered_per_s"])))
        table["Throttled"].append(_warned(node["throttled_per_s"], node))
        table["Failed"].append(_warned(node["failed_per_s"], node))
        table["In service"].append(Cell(units.number(node["concurrency"])))
        table["p50"].append(Cell(units.milliseconds(latency.get("p50"))))
        table["p99"].append(Cell(units.milliseconds(latency.get("p99"))))
        table["Nearest limit"].append(Cell(used, "red" if limit and limit["utilisation"] >= 1 else ""))
        table["A month"].append(Cell(units.usd(node["monthly_usd"])))
    for name in ("Service", "Failed", "p50", "p99") if width < NARROW else ():
        del table[name]
    names = list(table)
    right = [place for place, name in enumerate(names) if name not in ("Node", "Service", "Nearest limit")]
    return grid(names, list(zip(*table.values(), strict=True)), right)


def _warned(rate: float, node: Result) -> Cell:
    some = rate > NOISE * node["offered_per_s"]
    return Cell(units.rate(rate) if some else units.NOTHING, "red" if is_notable(rate, node) else "")


def nearest_limit(node: Result) -> Mapping[str, Any] | None:
    """The limit that is used most."""
    limits: Sequence[Mapping[str, Any]] = [x for x in node["limits"] if x["utilisation"] is not None]
    return max(limits, key=lambda limit: float(limit["utilisation"]), default=None)


def flows(result: Result) -> Iterable[RenderableType]:
    """What each source gets back."""
    rows = []
    for source, flow in result["flows"].items():
        latency = flow["latency_ms"] or {}
        lags = [
            f"{key} {units.milliseconds(lag['p95'])}" for key, lag in flow["completion_lag_ms"].items() if lag
        ]
        rows.append(
            (
                Cell(source, "bold"),
                units.rate(flow["rate_per_s"]),
                units.success(flow["success_ratio"]),
                units.milliseconds(latency.get("mean")),
                units.milliseconds(latency.get("p99")),
                units.rate(flow["lost_per_s"]),
                ", ".join(lags) or units.NOTHING,
            )
        )
    if rows:
        yield heading("From each source")
        names = "Source|Rate|Success|Mean|p99|Lost|Done later (p95)"
        yield grid(names.split("|"), rows, right=(1, 2, 3, 4, 5))


def ladder(result: Result) -> Iterable[RenderableType]:
    """Which limits bind first as the load grows."""
    rows = [
        (
            _at(rung),
            units.rate(rung["rate_per_s"]),
            Cell(rung["node"], "bold"),
            rung["limit"],
            "yes" if rung["adjustable"] else "no",
        )
        for rung in result["headroom"][:RUNGS]
    ]
    if rows:
        yield heading("What throttles first")
        yield grid(["Load", "Rate", "Node", "Limit", "Can be raised"], rows, right=(0, 1))


def _at(rung: Mapping[str, Any]) -> str:
    """The load at which a limit binds, and when that will be where the sources say how they grow."""
    at = units.times(rung["load_multiplier"])
    return at if rung.get("months") is None else f"{at} {units.ahead(rung['months'])}"


def bill(result: Result) -> Iterable[RenderableType]:
    """The dearest lines of a month's bill."""
    total, lines = result["cost"]["monthly_usd"], result["cost"]["lines"]
    dearest = sorted((line for line in lines if line["usd"] > 0), key=lambda line: -line["usd"])[:LINES]
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(line["node"], "bold"),
            line["item"],
            units.quantity(line["quantity"], units.plural(line["unit"])),
            units.usd(line["usd"]),
            units.percent(line["usd"] / total) if total else units.NOTHING,
        )
        for line in dearest
    ]
    if not rows:
        return
    rest = len(lines) - len(dearest)
    if rest:
        others = sum(line["usd"] for line in lines) - sum(line["usd"] for line in dearest)
        rows.append(
            (f"{rest} more", "", "", units.usd(others), units.percent(others / total) if total else "")
        )
    rows.append((Cell("Total", "bold"), "", "", Cell(units.usd(total), "bold"), ""))
    yield heading("Cost of a month")
    yield grid(["Node", "What", "Quantity", "USD", "Share"], rows, right=(2, 3, 4))


def people(result: Result) -> Iterable[RenderableType]:
    """The bill with the people's cost, where the design says what effort it takes."""
    total = result["cost"].get("total")
    if not total:
        return
    rows: list[tuple[Cell | str, ...]] = [
        ("AWS and others", units.usd(result["cost"]["monthly_usd"]), "", "", ""),
        ("People who run it", units.usd(total["run_monthly_usd"]), "", "", ""),
        ("People who build it", "", units.usd(total["build_usd"]), "", ""),
        (
            Cell("Total", "bold"),
            Cell(units.usd(total["monthly_usd"]), "bold"),
            units.usd(total["build_usd"]),
            Cell(units.usd(total["first_year_usd"]), "bold"),
            Cell(units.usd(total["three_years_usd"]), "bold"),
        ),
    ]
    yield heading("In total")
    yield grid(["", "A month", "Once", "First year", "Three years"], rows, right=(1, 2, 3, 4))


def findings(result: Result) -> Iterable[RenderableType]:
    """What the rules found, each with its rule's name, by which it can be looked up, and its fix."""
    if result["findings"]:
        yield heading("Findings")
    for found in result["findings"]:
        where = found.get("node") or found.get("edge") or ""
        line = marked(found["severity"], f"{where}: {found['message']}" if where else found["message"])
        yield line.append(f"  {found['rule']}", "dim")
        if found.get("fix"):
            yield Text("    " + ", ".join(_assigned(*item) for item in found["fix"].items()), "dim")


def _assigned(path: str, value: object) -> str:
    """A value of a fix as the file has it; None restores the default."""
    if value is None:
        return f"leave out {path}"
    return f"{path} = {str(value).lower() if isinstance(value, bool) else value}"


def goals(result: Result) -> Iterable[RenderableType]:
    """What the design must reach, and whether it does."""
    rows = [
        (
            Cell("met", "green") if goal["met"] else Cell("missed", "bold red"),
            Cell(goal["metric"], "bold"),
            _wanted(goal["wanted"]),
            units.number(goal["actual"]),
            _when(goal),
        )
        for goal in result["goals"]
    ]
    if rows:
        yield heading("Goals")
        yield grid(["", "Metric", "Wanted", "Actual", "At load"], rows, right=(3, 4))


def _when(goal: Mapping[str, Any]) -> str:
    """At which load a goal must hold, and over which time."""
    over = goal.get("horizon_s")
    load = units.times(goal["at_load"])
    return load if over is None else f"{load}, run of {units.duration(over)}"


def _wanted(wanted: object) -> str:
    """A goal's bounds in words, however the result states them."""
    if isinstance(wanted, Mapping):
        return ", ".join(
            f"{key.replace('_', ' ')} {value:g}" for key, value in wanted.items() if value is not None
        )
    return f"{wanted:g}" if isinstance(wanted, int | float) else str(wanted)


def is_notable(rate: float | None, node: Result) -> bool:
    """Whether a rate is worth a sentence: more than one item in a thousand."""
    return bool(rate) and rate > 1e-3 * max(node["offered_per_s"], 1e-9)
