"""The advice: findings with what is said of them, going to their nodes, and applying what mends them."""

import pytest
from textual.widgets import Static

from sandbox.app.dialogs.why import WhyDialog
from sandbox.app.panels.host import Strip
from sandbox.app.present import advice
from sandbox.design.reading import loads
from sandbox.evaluate import evaluate
from tests.app.faulty import looked, rested, rules, wrong
from tests.app.shop import opened, until
from widgets.notes import NoteList

SIZES = [(80, 24), (140, 40), (200, 55)]


def standing(bench):
    """The line above the list."""
    return str(bench.query_one("#advice-standing", Static).render())


def said(bench):
    """What is said of the chosen finding."""
    return str(bench.query_one("#advised > Static", Static).render())


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_findings_stand_by_severity_with_their_words(size):
    """Whole messages, the gravest first, with a count of each and a sign in the panel's title."""
    async with opened(wrong(), size=size) as (pilot, bench):
        await looked(pilot, bench)
        notes = bench.query_one(NoteList).notes

        assert rules(bench) == ["items-throttled", "few-receives", "visibility-too-short"]
        assert [note.tone for note in notes] == ["bad", "warn", "warn"]
        assert [note.title for note in notes] == ["Place order", "Intake → Dead letters", "Intake"]
        assert "▲ 1 error   ! 2 warnings" in standing(bench)
        assert "4 Advice ▲1 !2" in bench.query_one(Strip).render().plain
        shown = " ".join(" ".join(strip.text.replace("▌", "").split()) for strip in lines_of(bench))
        assert notes[0].text in shown


def lines_of(bench):
    """The lines of the list in sight."""
    listed = bench.query_one(NoteList)
    return [listed.render_line(y) for y in range(listed.size.height)]


async def test_a_finding_has_its_documentation_its_reason_and_its_source():
    """Beside the list where there is room; the chain behind the number comes from a thread."""
    async with opened(wrong()) as (pilot, bench):
        await looked(pilot, bench)
        assert "A node refuses part of what it is asked for." in said(bench)
        assert "Why it matters" in said(bench)
        assert "https://docs.aws.amazon.com" in said(bench)
        await until(pilot, lambda: "Throttled at Place order" in said(bench))
        assert "← shoppers sends 100/s" in said(bench)

        await pilot.press("down", "down")
        await until(pilot, lambda: "visibility timeout of Intake: 20 → 60 s" in said(bench))
        assert "visibility_timeout_s = 180" in said(bench)
        assert "Throttled at Place order" not in said(bench)


async def test_choosing_a_finding_shows_its_part_and_enter_goes_there():
    """Its node or its edge is selected while the focus stays; Enter takes the focus along."""
    async with opened(wrong()) as (pilot, bench):
        await looked(pilot, bench)
        await pilot.press("down")
        await until(pilot, lambda: bench.canvas.selected_edge == 3)
        await pilot.press("down")
        await until(pilot, lambda: bench.canvas.selected == "intake")
        assert bench.query_one(NoteList).has_focus
        await pilot.press("enter")
        await until(pilot, lambda: bench.canvas.has_focus)
        assert bench.canvas.selected == "intake"


async def test_f_applies_the_fix_and_one_undo_takes_it_back():
    """As one step with a name; the finding goes, and the next comes into its place."""
    async with opened(wrong()) as (pilot, bench):
        before = bench.document.design
        await looked(pilot, bench)
        await pilot.press("down", "f")
        await until(pilot, lambda: rested(bench) and "few-receives" not in rules(bench))
        assert bench.document.design == before.with_value("edges.3.max_receive_count", 5)
        assert [step.name for step in bench.document.done] == [
            "max receive count of Intake → Dead letters from 3 to 5 receives"
        ]
        assert bench.query_one(NoteList).picked == "visibility-too-short:intake"
        await pilot.press("u")
        await until(pilot, lambda: rested(bench) and "few-receives" in rules(bench))
        assert bench.document.design == before


async def test_what_clears_the_number_is_a_fix_too():
    """Throttling has no fix of its own; the least value at which nothing is throttled is searched for."""
    async with opened(wrong()) as (pilot, bench):
        await looked(pilot, bench)
        await until(pilot, lambda: bench.advice.fix)
        await pilot.press("f")
        await until(pilot, lambda: rested(bench) and "items-throttled" not in rules(bench))
        assert bench.document.done[-1].name.startswith("reserved concurrency of Place order from 5 to ")


async def test_all_fixes_are_one_step():
    """`F` lays every fix over the design; one undo takes all of them back."""
    async with opened(wrong()) as (pilot, bench):
        before = bench.document.design
        await looked(pilot, bench)
        await pilot.press("F")
        await until(pilot, lambda: rested(bench) and rules(bench) == ["items-throttled"])
        assert len(bench.document.done) == 1
        await pilot.press("u")
        await until(pilot, lambda: rested(bench) and len(rules(bench)) == 3)
        assert bench.document.design == before


async def test_the_mouse_turns_to_what_is_said_and_back():
    """Where room is short a click shows what is said of the finding, and another the list again."""
    async with opened(wrong(), size=(80, 24)) as (pilot, bench):
        await looked(pilot, bench)
        await pilot.click("#advice-turn")
        await until(pilot, lambda: bench.query_one("#advised").display)
        assert not bench.query_one(NoteList).display
        await pilot.click("#advice-turn")
        await until(pilot, lambda: bench.query_one(NoteList).display)


