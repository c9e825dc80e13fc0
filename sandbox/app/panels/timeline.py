"""The design over time: charts of what is selected, with a cursor that the canvas follows."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf, log
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sandbox.app.clock import Clock, Plan
from sandbox.app.panels.panel import Panel, PanelView
from sandbox.app.present.plots import Plots
from sandbox.app.present.running import Words, reasons, running
from sandbox.app.reading import Reading
from sandbox.app.tones import TONES
from sandbox.timeline.timeline import Timeline
from widgets.cells import cut
from widgets.chart import Chart, Plot

LEAST_WIDTH, LEAST_HEIGHT = 44, 7
"""Cells of a chart, so that it can be read."""
MOST = 12
"""Charts at once."""
SHAPE = 4.0
"""Cells of width of a good chart for one of its height."""
ROOMY = 10
"""Rows of a panel from which the reasons have a line of their own."""
GAP = "   "
LEAST = 6
"""Cells in which words say something."""


class TimelinePanel(PanelView):
    """As many charts as there is room for; `v` goes on to the others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "others", "Other charts", id="time.others", tooltip="Show the charts that had no room"),
        Binding("o", "longer(1)", "Longer", id="time.longer",
                tooltip="Let the run be longer, or short again"),
        Binding("O", "longer(-1)", "Shorter", show=False, id="time.shorter",
                tooltip="Let the run be shorter"),
        Binding("n", "more_runs", "Random runs", id="time.runs",
                tooltip="Run it with random arrivals so many times, and show a band"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    TimelinePanel {
        & > Static { height: 1; padding: 0 1; color: $foreground 72%; }
        & > #time-why { display: none; }
        & > #time-why.-told { display: block; }
        & > Grid { height: 1fr; grid-gutter: 0 2; padding: 0 1; }
        & Chart { display: none; }
        & Chart.-shown { display: block; }
    }
    """

    @dataclass
    class Moved(Message):
        """The person wants to see another moment."""

        time_s: float

    @dataclass
    class Planned(Message):
        """The person wants another run: a longer one, or more of them."""

        change: Callable[[Plan], Plan]
        """Of the plan as it is by then: keys can be faster than a run is begun."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._clock = Clock()
        self._subject = ""
        self._drawn: tuple[Timeline, str] | None = None
        self._plots: tuple[Plot, ...] = ()
        self._first = 0
        self._is_laid_out = False

    def compose(self) -> ComposeResult:
        """What came of the run, why where there is something to say, and room for charts."""
        yield Static("", id="time-told", markup=False)
        yield Static("", id="time-why", markup=False)
        with Grid():
            for place in range(MOST):
                yield Chart(id=f"chart-{place}")

    def show(self, reading: Reading) -> None:
        """Draw the run as far as it is known."""
        if reading.clock is None:
            return
        self._clock = reading.clock
        self._subject = reading.source.subject if reading.source else ""
        if self._is_laid_out:
            self._draw()

    def on_mount(self) -> None:
        """Draw what came before there was anything to draw it with."""
        self._is_laid_out = True
        self._draw()

    def _draw(self) -> None:
        timeline = self._clock.timeline
        if timeline is not None and self._drawn != (timeline, self._subject):
            self._drawn, self._plots = (timeline, self._subject), Plots(timeline).of(self._subject)
            self._first = 0 if self._first >= len(self._plots) else self._first
        self._arrange()
        for chart in self.query(Chart).results():
            chart.cursor = self._clock.shown_s
        self._tell()

    def _tell(self) -> None:
        told, why = self.query_one("#time-told", Static), self.query_one("#time-why", Static)
        timeline = self._clock.timeline
        more = reasons(timeline) if timeline is not None and not self._clock.failure else []
        has_room = self.size.height >= ROOMY
        why.set_class(bool(more) and has_room, "-told")
        width = told.content_size.width
        told.update(_line([*running(self._clock), *([] if has_room else more)], width), layout=False)
        why.update(_line(more, width), layout=False)

    # Charts

    @on(events.Resize)
    def fit_charts(self) -> None:
        """Show as many as there is room for now."""
        if self._is_laid_out:
            self._arrange()
            self._tell()

    def _arrange(self) -> None:
        """Give each plot that fits a chart."""
        grid = self.query_one(Grid)
        most = max(1, grid.size.width // LEAST_WIDTH)
        room = min(most * max(1, grid.size.height // LEAST_HEIGHT), MOST)
        shown = self._plots[self._first : self._first + room]
        columns = _columns(len(shown), most, grid.size.width, grid.size.height)
        if grid.styles.grid_size_columns != columns:
            grid.styles.grid_size_columns = columns
        for place, chart in enumerate(self.query(Chart).results()):
            is_shown = place < len(shown)
            chart.set_class(is_shown, "-shown")
            if is_shown and chart.plot is not shown[place]:
                chart.plot = shown[place]

    def action_others(self) -> None:
        """Show the charts that had no room."""
        shown = sum(chart.has_class("-shown") for chart in self.query(Chart).results())
        self._first = self._first + shown if self._first + shown < len(self._plots) else 0
        self._arrange()

    # What is run and looked at

    def action_longer(self, direction: int) -> None:
        """Let the run be longer or shorter."""
        self.post_message(self.Planned(lambda plan: plan.longer(direction)))

    def action_more_runs(self) -> None:
        """Run it more often, with random arrivals."""
        self.post_message(self.Planned(Plan.with_more_runs))

    @on(Chart.Moved)
    def move(self, event: Chart.Moved) -> None:
        """Look at the moment under the cursor."""
        event.stop()
        self.post_message(self.Moved(event.time_s))


def _columns(charts: int, most: int, width: int, height: int) -> int:
    """So many charts side by side that each comes nearest to a good shape.

    Args:
        charts: How many there are.
        most: So many there can be side by side.
        width: Cells of all; none before the panel has its place.
        height: Rows of all.

    >>> _columns(3, 3, 138, 8), _columns(4, 4, 198, 50), _columns(4, 3, 138, 34), _columns(1, 4, 198, 50)
    (3, 2, 2, 1)
    >>> _columns(4, 1, 0, 0)
    1
    """

    def misfit(columns: int) -> float:
        rows = ceil(charts / columns)
        if rows > 1 and height // rows < LEAST_HEIGHT:
            return inf
        return abs(log(max(width, 1) / columns / max(height / rows, 1) / SHAPE))

    return min(range(min(most, charts), 0, -1), key=misfit, default=1)


def _line(words: list[Words], width: int) -> Content:
    """Words of several tones in one line, as many as fit."""
    pieces: list[Content] = []
    for text, tone in words:
        gap = GAP if pieces else ""
        room = width - sum(piece.cell_length for piece in pieces) - len(gap)
        if room < LEAST:
            break
        pieces.append(Content.assemble(gap, (cut(text, room), TONES[tone])))
    return Content("").join(pieces)


PANEL = Panel("2", "timeline", "Timeline", "what happens when the load moves", TimelinePanel)
