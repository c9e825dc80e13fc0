"""How a form of fields looks: its columns, its headings, what is being typed, what is wrong, and the help."""

from collections.abc import Iterable
from textwrap import wrap
from typing import ClassVar

from textual.strip import Strip

from widgets.form.field import Field
from widgets.form.layout import (
    FOOT_LINES,
    Plan,
    Row,
    field_pieces,
    help_lines,
    plan_of,
    rows_of,
    typing_pieces,
)
from widgets.form.typing_line import TypingLine
from widgets.lines import Lines
from widgets.pieces import Piece

_RESTING_HINT = "type · ← → · del resets"
_TYPING_HINT = "enter applies · esc leaves it"


class FieldLines(Lines):
    """Draws fields and the help of the one with the cursor; changes nothing."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "form--typing",
        "form--typed-over",
        "form--cursor",
        "form--error",
    }
    """The text being typed, the value it will replace, the cursor, and what is wrong."""

    DEFAULT_CSS = """
    FieldLines {
        & > .form--typing { background: $background; color: $foreground; }
        & > .form--typed-over { background: $primary; color: auto; }
        & > .form--cursor { background: $background; color: $foreground; text-style: reverse; }
        & > .form--error { background: $error-muted; color: $text-error; text-style: bold; }
    }
    """

    def __init__(self, fields: Iterable[Field], *, id: str | None, classes: str | None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._fields = tuple(fields)
        self._rows: tuple[Row, ...] = rows_of(self._fields)
        self._plan = Plan(0, 0, 0)
        self._typing: TypingLine | None = None
        self._error = ""
        self.set_reactive(Lines.chosen, self.nearest(0, 1) or 0)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields shown, with their present values."""
        return self._fields

    @property
    def current(self) -> Field | None:
        """The field with the cursor."""
        row = self._rows[self.chosen] if self.chosen < len(self._rows) else None
        return row if isinstance(row, Field) else None

    @property
    def is_typing(self) -> bool:
        """Whether a value is being typed."""
        return self._typing is not None

    @property
    def row_count(self) -> int:
        """Fields and headings."""
        return len(self._rows)

    @property
    def foot_height(self) -> int:
        """Room for the help, always the same; none where there is hardly room for the fields."""
        return self.wanted_foot if self.size.height >= self.wanted_foot + min(self.row_count, 3) else 0

    @property
    def wanted_foot(self) -> int:
        """A rule, and the help."""
        return FOOT_LINES + 1

    def choosable(self, row: int) -> bool:
        """Fields can be chosen, headings cannot."""
        return 0 <= row < len(self._rows) and isinstance(self._rows[row], Field)

    def measure(self, width: int) -> None:
        """Give labels, values and units their widths."""
        self._plan = plan_of(self._fields, width)

    def render_line(self, y: int) -> Strip:
        """Draw one line: an error stands over whatever is under its field."""
        if self._error:
            width = self.line_width
            lines = wrap(self._error, max(1, width - 5), max_lines=2, placeholder=self.glyphs.cut)
            at = y - self.line_of(self.chosen) - 1
            if 0 <= at < len(lines):
                mark = self.glyphs.bad if at == 0 else " "
                return self.painter.strip([(f"  {mark} {lines[at]}", "")], "form--error", width)
        if y == self.size.height - self.foot_height - 1 and isinstance(self._shown(y), str):
            # A heading whose fields are out of sight would seem to be one without any.
            return self.painter.strip([], "lines--row", self.line_width)
        return super().render_line(y)

    def _shown(self, y: int) -> Row | None:
        """The field or the heading on a line."""
        row = self.row_at(y)
        return None if row is None else self._rows[row]

    def row_pieces(self, row: int, width: int) -> list[Piece]:
        """A heading, or a field at rest or being typed."""
        shown = self._rows[row]
        if isinstance(shown, str):
            rule = self.glyphs.rule
            return [(f"{rule}{rule} {shown} ", "lines--heading"), (rule * width, "lines--faint")]
        cursor = self.cursor_piece(row)
        if row == self.chosen and self._typing is not None:
            return [cursor, *typing_pieces(shown, self._typing, self._plan, width, self.glyphs)]
        return [cursor, *field_pieces(shown, self._plan, width, self.glyphs)]

    def foot_pieces(self, line: int, width: int) -> list[Piece]:
        """A rule with the keys, the help of the field, then its range, default and AWS name."""
        rule = self.glyphs.rule
        if line == 0:
            hint = _TYPING_HINT if self._typing is not None else _RESTING_HINT
            if not self.has_focus or self.current is None:
                return [(rule * width, "lines--faint")]
            return [
                (f"{rule}{rule} ", "lines--faint"),
                (f"{hint} ", "lines--dim"),
                (rule * width, "lines--faint"),
            ]
        if (field := self.current) is None:
            return []
        return [(" ", ""), help_lines(field, width - 1, self.glyphs)[line - 1]]
