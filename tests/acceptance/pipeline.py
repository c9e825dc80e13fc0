"""The pipeline that a newcomer draws, the keys that draw it, and what must agree with its file."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.design.model import Design
from sandbox.goals import look_up
from sandbox.units import duration, milliseconds, number, percent, rate, usd
from widgets.facts import Fact

KEYS = ("a", "⏎", "a", "⏎", "a", "⏎", "a", "q", "⏎", "a", "⏎", "a", "⏎")
"""Traffic, API, function, queue, function, table: what is usual stands first, a queue is one letter away."""

NAMED = "a traffic⏎ a api⏎ a lambda⏎ a sqs⏎ a lambda⏎ a dynamodb⏎".replace(" ", "")
"""The same by the services' names, for whoever reads no list."""

SERVICES = ["traffic", "api-gateway-http", "lambda", "sqs", "lambda", "dynamodb"]
EDGES = [(0, 1, "sync"), (1, 2, "sync"), (2, 3, "sync"), (3, 4, "polled"), (4, 5, "sync")]

SHOWN: Mapping[str, Callable[[float | None], str]] = {
    "_per_s": rate,
    "_usd": usd,
    "_ratio": percent,
    "_age_s": duration,
    ".p50": milliseconds,
    ".p95": milliseconds,
    ".p99": milliseconds,
}
"""How numbers are shown, by how their paths end; the others as plain numbers."""

APP_ONLY = (".availability", ".refused")
"""Ends of the paths of what the command line does not tell."""


def is_pipeline(design: Design) -> bool:
    """Whether a design is the pipeline, wired one behind the other."""
    keys = list(design.nodes)
    wired = [(keys.index(edge.source), keys.index(edge.target), edge.kind) for edge in design.edges]
    return [node.service for node in design.nodes.values()] == SERVICES and wired == EDGES


def said(result: Mapping[str, Any], fact: Fact) -> str:
    """What a row of the inspector must show for a result of the command line."""
    if ".limits." in fact.key:
        limit = fact.key.rpartition(".")[0]
        demand, capacity = look_up(result, f"{limit}.demand"), look_up(result, f"{limit}.capacity")
        near = demand if demand is None or demand < 1 else round(demand, 2)
        return f"{number(near)} / {number(capacity)}"
    if fact.key == "load":
        return fact.value
    show = next((show for ending, show in SHOWN.items() if fact.key.endswith(ending)), number)
    value = look_up(result, fact.key)
    return show(round(value, 8) if show is percent and value is not None else value)
