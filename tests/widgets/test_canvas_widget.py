"""A person works in the canvas: keys and mouse select, open, pan and zoom."""

from dataclasses import replace

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.widgets import Button

from tests.widgets.canvas_host import DIAMOND, Host, chain, find, shown
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.graph import Graph

Selected, Activated = GraphCanvas.Selected, GraphCanvas.Activated


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("right", "in"),
        ("home right", "up"),
        ("home right down", "down"),
        ("home l j k", "up"),
        ("home l l", "out"),
        ("home l l h h", "in"),
        ("home up", "in"),
        ("tab tab tab tab", "out"),
        ("shift+tab right", "out"),
    ],
)
async def test_keys_select_nodes(keys, selected):
    """Arrows and their letters go to the nearest node that way, tab to the next in order."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*keys.split())

        assert app.canvas.selected == selected
        assert app.heard[-1] == Selected(selected, None)


async def test_tab_goes_through_edges_and_then_on():
    """Behind the last node come the edges, behind the last edge the next widget."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*["tab"] * 5)
        assert (app.canvas.selected, app.canvas.selected_edge) == (None, 1)

        await pilot.press(*["tab"] * 4)
        assert isinstance(app.focused, Button)


async def test_enter_opens_the_selection():
    """Enter says which node is to be opened."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("home", "enter")

        assert app.heard == [Selected("in", None), Activated("in", None)]


async def test_mouse_selects_nodes_edges_and_nothing():
    """A click selects what is under it; twice opens it; on the background it selects nothing."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.click(GraphCanvas, offset=find(app, "DOWN"))
        assert app.canvas.selected == "down"

        await pilot.click(GraphCanvas, offset=find(app, "2/s"))
        assert (app.canvas.selected, app.canvas.selected_edge) == (None, 2)

        await pilot.click(GraphCanvas, offset=(0, 0))
        assert app.heard[-1] == Selected(None, None)

        await pilot.click(GraphCanvas, offset=find(app, "OUT"), times=2)
        assert app.heard[-1] == Activated("out", None)


async def test_selection_is_scrolled_into_view():
    """Going along a chain that is wider than the screen keeps the selected node on it."""
    app = Host(chain(12))
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.press("home", *["right"] * 11)
        await pilot.pause()

        assert app.canvas.selected == "n11"
        assert any("Node 11" in line for line in shown(app))
        assert not any("Node 0" in line for line in shown(app))


async def test_background_drags_the_view():
    """Pressing the background and moving scrolls, and selects nothing."""
    app = Host(chain(12))
    async with app.run_test(size=(60, 12)) as pilot:
        canvas = app.canvas
        await pilot.mouse_down(GraphCanvas, offset=(40, 0))
        await pilot.hover(GraphCanvas, offset=(25, 0))
        await pilot.mouse_up(GraphCanvas, offset=(25, 0))

        assert canvas.scroll_offset.x == 15
        assert canvas.selected is None

        await pilot.press("shift+left")
        assert canvas.scroll_offset.x == 7


async def test_wheel_scrolls_what_overflows_and_zooms_with_ctrl():
    """The wheel scrolls columns where all rows fit; with ctrl it changes the level, to its ends only."""
    app = Host(chain(12))
    async with app.run_test(size=(60, 12)) as pilot:
        canvas = app.canvas
        assert await pilot._post_mouse_events([MouseScrollDown], GraphCanvas, offset=(5, 5))
        assert canvas.scroll_offset.x == 8

        levels = []
        for turn in (MouseScrollUp, MouseScrollUp, MouseScrollDown, MouseScrollDown, MouseScrollDown):
            await pilot._post_mouse_events([turn], GraphCanvas, offset=(5, 5), control=True)
            levels.append(canvas.level)
        assert levels == ["card", "card", "compact", "dot", "dot"]


async def test_zoom_is_the_largest_that_fits():
    """A few nodes are cards; the same in a small window are compact; hundreds are dots."""
    for graph, size, level in (
        (DIAMOND, (100, 30), "card"),
        (DIAMOND, (60, 9), "compact"),
        (chain(120), (100, 30), "dot"),
    ):
        app = Host(graph)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert app.canvas.level == level


async def test_zoom_key_goes_round():
    """Zooming shows less each time, then the most again."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        seen = []
        for _ in range(3):
            app.canvas.action_zoom()
            await pilot.pause()
            seen.append(app.canvas.level)

        assert seen == ["compact", "dot", "card"]


async def test_a_new_number_repaints_only_its_rows():
    """A changed rate refreshes one row of the screen, not all."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        before = shown(app)
        refreshed: list[int] = []
        app.canvas.refresh_line = refreshed.append  # type: ignore[method-assign]
        first = DIAMOND.nodes[0]

        app.canvas.graph = replace(DIAMOND, nodes=(replace(first, rate="7 /s"), *DIAMOND.nodes[1:]))

        after = shown(app)
        assert refreshed == [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        assert len(refreshed) == 1


async def test_what_is_gone_is_no_longer_selected():
    """Removing the selected node leaves nothing selected, and says so."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.selected = "out"
        await pilot.pause()
        app.canvas.graph = Graph(DIAMOND.nodes[:3], DIAMOND.edges[:2])
        await pilot.pause()

        assert app.heard == [Selected("out", None), Selected(None, None)]


async def test_empty_graph_shows_the_hint():
    """Without nodes the canvas says what to do, and no key fails."""
    app = Host(Graph())
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.empty = "Press a to add a node."
        await pilot.press("right", "home", "enter", "shift+tab")
        app.canvas.action_zoom()
        await pilot.pause()

        assert any("Press a to add a node." in line for line in shown(app))


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "dracula", "ansi-dark", "ansi-light"])
async def test_every_cell_has_a_background(theme):
    """Line API widgets leave cells without a background unpainted, so there are none."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.theme = theme
        await pilot.pause()
        for y in range(app.canvas.size.height):
            strip = app.canvas.render_line(y)
            assert strip.cell_length == app.canvas.size.width
            assert all(segment.style and segment.style.bgcolor for segment in strip if segment.text)


async def test_colours_follow_the_theme():
    """Another theme repaints the nodes, too."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        looks = []
        for theme in ("textual-dark", "textual-light"):
            app.theme = theme
            await pilot.pause()
            x, y = find(app, "OUT")
            looks.append(next(iter(app.canvas.render_line(y).crop(x, x + 1))).style)

        assert looks[0] != looks[1]
