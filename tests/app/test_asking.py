"""Asking why: what the key explains where one is, and what its answer changes."""

from tests.app.shop import opened, shop, until
from widgets.table import Table


async def test_w_in_a_panel_asks_about_the_row_with_the_cursor():
    """A limit by what it refuses, a node by what it costs."""
    async with opened() as (pilot, bench):
        await until(pilot, lambda: bench.reading.details is not None)
        for key, question in (("1", "nodes.place.throttled_per_s"), ("3", "nodes.place.monthly_usd")):
            await pilot.press(key)
            bench.panels.focus_view()
            await pilot.pause()
            if key == "3":
                bench.query_one("#cost-node", Table).focus_row("place")
            assert bench.panels.question == question
            await pilot.press("w")
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "WhyDialog")
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is bench)


async def test_w_without_a_choice_explains_what_goes_wrong():
    """The latency of the first source as long as nothing does."""
    async with opened() as (pilot, bench):
        for key, title in (("left", "Latency of shoppers"), ("right", "Success of shoppers")):
            await pilot.press(*[f"{key}_curly_bracket"] * 3, "w")
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "WhyDialog")
            assert pilot.app.screen.reason.title == title
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is bench)


async def test_what_why_proposes_is_one_step_in_words():
    """Undoing says what it undoes, and what does not fit is refused in a dialog."""
    async with opened() as (pilot, bench):
        bench._apply({"nodes.place.reserved_concurrency": 50})
        assert bench.document.undo() == "reserved concurrency of Place order from 20 to 50 at once"
        bench._apply({"nodes.place.reserved_concurrency": -1})
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemDialog")
        assert bench.document.design == shop()
