"""Variants are laid over the design with a key, one in place of another."""

import pytest

from sandbox.app.document import Document
from sandbox.app.present.variants import as_drawn, choices, laid, step
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from tests.app.dialog_host import screen_text
from tests.app.shop import opened, shop, varied


async def test_one_takes_the_place_of_another():
    """The second has nothing of the first, and undo goes back to the first."""
    async with opened(varied()) as (pilot, bench):
        await pilot.press("V", "2")
        assert bench.document.design.nodes["place"].settings.reserved_concurrency == 60
        await pilot.press("V", "1")
        design = bench.document.design
        assert design == varied().with_variant("A busy day")
        await pilot.press("u")
        assert bench.document.design.nodes["place"].settings.reserved_concurrency == 60
        await pilot.press("V", "0")
        assert bench.document.design == varied()


async def test_other_changes_stay():
    """What a person has set before or after a variant is kept when it is taken back."""
    async with opened(varied()) as (pilot, bench):
        bench.document.edit("before", bench.document.design.with_value("nodes.ship.timeout_s", 20))
        await pilot.press("V", "1")
        bench.document.edit("after", bench.document.design.with_value("nodes.intake.fifo", value=True))
        await pilot.press("V", "0")
        wanted = {"nodes.ship.timeout_s": 20, "nodes.intake.fifo": True}
        assert bench.document.design == varied().with_values(wanted)


async def test_the_next_one_is_marked_and_told_of():
    """Enter goes from one variant to the next; the changes are said in words."""
    async with opened(varied()) as (pilot, bench):
        await pilot.press("V")
        assert "rate of shoppers  100 → 300" in screen_text(pilot.app)
        await pilot.press("enter", "V")
        assert "A busy day · now" in screen_text(pilot.app)
        await pilot.press("enter")
        assert laid(bench.document.done) == "A busy day, more places"


async def test_without_variants_there_is_no_key_for_them():
    """The key does nothing, and the line of keys does not name it."""
    async with opened(shop()) as (pilot, bench):
        await pilot.press("V")
        assert pilot.app.screen is bench
        assert "variants" not in screen_text(pilot.app)


def test_many_in_a_row_leave_nothing_behind():
    """However variants that share values follow each other, the design as drawn comes back."""
    drawn = loads(preset("slow-dependency").text, "slow-dependency")
    document = Document(drawn)
    for name in (*drawn.variants, *reversed(drawn.variants)):
        base = as_drawn(document.done, document.design)
        assert base == drawn
        document.edit(step(name), base.with_variant(name))


@pytest.mark.parametrize("name", preset_names())
def test_each_variant_of_a_preset_is_told_of(name: str):
    """What the description says of a variant stands beside it, and what it changes."""
    offered = choices(loads(preset(name).text, name))[1:]

    assert all(f"“{one.name}”" in one.lesson and one.changes for one in offered)


def test_changes_are_said_by_the_names_of_the_nodes():
    """Weights of a front door, and hours that are spent."""
    told = {one.name: one for one in choices(loads(preset("strangler").text, "strangler"))}

    assert "calls of Front door → Monolith  0.9 → 0.25" in told["75 %, a sale"].changes
    assert "build hours  300 → 1,400" in told["75 %, a sale"].changes
