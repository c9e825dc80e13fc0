"""What each key of the workbench does."""

import pytest

from sandbox.app.panels import panels
from sandbox.app.present.facts import facts
from sandbox.design.files import load
from tests.app.shop import opened, shop, until
from widgets.dial import Dial
from widgets.facts import Fact, FactTable
from widgets.form import ParamForm


@pytest.mark.parametrize(
    ("keys", "load"),
    [
        ("right_square_bracket", 1.25),
        ("left_square_bracket", 0.8),
        ("right_curly_bracket", 2.0),
        ("left_curly_bracket", 0.5),
        ("right_square_bracket right_square_bracket 0", 1.0),
    ],
)
async def test_brackets_turn_the_load(keys, load):
    """Everything follows: the dial, the canvas, the numbers."""
    async with opened() as (pilot, bench):
        await pilot.press(*keys.split())
        await until(pilot, lambda: bench.reading.evaluation.load == pytest.approx(load))
        await pilot.pause()

        assert bench.query_one(Dial).factor == pytest.approx(load)
        assert bench.query_one(Dial).rate == f"{100 * load:g}/s"
        assert bench.canvas.graph.nodes[0].rate == f"{100 * load:g}/s"


async def test_an_edit_is_nudged_undone_and_done_again():
    """`e`, an arrow, `u` and `U`; the history has the words."""
    async with opened() as (pilot, bench):
        bench.canvas.select("place")
        await pilot.press("e")
        bench.query_one(ParamForm).focus_field("duration_ms")
        await pilot.press("right")
        await until(pilot, lambda: bench.reading.evaluation.design is bench.document.design)
        assert bench.document.design.nodes["place"].settings.duration_ms == 200
        assert bench.document.done[-1].name == "duration of Place order from 100 to 200 ms"

        await pilot.press("escape", "u")
        await until(pilot, lambda: bench.reading.evaluation.design == shop())
        assert bench.inspector.field("duration_ms").value == 100

        await pilot.press("U")
        await until(pilot, lambda: bench.reading.evaluation.design != shop())
        assert bench.inspector.field("duration_ms").value == 200


@pytest.mark.parametrize(("undo", "redo"), [("ctrl+z", "ctrl+y"), ("u", "ctrl+shift+z")])
async def test_undo_and_redo_have_the_keys_of_other_programs_too(undo, redo):
    """Whatever the fingers know."""
    async with opened() as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "eu-west-1"))
        await pilot.press(undo)
        assert bench.document.design.region == "us-east-1"
        await pilot.press(redo)
        assert bench.document.design.region == "eu-west-1"


@pytest.mark.parametrize("key", ["e", "enter"])
async def test_e_and_enter_go_to_the_settings_and_escape_comes_back(key):
    """From the canvas, and to it again; then to the whole design."""
    async with opened() as (pilot, bench):
        await pilot.press("right")
        assert bench.canvas.selected == "shoppers"
        await pilot.press(key)
        assert bench.focused is bench.query_one(ParamForm)
        await pilot.press("escape")
        assert bench.focused is bench.canvas
        assert bench.canvas.selected == "shoppers"
        await pilot.press("escape")
        assert bench.canvas.selected is None
        assert bench.inspector.subject == ""


async def test_digits_show_the_panels():
    """Each panel by its own."""
    async with opened() as (pilot, bench):
        for panel in reversed(panels()):
            await pilot.press(panel.key)
            await pilot.pause()
            assert bench.panels.active == panel.id
            assert bench.query_one(f"#panel-{panel.id}").display


async def test_v_regroups_the_bill():
    """By node, by kind, line by line, and around."""
    async with opened() as (pilot, bench):
        await pilot.press("3")
        bench.panels.focus_view()
        view = bench.query_one("#panel-cost")
        seen = []
        for _ in range(4):
            seen.append(view.grouping)
            await pilot.press("v")
        assert seen == ["node", "kind", "line", "node"]


async def test_m_gives_a_part_all_the_room_and_takes_it_back():
    """The part with the focus; Escape takes it back too."""
    async with opened() as (pilot, bench):
        await pilot.press("m")
        assert not bench.panels.display
        assert bench.canvas.size.width == 140
        await pilot.press("m")
        assert bench.panels.display
        bench.panels.focus_view()
        await pilot.press("m")
        assert bench.panels.size.height > 30
        await pilot.press("escape")
        assert bench.canvas.size.height > 20


