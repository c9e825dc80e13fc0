"""An evaluation as a report for the terminal: what throttles first and why, then the numbers.

Reads only the JSON contract, so any result that was kept can be printed again.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sandbox import units
from sandbox.exports.layout import PLAIN_WIDTH, Cell, grid, heading, marked

Result = Mapping[str, Any]

RUNGS = 6
"""Throttling points that are shown."""
NOISE = 1e-9
"""Share of what is offered below which a rate is rounding."""
LINES = 12
"""Lines of the bill that are shown, the dearest first."""


def report(result: Result) -> RenderableType:
    """The whole report of one evaluation.

    Args:
        result: An evaluation by the JSON contract.
    """
    parts: list[RenderableType] = [*_head(result), *_now(result), _nodes(result), *_flows(result)]
    parts += [*_ladder(result), *_bill(result), *_findings(result), *_goals(result)]
    return Group(*parts)


def verdict(result: Result) -> RenderableType:
    """Goals and findings: what `sandbox check` says."""
    goals = result["goals"]
    missed = sum(not goal["met"] for goal in goals)
    said = f"{missed} of {len(goals)} goals missed" if missed else f"all {len(goals)} goals met"
    line = marked("error" if missed else "good", said) if goals else Text("the design states no goals")
    return Group(*_head(result), *_goals(result), *_findings(result), Text(), line)


def lesson(title: str, description: str) -> RenderableType:
    """What a preset shows and what to try, from its Markdown."""
    from rich.markdown import Markdown  # noqa: PLC0415  # slow to import, and only needed here

    return Group(Text(title, style="bold"), Text(), Markdown(description))


def rendered(content: RenderableType) -> str:
    """Content as text: in colour on a terminal, plain and wide enough anywhere else."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH, no_color=True)
    with console.capture() as capture:
        console.print(content)
    text = capture.get()
    return text if console.is_terminal else "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _head(result: Result) -> Iterable[RenderableType]:
    line = Text.assemble(
        (result["design"], "bold"), f"  {result['region']}  load {units.times(result['load'])}"
    )
    cost = result["cost"]
    line.append(f"  {units.usd(cost['monthly_usd'])} a month")
    if cost.get("per_million_requests_usd") is not None:
        line.append(f", {units.usd(cost['per_million_requests_usd'])} per million requests")
    yield line
    if not result["converged"]:
        yield marked("error", "the numbers did not settle; take them with care")


def _now(result: Result) -> Iterable[RenderableType]:
    """What is wrong at this load, or what will be first."""
    said = [*_throttled(result), *_growing(result), *_lost(result)]
    yield Text()
    if said:
        yield from said
        return
    yield marked("good", "nothing is throttled, piles up or is lost at this load")
    first = next(iter(result["headroom"]), None)
    if first:
        can = "it can be raised" if first["adjustable"] else "it cannot be raised"
        load = f"{units.times(first['load_multiplier'])} ({units.rate(first['rate_per_s'])})"
        yield Text(f"  First to throttle: {first['node']}, {first['limit']}, at {load}; {can}.")


def _throttled(result: Result) -> Iterable[Text]:
    """Nodes that throttle, most first, each with the limit that binds and its numbers."""
    nodes = [(key, node) for key, node in result["nodes"].items() if _over(node["throttled_per_s"], node)]
    for key, node in sorted(nodes, key=lambda item: -item[1]["throttled_per_s"]):
        share = units.percent(node["throttled_per_s"] / node["offered_per_s"])
        line = marked("error", f"{key} throttles {share} of {units.rate(node['offered_per_s'])}")
        limit = _nearest(node)
        if limit:
            demand = units.quantity(limit["demand"], limit["unit"])
            line.append(f": {limit['name']} {demand} wanted, {units.number(limit['capacity'])} there")
            line.append(f" ({limit['scope']}; {'can' if limit['adjustable'] else 'cannot'} be raised)")
        yield line


def _growing(result: Result) -> Iterable[Text]:
    for key, node in result["nodes"].items():
        growth = node["backlog_growth_per_s"] or 0
        if _over(growth, node):
            yield marked("warning", f"{key} piles up by {units.rate(growth)}")


def _lost(result: Result) -> Iterable[Text]:
    for key, node in result["nodes"].items():
        if _over(node["lost_per_s"], node):
            yield marked("error", f"{key} loses {units.rate(node['lost_per_s'])}")


def _over(rate: float | None, node: Result) -> bool:
    """Whether a rate is worth a sentence: more than one item in a thousand."""
    return bool(rate) and rate > 1e-3 * max(node["offered_per_s"], 1e-9)


def _nodes(result: Result) -> Table:
    rows = []
    for key, node in result["nodes"].items():
        limit, latency = _nearest(node), node["latency_ms"] or {}
        used = f"{units.percent(limit['utilisation'])} {limit['name']}" if limit else units.NOTHING
        rows.append(
            (
                Cell(key, "bold"),
                node["service"],
                units.rate(node["offered_per_s"]),
                _warned(node["throttled_per_s"], node),
                _warned(node["failed_per_s"], node),
                units.number(node["concurrency"]),
                units.milliseconds(latency.get("p50")),
                units.milliseconds(latency.get("p99")),
                Cell(used, "red" if limit and limit["utilisation"] >= 1 else ""),
                units.usd(node["monthly_usd"]),
            )
        )
    names = "Node|Service|Offered|Throttled|Failed|In service|p50|p99|Nearest limit|A month"
    return grid(names.split("|"), rows, right=(2, 3, 4, 5, 6, 7, 9))


def _warned(rate: float, node: Result) -> Cell:
    some = rate > NOISE * node["offered_per_s"]
    return Cell(units.rate(rate) if some else units.NOTHING, "red" if _over(rate, node) else "")


def _nearest(node: Result) -> Mapping[str, Any] | None:
    """The limit that is used most."""
    limits: Sequence[Mapping[str, Any]] = [x for x in node["limits"] if x["utilisation"] is not None]
    return max(limits, key=lambda limit: float(limit["utilisation"]), default=None)


def _flows(result: Result) -> Iterable[RenderableType]:
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
                units.percent(flow["success_ratio"]),
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


def _ladder(result: Result) -> Iterable[RenderableType]:
    rows = [
        (
            units.times(rung["load_multiplier"]),
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


def _bill(result: Result) -> Iterable[RenderableType]:
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


def _findings(result: Result) -> Iterable[RenderableType]:
    if result["findings"]:
        yield heading("Findings")
    for found in result["findings"]:
        where = found.get("node") or found.get("edge") or ""
        yield marked(found["severity"], f"{where}: {found['message']}" if where else found["message"])
        if found.get("fix"):
            yield Text("    " + ", ".join(f"{path} = {value}" for path, value in found["fix"].items()), "dim")


def _goals(result: Result) -> Iterable[RenderableType]:
    rows = [
        (
            Cell("met", "green") if goal["met"] else Cell("missed", "bold red"),
            Cell(goal["metric"], "bold"),
            _wanted(goal["wanted"]),
            units.number(goal["actual"]),
            units.times(goal["at_load"]),
        )
        for goal in result["goals"]
    ]
    if rows:
        yield heading("Goals")
        yield grid(["", "Metric", "Wanted", "Actual", "At load"], rows, right=(3, 4))


def _wanted(wanted: object) -> str:
    """A goal's bounds in words, however the result states them."""
    if isinstance(wanted, Mapping):
        return ", ".join(
            f"{key.replace('_', ' ')} {value:g}" for key, value in wanted.items() if value is not None
        )
    return f"{wanted:g}" if isinstance(wanted, int | float) else str(wanted)
