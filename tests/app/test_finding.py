"""Finding one's way: search, jump and the menu."""

import pytest

from benchmarks.designs import shops
from tests.app.dialog_host import screen_text
from tests.app.shop import opened, shop, until
from widgets.canvas.canvas import GraphCanvas
from widgets.dial import Dial
from widgets.form import ParamForm


async def test_search_goes_to_what_it_finds():
    """By name, and it is shown while it is marked."""
    async with opened() as (pilot, bench):
        await pilot.press("slash", *"inta")
        await until(pilot, lambda: bench.canvas.selected == "intake")
        await pilot.press("enter")
        assert pilot.app.screen is bench
        assert bench.canvas.selected == "intake"


async def test_arrows_go_through_what_is_found_and_escape_goes_back():
    """To where one was."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("slash", "down", "down")
        await until(pilot, lambda: bench.canvas.selected == "intake")
        await pilot.press("escape")
        await until(pilot, lambda: bench.canvas.selected == "ship")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_setting_is_found_by_its_name_in_the_file(size):
    """And one is in its field then, ready to change it."""
    async with opened(size=size) as (pilot, bench):
        await pilot.press("slash", *"batch_size", "enter")
        await until(pilot, lambda: bench.canvas.selected_edge == 2)
        form = bench.query_one(ParamForm)
        await until(pilot, lambda: form.has_focus and form.current and form.current.name == "batch_size")
        await pilot.press("right")
        await until(pilot, lambda: bench.document.design.edges[2].settings.batch_size > 10)


async def test_a_service_finds_its_nodes():
    """And edges are found by their ends."""
    async with opened() as (pilot, bench):
        await pilot.press("slash", *"queue", "enter")
        await until(pilot, lambda: bench.canvas.selected == "intake")


@pytest.mark.parametrize("target", ["ship", 2])
async def test_a_letter_jumps_to_nodes_and_edges(target):
    """Each has one."""
    async with opened() as (pilot, bench):
        await pilot.press("g")
        await pilot.press(*bench.canvas.offer.letters[target])
        await until(pilot, lambda: target in (bench.canvas.selected, bench.canvas.selected_edge))
        assert not bench.query("Letter")


async def test_a_letter_jumps_to_settings_and_panels():
    """They show theirs where they stand."""
    async with opened() as (pilot, bench):
        await pilot.press("g")
        await pilot.pause()
        assert len(bench.query("Letter")) == len(bench.canvas.offer.elsewhere)
        await pilot.press(*bench.canvas.offer.elsewhere["…settings"])
        await until(pilot, lambda: bench.query_one(ParamForm).has_focus)
        await pilot.press("escape", "g")
        await pilot.press(*bench.canvas.offer.elsewhere["…cost"])
        await until(pilot, lambda: bench.panels.active == "cost")


async def test_a_letter_jumps_to_the_load():
    """There arrows turn it, backspace sets it back, and escape leads back to the canvas."""
    async with opened() as (pilot, bench):
        await pilot.press("g")
        await pilot.press(*bench.canvas.offer.elsewhere["…load"])
        await until(pilot, lambda: bench.query_one(Dial).has_focus)
        await pilot.press("right", "L")
        await until(pilot, lambda: bench.document.load == 2.5)
        await pilot.press("left", "backspace")
        await until(pilot, lambda: bench.document.load == 1)
        await pilot.press("escape")
        assert bench.canvas.has_focus


async def test_only_what_is_in_sight_has_a_letter():
    """So that most have one letter however large the design is."""
    async with opened(shops(60), size=(80, 24)) as (pilot, bench):
        await pilot.press("g")
        offered = bench.canvas.offer.letters
        assert 0 < len(offered) < len(bench.canvas.graph.nodes)
        assert all(bench.canvas.content_region.overlaps(bench.canvas.region_of(one)) for one in offered)


@pytest.mark.parametrize("target", [("ship", None), (None, 1)])
async def test_the_menu_opens_at_what_is_selected(target):
    """Right under it, by key as by mouse."""
    async with opened() as (pilot, bench):
        bench.canvas.select(*target)
        await pilot.pause()
        seen = bench.canvas.region_of(next(one for one in target if one is not None))
        await pilot.press("shift+f10")
        await until(pilot, lambda: pilot.app.screen is not bench)
        await pilot.pause()
        menu = pilot.app.screen.query_one("MenuList").region
        assert menu.x == seen.x
        assert menu.y == min(seen.bottom, pilot.app.size.height - menu.height)


async def test_escape_takes_the_letters_away():
    """All of them."""
    async with opened() as (pilot, bench):
        await pilot.press("g", "escape")
        await until(pilot, lambda: not bench.query("Letter"))
        assert bench.canvas.offer is None


async def test_the_menu_does_what_it_says():
    """Opened by a key, with the keys that do the same."""
    async with opened() as (pilot, bench):
        bench.canvas.select("ship")
        await pilot.press("shift+f10")
        await until(pilot, lambda: pilot.app.screen is not bench)
        assert "duplicate  " in screen_text(pilot.app)
        await pilot.press("x")
        await until(pilot, lambda: "ship" not in bench.document.design.nodes)


@pytest.mark.parametrize(
    ("node", "edge", "words"),
    [("ship", None, "connect to"), (None, 1, "insert a service"), (None, None, "add here")],
)
async def test_the_right_button_opens_the_menu_of_what_is_there(node, edge, words):
    """Node, edge or background; Escape and a click beside it close it."""
    async with opened() as (pilot, bench):
        bench.canvas.select(node, edge)
        bench.post_message(GraphCanvas.MenuAsked(node, edge, 138, 38))
        await until(pilot, lambda: pilot.app.screen is not bench)
        await pilot.pause()
        assert words in screen_text(pilot.app)
        assert pilot.app.screen.region.contains_region(pilot.app.screen.query_one("MenuList").region)
        await pilot.click(offset=(1, 1))
        await until(pilot, lambda: pilot.app.screen is bench)
        assert bench.document.design == shop()
