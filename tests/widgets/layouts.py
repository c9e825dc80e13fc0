"""Graphs to lay out, and what must be so of every layout."""

from itertools import pairwise

from hypothesis import strategies as st

from widgets.canvas.geometry import Layout, Point
from widgets.canvas.graph import Edge, Graph, Node

LEVELS = ("card", "compact", "dot")

FAR = 10**6
"""A column or an order far away from everything."""


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> Graph:
    """Any graph: cycles, self-loops, parallel edges, loose nodes, some nodes placed anywhere by hand."""
    size = draw(st.integers(0, most))
    place = st.integers(-3, 6) | st.sampled_from((-FAR, FAR))
    hint = st.none() | st.tuples(place, place)
    nodes = tuple(
        Node(f"n{index}", "x" * draw(st.integers(1, 30)), "KIND", "λ", hint=draw(hint))
        for index in range(size)
    )
    ends = st.integers(0, max(0, size - 1))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=2 * size if size else 0))
    edges = tuple(
        Edge(index, f"n{one}", f"n{other}", label="9/s" * draw(st.integers(0, 3)))
        for index, (one, other) in enumerate(pairs)
    )
    return Graph(nodes, edges)


def inside(placed: Layout) -> dict[tuple[int, int], str]:
    """The node of every cell that belongs to one."""
    return {
        (x, y): name
        for name, box in placed.boxes.items()
        for x in range(box.x, box.right)
        for y in range(box.y, box.y + box.height)
    }


def assert_apart(placed: Layout) -> None:
    """No two nodes share a cell, and all are within the world."""
    assert len(inside(placed)) == sum(box.width * box.height for box in placed.boxes.values())
    for box in placed.boxes.values():
        assert 0 <= box.x < box.right <= placed.width
        assert 0 <= box.y < box.y + box.height <= placed.height


def assert_joined(graph: Graph, placed: Layout) -> None:
    """Every edge leads from its source's port to its target's without a gap, and enters no node."""
    taken = inside(placed)
    for edge in graph.edges:
        cells = placed.routes[edge.id]
        source, target = placed.boxes[edge.source], placed.boxes[edge.target]
        assert cells[0] == Point(source.right, source.port)
        assert cells[-1] == Point(target.x - 1, target.port)
        assert all(abs(one.x - other.x) + abs(one.y - other.y) == 1 for one, other in pairwise(cells))
        assert not taken.keys() & set(cells)
        assert all(0 <= cell.x < placed.width and 0 <= cell.y < placed.height for cell in cells)


def assert_labelled(placed: Layout) -> None:
    """A label covers cells of a horizontal line that all its edges share, and no two labels touch."""
    seen: set[tuple[int, int]] = set()
    for label in placed.labels:
        cells = {(x, label.y) for x in range(label.x, label.x + label.width)}
        assert not cells & seen
        seen |= cells
        for edge in label.edges:
            assert cells <= set(placed.routes[edge])
