"""Small designs of buses, pipes, workflows and delivery streams, as people write them."""

from itertools import pairwise

import sandbox
from sandbox.evaluation import Evaluation


def said(**settings: object) -> str:
    """Settings as TOML has them."""
    rows = []
    for key, value in settings.items():
        told = (
            str(value).lower()
            if isinstance(value, bool)
            else f'"{value}"'
            if isinstance(value, str)
            else value
        )
        rows.append(f"{key} = {told}")
    return "\n".join(rows)


def node(name: str, service: str, **settings: object) -> str:
    """A node's table."""
    return f'[nodes.{name}]\nservice = "{service}"\n{said(**settings)}\n'


def edge(source: str, target: str, **settings: object) -> str:
    """An edge's table."""
    return f'[[edges]]\nfrom = "{source}"\nto = "{target}"\n{said(**settings)}\n'


def chain(*nodes: tuple[str, dict[str, object]], head: str = "", more: str = "", rate: float = 10) -> str:
    """Traffic, and nodes n0, n1, … behind it, each called by the one before."""
    text = f'schema = 1\nname = "test"\n{head}\n' + node("t", "traffic", rate_per_s=rate)
    names = ["t", *(f"n{place}" for place in range(len(nodes)))]
    for name, (service, settings) in zip(names[1:], nodes, strict=True):
        text += node(name, service, **settings)
    for source, target in pairwise(names):
        text += edge(source, target)
    return text + more


def evaluated(text: str, load: float = 1.0) -> Evaluation:
    """What a design's text comes to."""
    return sandbox.evaluate(sandbox.loads(text), load=load)


def limit(evaluation: Evaluation, key: str, name: str) -> tuple[float, float]:
    """Demand and capacity of one limit of a node."""
    found = next(use for use in evaluation.nodes[key].limits if use.name == name)
    return found.demand, found.capacity


def lines(evaluation: Evaluation, key: str) -> dict[str, float]:
    """Quantities on a node's bill."""
    total: dict[str, float] = {}
    for line in evaluation.lines:
        if line.node == key:
            total[line.item] = total.get(line.item, 0.0) + line.quantity
    return total
