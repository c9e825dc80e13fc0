"""Bars, sparklines, gauges and the dial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from widgets.bars import bar_text, spark_text
from widgets.cells import cut
from widgets.dial import LEAST, MOST, Dial, factor_text, turned
from widgets.gauge import Gauge
from widgets.glyphs import ASCII

WHOLE = st.integers(1, 60)


@given(share=st.floats(-1, 2), width=WHOLE, ascii_only=st.booleans())
def test_bar_never_lies_at_its_ends(share, width, ascii_only):
    """Only nothing is drawn as nothing, and only all as all."""
    glyphs = ASCII if ascii_only else Gauge().glyphs
    bar = bar_text(share, width, glyphs)

    assert len(bar) <= width
    if len(glyphs.blocks) > 2 or width > 1:
        assert (bar == "") == (share <= 0)
        assert (bar == glyphs.blocks[-1] * width) == (share >= 1)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2).map(sorted), WHOLE)
def test_bar_grows_with_its_share(shares, width):
    """More is never drawn shorter."""
    eighths = [" ▏▎▍▌▋▊▉█".index(bar[-1]) + 8 * len(bar) if bar else 0
               for bar in (bar_text(share, width) for share in shares)]  # fmt: skip

    assert eighths == sorted(eighths)


@given(st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_spark_has_a_cell_per_value(values):
    """One cell per value, the lowest and the highest at the ends of the scale."""
    spark = spark_text(values)

    assert len(spark) == len(values)
    if values and max(values) > min(values):
        assert spark[values.index(max(values))] == "█"
        assert spark[values.index(min(values))] == "▁"


@pytest.mark.parametrize(
    ("width", "text"), [(20, "write units"), (11, "write units"), (5, "writ…"), (1, "…"), (0, "")]
)
def test_cut(width, text):
    """A cut text says that it was cut."""
    assert cut("write units", width) == text


@given(st.floats(LEAST, MOST), st.sampled_from([1, -1]), st.booleans())
def test_dial_turns_both_ways(factor, direction, big):
    """A notch up and a notch down undo each other, and the dial stops at its ends."""
    there = turned(factor, direction, big=big)

    assert LEAST <= there <= MOST
    if LEAST < there < MOST:
        assert turned(there, -direction, big=big) == pytest.approx(factor)


@given(st.floats(LEAST, MOST))
def test_factor_fits_its_place(factor):
    """A factor never takes more than seven cells, so turning moves nothing."""
    assert len(factor_text(factor)) <= 7


class GaugeApp(App):
    """A gauge and a dial."""

    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        """The dial above the gauge."""
        yield Dial()
        yield Gauge(0.5, "concurrency")

    def on_dial_turned(self, event):
        """Keep where it was turned to."""
        self.heard.append(event.factor)


@pytest.mark.parametrize(
    ("value", "mark", "percent"),
    [(0.5, " ", "50%"), (0.85, "!", "85%"), (1.0, "▲", "100%"), (12.3, "▲", "1230%")],
)
async def test_gauge_says_how_near(value, mark, percent):
    """Near and over are a mark as well as a colour, and the bar never leaves its room."""
    app = GaugeApp()
    async with app.run_test(size=(40, 4)):
        gauge = app.query_one(Gauge)
        gauge.value = value
        text = gauge.render().plain

        assert len(text) == 40
        assert text.endswith(f" {percent} {mark}")
        assert text.startswith("concurrency ")


async def test_dial_by_mouse():
    """The signs and the wheel turn it, the factor in between sets it back."""
    app = GaugeApp()
    async with app.run_test() as pilot:
        dial = app.query_one(Dial)
        dial.rate, dial.curve = "200/s", (1, 2, 3)
        await pilot.pause()
        text = dial.render().plain
        await pilot.click(dial, offset=(text.index("›"), 0))
        await pilot.click(dial, offset=(text.index("›"), 0), control=True)
        await pilot.click(dial, offset=(text.index("‹"), 0))
        await pilot.click(dial, offset=(text.index("×"), 0))
        await pilot.click(dial, offset=(text.index("×"), 0))
        await pilot.pause()

        assert app.heard == [1.25, 2.5, 2.0, 1.0]
        assert "200/s" in text
        assert text.endswith("▁▅█")
