"""A graph drawn into a scrolled viewport, row by row."""

from collections.abc import Iterator
from typing import Literal

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.strip import Strip

from widgets.canvas.cues import NOTHING, Cues
from widgets.canvas.fitting import fit, fits, squeeze_at
from widgets.canvas.geometry import Point
from widgets.canvas.glyphs import ASCII, BOX
from widgets.canvas.graph import Graph
from widgets.canvas.painted import BARE, Painted
from widgets.canvas.picture import Picture
from widgets.canvas.plan import Level
from widgets.canvas.remembering import Memory
from widgets.canvas.spans import Overlay, Placed, lay_over, stacked
from widgets.canvas.topology import Topology
from widgets.glyphs import is_plain

Zoom = Literal["auto", "card", "compact", "dot"]

Shape = tuple[Level, int, bool]
"""Level, how much its texts are squeezed, whether it is drawn in ASCII."""


class Drawn(Painted):
    """Draws a `Graph` on the Line API: a change repaints only the rows that look different."""

    ALLOW_SELECT = False

    graph: reactive[Graph] = reactive(Graph, init=False)
    """What is drawn."""

    zoom: reactive[Zoom] = reactive("auto", init=False)
    """How much a node shows; `auto` is the most that fits."""

    ascii: reactive[bool] = reactive(is_plain, init=False)
    """Draw with ASCII characters only."""

    empty: reactive[str] = reactive("Nothing here yet.", init=False)
    """What an empty graph says; may have several lines."""

    def __init__(
        self,
        graph: Graph | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(Drawn.graph, graph or Graph())
        self._memory = Memory()
        self._picture = Picture(self.graph, "card")
        self._shape: Shape = ("card", 0, False)
        self._stage: tuple[Topology, Size, Zoom] | None = None
        self._overflows = False
        self._cues: Cues = NOTHING
        self._over: Overlay = {}
        self._edge: int = 0
        self._rows: dict[int, tuple[list[Placed], list[Placed]]] = {}
        self._strips: dict[int, Strip] = {}
        self._styles_of = {}

    @property
    def level(self) -> Level:
        """The zoom level in use."""
        return self._shape[0]

    def _watch_zoom(self) -> None:
        """Draw at the new level, around the selected node."""
        self._redraw()

    def _watch_ascii(self) -> None:
        """Draw with the other alphabet."""
        self._redraw()

    def _watch_empty(self) -> None:
        """Show the new hint."""
        self.refresh()

    def on_mount(self) -> None:
        """Draw for the first time."""
        self._redraw()

    def on_resize(self) -> None:
        """Choose the level again."""
        self._redraw()

    def notify_style_update(self) -> None:
        """Forget the colours of the last theme."""
        super().notify_style_update()
        self._styles_of.clear()
        self._strips.clear()

    def _redraw(self) -> None:
        """Lay out the graph, and refresh the rows that look different now."""
        shape = self._choose()
        before = self._picture.layout
        glyphs = ASCII if shape[2] else BOX
        self._picture = Picture(self.graph, shape[0], glyphs, shape[1], self._memory.arrange(self.graph))
        if shape != self._shape or before is not self._picture.layout or not self.graph.nodes:
            self._shape = shape
            self._styles_of.clear()
            self._rows.clear()
            self._strips.clear()
            self.virtual_size = Size(self._picture.layout.width, self._picture.layout.height)
            self._look_again()
            self.refresh()
            self._reveal()
        else:
            self._refresh_changed()

    def _choose(self) -> Shape:
        """Level, squeeze and alphabet; while only numbers change they stay, as long as all fits."""
        size = self.container_size
        topology = self._memory.arrange(self.graph)
        stage = (topology, size, self.zoom)
        level, squeeze, _ = self._shape
        if stage != self._stage or not (self._overflows or fits(self.graph, level, squeeze, *size, topology)):
            if self.zoom == "auto":
                level, squeeze = fit(self.graph, *size, topology)
            else:
                level, squeeze = self.zoom, squeeze_at(self.graph, self.zoom, *size, topology)
            self._overflows = not fits(self.graph, level, squeeze, *size, topology)
            self._stage = stage
        return level, squeeze, self.ascii

    def _look_again(self) -> None:
        """Find out what is shown besides the graph."""
        self._cues = self._find_cues()
        self._over = stacked(*self._find_overlays())

    def _find_cues(self) -> Cues:
        """What is selected and so on."""
        return NOTHING

    def _find_overlays(self) -> Iterator[Overlay]:
        """What lies over the graph, the lowest first."""
        yield from ()

    def _lettered(self, y: int) -> list[Placed]:
        """What lies over a row of the world, below all overlays."""
        return []

    def _reveal(self) -> None:
        """Scroll to what is to be seen in any case."""

    def _refresh_changed(self) -> None:
        """Refresh the visible rows whose spans changed; forget the hidden ones."""
        self._look_again()
        top = self.scroll_offset.y - self._origin.y
        for y in list(self._rows):
            if not top <= y < top + self.size.height:
                del self._rows[y]
                self._strips.pop(y, None)
                continue
            row = self._row(y)
            if row != self._rows[y]:
                self._rows[y] = row
                self._strips.pop(y, None)
                self.refresh_line(y + self._origin.y)

    def _row(self, y: int) -> tuple[list[Placed], list[Placed]]:
        """What stands in a row of the world, and what lies over it."""
        is_inside = 0 <= y < self._picture.layout.height
        over = [*self._lettered(y), *self._over.get(y, ())]
        return self._picture.row(y, self._cues) if is_inside else [], over

    @property
    def _origin(self) -> Offset:
        """Where the world starts: in the middle while it is smaller than the viewport."""
        room = self.scrollable_content_region.size - self.virtual_size
        return Offset(room.width // 2, room.height // 2)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the viewport."""
        width = self.size.width
        origin, scroll = self._origin, self.scroll_offset
        if not self.graph.nodes:
            return self._hint(y, width)
        if origin.x != self._edge:
            self._edge = origin.x
            self._strips.clear()
        world = y + scroll.y - origin.y
        if world not in self._strips:
            if world not in self._rows:
                self._rows[world] = self._row(world)
            self._strips[world] = self._strip(lay_over(*self._rows[world]), -origin.x)
        return self._strips[world].crop_extend(scroll.x, scroll.x + width, self._style(BARE))

    def _hint(self, y: int, width: int) -> Strip:
        lines = self.empty.splitlines()
        index = y - (self.size.height - len(lines)) // 2
        text = lines[index] if 0 <= index < len(lines) else ""
        return Strip([Segment(set_cell_size(text.center(width), width), self._style("empty"))], width)

    def _world(self, x: int, y: int) -> Point:
        """The cell of the world that is seen in a cell of the viewport."""
        scroll, origin = self.scroll_offset, self._origin
        return Point(x + scroll.x - origin.x, y + scroll.y - origin.y)
