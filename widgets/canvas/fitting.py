"""The zoom level that shows most without cutting anything off."""

from widgets.canvas.face import ROOMS
from widgets.canvas.graph import Graph
from widgets.canvas.picture import size
from widgets.canvas.plan import MEASURES, Level
from widgets.canvas.topology import Topology, arrange, structure

LEVELS: tuple[Level, ...] = ("card", "compact", "dot")

NAMED = 80
"""Graphs up to this many nodes are scrolled rather than shown without names."""


def fit(graph: Graph, width: int, height: int, topology: Topology | None = None) -> tuple[Level, int]:
    """The largest level whose picture fits into a viewport [cells]; arranged anew where no topology is given.

    Returns:
        The level, and how much its texts have to be squeezed for that.
    """
    for level in LEVELS[:2]:
        for squeeze in range(len(ROOMS[level])):
            if fits(graph, level, squeeze, width, height, topology):
                return level, squeeze
    if len(graph.nodes) > NAMED:
        return "dot", 0
    return "compact", 2


def squeeze_at(graph: Graph, level: Level, width: int, height: int, topology: Topology | None = None) -> int:
    """How much a level has to be squeezed to fit; not at all where nothing helps."""
    squeezes = range(len(ROOMS[level]))
    return next((squeeze for squeeze in squeezes if fits(graph, level, squeeze, width, height, topology)), 0)


def fits(
    graph: Graph, level: Level, squeeze: int, width: int, height: int, topology: Topology | None = None
) -> bool:
    """Whether a level shows all of a graph in a viewport [cells]."""
    measure = MEASURES[level]
    topology = topology or arrange(structure(graph))
    columns = topology.columns
    longest = max((sum(slot.kind == "node" for slot in column) for column in columns), default=0)
    narrowest = ROOMS[level][squeeze].least
    if longest * (measure.height + measure.gap) > height + measure.gap or len(columns) * narrowest > width:
        return False  # found out without laying out a large graph
    columns_needed, rows_needed = size(graph, level, squeeze, topology)
    return columns_needed <= width and rows_needed <= height
