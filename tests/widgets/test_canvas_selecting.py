"""Selecting edges, marking nodes and moving them with the keys."""

from dataclasses import replace

import pytest

from tests.widgets.canvas_host import DIAMOND, Host, chain, drag, shown, spot
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.graph import Edge, Graph, Node

Marked, Placed = GraphCanvas.Marked, GraphCanvas.Placed


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("home o", 1),
        ("home o o", 2),
        ("home o o o", 1),
        ("home O", 2),
        ("home o right", "up"),
        ("home o left", "in"),
        ("home right o", 3),
        ("home right o o", 1),
        ("home o right o", 3),
        ("tab tab tab tab tab o", 2),
    ],
)
async def test_keys_go_from_nodes_to_edges_and_on(keys, selected):
    """From a node one steps onto its edges, leaving ones first, and from an edge on to its ends."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*keys.split())

        assert selected in (app.canvas.selected, app.canvas.selected_edge)


async def test_a_node_without_edges_stays_selected():
    """Where there is no edge to step onto nothing happens."""
    app = Host(Graph((Node("a", "A"),)))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("o", "home", "o", "O")
        assert app.canvas.selected == "a"


async def test_going_back_leads_to_where_one_came_from():
    """Left after right is the node one was at, though another lies straighter."""
    fan = Graph(
        tuple(Node(name, name) for name in "abcz"), tuple(Edge(i, n, "z") for i, n in enumerate("abc"))
    )
    app = Host(fan)
    async with app.run_test(size=(100, 30)) as pilot:
        for start in "abc":
            app.canvas.select(start)
            await pilot.press("right", "left")
            assert app.canvas.selected == start


async def test_v_marks_and_escape_marks_nothing():
    """Marks are set one by one or all at once, and told; escape takes them all back, then is others'."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("home", "v", "right", "v", "v", "right", "v")
        assert app.canvas.marked == {"in", "out"}

        await pilot.press("ctrl+a")
        assert app.canvas.marked == {"in", "up", "down", "out"}

        await pilot.press("escape")
        assert app.said(Marked)[-1] == Marked(frozenset())
        assert app.canvas.selected == "out"
        assert not app.canvas.check_action("unmark", ())


async def test_what_is_gone_is_no_longer_marked():
    """Marks of removed nodes go with them."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+a")
        app.canvas.graph = Graph(DIAMOND.nodes[:2], DIAMOND.edges[:1])
        assert app.canvas.marked == {"in", "up"}


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_marks_and_selection_show_without_colour(level, ascii_only):
    """The characters alone tell nodes at rest, marked, selected, and both."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        canvas = app.canvas
        canvas.zoom, canvas.ascii = level, ascii_only
        looks = []
        for selected, marked in ((None, ""), ("in", ""), (None, "in"), ("in", "in")):
            canvas.select(selected)
            canvas.marked = frozenset([marked] if marked else [])
            await pilot.pause()
            looks.append("\n".join(shown(app)))
        assert len(set(looks)) == 4


async def test_the_selected_edge_is_drawn_heavy():
    """Which edge is selected shows in the characters, in either alphabet."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        for ascii_only in (False, True):
            app.canvas.ascii = ascii_only
            seen = set()
            for edge in DIAMOND.edges:
                app.canvas.select(None, edge.id)
                await pilot.pause()
                seen.add("\n".join(shown(app)))
            assert len(seen) == 4


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("home right ctrl+down", {"up": (1, 1)}),
        ("home right J", {"up": (1, 1)}),
        ("home right down K", {"down": (1, 0)}),
        ("home H", None),
        ("home K", None),
        ("home right L", {"up": (2, 0)}),
        ("home right v down v ctrl+right", {"up": (2, 0), "down": (2, 2)}),
    ],
)
async def test_keys_move_nodes_by_a_slot(keys, told):
    """The selected node or the marked ones move together; where there is no slot nothing is said."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*keys.split())

        moved = app.said(Placed)
        assert bool(moved) == (told is not None)
        if told is not None:
            assert {name: moved[-1].positions[name] for name in told} == told


async def test_what_was_said_comes_out_like_that():
    """The positions told, given to the nodes as hints, exchange the two nodes and nothing else."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        canvas = app.canvas
        await pilot.press("home", "right", "ctrl+down")
        before = dict(canvas._picture.layout.boxes)
        positions = app.said(Placed)[-1].positions
        canvas.graph = Graph(
            tuple(replace(node, hint=positions.get(node.id)) for node in DIAMOND.nodes), DIAMOND.edges
        )
        after = canvas._picture.layout.boxes

        assert (after["up"].y, after["down"].y) == (before["down"].y, before["up"].y)
        assert (after["in"].x, after["out"].x) == (before["in"].x, before["out"].x)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(10, 3), (1, 2)])
async def test_no_key_fails_where_there_is_no_room(size):
    """Tiny windows, long and wide names: every key and a drag do their thing."""
    wide = Graph(
        (Node("a", "注文を受け付ける関数の名前", "関数", "λ"), Node("b", "x" * 50)), (Edge(1, "a", "b"),)
    )
    for graph, zoom in ((wide, "card"), (chain(12), "compact"), (Graph(), "dot")):
        app = Host(graph)
        async with app.run_test(size=size) as pilot:
            app.canvas.zoom = zoom
            await pilot.press("home", "v", "o", "O", "l", "j", "J", "L", "escape", "enter")
            if app.canvas.size.area:
                await drag(pilot, (0, 0), (min(2, app.canvas.size.width - 1), 0), (0, 0))
            assert len(shown(app)) == app.canvas.size.height


async def test_marking_repaints_only_the_rows_of_the_node():
    """A mark refreshes no other rows than those of the node that differ."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("home")
        await pilot.pause()
        shown(app)
        refreshed: list[int] = []
        app.canvas.refresh_line = refreshed.append  # type: ignore[method-assign]

        await pilot.press("v")

        # The selected node keeps its frame; the tick stands before its service.
        assert refreshed == [spot(app, "in")[1] - 2]
