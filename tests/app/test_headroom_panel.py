"""The ladder in the app: what it shows, and what is done with it."""

from tests.app.shop import opened, until
from widgets.dial import Dial
from widgets.table import Table


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
