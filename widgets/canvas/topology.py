"""The zoom-independent half of the layout: columns, lanes and the order within a column.

A *slot* is a place in a column: a node, or a lane by which the edges of one source pass
the column. An edge to a later column runs forward through the lanes between; any other
edge (it closes a cycle, joins two nodes of one column, or returns to its own node) runs
back through the columns from its source to its target, both included.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from widgets.canvas.graph import Graph
from widgets.canvas.layers import columns, components, first_visit, open_cycles
from widgets.canvas.ordering import Pairs, order
from widgets.canvas.slots import Path, Slot, Stop


@dataclass(frozen=True, eq=False)
class Topology:
    """Where everything stands relative to everything else."""

    columns: tuple[tuple[Slot, ...], ...]
    """From left to right; each from top to bottom."""

    paths: dict[int, Path]
    """The stops of each edge, from its source to its target."""

    blocks: dict[str, int]
    """The block of each node. Blocks stand one below the other."""

    aside: frozenset[int]
    """Edges that give way: dead letters leave the main flow to run straight."""


Structure = tuple[tuple[tuple[str, tuple[int, int] | None], ...], tuple[tuple[int, str, str, bool], ...]]


def structure(graph: Graph) -> Structure:
    """Everything of a graph that its topology depends on."""
    return (
        tuple((node.id, node.hint) for node in graph.nodes),
        tuple((edge.id, edge.source, edge.target, edge.kind == "dead-letter") for edge in graph.edges),
    )


@lru_cache(maxsize=64)
def arrange(shape: Structure) -> Topology:
    """Find columns, lanes and orders; the same structure always gives the same answer."""
    names = [name for name, _ in shape[0]]
    links = [(source, target) for _, source, target, _ in sorted(shape[1], key=lambda edge: edge[3])]
    hints = {name: hint for name, hint in shape[0] if hint is not None}
    column = columns(names, links, {name: hint[0] for name, hint in hints.items()})
    blocks = components(names, links, [name for name in names if name in hints])
    paths = {edge: _path(source, target, column) for edge, source, target, _ in shape[1]}
    visit = first_visit(names, open_cycles(names, links)[0])
    stops = sorted(
        {Stop(column[name], Slot(name)) for name in names}
        | {stop for path in paths.values() for stop in path},
        key=lambda stop: (visit[stop.slot.owner], stop.slot.kind != "node", stop.slot.kind),
    )
    width = max(column.values(), default=-1) + 1
    done: list[list[Slot]] = [[] for _ in range(width)]
    for block in range(max(blocks.values(), default=-1) + 1):
        mine: list[list[Slot]] = [[] for _ in range(width)]
        for stop in stops:
            if blocks[stop.slot.owner] == block:
                mine[stop.column].append(stop.slot)
        routes = [path for path in paths.values() if blocks[path[0].slot.owner] == block]
        rank = {Slot(name): hint[1] for name, hint in hints.items()}
        for whole, part in zip(done, order(mine, *_pairs(routes), rank), strict=True):
            whole.extend(part)
    aside = frozenset(edge for edge, _, _, gives_way in shape[1] if gives_way)
    return Topology(tuple(map(tuple, done)), paths, blocks, aside)


def _path(source: str, target: str, column: dict[str, int]) -> Path:
    start, end = column[source], column[target]
    if end > start:
        lanes = [Stop(at, Slot(source, "forward")) for at in range(start + 1, end)]
    else:
        lanes = [Stop(at, Slot(source, "back")) for at in range(start, end - 1, -1)]
    return (Stop(start, Slot(source)), *lanes, Stop(end, Slot(target)))


def _pairs(paths: Sequence[Path]) -> tuple[Pairs, Pairs]:
    """Neighbours in adjacent columns (by the left column), and neighbours within one column."""
    across: dict[int, dict[tuple[Slot, Slot], None]] = {}
    within: dict[int, dict[tuple[Slot, Slot], None]] = {}
    for path in paths:
        for one, other in itertools.pairwise(path):
            first, second = sorted((one, other), key=lambda stop: stop.column)
            found = within if first.column == second.column else across
            found.setdefault(first.column, {})[first.slot, second.slot] = None
    return {at: list(pairs) for at, pairs in across.items()}, {
        at: list(pairs) for at, pairs in within.items()
    }