async def test_z_zooms():
    """Less of each node, and around to the most."""
    async with opened() as (pilot, bench):
        levels = [bench.canvas.level]
        for _ in range(3):
            await pilot.press("z")
            levels.append(bench.canvas.level)
        assert len(set(levels)) == 3
        assert levels[0] == levels[3]


async def test_b_shows_changes_against_now():
    """What was a change before is none any more."""
    async with opened() as (pilot, bench):
        await pilot.press("right_curly_bracket")
        await until(pilot, lambda: bench.reading.evaluation.load == 2.0)
        bench.canvas.select("place")

        def told():
            rows = facts(bench.reading.evaluation, bench.reading.baseline, "nodes.place")
            return next(row.change for row in rows if isinstance(row, Fact))

        assert told() == "+100 %"
        await pilot.press("b")
        assert told() == ""


async def test_w_says_why():
    """The chosen number's reason, in a dialog."""
    async with opened() as (pilot, bench):
        bench.canvas.select("place")
        await pilot.pause()
        await pilot.press("w")
        await until(pilot, lambda: pilot.app.screen is not bench)
        assert type(pilot.app.screen).__name__ == "WhyDialog"
        await pilot.press("escape")
        assert pilot.app.screen is bench


async def test_enter_on_a_number_says_why_too():
    """And so does a click on it."""
    async with opened() as (pilot, bench):
        bench.canvas.select("place")
        bench.query_one(FactTable).focus()
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "WhyDialog")


@pytest.mark.parametrize(
    ("key", "dialog"),
    [
        ("p", "PresetsDialog"),
        ("ctrl+o", "OpenDialog"),
        ("ctrl+s", "SaveAsDialog"),
        ("S", "SaveAsDialog"),
        ("ctrl+shift+s", "SaveAsDialog"),
        ("question_mark", "HelpDialog"),
        ("ctrl+p", "CommandPalette"),
        ("t", "CommandPalette"),
    ],
)
async def test_keys_open_dialogs_and_escape_closes_them(key, dialog):
    """Nothing is changed on the way."""
    async with opened() as (pilot, bench):
        await pilot.press(key)
        await until(pilot, lambda: pilot.app.screen is not bench)
        assert type(pilot.app.screen).__name__ == dialog
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is bench)
        assert bench.document.design == shop()


async def test_ctrl_s_saves_to_the_design_s_file(tmp_path):
    """And the dot in the top line goes."""
    file = tmp_path / "shop.toml"
    async with opened(path=file) as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "eu-west-1"))
        bench.show(bench.reading)
        assert "●" in bench.query_one("#title").parts[0][0]
        await pilot.press("ctrl+s")
        await until(pilot, file.exists)
        await pilot.pause()
        assert load(file).region == "eu-west-1"
        assert "●" not in bench.query_one("#title").parts[0][0]


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_q_ends_the_app_where_nothing_is_unsaved(key):
    """Without a question."""
    async with opened() as (pilot, _):
        await pilot.press(key)
        await until(pilot, lambda: not pilot.app.is_running)


@pytest.mark.parametrize(("key", "ends"), [("d", True), ("escape", False)])
async def test_q_asks_where_something_is_unsaved(key, ends):
    """Discarding ends it, anything else does not."""
    async with opened() as (pilot, bench):
        bench.document.edit("region", bench.document.design.with_value("region", "eu-west-1"))
        await pilot.press("q")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "Ask")
        await pilot.press(key)
        await until(pilot, lambda: (not pilot.app.is_running) if ends else (pilot.app.screen is bench))


async def test_ctrl_c_ends_nothing():
    """It says how to leave."""
    async with opened() as (pilot, bench):
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert pilot.app.screen is bench
        assert pilot.app.is_running
        assert any("q ends the app" in note.message for note in pilot.app._notifications)


async def test_tab_goes_through_nodes_and_edges_and_on_to_the_settings():
    """And shift+tab back."""
    async with opened() as (pilot, bench):
        stops = len(shop().nodes) + len(shop().edges)
        await pilot.press(*["tab"] * (stops + 1))
        assert bench.focused is not bench.canvas
        await pilot.press("shift+tab")
        assert bench.focused is bench.canvas
