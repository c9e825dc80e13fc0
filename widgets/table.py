"""A table of texts and bars, such as a ladder of limits or a bill; sorted by its head, chosen by its rows.

Textual's DataTable draws no bar that follows the width, has no column that gives way, and lays out again
when a cell grows; here a new set of rows is one repaint.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from widgets import keys
from widgets.bars import bar_text
from widgets.cells import cut, pad
from widgets.columns import Cell, Column, Content, Row, in_order, text_of, widths
from widgets.lines import Lines
from widgets.pieces import Piece

_GUTTER = 3
_GAP = "  "


class Table(Lines):
    """Rows under a head; `s` goes through the columns to sort by, `S` turns the order round."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.TABLE]

    DEFAULT_CSS = """
    Table { height: 1fr; }
    """

    @dataclass
    class Picked(Message):
        """A row was chosen by Enter or a click."""

        table: "Table"
        key: str

        @property
        def control(self) -> "Table":
            """The table it happened in."""
            return self.table

    @dataclass
    class Highlighted(Message):
        """The cursor went to another row."""

        table: "Table"
        key: str

        @property
        def control(self) -> "Table":
            """The table it happened in."""
            return self.table

    def __init__(
        self,
        columns: Iterable[Column],
        rows: Iterable[Row] = (),
        *,
        sort_by: str = "",
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Make a table.

        Args:
            columns: From left to right.
            rows: Each with as many cells as there are columns.
            sort_by: Key of the column to sort by; the order of *rows* where left out.
            empty: What to say where there are no rows.
            id: As of any widget.
            classes: As of any widget.
        """
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._given = tuple(rows)
        self._sort = next((at for at, column in enumerate(self._columns) if column.key == sort_by), -1)
        self._reverse = self._sort >= 0 and self._columns[self._sort].down
        self._empty = empty
        self._rows: Sequence[Row] = self._sorted()
        self._widths: list[int] = []

    # What the host does

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order shown."""
        return tuple(self._rows)

    @property
    def empty(self) -> str:
        """What is said where there are no rows."""
        return self._empty

    @empty.setter
    def empty(self, text: str) -> None:
        self._empty = text

    @property
    def picked(self) -> str | None:
        """Key of the row with the cursor."""
        return self._rows[self.chosen].key if self.chosen < len(self._rows) else None

    def show(self, rows: Iterable[Row]) -> None:
        """Show other rows; the cursor stays on the row of the same key."""
        self._given = tuple(rows)
        self._arrange()

    def focus_row(self, key: str) -> None:
        """Put the cursor on the row of that *key*, if there is one."""
        self.choose(next((at for at, row in enumerate(self._rows) if row.key == key), None))

    def sort_by(self, key: str, *, reverse: bool | None = None) -> None:
        """Sort by a column, or by none for an unknown *key*; the other way round if it already is."""
        at = next((at for at, column in enumerate(self._columns) if column.key == key), -1)
        if reverse is None:
            reverse = not self._reverse if at == self._sort else at >= 0 and self._columns[at].down
        self._sort, self._reverse = at, reverse
        self._arrange()

    # What the person does

    def action_pick(self) -> None:
        """Report the row with the cursor."""
        if self.picked is not None:
            self.post_message(self.Picked(self, self.picked))

    def action_sort(self) -> None:
        """Sort by the next column; after the last one by none."""
        at = self._sort + 1
        self.sort_by(self._columns[at].key if at < len(self._columns) else "", reverse=None)

    def action_reverse(self) -> None:
        """Sort the other way round."""
        if self._sort >= 0:
            self.sort_by(self._columns[self._sort].key)

    def choose(self, row: int | None) -> None:
        """Put the cursor on a row and say so."""
        if row is not None and row != self.chosen and self.choosable(row):
            super().choose(row)
            self.post_message(self.Highlighted(self, self._rows[row].key))

    def pressed(self, row: int, event: events.Click, x: int) -> None:
        """A click picks, as Enter does."""
        self.action_pick()

    def head_pressed(self, x: int) -> None:
        """A click on a title sorts by its column."""
        left = _GUTTER
        for column, width in zip(self._columns, self._widths, strict=True):
            if width and left <= x < left + width + len(_GAP):
                self.sort_by(column.key)
                return
            left += width + len(_GAP) if width else 0

    # Drawing

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def head_height(self) -> int:
        """The titles."""
        return 1

    def measure(self, width: int) -> None:
        """Give every column its width."""
        self._widths = widths(self._columns, self._rows, width - _GUTTER)

    def head_pieces(self, line: int, width: int) -> list[Piece]:
        """The titles, with an arrow at the one sorted by."""
        pieces: list[Piece] = [(" " * _GUTTER, "")]
        for at, (column, room) in enumerate(zip(self._columns, self._widths, strict=True)):
            if room:
                title = cut(column.title, room, self.glyphs)
                text = title.rjust(room) if column.align == "right" else title
                arrow = self._arrow if at == self._sort else ""
                pieces.append(
                    ((text + arrow).ljust(room + len(_GAP)), "lines--strong" if arrow else "lines--heading")
                )
        return pieces

    def row_pieces(self, row: int, width: int) -> list[Piece]:
        """A row in its columns."""
        shown = self._rows[row]
        tone = f"lines--{shown.tone}" if shown.tone else ""
        pieces = [self.cursor_piece(row), (f"{self.glyphs.mark(shown.tone)} ", tone)]
        for column, room, content in zip(self._columns, self._widths, shown.cells, strict=True):
            if room:
                pieces += [*self._cell_pieces(column, content, room, tone), (_GAP, "")]
        return pieces

    def render_line(self, y: int) -> Strip:
        """Draw one line; where there are no rows, what that means."""
        if not self._rows and y == self.head_height:
            return self.painter.strip(
                [(" " * _GUTTER + self._empty, "lines--dim")], "lines--row", self.line_width
            )
        return super().render_line(y)

    def _cell_pieces(self, column: Column, content: Content, room: int, tone: str) -> list[Piece]:
        if column.kind == "bar":
            bar = bar_text(content if isinstance(content, float) else 0.0, room, self.glyphs)
            return [(bar, tone or "lines--bar"), (" " * (room - len(bar)), "")]
        text = pad(text_of(content), room, column.align, self.glyphs)
        own = f"lines--{content.tone}" if isinstance(content, Cell) and content.tone else ""
        return [(text, own or ("lines--dim" if column.dim else ""))]

    @property
    def _arrow(self) -> str:
        return self.glyphs.descending if self._reverse else self.glyphs.ascending

    def _sorted(self) -> Sequence[Row]:
        return in_order(self._given, self._sort, reverse=self._reverse) if self._sort >= 0 else self._given

    def _arrange(self) -> None:
        """Sort and measure again, with the cursor on the row it was on."""
        kept = self.picked
        self._rows = self._sorted()
        same = next((at for at, row in enumerate(self._rows) if row.key == kept), None)
        last = max(0, len(self._rows) - 1)
        self.set_reactive(Table.chosen, min(self.chosen, last) if same is None else same)
        self.measure_now()
        self.fit()
        self.refresh()
