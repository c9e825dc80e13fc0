"""The timeline in the app: it runs what is open, follows edits, and every moment is shown everywhere."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from sandbox.app.app import SandboxApp
from sandbox.app.clock import Clock, Plan
from sandbox.app.panels.timeline import TimelinePanel
from sandbox.app.present.header import headline as header_of
from sandbox.app.workbench import Workbench
from sandbox.design.reading import loads
from sandbox.units import number
from tests.timeline.spiked import QUEUE
from widgets.chart import Chart
from widgets.facts import FactTable, Heading


def app(tmp_path: Path) -> SandboxApp:
    """The app with a queue and a spike in it."""
    path = tmp_path / "queue.toml"
    path.write_text(QUEUE)
    return SandboxApp(loads(QUEUE), path)


async def run_through(pilot: Pilot[None], sut: SandboxApp) -> Clock:
    """Wait until the newest run is whole."""
    screen = sut.screen
    assert isinstance(screen, Workbench)
    for _ in range(400):
        clock = screen._clock
        if clock.timeline is not None and not clock.is_rough and clock.share is None:
            return clock
        await pilot.pause(0.05)
    pytest.fail("the run did not come")


async def opened(pilot: Pilot[None], sut: SandboxApp) -> Clock:
    """Open the timeline with a run of ten minutes."""
    sut.screen._clock = Clock(Plan(600.0))
    await pilot.press("2")
    return await run_through(pilot, sut)


async def test_the_timeline_runs_what_is_open(tmp_path):
    """A line says what came of it, and charts show it."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        clock = await opened(pilot, sut)

        panel = sut.screen.query_one(TimelinePanel)
        titles = [chart.plot.title for chart in panel.query(Chart).results() if chart.has_class("-shown")]
        assert titles == ["Rate", "Backlog", "Age of oldest"]
        assert clock.timeline.summary.recovered_at_s is not None
        assert "✓ back" in str(panel.query_one("#time-told").render())


async def test_a_moment_is_shown_on_the_canvas_and_in_the_inspector(tmp_path):
    """What the cursor is on is what the cards say; esc leads back to the steady state."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        clock = await opened(pilot, sut)
        screen = sut.screen
        calm = screen.canvas.graph

        screen.post_message(TimelinePanel.Moved(110.0))
        await pilot.pause(0.2)

        (jobs,) = (node for node in screen.canvas.graph.nodes if node.id == "jobs")
        backlog = clock.timeline.median.nodes["jobs"].backlog[clock.timeline.tick_at(110.0)]
        assert jobs.rate == "100/s"
        assert jobs.note == f"backlog {number(round(backlog))}"
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert screen.canvas.graph == calm


async def test_keys_step_and_play(tmp_path):
    """`.` and `,` go by one moment, space plays and holds."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        screen = sut.screen

        await pilot.press("full_stop", "full_stop", "comma")
        assert screen._clock.cursor_s == 1.0
        await pilot.press("space")
        await pilot.pause(0.6)
        await pilot.press("space")
        assert screen._clock.cursor_s > 2.0
        assert not screen._clock.is_playing


async def test_an_edit_runs_anew(tmp_path):
    """A new number on the canvas is a new run."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        before = await opened(pilot, sut)
        screen = sut.screen
        screen.draw("less", screen.document.design.with_value("edges.1.maximum_concurrency", 20))
        await pilot.pause(0.5)

        after = await run_through(pilot, sut)

        assert after.timeline is not before.timeline
        most = [run.median.nodes["jobs"].backlog.max() for run in (before.timeline, after.timeline)]
        assert most[1] > most[0]


async def test_a_recording_that_is_not_there_is_told(tmp_path):
    """In the panel; the design stays as it is, and what was run before stays in sight."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        screen = sut.screen
        screen.draw("file", screen.document.design.with_value("nodes.shop.profile", {"file": "nowhere.csv"}))
        for _ in range(200):
            if screen._clock.failure:
                break
            await pilot.pause(0.05)

        assert "nowhere.csv" in screen._clock.failure
        assert "nowhere.csv" in str(screen.query_one("#time-told").render())


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (200, 55), (30, 10)])
async def test_every_size_has_room_for_something(tmp_path, size):
    """At least one chart where there is a panel at all, and no accident where there is not."""
    sut = app(tmp_path)
    async with sut.run_test(size=size) as pilot:
        await opened(pilot, sut)

        shown = [chart for chart in sut.screen.query(Chart).results() if chart.has_class("-shown")]
        assert shown


