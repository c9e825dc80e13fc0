"""Changing what an exercise does not let be changed, in every way that there is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, get_args, get_origin

from sandbox.design.edits.edges import remove_edge
from sandbox.design.edits.nodes import rename_node
from sandbox.design.model import Design
from sandbox.design.parts import Account, Edge, Effort, Fault, Node
from sandbox.errors import DesignError

TOO = {
    "managed_instances": {
        "instance_type": "m7g.large",
        "architecture": "arm64",
        "memory_mb": 4096,
        "snap_start": None,
        "reserved_concurrency": None,
    },
    "fifo": {"message_groups": None, "high_throughput": None},
}
"""What else has to be said where a setting is changed."""


def settings(design: Design) -> Iterator[str]:
    """Paths of all settings of nodes and edges that an exercise does not leave free."""
    for key, node in design.nodes.items():
        for name in type(node.settings).model_fields:
            yield f"nodes.{key}.{name}"
    for edge in design.edges:
        for name in type(edge.settings).model_fields:
            yield f"edges.{edge.source}>{edge.target}.{name}"


def changed(design: Design, path: str) -> Design | None:
    """The design with another value of a setting; None where it takes no other one."""
    section, part, name = path.split(".")
    if section == "nodes":
        held: Any = design.nodes[part].settings
    else:
        held = next(edge for edge in design.edges if f"{edge.source}>{edge.target}" == part).settings
    for value in _others(getattr(held, name), type(held).model_fields[name].annotation):
        try:
            values = {f"{section}.{part}.{key}": other for key, other in TOO.get(name, {}).items()}
            found = design.with_values({path: value, **values})
        except DesignError:
            continue
        if found != design:
            return found
    return None


def _others(value: Any, annotation: Any) -> list[Any]:
    """Other values that a setting may take."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value * 0.5, value + 1, 1, 2, 256]
    forms = [annotation, *get_args(annotation)]
    choices = [choice for form in forms if get_origin(form) is Literal for choice in get_args(form)]
    return [*choices, 1, 2, 256, 0.5]


def _source(design: Design) -> str:
    return next(key for key, node in design.nodes.items() if node.service == "traffic")


def _without(design: Design, key: str) -> Design:
    """The design without a node and its edges."""
    nodes = {name: node for name, node in design.nodes.items() if name != key}
    edges = tuple(edge for edge in design.edges if key not in (edge.source, edge.target))
    return replace(design, nodes=nodes, edges=edges)


def _renamed(design: Design) -> Design:
    """A node under another name, and an idle one in its place."""
    key = _source(design)
    moved = rename_node(design, key, "elsewhere")
    idle = replace(design.nodes[key], settings=type(design.nodes[key].settings)(rate_per_s=0.001))
    return replace(moved, nodes={**moved.nodes, key: idle})


def _beside(design: Design) -> Design:
    """Half of a source's requests go another way."""
    first = next(edge for edge in design.edges if edge.source == _source(design))
    other: Edge = replace(first)
    return replace(design, edges=(*design.edges, other))


def _helped(design: Design) -> Design:
    """A further function."""
    function = next((node for node in design.nodes.values() if node.service == "lambda"), None)
    node: Node = replace(function or next(iter(design.nodes.values())), id="helper")
    return replace(design, nodes={**design.nodes, "helper": node})


CHEATS: Mapping[str, Callable[[Design], Design]] = {
    "no traffic": lambda design: _without(design, _source(design)),
    "traffic under another name": _renamed,
    "a way beside the other": _beside,
    "a node more": _helped,
    "a connection less": lambda design: remove_edge(design, 0),
    "another region": lambda design: design.with_value("region", "eu-west-1"),
    "free tier": lambda design: design.with_value("account.free_tier", True),
    "a larger quota": lambda design: design.with_value("account.lambda_concurrency", 100_000),
    "an account more": lambda design: replace(design, accounts={**design.accounts, "other": Account()}),
    "people for nothing": lambda design: replace(design, effort=Effort(build_hours=1)),
    "another fault": lambda design: replace(design, faults=(*design.faults, Fault(node=_source(design)))),
}
"""What somebody may try who does not want to solve it."""
