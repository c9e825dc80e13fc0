"""Drawing lines, carrying nodes, marking, zooming and asking with the mouse."""

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from tests.widgets.canvas_host import DIAMOND, Host, chain, drag, find, shown, spot
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.graph import Graph

Joined, Placed, Marked = GraphCanvas.Joined, GraphCanvas.Placed, GraphCanvas.Marked
Selected, Activated = GraphCanvas.Selected, GraphCanvas.Activated
MenuAsked, AddAsked = GraphCanvas.MenuAsked, GraphCanvas.AddAsked

REASON = "Nothing calls the entrance"


def no_way_back(_source: str, target: str) -> str | None:
    """Nothing may lead to the first node."""
    return REASON if target == "in" else None


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
@pytest.mark.parametrize("part", ["edge", "port"])
async def test_a_line_joins_two_nodes(level, part):
    """From the right edge of a node, or the cell beside it, to anywhere on another."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.zoom = level
        await pilot.pause()
        await drag(pilot, spot(app, "up", part), (0, 0), spot(app, "down"))

        assert app.said(Joined, Placed) == [Joined("up", "down")]


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
async def test_a_line_shows_where_it_would_end(level):
    """The target changes its look while the line is over it, and no longer afterwards."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.zoom = level
        app.canvas.select("in")
        await pilot.pause()
        before = shown(app)
        await pilot.mouse_down(GraphCanvas, offset=spot(app, "in", "edge"))
        await pilot.hover(GraphCanvas, offset=spot(app, "out"))
        assert app.canvas.aimed == "out"
        assert "━" in "\n".join(shown(app))

        await pilot.hover(GraphCanvas, offset=(0, 0))
        assert app.canvas.aimed is None

        await pilot.press("escape")
        await pilot.mouse_up(GraphCanvas, offset=(0, 0))
        assert shown(app) == before
        assert not app.said(Joined, Placed)


async def test_a_line_to_where_it_may_not_end():
    """It says why, and nothing is joined."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.may_join = no_way_back
        await pilot.mouse_down(GraphCanvas, offset=spot(app, "out", "edge"))
        await pilot.hover(GraphCanvas, offset=spot(app, "in"))
        assert REASON in "\n".join(shown(app))

        await pilot.mouse_up(GraphCanvas, offset=spot(app, "in"))
        assert REASON not in "\n".join(shown(app))
        assert not app.said(Joined)


@pytest.mark.parametrize(("start", "end"), [("in", "in"), ("in", None)])
async def test_a_line_to_nowhere_joins_nothing(start, end):
    """Let go over the background, or over where it began, a line is forgotten."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        away = spot(app, end) if end else (0, 0)
        await drag(pilot, spot(app, start, "edge"), (50, 1), away)
        assert not app.said(Joined, Placed)


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
async def test_a_node_is_carried_to_a_slot(level):
    """Carried past the other node of its column it takes that one's place; a ghost and a bar show it."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.zoom = level
        await pilot.pause()
        start, end = spot(app, "up"), spot(app, "down")
        await pilot.mouse_down(GraphCanvas, offset=start)
        await pilot.hover(GraphCanvas, offset=end)
        picture = "\n".join(shown(app))
        assert "╎" in picture
        assert "━╸" in picture or "▸" in picture

        await pilot.mouse_up(GraphCanvas, offset=end)
        assert app.said(Joined, Placed) == [Placed({"up": (1, 1)})]


async def test_marked_nodes_are_carried_together():
    """One of them takes the others along; let go where they were they stay."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.marked = frozenset({"up", "down"})
        await pilot.pause()
        start, end = spot(app, "up"), spot(app, "out")
        await drag(pilot, start, (start[0], start[1] + 1), start)
        assert not app.said(Placed)

        await drag(pilot, start, end)
        (placed,) = app.said(Placed)
        assert {"up", "down"} <= set(placed.positions)
        assert app.canvas.marked == {"up", "down"}


async def test_escape_lets_go_of_a_node():
    """What is carried stays where it was."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.mouse_down(GraphCanvas, offset=spot(app, "up"))
        await pilot.hover(GraphCanvas, offset=spot(app, "down"))
        await pilot.press("escape")
        await pilot.mouse_up(GraphCanvas, offset=spot(app, "down"))

        assert not app.said(Placed)
        assert "╎" not in "\n".join(shown(app))


async def test_what_is_carried_may_vanish():
    """A graph that loses the node while it is dragged ends the drag."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        for part in ("body", "edge"):
            app.canvas.graph = DIAMOND
            await pilot.mouse_down(GraphCanvas, offset=spot(app, "up", part))
            await pilot.hover(GraphCanvas, offset=(0, 0))
            app.canvas.graph = Graph(DIAMOND.nodes[:1])
            await pilot.hover(GraphCanvas, offset=(3, 3))
            await pilot.mouse_up(GraphCanvas, offset=(3, 3))
        assert not app.said(Placed, Joined)