async def test_the_mouse_chooses_applies_and_asks():
    """A click on any line of a note chooses it, a double click mends it; the buttons do what the keys do."""
    async with opened(wrong()) as (pilot, bench):
        await until(pilot, lambda: rested(bench))
        await pilot.click("Strip", offset=(1 + len("1 Headroom  2 Timeline  3 Cost  "), 0))
        await until(pilot, lambda: bench.panels.active == "advice" and rules(bench))
        listed = bench.query_one(NoteList)
        rows = {note.key: at for at, line in enumerate(listed._lines) for note in [listed.notes[line.note]]}
        last = rows["visibility-too-short:intake"]
        await pilot.click(NoteList, offset=(10, last))
        await until(pilot, lambda: listed.picked == "visibility-too-short:intake")
        assert bench.canvas.selected == "intake"
        await pilot.click(NoteList, offset=(10, last), times=2)
        await until(pilot, lambda: rested(bench) and "visibility-too-short" not in rules(bench))

        await pilot.click(NoteList, offset=(10, rows["few-receives:intake>dead"]))
        await pilot.click("#advice-fix")
        await until(pilot, lambda: rested(bench) and rules(bench) == ["items-throttled"])
        await pilot.click("#advice-why")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyDialog))
        assert pilot.app.screen.reason.title == "Throttled at Place order"


async def test_w_explains_the_number_behind_the_finding():
    """In the list it is that of the finding, whatever is chosen among the facts."""
    async with opened(wrong()) as (pilot, bench):
        await looked(pilot, bench)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyDialog))
        assert pilot.app.screen.reason.title == "Throttled at Place order"


async def test_a_design_without_faults_has_a_calm_line():
    """No list, no buttons, no sign in the title."""
    async with opened(loads('schema = 1\n[nodes.shop]\nservice = "traffic"\nrate_per_s = 1\n')) as (
        pilot,
        bench,
    ):
        await looked(pilot, bench)
        assert "✓ no advice" in lines_of(bench)[0].text
        assert not bench.query_one("#advised").display
        assert not bench.query_one("#advice-why").display
        assert bench.query_one(Strip).badges["advice"] == ()


async def test_list_and_details_take_turns_where_room_is_short():
    """In 80 columns each note says its fix, and `v` shows what is said of it, with its message."""
    async with opened(wrong(), size=(80, 24)) as (pilot, bench):
        await looked(pilot, bench)
        notes = bench.query_one(NoteList).notes
        assert notes[2].more == "fix: visibility timeout of Intake: 20 → 60 s"
        assert not bench.query_one("#advised").display
        await pilot.press("down", "down", "v")
        await until(pilot, lambda: bench.query_one("#advised").has_focus)
        assert not bench.query_one(NoteList).display
        assert "messages come back after 20 s" in said(bench)
        await pilot.press("v")
        await until(pilot, lambda: bench.query_one(NoteList).has_focus)


async def test_advice_is_of_the_steady_state_at_a_moment_too():
    """The panel says so, and its numbers are not those of the moment."""
    async with opened(wrong()) as (pilot, bench):
        await until(pilot, lambda: rested(bench))
        await pilot.press("2")
        await until(pilot, lambda: bench._clock.timeline is not None)
        await pilot.press("full_stop")
        await until(pilot, lambda: bench.reading.moment)
        await pilot.press("4", "4")
        await until(pilot, lambda: rules(bench) and bench.query_one(NoteList).has_focus)
        assert "of the steady state, not of" in standing(bench)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyDialog))
        assert pilot.app.screen.reason.title == "Throttled at Place order"


async def test_f_from_the_canvas_counts_only_while_the_advice_is_in_sight():
    """Nothing is changed that one cannot see; from the palette the advice comes first."""
    async with opened(wrong()) as (pilot, bench):
        before = bench.document.design
        await until(pilot, lambda: rested(bench))
        await pilot.press("f", "F")
        assert bench.document.design is before
        await bench.run_action("fix_all")
        await until(pilot, lambda: bench.document.design is not before)
        assert bench.panels.active == "advice"


async def test_the_list_follows_what_is_selected_elsewhere():
    """To the first finding about it; what has none leaves the cursor where it is."""
    async with opened(wrong()) as (pilot, bench):
        await looked(pilot, bench)
        listed = bench.query_one(NoteList)
        bench.canvas.select("intake")
        await until(pilot, lambda: listed.picked == "visibility-too-short:intake")
        bench.canvas.select(None, 3)
        await until(pilot, lambda: listed.picked == "few-receives:intake>dead")
        bench.canvas.select("shoppers")
        await pilot.pause(0.1)
        assert listed.picked == "few-receives:intake>dead"


async def test_the_menu_of_a_node_leads_to_its_advice():
    """With the cursor on the first finding about it."""
    async with opened(wrong()) as (pilot, bench):
        await until(pilot, lambda: rested(bench))
        bench.canvas.select("intake")
        await pilot.press("shift+f10")
        await until(pilot, lambda: pilot.app.screen is not bench)
        texts = [entry.text for group in pilot.app.screen._groups for entry in group]
        assert "advice" in texts
        pilot.app.screen.dismiss("panel('advice')")
        await until(pilot, lambda: bench.panels.active == "advice" and bench.query(NoteList))
        await until(pilot, lambda: bench.query_one(NoteList).picked == "visibility-too-short:intake")


def test_a_fix_that_is_done_is_not_offered_again():
    """Findings are told anew a moment after the design is changed; until then a fix is not told."""
    design = wrong()
    told = {one.rule: one for one in evaluate(design).findings if one.fix}
    mended = design.with_values(told["visibility-too-short"].fix)

    before, after = (
        {note.key: note.more for note in advice.notes(one, told, with_fixes=True)} for one in (design, mended)
    )

    assert before["visibility-too-short"].startswith("fix: ")
    assert after["visibility-too-short"] == ""
    assert after["few-receives"] == before["few-receives"]
