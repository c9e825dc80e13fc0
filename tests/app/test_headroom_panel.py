"""The ladder in the app: what it shows, and what is done with it."""

from sandbox.exercises.given import come_along
from tests.app.shop import opened, until
from widgets.dial import Dial
from widgets.table import Table

LADDER = [
    ("Orders", "provisioned write units 300/s", "write units"),
    ("Take an order", "reserved concurrency 60", "reserved concurrency"),
    ("Shop API", "API throttle 600", "throttle rate"),
]
"""What throttles in the peak test, at what size, and who raises it."""


async def test_a_limits_size_and_who_raises_it_are_read_at_80_columns():
    """What follows from the rest, the rate and the present load, gives way before a text is cut."""
    async with opened(come_along("peak-test"), size=(80, 24)) as (pilot, bench):
        await pilot.press("1")
        await until(pilot, lambda: bench.reading.details is not None)
        await pilot.pause()
        table = bench.query_one("#ladder", Table)
        shown = [table.render_line(y).text for y in range(1, 4)]

        for line, words in zip(shown, LADDER, strict=True):
            assert [one for one in words if one not in line] == []


async def test_the_load_is_turned_to_where_a_limit_binds():
    """`v` on a row turns the load to its factor, and the ladder stays where it was."""
    async with opened() as (pilot, bench):
        await until(pilot, lambda: bench.reading.details is not None)
        rung = bench.reading.details.rungs[1]

        bench.query_one("#ladder", Table).focus()
        await pilot.press("down", "v")
        await until(pilot, lambda: bench.reading.evaluation.load == rung.load_multiplier)

        assert bench.query_one(Dial).factor == bench.document.load == rung.load_multiplier
        assert bench.query_one("#ladder", Table).picked.startswith("1:")
