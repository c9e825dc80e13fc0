"""Rows of one line each with one of them chosen: what the form, the facts and the tables share.

One widget draws every row by the Line API, so that new values repaint only the lines that changed and
mount nothing. A subclass says how many rows there are, which can be chosen and what each one shows.

    row_count      how many rows
    choosable      may this row be chosen?
    head_of        which row a click on this one means
    row_pieces     what a row shows
    head_pieces    a pinned line above the rows (head_height of them)
    foot_pieces    a pinned line below the rows (foot_height of them)
    measure        lay out the columns for a width
    pressed        a click on a row
"""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from widgets import keys
from widgets.glyphs import Glyphs, alphabet
from widgets.pieces import Painter, Piece
from widgets.scrolling import Scrolled


class Lines(Scrolled, can_focus=True):
    """Scrolling rows with a cursor; draws nothing of its own."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*keys.LINES]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--row",
        "lines--chosen",
        "lines--hover",
        "lines--strong",
        "lines--dim",
        "lines--faint",
        "lines--mark",
        "lines--heading",
        "lines--good",
        "lines--warn",
        "lines--bad",
        "lines--bar",
    }
    """Rows at rest, chosen and under the mouse; then the styles of what stands in them."""

    DEFAULT_CSS = """
    Lines {
        height: auto;
        width: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .lines--hover { background: $foreground 6%; }
        & > .lines--chosen { background: $foreground 8%; }
        &:focus > .lines--chosen { background: $primary 25%; }
        & > .lines--strong { text-style: bold; }
        & > .lines--dim { color: $foreground 75%; }
        & > .lines--faint { color: $foreground 30%; }
        & > .lines--mark { color: $text-accent; }
        & > .lines--heading { color: $foreground 72%; text-style: bold; }
        & > .lines--good { color: $text-success; }
        & > .lines--warn { color: $text-warning; }
        & > .lines--bad { color: $text-error; text-style: bold; }
        & > .lines--bar { color: $primary; }
    }
    """

    chosen: reactive[int] = reactive(0, repaint=False, init=False)
    """The row with the cursor."""

    glyphs: reactive[Glyphs] = reactive(alphabet)
    """The table of signs; `widgets.glyphs.ASCII` for plain terminals."""

    _hovered: reactive[int] = reactive(-1, repaint=False, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.painter = Painter(self)
        self._measured_width = -1

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return 0

    @property
    def head_height(self) -> int:
        """Pinned lines above the rows."""
        return 0

    @property
    def foot_height(self) -> int:
        """Pinned lines below the rows."""
        return 0

    def choosable(self, row: int) -> bool:
        """Whether the cursor may stand on *row*."""
        return 0 <= row < self.row_count

    def head_of(self, row: int) -> int:
        """The row that is meant by a click on *row*."""
        return row

    def row_pieces(self, row: int, width: int) -> list[Piece]:
        """What *row* shows on *width* cells."""
        raise NotImplementedError

    def head_pieces(self, line: int, width: int) -> list[Piece]:
        """What the pinned *line* above the rows shows."""
        return []

    def foot_pieces(self, line: int, width: int) -> list[Piece]:
        """What the pinned *line* below the rows shows."""
        return []

    def measure(self, width: int) -> None:
        """Lay out the columns of a row for *width* cells; called before the first line of that width."""

    def pressed(self, row: int, event: events.Click, x: int) -> None:
        """React to a click on *row*, *x* cells from its left; the cursor is already there."""

    def head_pressed(self, x: int) -> None:
        """React to a click on the pinned lines above."""

    # Drawing

    @property
    def line_width(self) -> int:
        """Cells a line has."""
        return self.scrollable_content_region.width

    @property
    def page_height(self) -> int:
        """Rows in sight at once."""
        return max(1, self.size.height - self.head_height - self.foot_height)

    @property
    def wanted_foot(self) -> int:
        """Pinned lines below the rows where there is room for all."""
        return self.foot_height

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Room for all rows and what is pinned."""
        return self.head_height + self.row_count + self.wanted_foot

    def fit(self) -> None:
        """Tell Textual how tall the rows are; lays out again only if that changed."""
        self.virtual_size = Size(1, self.head_height + self.row_count + self.foot_height)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width = self.line_width
        row = self.row_at(y)
        if row is not None:
            return self.painter.strip(self.row_pieces(row, width), self._row_class(row), width)
        if y < self.head_height:
            return self.painter.strip(self.head_pieces(y, width), "lines--row", width)
        foot = y - (self.size.height - self.foot_height)
        return self.painter.strip(self.foot_pieces(foot, width) if foot >= 0 else [], "lines--row", width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is asked for; styles are looked up once per time, so that a theme can change."""
        self.painter.forget()
        if self._measured_width != self.line_width:
            self.measure_now()
        return super().render_lines(crop)

    def measure_now(self) -> None:
        """Lay out the columns for the width of now, which out of sight is none: then again once in sight."""
        self._measured_width = self.line_width
        self.measure(self.line_width)

    def cursor_piece(self, row: int) -> Piece:
        """The sign in front of a row: the cursor's also where there is no colour."""
        return (
            self.glyphs.chosen if row == self.chosen else " ",
            "lines--mark" if self.has_focus else "lines--faint",
        )

    def row_at(self, y: int) -> int | None:
        """The row drawn on the widget's line *y*."""
        if not self.head_height <= y < self.size.height - self.foot_height:
            return None
        row = y - self.head_height + self.scroll_offset.y
        return row if row < self.row_count else None

    def line_of(self, row: int) -> int:
        """The widget's line *row* is drawn on, in sight or not."""
        return row + self.head_height - self.scroll_offset.y

    def repaint_row(self, row: int, lines: int = 1) -> None:
        """Draw *row* again, and the lines under it if more than one is asked for."""
        self.refresh(Region(0, self.line_of(row), self.size.width, lines))

    def repaint_foot(self) -> None:
        """Draw the pinned lines below again."""
        height = self.foot_height
        self.refresh(Region(0, self.size.height - height, self.size.width, height))

    def _row_class(self, row: int) -> str:
        if row == self.chosen:
            return "lines--chosen"
        return "lines--hover" if row == self._hovered else "lines--row"

    # Moving

    def nearest(self, row: int, direction: int) -> int | None:
        """The first choosable row from *row* on in a *direction*."""
        while 0 <= row < self.row_count:
            if self.choosable(row):
                return row
            row += direction
        return None

    def choose(self, row: int | None) -> None:
        """Put the cursor on *row* and bring it in sight."""
        if row is not None and self.choosable(row):
            self.chosen = row
            self.bring_in_sight(row)

    def bring_in_sight(self, row: int) -> None:
        """Scroll as little as shows *row*, and the heading above it if it is the first of its kind."""
        top = row if self.nearest(row - 1, -1) is not None else 0
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif row >= self.scroll_offset.y + self.page_height:
            self.scroll_to(y=row - self.page_height + 1, animate=False)

    def action_move(self, direction: int) -> None:
        """Move the cursor by one row."""
        self.choose(self.nearest(self.chosen + direction, direction))

    def action_page(self, direction: int) -> None:
        """Move the cursor by what is in sight."""
        aim = min(max(self.chosen + direction * self.page_height, 0), self.row_count - 1)
        row = self.nearest(aim, direction)
        self.choose(self.nearest(aim, -direction) if row is None else row)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.choose(self.nearest(0 if direction < 0 else self.row_count - 1, -direction))

    # Following the mouse, the focus and the cursor

    def watch_chosen(self, old: int, new: int) -> None:
        """Repaint the two rows the cursor went from and to."""
        self.repaint_row(old)
        self.repaint_row(new)
        self.repaint_foot()

    def watch__hovered(self, old: int, new: int) -> None:
        """Repaint the two rows the mouse went from and to."""
        self.repaint_row(old)
        self.repaint_row(new)

    async def _on_key(self, event: events.Key) -> None:
        """Run the widget's own bindings at once.

        Left to bubble they would run when the app gets round to them, and a digit typed right after an
        arrow would reach the row before the cursor does.
        """
        for binding in keys.bound(self, event.key):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
            return

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        row = self.row_at(event.get_content_offset_capture(self).y)
        row = None if row is None else self.head_of(row)
        self._hovered = row if row is not None and self.choosable(row) else -1

    def _on_leave(self, event: events.Leave) -> None:
        self._hovered = -1

    async def _on_click(self, event: events.Click) -> None:
        spot = event.get_content_offset(self)
        if spot is None:
            return
        event.stop()
        row = self.row_at(spot.y)
        row = None if row is None else self.head_of(row)
        if row is not None and self.choosable(row):
            self.choose(row)
            self.pressed(row, event, spot.x)
        elif spot.y < self.head_height:
            self.head_pressed(spot.x)

    def _on_resize(self, event: events.Resize) -> None:
        self.fit()
        if self.choosable(self.chosen):
            self.bring_in_sight(self.chosen)
