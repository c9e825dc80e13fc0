"""Arrow keys lead where one means, on the pictures of every preset."""

from itertools import pairwise
from pathlib import Path

import pytest

import presets
from sandbox.app.present.graph import graph
from sandbox.design.files import load
from sandbox.evaluate import evaluate
from widgets.canvas.geometry import Box
from widgets.canvas.moves import edges_of, end_of, nearest, neighbours
from widgets.canvas.picture import layout
from widgets.canvas.places import grid, shifted, slot_at, stepped

NAMES = sorted(path.stem for path in Path(presets.__file__).parent.glob("*.toml"))
DIRECTIONS = ("left", "right", "up", "down")


@pytest.fixture(scope="module", params=NAMES)
def drawn(request):
    """The graph of a preset."""
    return graph(evaluate(load(Path(presets.__file__).parent / f"{request.param}.toml")))


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
def test_every_node_is_reached_from_every_other(drawn, level):
    """By arrows alone one comes from anywhere to anywhere."""
    boxes = layout(drawn, level).boxes
    for start in boxes:
        reached, todo = {start}, [start]
        while todo:
            at = todo.pop()
            for direction in DIRECTIONS:
                found = nearest(boxes, at, direction, neighbours(drawn.edges, at))
                if found is not None and found not in reached:
                    reached.add(found)
                    todo.append(found)
        assert reached == set(boxes)


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
def test_arrows_go_where_they_point(drawn, level):
    """What a key selects lies on that side; up and down stay in the column while there is more of it."""
    boxes = layout(drawn, level).boxes
    for column in grid(boxes):
        for above, below in pairwise(column):
            assert nearest(boxes, above, "down", neighbours(drawn.edges, above)) == below
            assert nearest(boxes, below, "up", neighbours(drawn.edges, below)) == above
    for start, here in boxes.items():
        for direction, sign in (("left", -1), ("right", 1)):
            found = nearest(boxes, start, direction, neighbours(drawn.edges, start))
            if found is not None:
                assert (boxes[found].x - here.x) * sign > 0


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
def test_sideways_follows_the_edges(drawn, level):
    """Where an edge leads to the next column, right goes along an edge; left goes back along one."""
    boxes = layout(drawn, level).boxes
    at = {name: index for index, column in enumerate(grid(boxes)) for name in column}
    for start in boxes:
        linked = neighbours(drawn.edges, start)
        for direction, sign in (("right", 1), ("left", -1)):
            if any(at[name] == at[start] + sign for name in linked):
                assert nearest(boxes, start, direction, linked) in linked


def test_a_straight_neighbour_wins_over_a_far_one_with_an_edge():
    """An edge does not lead past what stands right there."""
    boxes = {"a": Box(0, 0, 10, 5), "next": Box(20, 0, 10, 5), "far": Box(90, 0, 10, 5)}

    assert nearest(boxes, "a", "right", {"far"}) == "next"
    assert nearest(boxes, "a", "right", {"next", "far"}) == "next"


def test_edges_of_a_node_go_from_the_top_down(drawn):
    """All edges of a node, each once, those that leave before those that arrive."""
    boxes = layout(drawn, "card").boxes
    for node in boxes:
        found = edges_of(drawn.edges, boxes, node)
        ends = {edge.id: (edge.source, edge.target) for edge in drawn.edges}
        assert sorted(found) == sorted(edge for edge, pair in ends.items() if node in pair)
        leaving = [ends[edge][0] == node for edge in found]
        assert leaving == sorted(leaving, reverse=True)


def test_both_ends_of_an_edge_are_one_key_away(drawn):
    """From an edge, left and right lead to different ends, the left one on the left."""
    boxes = layout(drawn, "card").boxes
    for edge in drawn.edges:
        left, right = (end_of(edge, boxes, direction) for direction in ("left", "right"))
        assert {left, right} == {edge.source, edge.target}
        assert boxes[left].x <= boxes[right].x


def test_every_node_is_in_its_own_slot(drawn):
    """The slot at a node's middle is where it stands; carried nowhere nothing changes."""
    for level in ("card", "compact", "dot"):
        boxes = layout(drawn, level).boxes
        for column, names in enumerate(grid(boxes)):
            for order, name in enumerate(names):
                box = boxes[name]
                assert slot_at(boxes, box.x + box.width / 2, box.port, {name}) == (column, order)
                assert shifted(boxes, {name}, 0, 0) is None


def test_a_step_and_back_changes_nothing(drawn):
    """Up after down leaves every column as it was, for one node and for several."""
    boxes = layout(drawn, "card").boxes
    for names in grid(boxes):
        for moving in ({names[0]}, set(names[:2])):
            down = stepped(boxes, moving, "down")
            if down is None:
                continue
            column = next(column for column in down if names[0] in column)
            there = {name: boxes[names[index]] for index, name in enumerate(column)}
            assert stepped({**boxes, **there}, moving, "up") == grid(boxes)
