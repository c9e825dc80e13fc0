"""Goals shown live, and the guide through an exercise."""

from pathlib import Path

import pytest
from textual.widgets import Static

from sandbox.app.commands import Commands
from sandbox.app.dialogs.hand_in import HandInDialog
from sandbox.app.dialogs.picklist import PickList
from sandbox.app.dialogs.presets import PresetsDialog
from sandbox.app.present import goals
from sandbox.app.present.fields import fields
from sandbox.app.present.lesson import lesson
from sandbox.design.presets import come_along, exercises_in_order
from sandbox.design.reading import loads
from sandbox.exercises.collecting import collected
from sandbox.exercises.done import done, remember
from sandbox.exercises.given import come_along as exercise
from tests.app.shop import SHOP, opened, until
from tests.exercises.solving import solved
from widgets.table import Table

GOALS = """
[[goals]]
metric = "flows.shoppers.success_ratio"
at_least = 0.99

[[goals]]
metric = "nodes.intake.backlog_growth_per_s"
at_most = 0
at_load = 2
"""
SIZES = [(80, 24), (140, 40)]


def rested(bench):
    """Whether what is shown is of the design as it is now."""
    reading = bench.reading
    is_new = reading.evaluation.design is bench.document.design
    details = reading.details
    return details is not None and not details.is_judging and not reading.is_stale and is_new


def guide(bench):
    """What the guide says."""
    return str(bench.query_one("#guide > Static", Static).render())


def standing(bench):
    """The line above the goals."""
    return str(bench.query_one("#goals-standing", Static).render())


async def test_goals_of_any_design_are_shown_live():
    """An edit that keeps a goal from being met takes its tick away, whatever the dial says."""
    async with opened(loads(SHOP + GOALS)) as (pilot, bench):
        await pilot.press("7")
        await until(pilot, lambda: rested(bench) and bench.query_one("#goals", Table).rows)
        before = [row.tone for row in bench.query_one("#goals", Table).rows]
        await pilot.press("left_square_bracket")
        starved = bench.document.design.with_value("nodes.place.reserved_concurrency", 5)
        bench.document.edit("less", starved)
        bench.evaluate()
        await until(pilot, lambda: rested(bench))
        await until(pilot, lambda: "1 of 2 goals met" in standing(bench))

        rows = bench.query_one("#goals", Table).rows
        assert before == ["good", "good"]
        assert [row.tone for row in rows] == ["bad", "good"]
        assert [row.cells[0] for row in rows] == [
            "shoppers: requests that succeed",
            "Intake: backlog grows by",
        ]
        assert rows[0].cells[1] == "≥ 99 %"
        assert rows[1].cells[3] == "load ×2.00"


async def test_a_goal_over_time_is_shown_once_it_has_run():
    """While a run is to say the new verdict, the old one stays in sight, dimmed."""
    over_time = SHOP + '[[goals]]\nmetric = "run.flows.shoppers.success_ratio"\nat_least = 0.95\n'
    async with opened(loads(over_time)) as (pilot, bench):
        await pilot.press("7")
        await until(pilot, lambda: rested(bench) and bench.query_one("#goals", Table).rows)
        table = bench.query_one("#goals", Table)
        before = table.rows
        starved = bench.document.design.with_value("nodes.place.reserved_concurrency", 5)
        bench.document.edit("less", starved)
        bench.evaluate()
        await until(pilot, lambda: goals.TESTING in standing(bench))
        assert [row.tone for row in table.rows] == ["good"]
        assert {cell.tone for cell in table.rows[0].cells} == {"dim"}
        await until(pilot, lambda: rested(bench) and goals.TESTING not in standing(bench))

        assert before[0].cells[0] == "shoppers: requests that succeed, at its worst"
        assert before[0].cells[3] == "run of 1 h"
        assert [row.tone for row in table.rows] == ["bad"]
        assert all(isinstance(cell, str) for cell in table.rows[0].cells)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_exercise_opens_with_its_guide(size):
    """Story and standing are in sight at once; hints come one by one, and no more than there are."""
    async with opened(exercise("starved"), size=size) as (pilot, bench):
        await until(pilot, lambda: rested(bench) and "goals met" in standing(bench))
        assert "customers cannot pay" in guide(bench)
        assert "1 of 2 goals met" in standing(bench)
        assert bench.query_one("#guide").region.height >= 4
        await pilot.press("7", "h")
        await until(pilot, lambda: "Hint 1 of 3" in guide(bench))
        assert "Hint 2" not in guide(bench)
        await pilot.press("h", "h", "h", "h")
        await until(pilot, lambda: "Hint 3 of 3" in guide(bench))
        assert "a hint" not in guide(bench)
        assert "innocent" not in guide(bench)


