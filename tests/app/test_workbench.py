"""The workbench as a whole: mouse, sizes, slow evaluations, what goes wrong."""

import asyncio

import pytest

from sandbox.app import evaluating
from sandbox.app.app import SandboxApp
from sandbox.app.header import Words
from sandbox.app.state import watch
from sandbox.design.model import Design
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.errors import MissingPriceError
from tests.app.shop import opened, shop, until
from widgets.dial import Dial
from widgets.facts import FactTable
from widgets.form import ParamForm
from widgets.table import Table


async def type_in(pilot, bench, name, text):
    """Type a value for a setting of what is selected."""
    bench.query_one(ParamForm).focus()
    bench.query_one(ParamForm).focus_field(name)
    await pilot.press(*text, "enter")


async def test_the_top_line_is_there_from_the_first_painting():
    """Name, load and cost do not wait for what takes long."""
    async with opened() as (_, bench):
        assert bench.query_one("#title", Words).parts[0][0] == "Shop"
        assert bench.query_one(Dial).rate == "100/s"
        assert bench.query_one("#outlook", Words).parts[0][0].startswith("$")


async def test_headroom_and_findings_come_by_themselves():
    """After the rest, from a thread."""
    async with opened() as (pilot, bench):
        await until(pilot, lambda: bench.reading.details is not None)
        await pilot.pause()
        assert bench.query_one("#ladder", Table).rows
        assert "Place order" in bench.query_one("#outlook", Words).parts[2][0]


async def test_headroom_that_cannot_be_worked_out_says_so(monkeypatch):
    """Nothing waits for ever, and nothing claims that no limit is near."""

    def broken(_evaluation):
        raise ArithmeticError("did not settle")

    monkeypatch.setattr("sandbox.rules.findings", broken)
    async with opened() as (pilot, bench):
        await until(pilot, lambda: bench.reading.details is not None)
        await pilot.pause()
        assert bench.query_one("#ladder", Table).empty == "could not be worked out: did not settle"
        assert bench.query_one("#outlook", Words).parts[2][0] == "headroom not known"
        monkeypatch.undo()
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: bench.query_one("#ladder", Table).rows)


async def test_a_typed_value_goes_all_the_way():
    """Form, document, evaluation, canvas, facts."""
    async with opened() as (pilot, bench):
        bench.canvas.select("place")
        await pilot.pause()
        await type_in(pilot, bench, "reserved_concurrency", "5")
        await until(pilot, lambda: bench.reading.evaluation.nodes["place"].throttled_per_s > 10)
        await pilot.pause()
        drawn = next(node for node in bench.canvas.graph.nodes if node.id == "place")
        assert drawn.mark == "throttled"
        assert any(getattr(fact, "tone", "") == "bad" for fact in bench.query_one(FactTable).facts)


@pytest.mark.parametrize("text", ["1e99", "999999999999", "-3", "0x10", "many"])
async def test_absurd_numbers_change_nothing(text):
    """What is wrong is said under the field."""
    async with opened() as (pilot, bench):
        bench.canvas.select("place")
        await pilot.pause()
        bench.query_one(ParamForm).focus()
        bench.query_one(ParamForm).focus_field("memory_mb")
        await pilot.press("enter", *text, "enter")
        assert bench.document.design == shop()


async def test_a_value_that_does_not_fit_the_others_is_refused_under_its_field():
    """More provisioned than reserved is not something AWS takes."""
    async with opened() as (pilot, bench):
        bench.canvas.select("place")
        await pilot.pause()
        await type_in(pilot, bench, "provisioned_concurrency", "50")
        assert bench.document.design == shop()
        assert "reserved_concurrency" in (bench.inspector.wrong("provisioned_concurrency", 50) or "")


@pytest.mark.slow
async def test_extreme_loads_are_survived():
    """As far as the dial turns, both ways."""
    async with opened() as (pilot, bench):
        for key in ("right_curly_bracket", "left_curly_bracket"):
            await pilot.press(*[key] * 20)
            await until(pilot, lambda: bench.reading.evaluation.load == bench.document.load)
        assert bench.document.load == pytest.approx(0.01)


async def test_a_region_without_prices_is_taken_back():
    """A dialog says so, and the design is as it was."""
    async with opened() as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "me-south-1"))
        bench.evaluate()
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemDialog")
        assert bench.document.design == shop()
        assert bench.document.undo() is None


def test_a_design_without_prices_is_not_opened_at_all():
    """The error comes before the terminal is taken over."""
    with pytest.raises(MissingPriceError):
        SandboxApp(shop().with_value("region", "me-south-1"))


async def test_a_wrong_file_leaves_the_design_untouched(tmp_path):
    """Missing, broken, a directory: a dialog each."""
    broken = tmp_path / "broken.toml"
    broken.write_text("schema = 1\n[nodes.a]\nservice = 'lamda'\n")
    for path in (tmp_path / "gone.toml", broken, tmp_path):
        async with opened() as (pilot, bench):
            bench.open_file(path)
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemDialog")
            assert bench.document.design == shop()


async def test_saving_over_what_another_program_wrote_asks_first(tmp_path, monkeypatch):
    """Cancelling leaves both as they are; here saving is quicker than the look at the file."""
    monkeypatch.setattr(watch, "EVERY_S", 60)
    path = tmp_path / "shop.toml"
    path.write_text("schema = 1\n")
    async with opened(path=path) as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "eu-west-1"))
        path.write_text("schema = 1\nname = 'Theirs'\n")
        for answer, name in (("escape", "Theirs"), ("r", "Shop")):
            await pilot.press("ctrl+s")
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "Ask")
            await pilot.press(answer)
            await until(pilot, lambda: pilot.app.screen is bench)
            await until(pilot, lambda name=name: name in path.read_text())
            assert bench.document.is_unsaved == (answer == "escape")


