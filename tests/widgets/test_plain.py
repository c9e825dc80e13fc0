"""Screens in ASCII, and texts where there are few colours."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color as TerminalColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._border import BORDER_CHARS
from textual.color import Color

from widgets.canvas import glyphs as canvas
from widgets.glyphs import ASCII, UNICODE
from widgets.legible import KEPT, LEAST, contrast, legible
from widgets.plain import SIGNS, Plain, plain_text


@given(st.text())
def test_nothing_moves(text: str) -> None:
    """A text takes the same cells in ASCII."""
    assert cell_len(plain_text(text)) == cell_len(text)


@given(st.text())
def test_a_terminal_that_reads_ascii_gets_ascii(text: str) -> None:
    """Not even letters are left where the terminal cannot read them."""
    assert plain_text(text, "ascii").isascii()


@pytest.mark.parametrize(
    "signs",
    [
        "".join(itertools.chain.from_iterable(itertools.chain.from_iterable(BORDER_CHARS.values()))),
        UNICODE.blocks + UNICODE.levels + UNICODE.less + UNICODE.more + UNICODE.good + UNICODE.bad,
        "".join(canvas.BOX.lines.values()) + canvas.BOX.frame + canvas.BOX.chosen + canvas.BOX.bars,
        "▁▂▃▄▅▆▇▉▊▋▌▍▎▏",
    ],
    ids=["borders", "signs", "canvas", "scroll bars"],
)
def test_every_sign_in_use_is_known(signs: str) -> None:
    """Of what is drawn with nothing becomes a question mark."""
    assert "?" not in plain_text(signs, "ascii")


def test_signs_are_swapped_one_for_one() -> None:
    """Each sign has one ASCII sign, and each alphabet one sign for each other."""
    assert all(len(plain) == 1 and plain.isascii() for plain in SIGNS.values())
    assert all(
        cell_len(getattr(ASCII, name)) == cell_len(getattr(UNICODE, name)) == 1
        for name in ("less", "more", "chosen", "changed", "unset", "cut", "rule", "good", "warn", "bad")
    )


def test_the_filter_keeps_styles_and_controls() -> None:
    """Only texts change on their way to the screen."""
    bold = Style(bold=True)
    line = [Segment("▲ 1", bold), Segment("─", None, ((1, 2),))]  # type: ignore[arg-type]

    assert Plain("utf-8").apply(line, Color(0, 0, 0)) == [Segment("! 1", bold), line[1]]


COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: TerminalColor.from_rgb(*rgb))


@given(COLOURS, COLOURS, st.sampled_from([ColorSystem.STANDARD, ColorSystem.EIGHT_BIT]))
def test_no_text_wears_the_colour_it_stands_on(
    ink: TerminalColor, ground: TerminalColor, system: ColorSystem
):
    """Whatever colours a theme has, a text is told from its background with 256 and with 16 colours.

    What is meant to stand back, as behind a dialog, still does.
    """
    style = legible(Style.from_color(ink, ground), system)

    assert style.color is not None
    assert style.bgcolor is not None
    seen = (style.color.downgrade(system).get_truecolor(), style.bgcolor.downgrade(system).get_truecolor())
    meant = contrast(ink.get_truecolor(), ground.get_truecolor())
    assert contrast(*seen) >= min(LEAST, KEPT * meant)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    """Contrast ratios as the W3C's own examples and common checkers give them."""
    triplets = (TerminalColor.parse(color).get_truecolor() for color in (one, other))

    assert contrast(*triplets) == pytest.approx(ratio, abs=0.01)