@pytest.mark.parametrize("key", ["shift", "control", "meta"])
async def test_clicks_with_a_key_mark(key):
    """The first marks the selected node too; another click takes the mark away; a plain one all."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.click(GraphCanvas, offset=spot(app, "in"))
        await pilot.click(GraphCanvas, offset=spot(app, "out"), **{key: True})
        assert app.canvas.marked == {"in", "out"}

        await pilot.click(GraphCanvas, offset=spot(app, "in"), **{key: True})
        assert app.canvas.marked == {"out"}

        await pilot.click(GraphCanvas, offset=spot(app, "up"))
        assert (app.canvas.marked, app.canvas.selected) == (frozenset(), "up")


async def test_a_frame_marks_what_it_touches():
    """Dragging the background with a key held marks the nodes in the frame."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await drag(pilot, (0, 0), (10, 5), spot(app, "down"), control=True)
        assert app.canvas.marked >= {"in", "up", "down"}
        assert "out" not in app.canvas.marked


async def test_double_clicks_open_or_ask_for_a_node():
    """Twice on an edge opens it; twice on the background asks to add."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.click(GraphCanvas, offset=find(app, "2/s"), times=2)
        await pilot.click(GraphCanvas, offset=(0, 0), times=2)
        assert app.said(Activated, AddAsked) == [Activated(None, 2), AddAsked()]


async def test_the_right_button_selects_and_asks_for_a_menu():
    """It says what is there and where on the screen."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        x, y = spot(app, "up")
        await pilot.click(GraphCanvas, offset=(x, y), button=3)
        await pilot.click(GraphCanvas, offset=(0, 0), button=3)

        assert app.said(MenuAsked) == [MenuAsked("up", None, x, y), MenuAsked(None, None, 0, 0)]
        assert app.said(Selected) == [Selected("up", None), Selected(None, None)]


async def test_hovering_shows_where_a_line_may_begin():
    """The handle stands at the right edge of the node under the mouse, and goes with the mouse."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.hover(GraphCanvas, offset=spot(app, "up"))
        x, y = spot(app, "up", "edge")
        assert shown(app)[y][x] == "◆"

        await pilot.hover(GraphCanvas, offset=(0, 0))
        assert "◆" not in "\n".join(shown(app))


async def test_hovering_repaints_one_row():
    """The handle costs one row."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        shown(app)
        refreshed: list[int] = []
        app.canvas.refresh_line = refreshed.append  # type: ignore[method-assign]
        await pilot.hover(GraphCanvas, offset=spot(app, "up"))
        assert refreshed == [spot(app, "up")[1]]


async def test_dragging_to_the_border_scrolls():
    """A line drawn to the border brings what is beyond into view."""
    app = Host(chain(12))
    async with app.run_test(size=(60, 12)) as pilot:
        canvas = app.canvas
        await pilot.press("home")
        await pilot.mouse_down(GraphCanvas, offset=spot(app, "n0", "edge"))
        await pilot.hover(GraphCanvas, offset=(30, 3))
        await pilot.hover(GraphCanvas, offset=(59, 3))
        for _ in range(40):
            await pilot.pause(0.02)
            if canvas.scroll_offset.x > 4:
                break
        assert canvas.scroll_offset.x > 4
        await pilot.press("escape")


async def test_the_wheel_zooms_around_the_mouse():
    """The node under the mouse stays there, as far as the view can be scrolled."""
    app = Host(chain(30))
    async with app.run_test(size=(80, 12)) as pilot:
        canvas = app.canvas
        canvas.zoom = "card"
        canvas.select("n15")
        await pilot.pause()
        canvas.select(None)
        await pilot.pause()
        before = spot(app, "n15")
        for turn in (MouseScrollDown, MouseScrollDown, MouseScrollUp):
            await pilot._post_mouse_events([turn], GraphCanvas, offset=before, control=True)
            await pilot.pause()
            assert abs(spot(app, "n15")[0] - before[0]) <= 1
