"""Questions, problems, keys and reasons: by keyboard alone and by mouse alone."""

from functools import partial

import pytest
from textual.widgets import Input, Link

from sandbox.app.dialogs.ask import Ask, Choice
from sandbox.app.dialogs.dialog import DeedButton
from sandbox.app.dialogs.help import HelpDialog
from sandbox.app.dialogs.keytable import KeyRow
from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.problem import ProblemDialog
from sandbox.app.dialogs.why import WhyDialog
from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.errors import UnknownNameError
from sandbox.evaluate import evaluate
from sandbox.why import Reason, Step, why
from tests.app.dialog_host import WAITING, screen_text, shown, typed, until

CHOICES = (Choice(1, "save", "s"), Choice(2, "discard", "d"))
KEYS = [KeyRow("Load", "]", "more"), KeyRow("Load", "[", "less"), KeyRow("File", "ctrl+s", "save")]
PROBLEMS = "\n".join(f"shop.toml:{line}: nodes.a is [wrong] in line {line}" for line in range(1, 101))


def ask():
    """A question with two answers."""
    return Ask("Save “[b]Shop[/b]”?", "It has [changes] that are not saved.", CHOICES)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["s"], 1),
        (["d"], 2),
        (["D"], 2),
        (["enter"], 1),
        (["right", "enter"], 2),
        (["tab", "enter"], 2),
        (["right", "right", "enter"], None),
        (["left", "enter"], None),
        (["escape"], None),
    ],
)
async def test_ask_by_keyboard(keys, answer):
    """A letter picks an answer, arrows and Enter too, and Esc none."""
    async with shown(ask()) as (app, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answer == answer


@pytest.mark.parametrize(("place", "answer"), [(0, 1), (1, 2), (2, None)])
async def test_ask_by_mouse(place, answer):
    """Each answer is a button, and so is none."""
    async with shown(ask()) as (app, pilot):
        await pilot.click(list(app.dialog.query(DeedButton))[place])
        await pilot.pause()
        assert app.answer == answer


async def test_texts_are_not_markup():
    """What stands in brackets, in a heading or a text, is shown as it is."""
    async with shown(ask()) as (app, _):
        assert "Save “[b]Shop[/b]”?" in screen_text(app)
        assert "[changes]" in screen_text(app)
    async with shown(ProblemDialog("[red]x[/red].toml", PROBLEMS)) as (app, _):
        assert "[red]x[/red].toml" in screen_text(app)
        assert "is [wrong] in line 1" in screen_text(app)


async def test_problems_are_told_in_lines_and_read_by_keys():
    """Each problem has a line, keys lead to the last, and all of them are copied."""
    async with shown(ProblemDialog("shop.toml", f"{PROBLEMS}\n100 problems; nothing was run.")) as (
        app,
        pilot,
    ):
        assert "▲ shop.toml:1  nodes.a is" in screen_text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "40 more" in screen_text(app)
        await pilot.press("y")
        assert app.clipboard.startswith(PROBLEMS)
        await pilot.press("enter")
        await pilot.pause()
        assert app.answer is None


async def test_what_follows_from_a_problem_is_not_one():
    """A text behind a blank line is told without the mark of a problem."""
    async with shown(ProblemDialog("Not saved", "no permission\n\nNothing is lost.")) as (app, pilot):
        lines = [line.strip(" │") for line in screen_text(app).splitlines()]
        assert "▲ no permission" in lines
        assert "Nothing is lost." in lines
        await pilot.click(app.dialog.query(DeedButton).first())
        assert app.clipboard == "no permission\n\nNothing is lost."


async def test_help_is_searched_by_typing():
    """Typed words leave the keys that have them; none says so."""
    async with shown(HelpDialog(KEYS)) as (app, pilot):
        assert all(row.text in screen_text(app) for row in KEYS)
        height = app.dialog.query_one(".frame").size.height
        await typed(pilot, "load le")
        assert "less" in screen_text(app)
        assert "more" not in screen_text(app)
        await typed(pilot, "x")
        assert "no key has “load lex”" in screen_text(app)
        assert app.dialog.query_one(".frame").size.height == height


@pytest.mark.parametrize("key", ["escape", "enter", "question_mark"])
async def test_help_closes(key):
    """Esc, Enter and the key that opened it close it."""
    async with shown(HelpDialog(KEYS)) as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert app.answer is None


async def test_help_scrolls_where_it_is_long():
    """Arrows and pages lead to keys that are not seen at first."""
    rows = [KeyRow(f"Group {place // 5}", "x", f"deed {place}") for place in range(200)]
    async with shown(HelpDialog(rows)) as (app, pilot):
        await pilot.press("pagedown", "down")
        assert app.dialog.query_one(".text").scroll_y > 5
        await pilot.press("pageup", "up")
        assert app.dialog.query_one(".text").scroll_y == 0


@pytest.fixture(scope="module")
def overloaded():
    """A web API at six times its load: the table throttles."""
    return evaluate(loads(preset("serverless-api").text, "serverless-api"), 6.0)


async def test_why_tells_the_chain_and_applies_its_change(overloaded):
    """Value, formula, steps and change are shown; f answers the change."""
    reason = why(overloaded, "nodes.orders.throttled_per_s")
    assert reason.change
    async with shown(WhyDialog(reason)) as (app, pilot):
        text = screen_text(app)
        assert all(part in text for part in (reason.title, reason.value, reason.formula, reason.change_text))
        assert all(step.text.split()[0] in text for step in reason.because)
        await pilot.press("f")
        await pilot.pause()
        assert app.answer == reason.change


async def test_why_follows_steps_and_comes_back(overloaded):
    """Enter explains the marked step, Backspace comes back, Esc closes without a change."""
    reason = why(overloaded, "nodes.orders.throttled_per_s")
    async with shown(WhyDialog(reason, partial(why, overloaded))) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.dialog.reason is not reason)
        assert app.dialog.reason.path in {step.path for step in reason.because}
        assert app.dialog.reason.title in screen_text(app)
        await pilot.press("backspace", "backspace")
        assert app.dialog.reason is reason
        await pilot.press("escape")
        await pilot.pause()
        assert app.answer is None


