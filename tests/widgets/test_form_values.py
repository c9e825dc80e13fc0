"""What a form makes of typed text and of nudges, without a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.form import Field, nudge, number_text, parse
from widgets.form.layout import field_pieces, plan_of
from widgets.form.typing_line import TypingLine
from widgets.glyphs import UNICODE

MEMORY = Field("memory", "memory", "integer", 512, 128, "MB", low=128, high=10_240)
DURATION = Field("duration", "duration", "number", 80.0, 100.0, "ms", low=0, above_low=True)
RESERVED = Field("reserved", "reserved", "integer", None, None, low=0, high=1_000, optional=True)
ARCHITECTURE = Field("arch", "architecture", "choice", "arm64", "x86_64", choices=("arm64", "x86_64"))
SNAP = Field("snap", "SnapStart", "flag", False, False)
ERRORS = Field("errors", "error share", "number", 0.0, 0.0, low=0, high=1)
LADDER = Field("rung", "memory", "integer", 600, 128, low=128, high=10_240, choices=(128, 512, 1024, 1769))


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (MEMORY, "1024", 1024),
        (MEMORY, "1,024", 1024),
        (MEMORY, "1_024", 1024),
        (MEMORY, " 1 024 MB ", 1024),
        (MEMORY, "2k", 2000),
        (MEMORY, "1.5k", 1500),
        (MEMORY, "1e3", 1000),
        (DURATION, ".5", 0.5),
        (DURATION, "2M", 2_000_000.0),
        (DURATION, "80 ms", 80.0),
        (RESERVED, "", None),
        (RESERVED, "–", None),
        (RESERVED, "0", 0),
        (ARCHITECTURE, "X86_64", "x86_64"),
        (ARCHITECTURE, "a", "arm64"),
        (SNAP, "yes", True),
        (Field("note", "remark", "text", ""), " as it is ", "as it is"),
    ],
)
def test_parse(field, text, value):
    """Separators, suffixes, units and beginnings of a choice are understood."""
    assert parse(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        (MEMORY, "64", "128–10,240 MB"),
        (MEMORY, "10241", "128–10,240 MB"),
        (MEMORY, "512.5", "whole numbers"),
        (MEMORY, "", "needs a value"),
        (MEMORY, "lots", "“lots” is not a number"),
        (MEMORY, "1e999", "too large"),
        (MEMORY, "nan", "not a number"),
        (DURATION, "0", "> 0 ms"),
        (ARCHITECTURE, "arn64", "did you mean arm64?"),
        (ARCHITECTURE, "risc", "arm64, x86_64"),
        (SNAP, "perhaps", "on or off"),
    ],
)
def test_parse_says_what_would_be_right(field, text, says):
    """What is wrong is refused with the range, the choices or the nearest name."""
    with pytest.raises(ValueError, match=r".+") as caught:
        parse(field, text)

    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("field", "direction", "big", "value"),
    [
        (DURATION, 1, False, 100.0),
        (DURATION, -1, False, 50.0),
        (DURATION, 1, True, 500.0),
        (MEMORY, 1, False, 1000),
        (LADDER, 1, False, 1024),
        (LADDER, -1, False, 512),
        (LADDER, 1, True, 1769),
        (RESERVED, 1, False, 1),
        (ARCHITECTURE, 1, False, "x86_64"),
        (ARCHITECTURE, -1, False, "x86_64"),
        (SNAP, -1, False, True),
        (ERRORS, 1, False, 0.001),
        (Field("r", "r", "integer", 2, low=0, high=2), 1, False, 2),
        (Field("r", "r", "integer", 1, low=0, high=2), 1, False, 2),
        (Field("n", "n", "number", 0.0, 10.0, low=0), 1, False, 0.01),
        (Field("n", "n", "number", 0.01, 10.0, low=0), -1, False, 0.0),
        (Field("r", "r", "number", 400.0, low=0, high=1e9, optional=True), 1, False, 500.0),
        (Field("n", "n", "number", -2.0, 1.0), 1, False, -1.0),
        (Field("n", "n", "number", 5.0, step=0.5), 1, False, 5.5),
        (Field("n", "n", "number", 5.0, step=0.5), -1, True, 0.0),
        (Field("c", "c", "choice", None, choices=("a", "b"), optional=True), 1, False, "a"),
        (Field("c", "c", "choice", "b", choices=("a", "b"), optional=True), 1, False, None),
    ],
)
def test_nudge(field, direction, big, value):
    """A nudge goes to the next stop a person would take."""
    assert nudge(field, direction, big=big) == value


@given(
    value=st.floats(0, 1e9),
    low=st.floats(0, 100),
    span=st.floats(0, 1e9),
    whole=st.booleans(),
    up=st.booleans(),
    big=st.booleans(),
)
def test_nudge_keeps_bounds_and_direction(value, low, span, whole, up, big):
    """A nudge never leaves the bounds nor goes the wrong way."""
    low, high = (int(low), int(low + span)) if whole else (low, low + span)
    value = min(max(value, low), high)
    field = Field(
        "n", "n", "integer" if whole else "number", int(value) if whole else value, low=low, high=high
    )

    there = nudge(field, 1 if up else -1, big=big)

    assert low <= there <= high
    assert there >= field.value if up else there <= field.value


@given(st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9).map(lambda x: round(x, 9))))
def test_number_text_is_read_back(value):
    """What a form shows it also understands."""
    assert parse(Field("n", "n", "number", value), number_text(value)) == pytest.approx(value, abs=1e-11)


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        ([], "512", 3),
        (["backspace"], "", 0),
        (["end", "backspace"], "51", 2),
        (["home", "delete"], "12", 0),
        (["left", "left", "ctrl+k"], "5", 1),
        (["left", "ctrl+u"], "2", 0),
    ],
)
def test_typing_line(keys, text, cursor):
    """Editing keys do what they do in a shell; a value that is marked goes as a whole."""
    line = TypingLine.marking("512")
    for key in keys:
        line = line.key(key)

    assert (line.text, line.cursor) == (text, cursor)


def test_typing_line_shows_the_part_around_the_cursor():
    """A text longer than its box scrolls with the cursor."""
    assert TypingLine("abcdefgh", 8).window(4) == ("fgh", 3)
    assert TypingLine("abcdefgh", 0).window(4) == ("abcd", 0)
    assert TypingLine("注文の表", 4).window(5) == ("の表", 2)


def test_a_long_choice_takes_the_room_of_its_unit_and_not_of_the_labels():
    """17 cells of label, 7 of value, 6 of unit and 8 between them are 38: nothing is cut."""
    chosen = Field("c", "storage", "choice", "glacier", choices=("glacier", "infrequent"))
    counted = Field("n", "infrequent share!", "number", 7.0, unit="shares")
    plan = plan_of((chosen, counted), 38)
    for field, shown in ((chosen, "‹    glacier ›"), (counted, "infrequent share! ‹       7 › shares")):
        text = "".join(piece for piece, _ in field_pieces(field, plan, 38, UNICODE))
        assert shown in text
        assert text[plan.less_at - 1] == "‹"
        assert text[plan.more_at(field) - 1] == "›"
