"""What a goal may be about: paths into the result, and, behind `run.`, into a run over time.

A number of a run is what it comes to (`run.summary.lost`); a course has a value for every moment
(`run.nodes.intake.backlog`). Of a course the worst moment counts: the least where the goal says
`at_least`, the greatest where it says `at_most`. `.min`, `.max`, `.mean` or `.last` behind it choose.
"""

from collections.abc import Iterable, Mapping

from sandbox.design.parts import Node
from sandbox.design.wording import nearest

RUN = "run"
"""Begins the path of what a run over time says."""
SECTIONS = ("nodes", "edges", "flows", "headroom", "cost", RUN)
ENDS = ("min", "max", "mean", "last")
"""What may be asked of a course."""

PERCENTILES = ("mean", "p50", "p95", "p99")
NODE = (
    "offered_per_s",
    "accepted_per_s",
    "throttled_per_s",
    "failed_per_s",
    "invocations_per_s",
    "concurrency",
    "latency_ms",
    "cold_start_ratio",
    "environments",
    "backlog_growth_per_s",
    "oldest_age_s",
    "lost_per_s",
    "limits",
    "monthly_usd",
)
LIMIT = ("demand", "capacity", "utilisation")
EDGE = ("items_per_s", "batch_size", "lanes", "attempts_per_item")
FLOW = ("rate_per_s", "success_ratio", "latency_ms", "completion_lag_ms", "lost_per_s")
COST = ("monthly_usd", "per_million_requests_usd", "total")
TOTAL = ("run_monthly_usd", "build_usd", "monthly_usd", "first_year_usd", "three_years_usd")
RUNG = ("load_multiplier", "rate_per_s")

RUN_SUMMARY = (
    "completed",
    "throttled",
    "lost",
    "dead_lettered",
    "disturbed_until_s",
    "recovered_at_s",
    "run_usd",
    "monthly_usd",
    "error_budget_spent",
)
RUN_NODE = (
    "offered_per_s",
    "completed_per_s",
    "throttled_per_s",
    "failed_per_s",
    "concurrency",
    "environments",
    "cold_starts_per_s",
    "backlog",
    "oldest_age_s",
    "lost_per_s",
    "dead_lettered_per_s",
    "latency_ms",
)
RUN_FLOW = ("success_ratio",)

Nodes = Mapping[str, object]
Rest = list[str]


def is_of_run(metric: str) -> bool:
    """Whether it takes a run over time to say.

    >>> is_of_run("run.summary.lost"), is_of_run("cost.monthly_usd")
    (True, False)
    """
    return metric.partition(".")[0] == RUN


def metric_problem(metric: str, nodes: Nodes) -> str:
    """What is wrong with the path of a metric, with the nearest name; nothing where it leads to a number.

    Args:
        metric: As a goal names it.
        nodes: The design's nodes by id; where one could not be built, whatever stands there.

    >>> metric_problem("run.summary.lots", {})
    "there is no 'lots' of a run's summary. Did you mean 'lost'?"
    >>> metric_problem("cost.monthly_usd", {})
    ''
    """
    section, *rest = metric.split(".")
    if section not in SECTIONS:
        return f"it is not in a result.{nearest(section, SECTIONS)}"
    return _run(rest, nodes) if section == RUN else _result(section, rest, nodes)


def _result(section: str, rest: Rest, nodes: Nodes) -> str:
    """What is wrong behind the name of a section of the result."""
    match section:
        case "nodes":
            return _node(rest, nodes) or _number(rest[1:], NODE, "a node", nodes)
        case "flows":
            return _source(rest, nodes) or _number(rest[1:], FLOW, "a flow", nodes)
        case "edges":
            return _place(rest, "edges") or _number(rest[1:], EDGE, "an edge", nodes)
        case "headroom":
            return _place(rest, "headroom") or _number(rest[1:], RUNG, "a rung", nodes)
    return _number(rest, COST, "the cost", nodes)


def _run(rest: Rest, nodes: Nodes) -> str:
    """What is wrong behind `run.`."""
    section, rest = _first(rest)
    if section == "summary":
        return _one_of(rest, RUN_SUMMARY, "a run's summary") or _over(rest[1:])
    if section == "nodes":
        return _node(rest, nodes) or _course(rest[1:], RUN_NODE, "a node of a run")
    if section == "flows":
        return _source(rest, nodes) or _course(rest[1:], RUN_FLOW, "a flow of a run")
    return _one_of([section], ("summary", "nodes", "flows"), "a run")


def _number(rest: Rest, names: Iterable[str], of: str, nodes: Nodes) -> str:
    """What is wrong with the last part of a path, and what stands behind it."""
    if problem := _one_of(rest, names, of):
        return problem
    name, rest = _first(rest)
    if name == "latency_ms":
        return _one_of(rest, PERCENTILES, "a latency") or _over(rest[1:])
    if name == "completion_lag_ms":
        return _node(rest, nodes) or _one_of(rest[1:], PERCENTILES, "a lag") or _over(rest[2:])
    if name == "limits":
        return _place(rest, "limits") or _one_of(rest[1:], LIMIT, "a limit") or _over(rest[2:])
    if name == "total":
        return _one_of(rest, TOTAL, "the total cost") or _over(rest[1:])
    return _over(rest)


def _course(rest: Rest, names: Iterable[str], of: str) -> str:
    """What is wrong with a course, and what is asked of it."""
    if problem := _one_of(rest, names, of):
        return problem
    if not rest[1:] or rest[1] in ENDS:
        return _over(rest[2:])
    return f"'{rest[1]}' cannot be asked of a course; one of {', '.join(ENDS)} can.{nearest(rest[1], ENDS)}"


def _one_of(rest: Rest, names: Iterable[str], of: str) -> str:
    name, _ = _first(rest)
    if not name:
        return f"it leads to no number yet; of {of} there are {', '.join(names)}"
    return "" if name in names else f"there is no '{name}' of {of}.{nearest(name, names)}"


def _node(rest: Rest, nodes: Nodes) -> str:
    name, _ = _first(rest)
    return "" if name in nodes else f"there is no node '{name}'.{nearest(name, nodes)}"


def _source(rest: Rest, nodes: Nodes) -> str:
    """What is wrong with the node of a flow: items must come from it."""
    name, _ = _first(rest)
    node = nodes.get(name)
    if isinstance(node, Node) and not node.kind.begins:
        sources = [key for key, one in nodes.items() if isinstance(one, Node) and one.kind.begins]
        told = f" There are: {', '.join(sources)}" if sources else ""
        return f"'{name}' is no source, so it has no flow.{told}"
    return _node(rest, nodes)


def _place(rest: Rest, what: str) -> str:
    name, _ = _first(rest)
    return "" if name.isdecimal() else f"{what} are named by their place, counted from 0, not by '{name}'"


def _over(rest: Rest) -> str:
    return f"it ends before '{'.'.join(rest)}'" if rest else ""


def _first(rest: Rest) -> tuple[str, Rest]:
    return (rest[0], rest[1:]) if rest else ("", [])
