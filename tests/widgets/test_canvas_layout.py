"""Whatever the graph: no overlaps, no lines through nodes, and every edge ends where it should."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from layouts import LEVELS, assert_apart, assert_joined, assert_labelled, graphs, inside

from widgets.canvas.geometry import DOWN, LEFT, RIGHT, UP, Point
from widgets.canvas.layers import columns, open_cycles
from widgets.canvas.picture import layout
from widgets.canvas.placing import grid
from widgets.canvas.router import Pins, route
from widgets.canvas.topology import arrange, structure

levels = pytest.mark.parametrize("level", LEVELS)


@levels
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_no_boxes_overlap(level, graph):
    """No two nodes share a cell, and all are within the world."""
    assert_apart(layout(graph, level))


@levels
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_edges_run_from_port_to_port_around_all_nodes(level, graph):
    """An edge leaves right of its source, arrives left of its target, has no gap, and enters no node."""
    assert_joined(graph, layout(graph, level))


@levels
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_shared_lines_tell_no_lies(level, graph):
    """Edges share a line only if what one could read from it, each source to each target, is so."""
    placed = layout(graph, level)
    steps: dict[frozenset[Point], set[int]] = {}
    for edge, cells in placed.routes.items():
        for one, other in pairwise(cells):
            steps.setdefault(frozenset((one, other)), set()).add(edge)
    ends = {edge.id: (edge.source, edge.target) for edge in graph.edges}

    for shared in steps.values():
        for one, other in combinations(shared, 2):
            assert {(ends[one][0], ends[other][1]), (ends[other][0], ends[one][1])} <= set(ends.values())


@levels
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_lines_are_joined_where_drawn_so(level, graph):
    """Each connection a line cell shows leads to a line or a node, except under a crossing."""
    placed = layout(graph, level)
    taken = inside(placed)
    masks = {(cell.x, y): cell.mask for y, cells in placed.lines.items() for cell in cells}

    for (x, y), mask in masks.items():
        for bit, back, beside in (
            (UP, DOWN, (x, y - 1)),
            (DOWN, UP, (x, y + 1)),
            (LEFT, RIGHT, (x - 1, y)),
            (RIGHT, LEFT, (x + 1, y)),
        ):
            if mask & bit and beside not in taken:
                assert masks[beside] & back or (bit in (UP, DOWN) and masks[beside] & (LEFT | RIGHT))


@levels
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_labels_lie_on_their_own_lines(level, graph):
    """A label covers cells of a horizontal line that all its edges share, and no two labels touch."""
    assert_labelled(layout(graph, level))


@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_layout_is_the_same_every_time(graph):
    """Laying out twice gives the same picture, even when nothing is remembered."""
    first = arrange(structure(graph))
    arrange.cache_clear()

    again = arrange(structure(graph))

    assert (first.columns, first.paths) == (again.columns, again.paths)


@settings(max_examples=100, deadline=None)
@given(graph=graphs())
def test_hints_are_kept(graph):
    """Placed nodes keep the order of their columns, and within a column that of their rows."""
    topology = arrange(structure(graph))
    hints = {node.id: node.hint for node in graph.nodes if node.hint}
    found = {name: (at, row) for at, column in enumerate(grid(topology)) for row, name in enumerate(column)}

    for one, other in combinations(hints, 2):
        assert (hints[one][0] < hints[other][0]) == (found[one][0] < found[other][0])
        if hints[one][0] == hints[other][0] and hints[one][1] != hints[other][1]:
            assert (hints[one][1] < hints[other][1]) == (found[one][1] < found[other][1])


@given(graph=graphs())
def test_opening_cycles_keeps_every_other_link(graph):
    """The kept links point forward, and each that is left out would close a cycle."""
    names = [node.id for node in graph.nodes]
    links = [(edge.source, edge.target) for edge in graph.edges]

    kept, order = open_cycles(names, links)

    place = {name: index for index, name in enumerate(order)}
    assert sorted(order) == sorted(names)
    assert all(place[one] < place[other] for one, other in kept)
    assert all(place[one] >= place[other] for one, other in set(links) - set(kept))


def test_a_source_stands_beside_its_consumer():
    """A source that feeds the end of a chain is drawn there, not at the far left."""
    found = columns("abcs", [("a", "b"), ("b", "c"), ("s", "c")], {})

    assert found == {"a": 0, "b": 1, "c": 2, "s": 1}


@pytest.mark.parametrize(
    ("nets", "tracks"),
    [
        pytest.param([({3}, {3})], 0, id="a straight line needs no track"),
        pytest.param([({0}, {2}), ({4}, {6})], 1, id="verticals that never meet share a track"),
        pytest.param([({0}, {4}), ({2}, {6})], 2, id="verticals that overlap do not"),
        pytest.param([({0}, {4}), ({4}, {0})], 3, id="an exchange takes a detour"),
    ],
)
def test_tracks(nets, tracks):
    """A channel is as narrow as its lines allow."""
    trunks, count = route([Pins(frozenset(left), frozenset(right)) for left, right in nets])

    assert count == tracks
    assert sum(trunk is not None and trunk.over is not None for trunk in trunks) == (tracks == 3)
