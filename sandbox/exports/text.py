"""An evaluation as a report for the terminal: what throttles first and why, then the numbers.

Reads only the JSON contract, so any result that was kept can be printed again.
"""

from collections.abc import Callable, Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from sandbox import units
from sandbox.exports import tables
from sandbox.exports.layout import PLAIN_WIDTH, marked
from sandbox.exports.tables import Result, is_notable, nearest_limit
from sandbox.printable import without_control


def report(result: Result, width: int = PLAIN_WIDTH) -> RenderableType:
    """The whole report of one evaluation.

    Args:
        result: An evaluation by the JSON contract.
        width: Columns there are; below 120 the tables say less.
    """
    parts: list[RenderableType] = [*_head(result), *_now(result), Text(), tables.nodes(result, width)]
    parts += [*tables.flows(result), *tables.ladder(result), *tables.bill(result)]
    parts += [*tables.people(result)]
    return Group(*parts, *tables.findings(result), *tables.goals(result))


def verdict(result: Result) -> RenderableType:
    """Goals and findings: what `sandbox check` says."""
    goals = result["goals"]
    missed = sum(not goal["met"] for goal in goals)
    said = f"{missed} of {len(goals)} goals missed" if missed else f"all {len(goals)} goals met"
    if len(goals) == 1:
        said = "the goal is missed" if missed else "the goal is met"
    line = marked("error" if missed else "good", said) if goals else Text("the design states no goals")
    return Group(*_head(result), *tables.goals(result), *tables.findings(result), Text(), line)


def lesson(title: str, description: str) -> RenderableType:
    """What a preset shows and what to try, from its Markdown."""
    from rich.markdown import Markdown  # noqa: PLC0415  # slow to import, and only needed here

    return Group(Text(title, style="bold"), Text(), Markdown(description))


class _Shown(Console):
    """A console that shows control characters of a design's texts to nobody: a terminal would obey them."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of a content."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=without_control(segment.text))


def rendered(make: Callable[[int], RenderableType]) -> str:
    """Content as text: in colour on a terminal, plain and wide enough anywhere else.

    Args:
        make: Gives the content for so many columns.
    """
    console = _Shown(highlight=False)
    if not console.is_terminal:
        return plain(make)
    with console.capture() as capture:
        console.print(make(console.width))
    return capture.get()


def plain(make: Callable[[int], RenderableType]) -> str:
    """Content as text without colour and wide enough, whatever there is to print it on."""
    console = _Shown(highlight=False, width=PLAIN_WIDTH, no_color=True, force_terminal=False)
    with console.capture() as capture:
        console.print(make(console.width))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


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
    nodes = [
        (key, node) for key, node in result["nodes"].items() if is_notable(node["throttled_per_s"], node)
    ]
    for key, node in sorted(nodes, key=lambda item: -item[1]["throttled_per_s"]):
        share = units.percent(node["throttled_per_s"] / node["offered_per_s"])
        line = marked("error", f"{key} throttles {share} of {units.rate(node['offered_per_s'])}")
        # What a queue's or stream's reader keeps up with piles up; only limits at its own door throttle.
        at_the_door = [limit for limit in node["limits"] if "→" not in limit["scope"]]
        limit = nearest_limit({**node, "limits": at_the_door})
        if limit:
            demand = units.quantity(limit["demand"], limit["unit"])
            line.append(f": {limit['name']} {demand} wanted, {units.number(limit['capacity'])} there")
            line.append(f" ({limit['scope']}; {'can' if limit['adjustable'] else 'cannot'} be raised)")
        yield line


def _growing(result: Result) -> Iterable[Text]:
    for key, node in result["nodes"].items():
        growth = node["backlog_growth_per_s"] or 0
        if is_notable(growth, node):
            yield marked("warning", f"{key} piles up by {units.rate(growth)}")


def _lost(result: Result) -> Iterable[Text]:
    for key, node in result["nodes"].items():
        if is_notable(node["lost_per_s"], node):
            yield marked("error", f"{key} loses {units.rate(node['lost_per_s'])}")
