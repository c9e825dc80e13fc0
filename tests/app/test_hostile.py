"""What others wrote into a design is shown as a text: it commands neither the terminal nor the app."""

import json
import re

import pytest

from sandbox.design.reading import loads
from tests.app.shop import SHOP, opened

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\x00 [/] [@click=app.quit]q[/] [red $x] `"
LONG = f"{EVIL} {'word [bold]' * 900}"
COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e]")


def hostile():
    """The shop, with commands to terminals and markup wherever a text may stand."""
    told = json.dumps
    shop = SHOP.replace('"Shop"', told(EVIL)).replace('"Orders wait in a queue."', told(LONG))
    shop = shop.replace('"Place order"', told(f"{EVIL}{'N' * 100}")).replace('"Ship"', told("表" * 90))
    return loads(
        f"""{shop}
[[goals]]
metric = "flows.shoppers.success_ratio"
at_least = 0.999
[variants.{told(EVIL)}]
"nodes.shoppers.rate_per_s" = 5
[exercise]
id = "evil"
story = {told(LONG)}
hints = [{told(LONG)}]
next = {told("x'), app.quit('" + EVIL)}
"""
    )


def raw(app):
    """What on the screen a terminal would obey."""
    lines = app.screen._compositor.render_strips()
    return [found[0] for line in lines if (found := COMMANDS.search(line.text))]


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_texts_of_others_command_nothing(size):
    """Panels, dialogs, the story and a question show them whole, in the cells they have."""
    async with opened(hostile(), size=size) as (pilot, bench):
        app = bench.app
        for keys in ("7", "h", "4", "8", "V", "escape", "w", "escape", "right,r", "escape", "a", "escape"):
            await pilot.press(*keys.split(","))
            await pilot.pause()
            assert raw(app) == [], keys
            assert {line.cell_length for line in app.screen._compositor.render_strips()} == {size[0]}


async def test_the_name_of_what_follows_is_no_command():
    """An exercise names the next one; a name that is none is told."""
    async with opened(hostile()) as (pilot, bench):
        await pilot.press("7", "n")
        await pilot.pause(0.2)

        assert bench.app.is_running
        assert type(bench.app.screen).__name__ == "ProblemDialog"
        assert raw(bench.app) == []