async def test_the_guide_by_mouse():
    """A click on what a key does in the guide does it."""
    async with opened(exercise("starved")) as (pilot, bench):
        await until(pilot, lambda: rested(bench) and "a hint (3 left)" in guide(bench))
        text = bench.query_one("#guide > Static", Static)
        await pilot.click(text, offset=(2, text.region.height - 1))
        await until(pilot, lambda: "Hint 1 of 3" in guide(bench))
        assert "a hint (2 left)" in guide(bench)


async def test_goals_and_story_take_turns_where_room_is_short():
    """In 80 columns `v` shows the goals, and the story again."""
    async with opened(exercise("starved"), size=(80, 24)) as (pilot, bench):
        await until(pilot, lambda: rested(bench) and bench.query_one("#goals", Table).rows)
        assert not bench.query_one("#goals").display
        await pilot.press("7", "v")
        await pilot.pause()
        assert bench.query_one("#goals").display
        assert not bench.query_one("#guide").display
        await pilot.press("v")
        await pilot.pause()
        assert bench.query_one("#guide").display


async def test_what_to_try_stands_beside_the_goals():
    """A preset's points to try are read with the design in sight; where room is short, after `v`."""
    saga = loads(come_along("saga").text)
    async with opened(saga, size=(80, 24)) as (pilot, bench):
        await pilot.press("7")
        await until(pilot, lambda: rested(bench) and bench.query_one("#goals", Table).rows)
        await until(pilot, lambda: "7 v: what to try" in standing(bench))
        assert bench.query_one("#goals").display
        await pilot.press("7", "v")
        await until(pilot, lambda: "7 v: the goals" in standing(bench))
        assert bench.query_one("#guide").display
        assert guide(bench).startswith("What to try\n• Turn the load to ×2.97: the bank's rate limit")
    async with opened(saga) as (pilot, bench):
        await pilot.press("7")
        await until(pilot, lambda: rested(bench) and bench.query_one("#goals", Table).rows)
        assert bench.query_one("#goals").display
        assert bench.query_one("#guide").display
        assert "7 v" not in standing(bench)


def test_a_lesson_begins_with_what_to_try():
    """Its sections follow in their order; a description without points to try teaches nothing."""
    told = "One line.\n\n## What it is\nA *thing*.\n\n## What to try\n* **A**: a\n  b.\n* C.\n"

    assert [line.text for line in lesson(told)] == [
        "What to try",
        "• A: a b.",
        "• C.",
        "What it shows",
        "One line.",
        "What it is",
        "A thing.",
    ]
    assert lesson("One line.\n\n## What it is\nA thing.\n") == ()


async def test_solving_it(tmp_path: Path):
    """The solution brings stars and the debrief, is kept, and `n` opens the next exercise."""
    async with opened(exercise("starved")) as (pilot, bench):
        bench.home = tmp_path
        await until(pilot, lambda: rested(bench))
        bench.document.edit("solve", solved("starved"))
        bench.evaluate()
        await until(pilot, lambda: rested(bench) and "solved  ★★" in standing(bench))
        assert "innocent" in guide(bench)
        assert done(tmp_path) == {"starved": 2}
        bench.document.undo()
        bench.document.edit("nothing", bench.document.design)
        bench.home = None
        await pilot.press("7", "n")
        await until(pilot, lambda: bench.document.design.name == exercise("slow-queue").name)
        await until(pilot, lambda: rested(bench) and "longer every" in guide(bench))
        assert "innocent" not in guide(bench)