async def test_nothing_moves_on_the_canvas_while_it_plays(tmp_path):
    """Numbers come to take four times the cells; every node stays where it is."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        screen = sut.screen
        places = []
        for moment in (None, 10.0, 110.0, 300.0, 600.0):
            if moment is not None:
                screen.post_message(TimelinePanel.Moved(moment))
            await pilot.pause(0.2)
            places.append(dict(screen.canvas._picture.layout.boxes))

        assert all(boxes == places[0] for boxes in places)


async def test_the_moment_that_is_shown_is_said_at_the_top_and_above_the_numbers(tmp_path):
    """And what the sources send then; both are gone with the moment."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        screen = sut.screen

        screen.post_message(TimelinePanel.Moved(100.0))
        await pilot.pause(0.2)

        heading = screen.inspector.query_one(FactTable).facts[0]
        assert heading == Heading("at 1:40")
        header = header_of(screen.reading, is_unsaved=False)
        assert (header.nearest, header.rate) == ("at 1:40 of the run", "100/s")
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert screen.inspector.query_one(FactTable).facts[0] == Heading("now")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_its_key_again_leads_to_the_charts_and_their_keys(tmp_path, size):
    """There `n` runs it at random, and `esc` leads back to the canvas."""
    sut = app(tmp_path)
    async with sut.run_test(size=size) as pilot:
        await opened(pilot, sut)
        await pilot.press("2")
        assert isinstance(sut.focused, Chart)

        await pilot.press("n")
        await pilot.pause(0.3)

        assert (await run_through(pilot, sut)).timeline.replicas == 20
        await pilot.press("escape")
        assert sut.focused is sut.screen.canvas


@pytest.mark.parametrize("moment", [65.4, 109.5, 300.9])
async def test_charts_and_canvas_say_the_same_of_a_moment(tmp_path, moment):
    """The cursor stands between two ticks, and both show the same one."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        screen = sut.screen
        screen.post_message(TimelinePanel.Moved(moment))
        await pilot.pause(0.2)

        backlog = next(chart for chart in screen.query(Chart).results() if chart.plot.title == "Backlog")
        legend = "".join(text for text, _ in backlog.drawing.rows(backlog.cursor)[0])
        assert legend.endswith(number(round(screen.reading.evaluation.nodes["jobs"].backlog)))


async def test_keys_that_come_fast_all_count(tmp_path):
    """Twice longer, before a run is begun in between; then at random."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        await pilot.press("2")
        for key in "oon":
            sut.simulate_key(key)
        await pilot.pause(0.2)

        assert sut.screen._clock.plan == Plan(6 * 3600.0, replicas=20)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "charts"), [((80, 24), 2), ((140, 40), 3)])
async def test_given_all_the_room_it_shows_all_charts(tmp_path, size, charts):
    """Below one another where they are too narrow beside one another; none is cut off."""
    sut = app(tmp_path)
    async with sut.run_test(size=size) as pilot:
        await opened(pilot, sut)
        await pilot.press("2", "m")
        await pilot.pause(0.3)

        shown = [chart for chart in sut.screen.query(Chart).results() if chart.has_class("-shown")]
        assert len(shown) >= charts
        assert all(chart.drawing.can_be_seen for chart in shown)
        assert max(chart.region.bottom for chart in shown) >= size[1] - 2


async def test_why_explains_the_moment_that_is_shown(tmp_path):
    """Not the steady state behind it."""
    sut = app(tmp_path)
    async with sut.run_test(size=(140, 40)) as pilot:
        await opened(pilot, sut)
        screen = sut.screen
        screen.canvas.select("jobs")
        screen.post_message(TimelinePanel.Moved(90.0))
        await pilot.pause(0.2)

        screen.explain("nodes.jobs.offered_per_s")
        await pilot.pause(0.5)

        assert sut.screen.reason.title == "Offered to jobs at 1:30"
        assert sut.screen.reason.value == "100/s"
