"""What holds for every dialog: it fits, it closes, it can be left with the mouse."""

from pathlib import Path

import pytest

from sandbox.app.dialogs.ask import Ask, Choice
from sandbox.app.dialogs.dialog import DeedButton
from sandbox.app.dialogs.help import HelpDialog
from sandbox.app.dialogs.keytable import KeyRow
from sandbox.app.dialogs.open import OpenDialog
from sandbox.app.dialogs.presets import PresetsDialog
from sandbox.app.dialogs.problem import ProblemDialog
from sandbox.app.dialogs.save_as import SaveAsDialog
from sandbox.app.dialogs.why import WhyDialog
from sandbox.why import Reason, Step
from tests.app.dialog_host import shown

LONG = "a sentence that is longer than a narrow screen is wide, and then some more of it"
REASON = Reason(
    "nodes.a.concurrency", LONG, "5", LONG, (Step(LONG, "nodes.b.concurrency"),) * 5, {}, LONG, LONG
)
PRESETS = Path(__file__).parents[2] / "presets"

DIALOGS = {
    "presets": PresetsDialog,
    "open": lambda: OpenDialog(PRESETS),
    "save as": lambda: SaveAsDialog(PRESETS / "queue-worker.toml"),
    "ask": lambda: Ask("Sure?", LONG, (Choice(1, "save", "s"), Choice(2, "discard", "d"))),
    "problem": lambda: ProblemDialog("shop.toml", "\n".join([LONG] * 30)),
    "help": lambda: HelpDialog([KeyRow(f"Group {place // 4}", "x", LONG[:40]) for place in range(40)]),
    "why": lambda: WhyDialog(REASON),
}
SIZES = [(40, 10), (80, 24), (140, 40), (200, 55)]


@pytest.fixture(params=DIALOGS)
def dialog(request):
    """Each of the dialogs."""
    return DIALOGS[request.param]()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_fits_and_closes_by_mouse(dialog, size):
    """The frame and its buttons stand on the screen, and the last button closes."""
    async with shown(dialog, size) as (app, pilot):
        assert app.screen.region.contains_region(dialog.query_one(".frame").region)
        buttons = [button for button in dialog.query(DeedButton) if button.display]
        assert all(dialog.query_one(".frame").region.contains_region(button.region) for button in buttons)
        await pilot.click(buttons[-1])
        await pilot.pause()
        assert app.answer is None


async def test_esc_closes_after_any_key(dialog):
    """Whatever was pressed before, Esc closes and answers nothing."""
    keys = ("down", "down", "up", "pagedown", "pageup", "home", "end", "left", "right", "backspace", "tab")
    async with shown(dialog) as (app, pilot):
        await pilot.press(*keys, "escape")
        await pilot.pause()
        assert app.answer is None


async def test_resizing_and_themes(dialog):
    """A dialog follows the size of the screen and the theme."""
    async with shown(dialog, (140, 40)) as (app, pilot):
        for theme, size in (("textual-light", (80, 24)), ("nord", (30, 8)), ("ansi-dark", (120, 30))):
            app.theme = theme
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.screen.region.contains_region(dialog.query_one(".frame").region)
