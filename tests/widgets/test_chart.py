"""Charts: every extreme is drawn, axes are even, and the cursor says what was when."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from widgets.cells import cell_len
from widgets.chart import Chart, Line, Plot, Span
from widgets.chart.axes import nice_top, time_ticks
from widgets.chart.drawing import Drawing
from widgets.chart.raster import bounds

TIMES = np.arange(1.0, 101.0)


def texts(drawing: Drawing, cursor: float | None = None) -> list[str]:
    """The rows as plain text."""
    return ["".join(text for text, _ in row) for row in drawing.rows(cursor)]


def test_a_rising_line_goes_from_the_lower_left_to_the_upper_right():
    """The first column is at the bottom, the last one at the top."""
    drawing = Drawing(Plot("Load", TIMES, (Line("rate", TIMES),)), 46, 9, 0, 100)

    rows = texts(drawing)

    picture = [row[drawing.left :] for row in rows[1:-1]]
    assert picture[-1].strip()
    assert picture[-1][0] != " "
    assert picture[0][-1] != " "
    assert picture[0][:20].strip() == ""


def test_a_single_spike_is_never_lost():
    """One value among thousands is drawn, however narrow the chart."""
    values = np.zeros(5000)
    values[2345] = 100.0
    drawing = Drawing(Plot("", np.arange(5000.0), (Line("rate", values),)), 40, 8, 0, 5000)

    assert texts(drawing)[1][drawing.left :].strip()


def test_the_legend_says_the_values_under_the_cursor():
    """With the unit that the caller words; the highest values where there is no cursor."""
    plot = Plot(
        "Load", TIMES, (Line("rate", TIMES), Line("limit", np.full(100, 80.0), "limit")), told="{:g}/s".format
    )
    drawing = Drawing(plot, 60, 8, 0, 100)

    assert texts(drawing, 40.2)[0] == "Load  ━ rate 40/s  ╌ limit 80/s"
    assert texts(drawing)[0] == "Load  ━ rate ≤100/s  ╌ limit 80/s"


def test_a_line_is_seen_in_front_of_an_area():
    """What comes in is not lost in what is refused."""
    area = Line("refused", np.full(100, 100.0), "bad", fill=True)
    front = Line("offered", np.full(100, 50.0))
    only = Drawing(Plot("", TIMES, (front,), topped=lambda _: 100.0), 46, 11, 0, 100)
    both = Drawing(Plot("", TIMES, (front, area)), 46, 11, 0, 100)

    (row,) = (y for y, line in enumerate(texts(only)[1:-1], 1) if line[only.left :].strip())
    assert texts(both)[row][both.left + 1 :] == texts(only)[row][only.left + 1 :]


@pytest.mark.parametrize(
    ("label", "end", "wanted"),
    [
        ("Table 5 × slower", 60.0, "Table 5 × slower"),
        ("Table 5 × slower", 14.0, "Table 5 × slower"),
        ("表 slow", 60.0, "表 slow"),
    ],
)
def test_a_span_says_what_is_otherwise(label, end, wanted):
    """On the axis, in whole, however short it lasts; the moments around it stay in their places."""
    plot = Plot("", TIMES, (Line("rate", TIMES),), (Span(12.0, end, label),))
    drawing = Drawing(plot, 60, 8, 0, 100)

    axis = texts(drawing)[-1]

    assert wanted in axis
    assert axis.rstrip().endswith("1:00")
    assert cell_len(axis) == 60


def test_a_value_that_is_none_leaves_a_hole():
    """Nothing is drawn where nothing was measured, and the legend says so."""
    values = TIMES.copy()
    values[40:60] = np.nan
    drawing = Drawing(Plot("", TIMES, (Line("rate", values),)), 60, 8, 0, 100)

    rows = texts(drawing, 50.0)

    middle = drawing.left + drawing.column(50.0) + 1
    assert "–" in rows[0]
    assert all(row[middle] == " " for row in rows[1:-1])


def test_a_limit_far_away_does_not_press_the_line_flat():
    """The axis ends near the values; a limit near them is in the picture."""
    line = Line("rate", TIMES)

    assert Plot("", TIMES, (line, Line("limit", np.full(100, 1000.0), "limit"))).top == 100
    assert Plot("", TIMES, (line, Line("limit", np.full(100, 120.0), "limit"))).top == 120


def test_a_stretch_is_marked_on_the_axis():
    """From where it begins to where it ends."""
    drawing = Drawing(Plot("", TIMES, (Line("rate", TIMES),), (Span(25, 50),)), 60, 8, 0, 100)

    marked = sum(len(text) for text, name in drawing.rows(None)[-1] if name == "chart--span")

    assert marked == pytest.approx((60 - drawing.left) / 4, abs=2)


@pytest.mark.parametrize(("width", "height"), [(0, 0), (5, 3), (23, 10), (60, 3)])
def test_too_little_room_is_no_accident(width, height):
    """A title at most, and never more than there is room for."""
    rows = Drawing(Plot("Load", TIMES, (Line("rate", TIMES),)), width, height, 0, 100).rows(None)

    assert all(sum(len(text) for text, _ in row) <= width for row in rows)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=200), st.integers(10, 80))
def test_every_column_keeps_its_extremes(values, width):
    """The lowest and the highest value of each column are those of its own values."""
    array = np.array(values)
    column = np.arange(len(values)) * width // len(values)

    low, high = bounds(array, column, width)

    for place in set(column.tolist()):
        assert (low[place], high[place]) == (array[column == place].min(), array[column == place].max())


@given(st.floats(1e-6, 1e12))
def test_the_axis_ends_just_above_the_highest_value(highest):
    """Never below it, and never so far above that half of the picture is empty."""
    assert highest * (1 - 1e-9) <= nice_top(highest) <= 2 * highest


@given(st.floats(10, 1e7), st.integers(2, 12))
def test_moments_on_the_axis_are_even(span, most):
    """All as far apart, inside the picture, and not too many."""
    ticks = time_ticks(0, span, most)

    assert len(ticks) <= most
    assert all(0 <= tick <= span * (1 + 1e-9) for tick in ticks)
    assert len(set(np.round(np.diff(ticks), 6))) <= 1


class Host(App[None]):
    """A chart alone."""

    moved: float | None = None

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Chart(Plot("Load", TIMES, (Line("rate", TIMES),)))

    def on_chart_moved(self, event: Chart.Moved) -> None:
        """Remember where the cursor went."""
        self.moved = event.time_s


async def test_keys_and_mouse_move_the_cursor():
    """To the ends, by a cell, and to where the mouse is pressed."""
    app = Host()
    async with app.run_test(size=(60, 10)) as pilot:
        chart = app.query_one(Chart)
        chart.focus()
        await pilot.press("home")
        assert app.moved == 0
        await pilot.press("right", "right")
        assert app.moved == pytest.approx(2 * 100 / (60 - chart.drawing.left))
        await pilot.click(Chart, offset=(chart.drawing.left + 1, 4))
        assert app.moved == pytest.approx(chart.drawing.time_at(chart.drawing.left + 1))
        await pilot.press("end")
        assert chart.cursor == 100
