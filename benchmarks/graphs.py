"""Graphs to lay out: random layered ones, the presets, and random edits of both."""

import random
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

from sandbox.app.dialogs.preview import outline
from sandbox.design.reading import loads
from widgets.canvas.graph import Edge, Graph, Node

LEAST, MOST = 5, 60
"""Nodes of the smallest and of the largest random graph."""

DENSITIES = (0.15, 0.4, 0.7)
"""Edges beyond those that hold a random graph together, per node."""

REACH = (1, 1, 1, 2, 3)
"""Layers such an edge spans; each as likely as it is often here."""


def presets() -> dict[str, Graph]:
    """The graph of every preset, by its name."""
    found = sorted(file.name for file in files("presets").iterdir() if file.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): outline(loads((files("presets") / name).read_text("utf-8"), name))
        for name in found
    }


def layered(seed: int, count: int) -> list[Graph]:
    """Random layered graphs: every node but those of the first layer has a predecessor one layer before.

    Args:
        seed: The same seed gives the same graphs.
        count: How many; their sizes are spread evenly from `LEAST` to `MOST` nodes.
    """
    chance = random.Random(seed)
    sizes = [LEAST + (MOST - LEAST) * index // max(count - 1, 1) for index in range(count)]
    return [_layered(chance, size, DENSITIES[index % len(DENSITIES)]) for index, size in enumerate(sizes)]


def _layered(chance: random.Random, size: int, density: float) -> Graph:
    depth = max(2, round(size**0.5 * chance.uniform(0.6, 1.4)))
    layers: list[list[str]] = [[f"n{index}"] for index in range(min(depth, size))]
    for index in range(len(layers), size):
        chance.choice(layers).append(f"n{index}")
    pairs: dict[tuple[str, str], None] = {}
    for before, layer in pairwise(layers):
        for name in layer:
            pairs[chance.choice(before), name] = None
    for _ in range(round(size * density)):
        span = min(chance.choice(REACH), len(layers) - 1)
        at = chance.randrange(len(layers) - span)
        pairs[chance.choice(layers[at]), chance.choice(layers[at + span])] = None
    names = [name for layer in layers for name in layer]
    chance.shuffle(names)
    nodes = tuple(Node(name, name) for name in names)
    return Graph(nodes, tuple(Edge(index, *pair) for index, pair in enumerate(pairs)))


def edits(graph: Graph, seed: int, count: int) -> Iterator[Graph]:
    """The graph after each of a number of random edits, as a person makes them one by one.

    A node is hung on another one, put into an edge or removed; an edge is drawn or removed.
    """
    chance = random.Random(seed)
    for index in range(count):
        done = _edited(graph, chance, f"new{index}", max([edge.id for edge in graph.edges], default=0) + 1)
        if done != graph:
            graph = done
            yield graph


def _edited(graph: Graph, chance: random.Random, name: str, free: int) -> Graph:
    kind = chance.choice(("hang", "insert", "join", "cut", "remove") if len(graph.nodes) > 3 else ("hang",))
    node = chance.choice(graph.nodes).id
    if kind == "hang":
        return Graph((*graph.nodes, Node(name, name)), (*graph.edges, Edge(free, node, name)))
    if kind == "remove":
        rest = tuple(edge for edge in graph.edges if node not in (edge.source, edge.target))
        return Graph(tuple(other for other in graph.nodes if other.id != node), rest)
    if kind == "join":
        other = chance.choice(graph.nodes).id
        known = any({edge.source, edge.target} == {node, other} for edge in graph.edges)
        return (
            graph if known or node == other else replace(graph, edges=(*graph.edges, Edge(free, node, other)))
        )
    if not graph.edges:
        return graph
    edge = chance.choice(graph.edges)
    rest = tuple(other for other in graph.edges if other is not edge)
    if kind == "cut":
        return replace(graph, edges=rest)
    halves = (Edge(free, edge.source, name), Edge(free + 1, name, edge.target))
    return Graph((*graph.nodes, Node(name, name)), (*rest, *halves))