async def test_saving_where_the_folder_is_gone_loses_nothing(tmp_path):
    """A dialog, and the design is still there, unsaved."""
    folder = tmp_path / "gone"
    async with opened(path=folder / "shop.toml") as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "eu-west-1"))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemDialog")
        assert bench.document.is_unsaved


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (20, 5), (140, 40), (200, 55)])
async def test_every_size_works(size):
    """Nothing breaks, and the settings can be reached."""
    async with opened(size=size) as (pilot, bench):
        await pilot.press("right", "enter")
        await pilot.pause()
        assert bench.query_one(ParamForm).has_focus
        await pilot.press("escape", "1", "3", "3", "m", "escape")
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        assert bench.inspector.display


async def test_in_a_small_terminal_the_settings_lie_over_the_canvas():
    """The canvas keeps all its room; Escape takes them away."""
    async with opened(size=(80, 24)) as (pilot, bench):
        assert not bench.inspector.display
        await pilot.press("right", "e")
        assert bench.inspector.display
        assert bench.canvas.size.width == 80
        await pilot.press("escape")
        assert not bench.inspector.display


async def test_in_a_low_terminal_a_panel_comes_and_goes_by_its_key():
    """One line until it is asked for."""
    async with opened(size=(80, 24)) as (pilot, bench):
        heights = [bench.panels.size.height]
        for key in ("1", "3", "3"):
            await pilot.press(key)
            await pilot.pause()
            heights.append(bench.panels.size.height)
        assert heights[0] == heights[3] == 1
        assert heights[1] == heights[2] > 4


async def test_the_mouse_turns_the_dial_picks_panels_and_selects_nodes():
    """Everything by mouse alone."""
    async with opened() as (pilot, bench):
        await until(pilot, lambda: bench.reading.details is not None)
        dial = bench.query_one(Dial)
        await pilot.click(dial, offset=(str(dial.render()).index("›"), 0))
        assert bench.document.load == 1.25
        await pilot.click("Strip", offset=(1 + len("1 Headroom  2 Timeline  "), 0))
        await pilot.pause()
        assert bench.panels.active == "cost"
        await pilot.click("Strip", offset=(1, 0))
        await pilot.pause()
        assert bench.panels.active == "headroom"
        await pilot.click("#ladder", offset=(10, 1))
        await pilot.pause()
        assert bench.inspector.subject == "nodes.place"
        await pilot.click("#title")
        await pilot.pause()
        assert bench.inspector.subject == ""


@pytest.mark.slow
async def test_the_palette_knows_every_action_and_node():
    """By any word of it."""
    async with opened() as (pilot, bench):
        for query, true in (
            ("double the load", lambda: bench.document.load == 2.0),
            ("go to ship", lambda: bench.canvas.selected == "ship"),
        ):
            await pilot.press("ctrl+p")
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "CommandPalette")
            await pilot.press(*query)
            await until(pilot, lambda: pilot.app.screen.query_one("OptionList").option_count)
            await pilot.press("enter", "enter")
            await until(pilot, true)


async def test_slow_evaluations_go_to_a_thread_and_the_newest_wins(monkeypatch):
    """Keys are heard meanwhile, and the last one counts."""
    monkeypatch.setattr(evaluating, "AT_ONCE_S", -1.0)
    async with opened() as (pilot, bench):
        await pilot.press(*["right_square_bracket"] * 7)
        await until(pilot, lambda: bench.reading.evaluation.load == bench.document.load)
        assert bench.document.load == pytest.approx(1.25**7)


async def test_what_cannot_be_evaluated_in_a_thread_is_taken_back(monkeypatch):
    """As it is without one."""
    monkeypatch.setattr(evaluating, "AT_ONCE_S", -1.0)
    async with opened() as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "me-south-1"))
        bench.evaluate()
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemDialog")
        assert bench.document.design == shop()


def walked():
    """Every preset; all but two of them take long together."""
    quick = ("serverless-api", "stream-processing")
    return [pytest.param(name, marks=[] if name in quick else pytest.mark.slow) for name in preset_names()]


@pytest.mark.parametrize("name", walked())
async def test_every_preset_opens_and_can_be_walked_through(name):
    """Each node and edge selected once, with the story at the start."""
    async with opened() as (pilot, bench):
        bench.open_preset(name)
        await pilot.pause()
        design = loads(preset(name).text, name)
        assert bench.document.design == design
        assert bench.document.path is None
        for key in design.nodes:
            bench.canvas.select(key)
            await pilot.pause()
            assert bench.query_one(ParamForm).subject == f"nodes.{key}"
        for place in range(len(design.edges)):
            bench.canvas.select(None, place)
            await pilot.pause()
            assert bench.query_one(ParamForm).subject == f"edges.{place}"


async def test_an_empty_design_says_what_can_be_done():
    """No nodes, no numbers, no failure."""
    async with opened(Design()) as (pilot, bench):
        await pilot.press("right", "tab", "1", "3", "right_square_bracket")
        await asyncio.sleep(0.3)
        await pilot.pause()
        assert bench.canvas.graph.nodes == ()


async def test_without_a_design_the_presets_are_offered():
    """At once, over the empty canvas."""
    app = SandboxApp()
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "PresetsDialog")
