"""What holds for every dialog: it fits, it closes, it can be left with the mouse."""

from pathlib import Path

import pytest

from sandbox.app.dialogs.add import AddDialog
from sandbox.app.dialogs.ask import Ask, Choice
from sandbox.app.dialogs.dialog import DeedButton
from sandbox.app.dialogs.help import HelpDialog
from sandbox.app.dialogs.keytable import KeyRow
from sandbox.app.dialogs.open import OpenDialog
from sandbox.app.dialogs.presets import PresetsDialog
from sandbox.app.dialogs.problem import ProblemDialog
from sandbox.app.dialogs.rename import RenameDesign, RenameNode
from sandbox.app.dialogs.save_as import SaveAsDialog
from sandbox.app.dialogs.search import SearchDialog
from sandbox.app.dialogs.variants import VariantsDialog
from sandbox.app.dialogs.ways import WaysDialog
from sandbox.app.dialogs.why import WhyDialog
from sandbox.app.present.adding import choices
from sandbox.app.present.finding import found
from sandbox.app.present.variants import choices as choices_of
from sandbox.design.edits import ways
from sandbox.why import Reason, Step
from tests.app.dialog_host import shown
from tests.app.shop import shop, varied

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
    "problem": lambda: ProblemDialog("shop.toml", "\n".join([LONG] * 15)),
    "help": lambda: HelpDialog([KeyRow(f"Group {place // 4}", "x", LONG[:40]) for place in range(40)]),
    "why": lambda: WhyDialog(REASON),
    "add": lambda: AddDialog(LONG, choices(shop(), "place"), print),
    "ways": lambda: WaysDialog(LONG, ways(shop(), "place", "ship"), print),
    "variants": lambda: VariantsDialog(LONG, choices_of(varied()), "", print),
    "rename": lambda: RenameNode(shop(), "ship", print),
    "rename the design": lambda: RenameDesign(shop(), print),
    "search": lambda: SearchDialog(lambda text: found(shop(), text), print),
}
STAGES = [("textual-light", (80, 24)), ("nord", (40, 10)), ("ansi-dark", (140, 40))]


@pytest.fixture(params=DIALOGS)
def dialog(request):
    """Each of the dialogs."""
    return DIALOGS[request.param]()


async def test_it_fits_and_closes_by_mouse(dialog):
    """At every size and in every theme the frame and its buttons are seen; the last button closes."""
    async with shown(dialog, (30, 8)) as (app, pilot):
        for theme, size in STAGES:
            app.theme = theme
            await pilot.resize_terminal(*size)
            await pilot.pause()
            frame = dialog.query_one(".frame").region
            buttons = [button for button in dialog.query(DeedButton) if button.display]
            assert app.screen.region.contains_region(frame)
            assert all(frame.contains_region(button.region) for button in buttons)
        await pilot.click(buttons[-1])
        await pilot.pause()
        assert app.answer is None


@pytest.mark.slow
async def test_esc_closes_after_any_key(dialog):
    """Whatever was pressed before, Esc closes and answers nothing."""
    async with shown(dialog) as (app, pilot):
        await pilot.press("down", "up", "pagedown", "end", "backspace", "tab", "escape")
        await pilot.pause()
        assert app.answer is None
