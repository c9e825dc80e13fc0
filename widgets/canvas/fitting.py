"""The zoom level that shows most without cutting anything off."""

from widgets.canvas.graph import Graph
from widgets.canvas.picture import layout
from widgets.canvas.plan import Level

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
            if _fits(graph, level, width, height, is_tight=is_tight):
                return level, is_tight
    if len(graph.nodes) > NAMED:
        return "dot", False
    return "compact", True


def is_tight_at(graph: Graph, level: Level, width: int, height: int) -> bool:
    """Whether shortened texts, and only they, make a level fit."""
    return not _fits(graph, level, width, height, is_tight=False) and _fits(
        graph, level, width, height, is_tight=True
    )


def _fits(graph: Graph, level: Level, width: int, height: int, *, is_tight: bool) -> bool:
    placed = layout(graph, level, is_tight=is_tight)
    return placed.width <= width and placed.height <= height
