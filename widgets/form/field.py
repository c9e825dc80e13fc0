"""A parameter as the form sees it: its value, what it may be, and the words about it."""

from dataclasses import dataclass
from typing import Literal

from widgets.glyphs import UNICODE, Glyphs

Kind = Literal["number", "integer", "text", "choice", "flag"]
Value = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    """What the value is called in messages."""
    label: str
    kind: Kind
    value: Value
    default: Value = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    """Smallest and largest value taken, in *unit*; None for no bound."""
    above_low: bool = False
    """Whether *low* itself is too small."""
    step: float | None = None
    """Nudge by this much instead of 1-2-5 steps."""
    choices: tuple[Value, ...] = ()
    """All values of a choice; for a number, the values nudging stops at."""
    optional: bool = False
    """Whether None, nothing set, is a value too."""
    help: str = ""
    aws_name: str = ""
    section: str = ""
    """A heading stands where it changes from one field to the next."""
    note: str = ""
    """Short text right of the unit, such as a sparkline."""
    locked: bool = False
    """Whether it is not meant to be changed; drawn without arrows."""

    @property
    def is_number(self) -> bool:
        """Whether values are numbers with bounds."""
        return self.kind in {"number", "integer"}

    @property
    def differs(self) -> bool:
        """Whether the value is not the default."""
        return self.value != self.default


def number_text(value: float) -> str:
    """Every digit that matters, with thousands separators.

    >>> number_text(10240), number_text(0.25), number_text(1e-06), number_text(43200.0)
    ('10,240', '0.25', '0.000001', '43,200')
    """
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    return f"{value:,.12f}".rstrip("0").rstrip(".")


def value_text(value: Value, glyphs: Glyphs = UNICODE) -> str:
    """A value as the form shows it.

    >>> value_text(None), value_text(True), value_text(1024), value_text("arm64")
    ('–', 'on', '1,024', 'arm64')
    """
    if value is None or value == "":
        return glyphs.unset
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else number_text(value)


def range_text(field: Field) -> str:
    """What values a field takes, in words.

    >>> range_text(Field("t", "timeout", "integer", 30, unit="s", low=1, high=900))
    '1–900 s'
    >>> range_text(Field("d", "duration", "number", 30, unit="ms", low=0, above_low=True))
    '> 0 ms'
    """
    if not field.is_number:
        return ""
    unit = f" {field.unit}" if field.unit else ""
    low = None if field.low is None else number_text(field.low)
    high = None if field.high is None else number_text(field.high)
    if low is None:
        return "" if high is None else f"≤ {high}{unit}"
    if high is None:
        return f"{'>' if field.above_low else '≥'} {low}{unit}"
    return f"{'>' if field.above_low else ''}{low}–{high}{unit}"
