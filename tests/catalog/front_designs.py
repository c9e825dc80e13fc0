"""What the tables of front doors need: a design around one, and what its node came to."""

from typing import Any

import sandbox
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation


def drawn(nodes: dict[str, dict[str, Any]], *edges: str | tuple[str, dict[str, Any]], **top: Any) -> Design:
    """A design of nodes (each with its `service`) and of edges, `a > b` or the same with settings."""
    lines = ["schema = 1", 'name = "front"', *(f"{key} = {_said(value)}" for key, value in top.items())]
    for key, settings in nodes.items():
        lines += [f"[nodes.{key}]", *(f"{name} = {_said(value)}" for name, value in settings.items())]
    for edge in edges:
        way, settings = (edge, {}) if isinstance(edge, str) else edge
        source, target = way.split(" > ")
        told = {"from": source, "to": target, **settings}
        lines += ["[[edges]]", *(f"{name} = {_said(value)}" for name, value in told.items())]
    return sandbox.loads("\n".join(lines))


def _said(value: Any) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_said(each)}" for key, each in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def behind(
    front: dict[str, Any], target: dict[str, Any] | None = None, load: float = 1.0, **traffic: Any
) -> Evaluation:
    """Traffic `people` → a front door `door` → what is `behind` it, evaluated; in us-east-1."""
    nodes = {
        "people": {"service": "traffic", **traffic},
        "door": front,
        "behind": target or {"service": "external", "latency_ms": 20, "latency_cv": 0},
    }
    return sandbox.evaluate(drawn(nodes, "people > door", "door > behind"), load)


def billed(evaluation: Evaluation, node: str = "door") -> dict[str, float]:
    """A node's month by what it is for [USD], bands added up."""
    found: dict[str, float] = {}
    for line in evaluation.cost.lines():
        if line.node == node:
            found[line.item] = found.get(line.item, 0.0) + line.usd
    return found


def counted(evaluation: Evaluation, node: str = "door") -> dict[str, float]:
    """A node's month by what it is for, in billing units."""
    found: dict[str, float] = {}
    for line in evaluation.cost.lines():
        if line.node == node:
            found[line.item] = found.get(line.item, 0.0) + line.quantity
    return found


def used(evaluation: Evaluation, node: str = "door") -> dict[str, tuple[float, float]]:
    """A node's limits: demand and capacity by name."""
    return {use.name: (use.demand, use.capacity) for use in evaluation.nodes[node].limits}