async def test_why_by_mouse(overloaded):
    """A double click explains a step, the button answers the change."""
    reason = why(overloaded, "nodes.orders.throttled_per_s")
    async with shown(WhyDialog(reason, partial(why, overloaded)), (140, 40)) as (app, pilot):
        place = next(place for place, step in enumerate(reason.because) if step.path)
        await pilot.click(PickList, offset=(2, place), times=2)
        await until(pilot, lambda: app.dialog.reason is not reason)
        assert app.dialog.reason.path == reason.because[place].path
        await pilot.press("backspace")
        await pilot.click("DeedButton.-main")
        await pilot.pause()
        assert app.answer == reason.change


async def test_why_without_change_or_steps():
    """Where nothing helps, no key pretends to; where nothing is behind it, Enter does nothing."""
    bare = Reason("nodes.a.concurrency", "Concurrency of A", "–", "it has none")
    async with shown(WhyDialog(bare, lambda path: bare)) as (app, pilot):
        await pilot.press("f", "enter", "backspace", "down", "o")
        await pilot.pause()
        assert app.answer is WAITING
        assert not app.dialog.query(DeedButton).first().display
        assert "because" not in screen_text(app)


async def test_why_opens_its_source_and_says_what_it_cannot_explain():
    """The source opens by key and by mouse; a step without a reason says so."""
    source = "https://docs.aws.amazon.com/lambda/ (2026-10-01)"
    steps = (Step("more", "nodes.b.concurrency"),)
    reason = Reason("nodes.a.concurrency", "Concurrency", "5", "10/s × 0.5 s", steps, source=source)

    def unknown(path):
        msg = f"nothing known of [{path}]"
        raise UnknownNameError(msg)

    async with shown(WhyDialog(reason, unknown)) as (app, pilot):
        await pilot.press("o")
        await pilot.click(Link)
        assert app.opened == ["https://docs.aws.amazon.com/lambda/"] * 2
        await pilot.press("enter")
        await until(pilot, lambda: len(app._notifications) > 0)
        assert [notice.message for notice in app._notifications] == ["nothing known of [nodes.b.concurrency]"]
        assert app.dialog.reason is reason


async def test_typing_goes_to_the_field_at_once():
    """Where there is a field, it has the focus."""
    async with shown(HelpDialog(KEYS)) as (app, _):
        assert isinstance(app.dialog.focused, Input)
