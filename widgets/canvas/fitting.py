"""The zoom level that shows most without cutting anything off."""

from widgets.canvas.face import BOUNDS, TIGHT
from widgets.canvas.graph import Graph
from widgets.canvas.picture import layout
from widgets.canvas.plan import MEASURES, Level
from widgets.canvas.topology import arrange, structure

LEVELS: tuple[Level, ...] = ("card", "compact", "dot")

NAMED = 40
"""Graphs up to this many nodes are scrolled rather than shown without names."""


def fit(graph: Graph, width: int, height: int) -> tuple[Level, bool]:
    """The largest level whose picture fits into a viewport [cells].

    Returns:
        The level, and whether its texts have to be shortened for that.
    """
    for level in LEVELS[:2]:
        for is_tight in (False, True):
            if fits(graph, level, width, height, is_tight=is_tight):
                return level, is_tight
    if len(graph.nodes) > NAMED:
        return "dot", False
    return "compact", True


def is_tight_at(graph: Graph, level: Level, width: int, height: int) -> bool:
    """Whether shortened texts, and only they, make a level fit."""
    return not fits(graph, level, width, height, is_tight=False) and fits(
        graph, level, width, height, is_tight=True
    )


def fits(graph: Graph, level: Level, width: int, height: int, *, is_tight: bool) -> bool:
    """Whether a level shows all of a graph in a viewport [cells]."""
    measure = MEASURES[level]
    columns = arrange(structure(graph)).columns
    longest = max((sum(slot.kind == "node" for slot in column) for column in columns), default=0)
    narrowest = (TIGHT if is_tight else BOUNDS)[level][0]
    if longest * (measure.height + measure.gap) > height + measure.gap or len(columns) * narrowest > width:
        return False  # found out without laying out a large graph
    placed = layout(graph, level, is_tight=is_tight)
    return placed.width <= width and placed.height <= height
