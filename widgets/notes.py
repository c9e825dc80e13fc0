"""A list of notes, each a few wrapped lines long, of which one is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from widgets import keys
from widgets.cells import cut
from widgets.facts import Tone
from widgets.lines import Lines
from widgets.pieces import Piece
from widgets.wrapping import wrapped

_GUTTER = 3


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is told."""

    key: str
    title: str
    """Whom it is about; stands in front."""
    text: str
    tone: Tone = ""
    """How grave it is; drawn as a mark and a colour."""
    more: str = ""
    """What stands below, less loudly."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a note as it is drawn."""

    note: int
    pieces: tuple[Piece, ...]
    is_first: bool


class NoteList(Lines):
    """Notes under each other; Enter picks the chosen one, a double click applies it."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.NOTES]

    DEFAULT_CSS = """
    NoteList { height: 1fr; scrollbar-gutter: stable; }
    """

    @dataclass
    class _About(Message):
        """A message about one note."""

        notes: "NoteList"
        key: str

        @property
        def control(self) -> "NoteList":
            """The list it happened in."""
            return self.notes

    class Chosen(_About):
        """The person went to a note."""

    class Picked(_About):
        """Enter was pressed on a note."""

    class Applied(_About):
        """A note was clicked twice."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._notes: tuple[Note, ...] = ()
        self._lines: list[_Line] = []
        self._empty: Piece = ("", "")
        self._was_chosen = False
        """Whether the cursor was moved; until then it stays on the first note."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes shown."""
        return self._notes

    @property
    def picked(self) -> str | None:
        """Key of the chosen note."""
        return self._notes[self._lines[self.chosen].note].key if self.chosen < len(self._lines) else None

    def show(self, notes: Iterable[Note], empty: str = "", tone: str = "") -> None:
        """Show other notes; what was chosen stays so, or else what comes into its place.

        Args:
            notes: In the order in which they are shown.
            empty: What is said where there are none.
            tone: How that is meant.
        """
        notes = tuple(notes)
        saying = (empty, f"lines--{tone or 'dim'}")
        if notes == self._notes and saying == self._empty:
            return
        kept = self.picked if self._was_chosen else None
        place = self._lines[self.chosen].note if kept is not None else 0
        self._was_chosen &= bool(notes)
        self._notes, self._empty = notes, saying
        place = next((at for at, note in enumerate(notes) if note.key == kept), min(place, len(notes) - 1))
        self._arrange(place)

    def point_at(self, key: str) -> None:
        """Put the cursor on the note of that *key*, if there is one, without a word."""
        row = next((at for at, line in enumerate(self._lines) if self._notes[line.note].key == key), None)
        if row is not None:
            self._was_chosen = True
            super().choose(row)

    def _arrange(self, place: int) -> None:
        """Break into lines again, and keep a note chosen."""
        self.measure_now()
        self._stand_on(place)
        self.fit()
        self.refresh()

    # What the person does

    def action_pick(self) -> None:
        """Report the chosen note."""
        if self.picked is not None:
            self.post_message(self.Picked(self, self.picked))

    def choose(self, row: int | None) -> None:
        """Put the cursor on a note and say so."""
        if row is not None and row != self.chosen and self.choosable(row):
            self._was_chosen = True
            super().choose(row)
            self.post_message(self.Chosen(self, self.picked or ""))

    def pressed(self, row: int, event: events.Click, x: int) -> None:
        """A click chooses, also the one that is chosen already; a second one applies."""
        if self.picked is not None:
            self._was_chosen = True
            kind = self.Applied if event.chain > 1 else self.Chosen
            self.post_message(kind(self, self.picked))

    # Drawing

    @property
    def row_count(self) -> int:
        """The lines of all notes."""
        return len(self._lines)

    def choosable(self, row: int) -> bool:
        """The cursor stands on a note's first line."""
        return 0 <= row < len(self._lines) and self._lines[row].is_first

    def head_of(self, row: int) -> int:
        """The first line of the note that a line belongs to."""
        while not self._lines[row].is_first:
            row -= 1
        return row

    def bring_in_sight(self, row: int) -> None:
        """Scroll so that all of a note is seen, its beginning in any case."""
        last = max((at for at, line in enumerate(self._lines) if line.note == self._lines[row].note))
        super().bring_in_sight(last)
        if row < self.scroll_target_y:
            self.scroll_to(y=row, animate=False)

    def measure(self, width: int) -> None:
        """Break every note into lines; the cursor stays on its note."""
        place = self._lines[self.chosen].note if self.chosen < len(self._lines) else 0
        self._lines = [
            _Line(place, pieces, is_first=at == 0)
            for place, note in enumerate(self._notes)
            for at, pieces in enumerate(_broken(note, width - _GUTTER - 1))
        ]
        self._stand_on(place)

    def _stand_on(self, place: int) -> None:
        first = next((row for row, line in enumerate(self._lines) if line.note == place), 0)
        self.set_reactive(NoteList.chosen, first)

    def row_pieces(self, row: int, width: int) -> list[Piece]:
        """A line of a note; the mark stands before its first one."""
        line = self._lines[row]
        tone = self._notes[line.note].tone
        mark = self.glyphs.mark(tone) if tone else self.glyphs.note
        return [
            self.cursor_piece(self.head_of(row)),
            (f"{mark if line.is_first else ' '} ", f"lines--{tone}" if tone else ""),
            *line.pieces,
        ]

    def render_line(self, y: int) -> Strip:
        """Draw one line; where there are no notes, what that means."""
        if not self._notes and y == 0:
            text = cut(self._empty[0], self.line_width - 1, self.glyphs)
            return self.painter.strip([(f" {text}", self._empty[1])], "lines--row", self.line_width)
        return super().render_line(y)

    def _row_class(self, row: int) -> str:
        return super()._row_class(self.head_of(row))

    def watch_chosen(self, old: int, new: int) -> None:
        """Repaint all lines of both notes."""
        self.refresh()

    def watch__hovered(self, old: int, new: int) -> None:
        """Repaint all lines of both notes."""
        self.refresh()

    def _on_resize(self, event: events.Resize) -> None:
        if self.line_width != self._measured_width:
            self.measure_now()
        super()._on_resize(event)


def _broken(note: Note, width: int) -> list[tuple[Piece, ...]]:
    """The lines of a note: its title stands out, what stands below keeps back."""
    title = f"{note.title}:" if note.title else ""
    lines: list[tuple[Piece, ...]] = []
    left = len(title.split())
    for text in wrapped(f"{title} {note.text}", width):
        words = text.split()
        strong, left = " ".join(words[:left]), max(0, left - len(words))
        lines.append(((strong, "lines--strong"), (text[len(strong) :], "")))
    if note.more:
        lines += [((text, "lines--dim"),) for text in wrapped(note.more, width)]
    return lines
