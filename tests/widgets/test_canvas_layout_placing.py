"""Nodes come to stand where a person puts them, and the others stay where they were."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import LEVELS, assert_apart, assert_joined, graphs

from widgets.canvas.graph import Edge, Graph, Node
from widgets.canvas.picture import layout
from widgets.canvas.placing import grid, positions
from widgets.canvas.topology import arrange, structure


def with_hints(graph: Graph, hints: dict[str, tuple[int, int]]) -> Graph:
    """The graph with further hints."""
    return Graph(
        tuple(replace(node, hint=hints.get(node.id, node.hint)) for node in graph.nodes), graph.edges
    )


def chain(*hints: tuple[int, int] | None) -> Graph:
    """One node after the other, with these hints."""
    names = "abcdefg"[: len(hints)]
    nodes = tuple(Node(name, name, hint=hint) for name, hint in zip(names, hints, strict=True))
    edges = (Edge(index, *pair) for index, pair in enumerate(pairwise(names)))
    return Graph(nodes, tuple(edges))


@settings(max_examples=80)
@given(graph=graphs(), data=st.data())
def test_nodes_land_where_they_are_put(graph, data):
    """Any nodes, to any column and order, also new columns left or right of all: the picture is as told."""
    for _ in range(3 if graph.nodes else 0):
        before = arrange(structure(graph))
        names = [node.id for node in graph.nodes]
        moving = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=3))
        after = [[], *([name for name in column if name not in moving] for column in grid(before)), []]
        for name in sorted(moving):
            column = data.draw(st.sampled_from(after))
            column.insert(data.draw(st.integers(0, len(column))), name)
        after = [column for column in after if column]

        graph = with_hints(graph, positions(before, after, moving))

        assert grid(arrange(structure(graph), before)) == after


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=40)
@given(graph=graphs(), data=st.data())
def test_moved_nodes_leave_a_whole_picture(level, graph, data):
    """After a move no node overlaps another, and every edge still leads from port to port."""
    if graph.nodes:
        before = arrange(structure(graph))
        name = data.draw(st.sampled_from([node.id for node in graph.nodes]))
        after = [[other for other in column if other != name] for column in grid(before)]
        data.draw(st.sampled_from(after)).append(name)
        graph = with_hints(graph, positions(before, [column for column in after if column], {name}))
    placed = layout(graph, level, 0, arrange(structure(graph)))

    assert_apart(placed)
    assert_joined(graph, placed)


@settings(max_examples=40)
@given(graph=graphs(most=9))
def test_a_node_put_where_it_is_stays(graph):
    """Putting a node down where it was changes nothing that is seen."""
    before = arrange(structure(graph))
    for node in graph.nodes:
        placed = with_hints(graph, positions(before, grid(before), {node.id}))

        assert grid(arrange(structure(placed), before)) == grid(before)


@pytest.mark.parametrize(
    ("hints", "after", "moving", "found"),
    [
        pytest.param((None, None, None), [["a"], ["b"], ["c"]], "b", {"b": (1, 0)}, id="a node alone"),
        pytest.param(
            (None, None, None),
            [["a"], ["b", "c"]],
            "b",
            {"b": (2, 0), "c": (2, 1)},
            id="what it would push away is held",
        ),
        pytest.param(
            (None, None, None),
            [["c"], ["a"], ["b"]],
            "c",
            {"b": (1, 0), "c": (-1, 0)},
            id="what would push it is held",
        ),
        pytest.param(
            (None, (1, 0), (1, 1)),
            [["a"], ["c", "b"]],
            "c",
            {"b": (1, 1), "c": (1, 0)},
            id="who was placed before makes room",
        ),
    ],
)
def test_as_few_nodes_as_possible_get_a_place(hints, after, moving, found):
    """Only the nodes that moved, and those that would not stay otherwise."""
    assert positions(arrange(structure(chain(*hints))), after, {moving}) == found


def test_a_node_put_between_placed_ones_moves_them_apart():
    """An edge between two placed nodes is split: a column opens, and all further ones move on."""
    graph = chain((0, 0), None, (1, 0), (2, 0))

    assert grid(arrange(structure(graph))) == [["a"], ["b"], ["c"], ["d"]]


def test_placing_a_node_moves_no_block():
    """Parts that are not connected stand one below the other, also when one of their nodes is placed."""
    graph = Graph(
        tuple(Node(name, name) for name in "abcxyz"),
        (Edge(1, "a", "b"), Edge(2, "b", "c"), Edge(3, "x", "y"), Edge(4, "y", "z")),
    )
    before = arrange(structure(graph))

    now = arrange(structure(with_hints(graph, positions(before, grid(before), {"b", "y"}))))

    assert now.blocks == before.blocks
    assert grid(now) == [["a", "x"], ["b", "y"], ["c", "z"]]
