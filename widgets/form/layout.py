"""Where the parts of a form's rows stand, and what they show; knows nothing of the screen."""

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from widgets.cells import cell_len, cut, pad
from widgets.form.field import Field, range_text, value_text
from widgets.form.nudging import nudge
from widgets.form.typing_line import TypingLine
from widgets.glyphs import Glyphs
from widgets.pieces import Piece

Row = Field | str
"""A field, or the heading of the fields under it."""

FOOT_LINES = 4
"""Lines the help of a field takes, always."""

_GUTTER = 2
_ARROWS = 6
_LEAST_VALUE = 7
_LEAST_LABEL = 8
_LEAST_UNIT = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """Widths of a form's columns [cells]."""

    label: int
    value: int
    unit: int
    wide: int = 0
    """What a value without a unit takes that is longer than the column; the units' room is free there."""

    @property
    def less_at(self) -> int:
        """The column of the sign that nudges down."""
        return _GUTTER + self.label + 1

    def value_of(self, field: Field) -> int:
        """Cells for a field's value."""
        return self.wide if not field.unit and _widest(field) > self.value else self.value

    def more_at(self, field: Field) -> int:
        """The column of the sign that nudges a field up."""
        return self.less_at + self.value_of(field) + 3


def rows_of(fields: tuple[Field, ...]) -> tuple[Row, ...]:
    """The fields with a heading wherever a new section begins."""
    rows: list[Row] = []
    section = ""
    for field in fields:
        if field.section != section:
            section = field.section
            rows.append(section)
        rows.append(field)
    return tuple(rows)


def plan_of(fields: tuple[Field, ...], width: int) -> Plan:
    """Columns as wide as their contents; where that is too much, long units give way first, then labels."""
    rows = [field for field in fields if field.kind != "text"]
    value = max([_LEAST_VALUE, *(_widest(field) for field in rows if field.unit)])
    unit = max((len(field.unit) for field in rows), default=0)
    wide = max([value, *(_widest(field) for field in rows if not field.unit)])
    label = max((cell_len(field.label) for field in fields), default=0)
    room = width - _GUTTER - _ARROWS
    unit = min(unit, max(_LEAST_UNIT, room - label - value))
    label = max(_LEAST_LABEL, min(label, room - max(value + unit, wide)))
    value = max(_LEAST_VALUE, min(value, room - label - unit))
    return Plan(label, value, unit, max(value, min(wide, room - label)))


@lru_cache(maxsize=1024)
def _widest(field: Field) -> int:
    """Cells of the longest value that a field shows or can be nudged to by name."""
    choices = field.choices if field.kind == "choice" else ()
    return max(len(value_text(value)) for value in (field.value, *choices))


def field_pieces(field: Field, plan: Plan, width: int, glyphs: Glyphs) -> list[Piece]:
    """A field at rest, without its cursor sign."""
    pieces = _label_pieces(field, plan, glyphs)
    tone = "lines--strong" if field.differs else "lines--dim" if field.value is None else ""
    if field.kind == "text":
        room = max(0, width - plan.less_at - 2)
        return [*pieces, ("  ", ""), (cut(value_text(field.value, glyphs), room, glyphs), tone)]
    room = plan.value_of(field)
    value = pad(value_text(field.value, glyphs), room, "right", glyphs)
    unit = pad(field.unit, max(0, plan.value + plan.unit - room), glyphs=glyphs)
    less, more = ("=", " ") if field.locked else (glyphs.less, glyphs.more)
    return [
        *pieces,
        (f"{less} ", _arrow_class(field, -1)),
        (value, tone),
        (f" {more} ", _arrow_class(field, 1)),
        (unit + " ", "lines--dim"),
        (field.note, "lines--bar"),
    ]


def typing_pieces(field: Field, line: TypingLine, plan: Plan, width: int, glyphs: Glyphs) -> list[Piece]:
    """A field whose value is being typed, without its cursor sign."""
    inner = typing_room(field, plan, width)
    text, at = line.window(inner)
    text += " " * (inner - cell_len(text))
    if line.whole:
        marked = len(text.rstrip())
        shown: list[Piece] = [(text[:marked], "form--typed-over"), (text[marked:], "form--typing")]
    else:
        shown = [
            (text[:at], "form--typing"),
            (text[at : at + 1], "form--cursor"),
            (text[at + 1 :], "form--typing"),
        ]
    unit = "" if field.kind == "text" else cut(field.unit, plan.unit, glyphs)
    return [
        *_label_pieces(field, plan, glyphs),
        ("[", "lines--mark"),
        *shown,
        ("]", "lines--mark"),
        (f" {unit}", ""),
    ]


def typing_room(field: Field, plan: Plan, width: int) -> int:
    """Cells between the brackets a value is typed in."""
    return max(3, width - plan.less_at - 2) if field.kind == "text" else plan.value_of(field) + 2


def help_lines(field: Field, width: int, glyphs: Glyphs) -> list[Piece]:
    """What the foot says of a field, on exactly FOOT_LINES lines: its help, then its facts."""
    facts = _facts(field, width, glyphs)
    room = FOOT_LINES - len(facts)
    found = wrap(field.help, max(1, width))
    if len(found) > room:
        found[room - 1] = cut(" ".join(found[room - 1 :]), width, glyphs)
    lines: list[Piece] = [(line, "") for line in found[:room]] + [(line, "lines--dim") for line in facts]
    return (lines + [("", "")] * FOOT_LINES)[:FOOT_LINES]


def _facts(field: Field, width: int, glyphs: Glyphs) -> list[str]:
    """Range, default and AWS name, on a second line if one is too short."""
    choices = ", ".join(value_text(choice) for choice in field.choices) if field.kind == "choice" else ""
    default = f"default {value_text(field.default, glyphs)}" if field.default is not None else ""
    unset = "may be unset" if field.optional and not default else ""
    ranged = range_text(field) or choices
    for words in ((ranged, default or unset, field.aws_name), (ranged, default, field.aws_name)):
        line = " · ".join(part for part in words if part)
        if len(line) <= width:
            return [line] if line else []
    first = " · ".join(part for part in (ranged, default or unset) if part)
    second = " · ".join(part for part in (default, field.aws_name) if part)
    if default and len(first) > width and max(len(ranged), len(second)) <= width:
        return [ranged, second]
    return [cut(part, width, glyphs) for part in (first, field.aws_name) if part]


def _label_pieces(field: Field, plan: Plan, glyphs: Glyphs) -> list[Piece]:
    return [
        (glyphs.changed if field.differs else " ", "lines--mark"),
        (pad(field.label, plan.label, glyphs=glyphs) + " ", ""),
    ]


def _arrow_class(field: Field, direction: int) -> str:
    """A sign that would change nothing is faint."""
    return "lines--faint" if nudge(field, direction) == field.value else "lines--mark"
