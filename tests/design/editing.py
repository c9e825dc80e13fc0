"""Random edits of a design, as a person makes them."""

from hypothesis import strategies as st

from sandbox.catalog.connections import CONNECTIONS
from sandbox.design.edits import (
    add_edge,
    add_node,
    duplicated,
    move_node,
    remove_edge,
    remove_node,
    rename_node,
)
from sandbox.design.model import Design
from sandbox.errors import SandboxError

SERVICES = ("lambda", "sqs", "dynamodb", "traffic", "sns")


@st.composite
def edited(draw: st.DrawFn, design: Design) -> tuple[str, Design]:
    """What is done, and the design after it; the same design where it cannot be done."""
    deeds = ["add", "name"]
    if design.nodes:
        deeds += ["remove", "rename", "duplicate", "set", "move", "label", "join", "join"]
    if design.edges:
        deeds += ["cut", "calls"]
    deed = draw(st.sampled_from(deeds))
    nodes = st.sampled_from(sorted(design.nodes))
    places = st.integers(0, len(design.edges) - 1)
    number = draw(st.integers(0, 99))
    deed_of = {
        "add": lambda: add_node(
            design, f"new-{len(design.nodes)}-{number}", SERVICES[number % len(SERVICES)]
        ),
        "name": lambda: design.with_value("name", ("A", "B c", 'D "e"')[number % 3]),
        "remove": lambda: remove_node(design, draw(nodes)),
        "rename": lambda: rename_node(design, draw(nodes), f"other {number}"),
        "duplicate": lambda: duplicated(design, [draw(nodes)])[0],
        "move": lambda: move_node(design, draw(nodes), (None, (1, 2), (0, 0))[number % 3]),
        "label": lambda: design.with_value(f"nodes.{draw(nodes)}.label", ("", "Ä b")[number % 2]),
        "set": lambda: _set(number % 9 + 1, design, draw(nodes)),
        "cut": lambda: remove_edge(design, draw(places)),
        "calls": lambda: design.with_value(f"edges.{draw(places)}.calls", (1, 2, 0.5)[number % 3]),
        "join": lambda: _joined(design, draw(nodes), draw(nodes)),
    }
    return deed, _tried(design, deed_of[deed])


def _set(value: int, design: Design, key: str) -> Design:
    """A setting of a node at another value, if it has one that is a number."""
    node = design.nodes[key]
    for name in ("duration_ms", "visibility_timeout_s", "latency_ms", "rate_per_s", "message_kb"):
        if hasattr(node.settings, name):
            return _tried(design, lambda n=name: design.with_value(f"nodes.{key}.{n}", value))
    return design


def _joined(design: Design, source: str, target: str) -> Design:
    """Two nodes joined, if they can be."""
    ends = design.nodes[source].service, design.nodes[target].service
    way = next((way for way in CONNECTIONS if (way.source, way.target) == ends), None)
    if way is None:
        return design
    settings = {"mode": way.mode} if way.mode else {}
    return _tried(design, lambda: add_edge(design, source, target, way.role, settings))


def _tried(design, change):
    try:
        return change()
    except SandboxError:
        return design
