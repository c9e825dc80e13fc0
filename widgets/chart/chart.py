"""A chart of courses over time, with a cursor that mouse and keys move."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.chart.drawing import Drawing
from widgets.chart.plot import Plot
from widgets.pieces import Painter, Piece

FAR = 10
"""Cells that a big step of the cursor goes."""


def _keys() -> list[BindingType]:
    ways = (
        ("left", "step(-1)", "back", "back"),
        ("right", "step(1)", "on", "on"),
        ("shift+left", f"step(-{FAR})", "far-back", "far back"),
        ("shift+right", f"step({FAR})", "far-on", "far on"),
        ("home", "to(0)", "start", "to the start"),
        ("end", "to(1)", "end", "to the end"),
    )
    return [
        Binding(key, action, f"Go {way}", show=False, id=f"chart.{name}", tooltip=f"Move the cursor {way}")
        for key, action, name, way in ways
    ]


class Chart(Widget, can_focus=True):
    """Draws a `Plot` by the Line API; an unchanged row is not drawn again."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = _keys()
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chart--row",
        "chart--title",
        "chart--axis",
        "chart--value",
        "chart--main",
        "chart--second",
        "chart--warn",
        "chart--bad",
        "chart--limit",
        "chart--span",
        "chart--cursor",
    }
    """A row at rest; then what stands in it."""
    DEFAULT_CSS = """
    Chart {
        height: 1fr;
        width: 1fr;
        & > .chart--title { text-style: bold; }
        &:focus > .chart--title { text-style: bold underline; }
        & > .chart--axis { color: $foreground 65%; }
        & > .chart--value { text-style: bold; }
        & > .chart--main { color: $text-primary; }
        & > .chart--second { color: $foreground 45%; }
        & > .chart--warn { color: $text-warning; }
        & > .chart--bad { color: $text-error; }
        & > .chart--limit { color: $text-accent; }
        & > .chart--span { color: $text-warning; text-style: reverse; }
        & > .chart--cursor { color: $text-accent; text-style: bold; }
    }
    """

    plot: reactive[Plot] = reactive(Plot, repaint=False, init=False)
    """What is drawn."""

    cursor: reactive[float | None] = reactive(None, repaint=False, init=False)
    """The marked moment [s]; the end where there is none."""

    @dataclass
    class Moved(Message):
        """A person moved the cursor."""

        chart: "Chart"
        time_s: float

        @property
        def control(self) -> "Chart":
            """The chart it came from."""
            return self.chart

    def __init__(
        self,
        plot: Plot | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Chart.plot, plot or Plot())
        self.painter = Painter(self)
        self._drawing: Drawing | None = None
        self._rows: list[list[Piece]] = []
        self._drags = False

    @property
    def drawing(self) -> Drawing:
        """The picture for the widget's present size."""
        size = self.content_size
        if self._drawing is None or (self._drawing.width, self._drawing.height) != (size.width, size.height):
            times = self.plot.times
            first, last = (0.0, float(times[-1])) if len(times) else (0.0, 1.0)
            self._drawing = Drawing(self.plot, size.width, size.height, first, last)
        return self._drawing

    def watch_plot(self) -> None:
        """Draw new courses; rows that look as before are left alone."""
        self._drawing = None
        self._draw()

    def watch_cursor(self) -> None:
        """Draw the cursor in its new place."""
        self._draw()

    def _draw(self) -> None:
        if not self.size:
            return
        rows = self.drawing.rows(self.cursor)
        for y, row in enumerate(rows):
            if y >= len(self._rows) or row != self._rows[y]:
                self.refresh(Region(0, y, self.size.width, 1))
        self._rows = rows

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        if len(self._rows) != self.content_size.height:
            self._rows = self.drawing.rows(self.cursor)
        pieces = self._rows[y] if y < len(self._rows) else []
        return self.painter.strip(pieces, "chart--row", self.content_size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is asked for; styles are looked up once per time, so that a theme can change."""
        self.painter.forget()
        return super().render_lines(crop)

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._rows = []
        self.refresh()

    # The cursor

    def action_step(self, cells: int) -> None:
        """Move the cursor by so many cells; it comes in from the end that one goes away from."""
        drawing = self.drawing
        if self.cursor is None:
            self._move(drawing.first if cells > 0 else drawing.last)
            return
        now = self.cursor
        width = max(drawing.width - drawing.left, 1)
        self._move(now + cells * (drawing.last - drawing.first) / width)

    def action_to(self, share: float) -> None:
        """Move the cursor to a share of the whole."""
        self._move(self.drawing.first + share * (self.drawing.last - self.drawing.first))

    def _move(self, time_s: float) -> None:
        self.cursor = min(max(time_s, self.drawing.first), self.drawing.last)
        self.post_message(self.Moved(self, self.cursor))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor under the mouse, and let it be dragged."""
        if event.button == 1 and len(self.plot.times):
            self._drags = True
            self.capture_mouse()
            self._follow(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the cursor."""
        if self._drags:
            self._follow(event)

    def on_mouse_up(self) -> None:
        """Let go of the cursor."""
        self._drags = False
        self.release_mouse()

    def _follow(self, event: events.MouseEvent) -> None:
        self._move(self.drawing.time_at(int(event.get_content_offset_capture(self).x)))
