"""The zoom-independent half of the layout: columns, lanes and the order within a column.

A *slot* is a place in a column: a node, or a lane by which the edges of one source pass
the column. An edge to a later column runs forward through the lanes between; any other
edge (it closes a cycle, joins two nodes of one column, or returns to its own node) runs
back through the columns from its source to its target, both included.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from widgets.canvas.blocks import blocks
from widgets.canvas.graph import Graph
from widgets.canvas.layers import columns, first_visit, open_cycles
from widgets.canvas.ordering import untangled
from widgets.canvas.slots import Path, Slot, Stop
from widgets.canvas.steadying import recalled, steadied
from widgets.canvas.weave import Weave, weave

Structure = tuple[tuple[tuple[str, tuple[int, int] | None], ...], tuple[tuple[int, str, str, bool], ...]]


@dataclass(frozen=True, eq=False)
class Topology:
    """Where everything stands relative to everything else."""

    shape: Structure
    """What it is the topology of."""

    numbers: tuple[int, ...]
    """The number of each column, by which a person's hints name it; rising, but some may be left out."""

    columns: tuple[tuple[Slot, ...], ...]
    """From left to right; each from top to bottom."""

    paths: dict[int, Path]
    """The stops of each edge, from its source to its target."""

    blocks: dict[str, int]
    """The block of each node. Blocks stand one below the other."""

    aside: frozenset[int]
    """Edges that give way: dead letters leave the main flow to run straight."""


def structure(graph: Graph) -> Structure:
    """Everything of a graph that its topology depends on."""
    return (
        tuple((node.id, node.hint) for node in graph.nodes),
        tuple((edge.id, edge.source, edge.target, edge.kind == "dead-letter") for edge in graph.edges),
    )


@lru_cache(maxsize=64)
def arrange(shape: Structure, before: Topology | None = None) -> Topology:
    """Find columns, lanes and orders; the same arguments always give the same answer.

    Args:
        shape: What to arrange.
        before: How it was arranged before a change; what the change did not touch keeps its place
            as far as the columns allow and few edges cross.
    """
    if before is not None and before.shape == shape:
        return before
    names = [name for name, _ in shape[0]]
    links = [(source, target) for _, source, target, _ in sorted(shape[1], key=lambda edge: edge[3])]
    hints = {name: hint for name, hint in shape[0] if hint is not None}
    kept = open_cycles(names, links)[0]
    number = columns(names, kept, {name: hint[0] for name, hint in hints.items()})
    numbers = tuple(sorted(set(number.values())))
    column = {name: numbers.index(number[name]) for name in names}
    part, rank = blocks(
        names, links, column, {name: hint[1] for name, hint in hints.items()}, before.blocks if before else {}
    )
    paths = {edge: _path(source, target, column) for edge, source, target, _ in shape[1]}
    visit = first_visit(names, kept)
    stops = {Stop(column[name], Slot(name)) for name in names} | {
        at for path in paths.values() for at in path
    }
    stack = sorted(stops, key=lambda stop: (visit[stop.slot.owner], stop.slot.kind != "node", stop.slot.kind))
    known = recalled(before.columns, column, len(numbers)) if before else None
    is_same = before is not None and _ends(before.shape) == _ends(shape)
    done: list[list[Slot]] = [[] for _ in numbers]
    for block in range(max(part.values(), default=-1) + 1):
        mine = [stop for stop in stack if part[stop.slot.owner] == block]
        routes = [path for path in paths.values() if part[path[0].slot.owner] == block]
        web = _web(mine, routes, len(numbers), {Slot(name): place for name, place in rank.items()})
        order = untangled(web) if known is None else steadied(web, known, is_kept=is_same)
        for whole, some in zip(done, order, strict=True):
            whole += [web.slots[slot] for slot in some]
    aside = frozenset(edge for edge, _, _, gives_way in shape[1] if gives_way)
    return Topology(shape, numbers, tuple(map(tuple, done)), paths, part, aside)


def _ends(shape: Structure) -> list[tuple[str, str]]:
    return sorted(edge[1:3] for edge in shape[1])


def _path(source: str, target: str, column: Mapping[str, int]) -> Path:
    start, end = column[source], column[target]
    if end > start:
        lanes = [Stop(at, Slot(source, "forward")) for at in range(start + 1, end)]
    else:
        lanes = [Stop(at, Slot(source, "back")) for at in range(start, end - 1, -1)]
    return (Stop(start, Slot(source)), *lanes, Stop(end, Slot(target)))


def _web(stops: Sequence[Stop], paths: Sequence[Path], width: int, rank: Mapping[Slot, int]) -> Weave:
    """Number the slots of a block, and find what is linked: across columns and within one."""
    across: dict[int, dict[tuple[Slot, Slot], None]] = {}
    within: dict[int, dict[tuple[Slot, Slot], None]] = {}
    for path in paths:
        for one, other in itertools.pairwise(path):
            first, second = sorted((one, other), key=lambda stop: stop.column)
            found = within if first.column == second.column else across
            found.setdefault(first.column, {})[first.slot, second.slot] = None
    slots: list[list[Slot]] = [[] for _ in range(width)]
    for stop in stops:
        slots[stop.column].append(stop.slot)
    return weave(
        slots,
        {at: list(pairs) for at, pairs in across.items()},
        {at: list(pairs) for at, pairs in within.items()},
        rank,
    )
