"""How well graphs are laid out: crossings against graphviz's `dot`, what an edit moves, how long it takes.

Both drawings are counted in the same two ways (see `benchmarks.crossing`): pairs of edges in
opposite order between neighbouring columns, and points of the picture where lines cross.
`dot` is no part of the program: where it is not installed, its lines say so.
"""

import statistics
from collections.abc import Iterator, Sequence
from itertools import combinations

from benchmarks.crossing import Count, dot_is_here, dots, ours
from benchmarks.designs import shops
from benchmarks.graphs import edits, layered, presets
from benchmarks.measure import Figure, timed
from sandbox.app.dialogs.preview import outline
from widgets.canvas.graph import Graph
from widgets.canvas.picture import layout
from widgets.canvas.placing import grid
from widgets.canvas.plan import Level
from widgets.canvas.topology import Topology, arrange, structure

GROUP = "Layout"
COUNT = 200
"""Random graphs whose crossings are counted."""

SEED = 3
TARGET = 1.1
"""Our crossings to dot's."""

TARGET_MS = 16.0
EDITED = 10
"""Random graphs that are edited besides the presets, every one as often as `SESSION` says."""

SESSION, LONG = 20, 100
"""Edits of a graph, and those of a long session."""

LEVEL: Level = "card"
"""The level at which cells are counted."""


def figures(times: int) -> Iterator[Figure]:
    """Measure everything of this group.

    Args:
        times: How often what takes time is done.
    """
    yield from _crossed("presets", list(presets().values()))
    yield from _crossed(f"{COUNT} random graphs", layered(SEED, COUNT))
    yield from _moved()
    graph = outline(shops(60))
    before, shape = arrange(structure(graph)), structure(next(edits(graph, SEED, 1)))
    yield Figure(
        GROUP, "arrange 60 nodes", timed(lambda: arrange.__wrapped__(before.shape), times), TARGET_MS
    )
    yield Figure(
        GROUP,
        "arrange 60 nodes after an edit",
        timed(lambda: arrange.__wrapped__(shape, before), times),
        TARGET_MS,
    )


def _crossed(what: str, graphs: Sequence[Graph]) -> Iterator[Figure]:
    """Our crossings and dot's, and the one as a part of the other."""
    mine = [ours(arrange(structure(graph)), layout(graph, "compact")) for graph in graphs]
    if not dot_is_here():
        for way, count in Count(*map(sum, zip(*mine, strict=True)))._asdict().items():
            yield Figure(GROUP, f"crossings {way}, {what} (dot is not installed)", (count,), unit="")
        return
    theirs = dots(graphs)
    for way in Count._fields:
        count, by_dot = (sum(getattr(found, way) for found in some) for some in (mine, theirs))
        work = f"crossings {way}, {what}: {count}, dot {by_dot}"
        if by_dot:
            yield Figure(GROUP, work, (count / by_dot,), TARGET, unit="×")
        else:
            yield Figure(GROUP, work, (count,), unit="")


def _moved() -> Iterator[Figure]:
    """What random edits do to the nodes they do not touch, and what is left of the picture after many."""
    graphs = [*presets().values(), *layered(SEED + 1, EDITED)]
    moves = [move for seed, graph in enumerate(graphs) for move in _session(graph, seed)]
    turned, parted, cells = (tuple(values) for values in zip(*moves, strict=True))
    work = f"mean of {len(moves)} edits"
    for what, values in (("untouched pairs turned over", turned), ("untouched pairs parted", parted)):
        yield Figure(GROUP, f"{what}, {work}", (100 * statistics.fmean(values),), unit="%")
    yield Figure(GROUP, f"untouched nodes move, {work}", (statistics.fmean(cells),), unit="cells")
    kept = fresh = 0
    for seed, graph in enumerate(layered(SEED + 2, EDITED)):
        last, topology = graph, arrange(structure(graph))
        for edited in edits(graph, seed, LONG):
            last, topology = edited, arrange(structure(edited), topology)
        kept += ours(topology, layout(last, LEVEL, 0, topology)).ordered
        fresh += ours(arrange(structure(last)), layout(last, LEVEL)).ordered
    work = f"crossings after {LONG} edits to those of a fresh picture: {kept}, {fresh}"
    yield Figure(GROUP, work, (kept / fresh,), unit="×")


def _session(graph: Graph, seed: int) -> Iterator[tuple[float, float, float]]:
    """Edit a graph.

    Yields:
        Of each edit: the share of pairs of untouched nodes of one column that changed their
        order, the share of all pairs whose columns changed their order (a column gained or
        lost by one of the two counts), and how far an untouched node moved, beside what all
        of them moved together [cells, mean].
    """
    before = arrange(structure(graph))
    for edited in edits(graph, seed, SESSION):
        now = arrange(structure(edited), before)
        changed = {edge[1:3] for edge in {*before.shape[1]} ^ {*now.shape[1]}}
        touched = {name for ends in changed for name in ends}
        shared = {node.id for node in graph.nodes} & {node.id for node in edited.nodes}
        untouched = sorted(shared - touched)
        if len(untouched) > 1:
            yield (*_turned(before, now, untouched), _cells(graph, before, edited, now, untouched))
        graph, before = edited, now


def _turned(before: Topology, now: Topology, names: Sequence[str]) -> tuple[float, float]:
    old, new = (
        {name: (at, row) for at, column in enumerate(grid(one)) for row, name in enumerate(column)}
        for one in (before, now)
    )
    pairs = [(old[one], old[other], new[one], new[other]) for one, other in combinations(names, 2)]
    kept = [pair for pair in pairs if _sign(pair[0][0], pair[1][0]) == _sign(pair[2][0], pair[3][0])]
    level = [pair for pair in kept if pair[0][0] == pair[1][0]]
    turned = sum((one < other) != (here < there) for one, other, here, there in level)
    return turned / max(len(level), 1), 1 - len(kept) / len(pairs)


def _sign(one: int, other: int) -> int:
    return (one > other) - (one < other)


def _cells(graph: Graph, before: Topology, edited: Graph, now: Topology, names: Sequence[str]) -> float:
    old, new = layout(graph, LEVEL, 0, before).boxes, layout(edited, LEVEL, 0, now).boxes
    across = [new[name].x - old[name].x for name in names]
    down = [new[name].y - old[name].y for name in names]
    return sum(
        statistics.fmean(abs(step - statistics.median(steps)) for step in steps) for steps in (across, down)
    )
