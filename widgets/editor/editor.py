"""The editor's widget: a text area that marks lines and follows a text that is changed elsewhere."""

from collections.abc import Collection
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual._tree_sitter import get_language
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import TextArea

from widgets.editor.colours import DEFAULT_CSS, NAMES, QUERY, ThemeOfApp
from widgets.editor.following import change, merged

_GUTTER = 2
"""Cells between a line's number and the line."""


class TomlEditor(TextArea):
    """Text that a person types, and that others may change while it is looked at."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"editor--{name}" for name in NAMES),
        "editor--wrong",
        "editor--wrong-number",
    }
    """The parts of TOML; a line that is wrong, and its number."""
    DEFAULT_CSS = DEFAULT_CSS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "go_to_edge(-1)", "Top", show=False, id="editor.top", tooltip="To the top"),
        Binding("ctrl+end", "go_to_edge(1)", "End", show=False, id="editor.end", tooltip="To the end"),
    ]

    wrong: reactive[frozenset[int]] = reactive(frozenset())
    """Lines that something is wrong in, from 1."""

    class UndoAsked(Message):
        """The person wants a step back or forth while nothing here is unfinished."""

        def __init__(self, editor: "TomlEditor", *, forth: bool) -> None:
            self.editor = editor
            self.forth = forth
            super().__init__()

        @property
        def control(self) -> "TomlEditor":
            """The editor."""
            return self.editor

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(text, show_line_numbers=True, compact=True, id=id)
        self.settled = text
        """The text that was last agreed on: what differs from it is unfinished."""
        self.register_theme(ThemeOfApp("app"))
        self.theme = "app"
        language = get_language("toml")
        if language is not None:
            self.register_language("toml", language, QUERY)
            self.language = "toml"

    @property
    def line(self) -> int:
        """The line of the cursor, from 1."""
        return self.cursor_location[0] + 1

    @property
    def is_unfinished(self) -> bool:
        """Whether something is typed that nobody has agreed on."""
        return self.text != self.settled

    def settle(self) -> None:
        """Agree on the text as it is; a step back is somebody else's from here."""
        self.settled = self.text
        self.history.clear()

    def follow(self, text: str) -> None:
        """Take over a text, without a message; cursor and view stay with the lines they are at."""
        old, new = self.text.split("\n"), text.split("\n")
        if old != new:
            at = change(old, new)
            row, column = self.cursor_location
            top = self.scroll_offset.y
            top_row = self._row_at(top)
            into_row = top - self._top_of(top_row)
            with self.prevent(TextArea.Changed, TextArea.SelectionChanged):
                self._replace_lines(at.first, at.old_end, new[at.first : at.new_end], len(old))
                row = at.moved(row)
                self.cursor_location = (row, min(column, len(self.document.get_line(row))))
            self.scroll_to(y=self._top_of(at.moved(top_row)) + into_row, animate=False, immediate=True)
        self.settle()

    def unite(self, text: str) -> bool:
        """Take a change from elsewhere into what is unfinished; False where both are in the same lines."""
        both = merged(self.settled.split("\n"), self.text.split("\n"), text.split("\n"))
        if both is None:
            return False
        self.follow("\n".join(both))
        self.settled = text
        return True

    def reveal(self, line: int) -> None:
        """Bring a line near the top of the view, and the cursor to it, without taking the focus."""
        with self.prevent(TextArea.SelectionChanged):
            self.cursor_location = (min(line, self.document.line_count) - 1, 0)
        self.scroll_to(y=max(0, self._top_of(line - 1) - 1), animate=False, immediate=True)

    def action_go_to_edge(self, direction: int) -> None:
        """Put the cursor at the beginning or the end of the text."""
        self.move_cursor((0, 0) if direction < 0 else self.document.end)

    def watch_wrong(self) -> None:
        """Draw the marks."""
        self._line_cache.clear()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line, with its background where it is wrong."""
        line = super().get_line(line_index)
        if line_index + 1 in self.wrong:
            line.stylize(Style(bgcolor=self.get_component_rich_style("editor--wrong").bgcolor))
        return line

    def render_line(self, y: int) -> Strip:
        """A row, with a sign beside the number of a line that is wrong."""
        strip = super().render_line(y)
        at = y + self.scroll_offset.y
        row = self._row_at(at)
        if row + 1 not in self.wrong or at >= self.wrapped_document.height:
            return strip
        number = str(row + 1) if self._top_of(row) == at else ""
        words = f"{number:>{self.gutter_width - _GUTTER}}! "
        mark = Segment(words, self.get_component_rich_style("editor--wrong-number"))
        return Strip.join([Strip([mark], len(words)), strip.crop(self.gutter_width)])

    def action_undo(self) -> None:
        """Take back what is unfinished; else a step of whoever the text belongs to."""
        if self.is_unfinished:
            super().action_undo()
        else:
            self.post_message(self.UndoAsked(self, forth=False))

    def action_redo(self) -> None:
        """Do again what was taken back here; else a step of whoever the text belongs to."""
        if self.is_unfinished or self.history.redo_stack:
            super().action_redo()
        else:
            self.post_message(self.UndoAsked(self, forth=True))

    def _replace_lines(self, first: int, end: int, lines: Collection[str], count: int) -> None:
        """Put lines in the place of others."""
        text = "\n".join(lines)
        if end < count:
            self.replace(f"{text}\n" if lines else "", (first, 0), (end, 0))
        else:
            before = (first - 1, len(self.document.get_line(first - 1))) if first else (0, 0)
            last = (count - 1, len(self.document.get_line(count - 1)))
            self.replace(f"\n{text}" if first and lines else text, before, last)

    def _row_at(self, y: int) -> int:
        """The line that is drawn in a row."""
        y = max(0, min(y, self.wrapped_document.height - 1))
        return self.wrapped_document.offset_to_location(Offset(0, y))[0]

    def _top_of(self, row: int) -> int:
        """The row that a line begins in."""
        row = max(0, min(row, self.document.line_count - 1))
        return self.wrapped_document.location_to_offset((row, 0)).y