async def test_the_next_exercise_is_told_though_the_panel_was_put_away():
    """The panel's key puts it away with its keys; what opens next brings its story in sight again."""
    async with opened(exercise("starved"), size=(80, 24)) as (pilot, bench):
        await until(pilot, lambda: rested(bench) and bench.query_one("#goals", Table).rows)
        await pilot.press("7", "7")
        await until(pilot, lambda: bench.focused is bench.canvas)
        assert not bench.has_class("-paneled")
        bench.open_preset("slow-queue")
        await until(pilot, lambda: bench.has_class("-paneled") and "longer every" in guide(bench))
        assert bench.query_one("#guide").region.height >= 4


async def test_handing_it_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`r` writes a report under a person's name, which says what grading it anew says."""
    monkeypatch.chdir(tmp_path)
    async with opened(exercise("starved")) as (pilot, bench):
        await until(pilot, lambda: rested(bench))
        bench.document.edit("solve", solved("starved"))
        bench.evaluate()
        await until(pilot, lambda: rested(bench) and "solved  ★★" in standing(bench))
        await pilot.press("7", "r")
        await until(pilot, lambda: isinstance(pilot.app.screen, HandInDialog))
        await pilot.press("ctrl+u", *"ana-starved", "enter")
        await until(pilot, (tmp_path / "ana-starved.json").exists)

    (handed,) = collected(tmp_path, {})
    assert (handed.name, handed.exercise, handed.solved, handed.stars) == ("ana", "starved", True, 2)
    assert handed.wrong == ""


async def test_the_picker_of_exercises_knows_what_is_solved(tmp_path: Path):
    """`X` offers the exercises alone, with stars, and marks the first that is not solved."""
    remember(tmp_path, "starved", 1)
    async with opened() as (pilot, bench):
        bench.home = tmp_path
        await pilot.press("X")
        await until(pilot, lambda: isinstance(pilot.app.screen, PresetsDialog))
        picks = pilot.app.screen.query_one(PickList)
        await until(pilot, lambda: picks.marked == "slow-queue")
        prompts = [str(option.prompt) for option in picks.options]
        assert any("A starving checkout ✓ ★☆" in prompt for prompt in prompts)
        assert f"1 of {len(exercises_in_order())} solved" in prompts[0]
        assert len(prompts) == len(exercises_in_order()) + 1
        await pilot.press("enter")
        await until(pilot, lambda: bench.document.design.name == exercise("slow-queue").name)
        bench.home = None


async def test_what_is_locked_has_no_arrows():
    """The form shows which settings an exercise lets be turned."""
    drawn = {field.name: field.locked for field in fields(exercise("starved"), "nodes.checkout")}

    assert drawn["duration_ms"]
    assert not drawn["reserved_concurrency"]


async def test_what_is_locked_is_told():
    """Who turns the traffic down reads what may not be changed, and wins nothing."""
    async with opened(exercise("starved")) as (pilot, bench):
        await until(pilot, lambda: rested(bench))
        calm = bench.document.design.with_values({"nodes.partner.rate_per_s": 1})
        bench.document.edit("calm", calm)
        bench.evaluate()
        await until(pilot, lambda: "nodes.partner.rate_per_s may not be changed" in guide(bench))
        assert "something locked was changed" in standing(bench)
        assert "★" not in standing(bench)


async def test_exercises_stand_among_the_presets():
    """The picker lists them under their own heading, with the story, and opens one."""
    async with opened() as (pilot, bench):
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, PresetsDialog))
        await pilot.press(*"starving", "enter")
        await until(pilot, lambda: bench.document.design.name == exercise("starved").name)
        await until(pilot, lambda: rested(bench) and "customers cannot pay" in guide(bench))


async def test_exercises_are_found_in_the_palette(tmp_path: Path):
    """By any word of their title, with the stars that were won."""
    remember(tmp_path, "starved", 2)
    async with opened() as (_, bench):
        bench.home = tmp_path
        titles = [hit.text async for hit in Commands(bench).search("starving")]
        assert any("A starving checkout  ★★" in str(title) for title in titles)
        bench.home = None


@pytest.mark.parametrize("name", ["slow-queue", "migration"])
def test_every_metric_has_words(name: str):
    """No goal is called by its path."""
    design = loads(come_along(name).text)

    for goal in design.goals:
        assert "_" not in goals.words(design, goal.metric)
