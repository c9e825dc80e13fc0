"""A graph drawn into a scrolled viewport; knows what is selected, not how it came to be."""

from typing import ClassVar, Literal

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from widgets.canvas import palette
from widgets.canvas.fitting import fit, fits, squeeze_at
from widgets.canvas.glyphs import ASCII, BOX
from widgets.canvas.graph import Graph
from widgets.canvas.offer import Offer
from widgets.canvas.picture import Picture, Placed
from widgets.canvas.plan import Level
from widgets.canvas.topology import Structure, structure
from widgets.glyphs import is_plain
from widgets.scrolling import Scrolled

Zoom = Literal["auto", "card", "compact", "dot"]

Shape = tuple[Level, int, bool]
"""Level, how much its texts are squeezed, whether it is drawn in ASCII."""


class GraphView(Painted):
    """Draws a `Graph` on the Line API: a change repaints only the rows that look different."""

    DEFAULT_CSS = palette.CSS
    ALLOW_SELECT = False

    graph: reactive[Graph] = reactive(Graph, init=False)
    """What is drawn."""

    selected: reactive[str | None] = reactive(None, init=False)
    """Id of the selected node."""

    selected_edge: reactive[int | None] = reactive(None, init=False)
    """Id of the selected edge; a node and an edge are never selected together."""

    marked: reactive[frozenset[str]] = reactive(frozenset(), init=False)
    """Ids of the nodes that are marked to be changed together."""

    offer: reactive[Offer | None] = reactive(None, init=False)
    """What may be chosen, while a person chooses."""

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
        self.set_reactive(GraphView.graph, graph or Graph())
        self._picture = Picture(self.graph, "card")
        self._shape: Shape = ("card", 0, False)
        self._stage: tuple[Structure, Size, Zoom] | None = None
        self._overflows = False
        self._rows: dict[int, list[Placed]] = {}
        self._strips: dict[int, Strip] = {}
        self._styles_of: dict[str, Style] = {}

    @property
    def level(self) -> Level:
        """The zoom level in use."""
        return self._shape[0]

    def _watch_graph(self) -> None:
        """Draw the new graph; what was selected and is gone is no longer selected."""
        names = {node.id for node in self.graph.nodes}
        if self.selected is not None and self.selected not in names:
            self.selected = None
        if self.selected_edge is not None and all(edge.id != self.selected_edge for edge in self.graph.edges):
            self.selected_edge = None
        self.marked &= names
        self._redraw()

    def _watch_zoom(self) -> None:
        """Draw at the new level, around the selected node."""
        self._redraw()

    def _watch_ascii(self) -> None:
        """Draw with the other alphabet."""
        self._redraw()

    def _watch_empty(self) -> None:
        """Show the new hint."""
        self.refresh()

    def _watch_selected(self, selected: str | None) -> None:
        """Light the node and its edges."""
        if selected is not None:
            self.set_reactive(GraphView.selected_edge, None)
        self._relight()

    def _watch_selected_edge(self, selected_edge: int | None) -> None:
        """Light the edge."""
        if selected_edge is not None:
            self.set_reactive(GraphView.selected, None)
        self._relight()

    def _relight(self) -> None:
        self._refresh_changed()
        self._reveal()

    def _reveal(self) -> None:
        """Scroll the selection into view."""
        placed = self._picture.layout
        if self.selected in placed.boxes:
            region = Region(*placed.boxes[self.selected]).grow((1, 3, 1, 3))
        elif self.selected_edge in placed.routes:
            cells = placed.routes[self.selected_edge]
            region = Region.from_union([Region(cell.x, cell.y, 1, 1) for cell in (cells[0], cells[-1])])
        else:
            return
        self.scroll_to_region(region, animate=False, force=True)

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
        self._picture = Picture(self.graph, shape[0], ASCII if shape[2] else BOX, shape[1])
        if shape != self._shape or before is not self._picture.layout or not self.graph.nodes:
            self._shape = shape
            self._styles_of.clear()
            self._rows.clear()
            self._strips.clear()
            self.virtual_size = Size(self._picture.layout.width, self._picture.layout.height)
            self.refresh()
            self._reveal()
        else:
            self._refresh_changed()

    def _choose(self) -> Shape:
        """Level, squeeze and alphabet; while only numbers change they stay, as long as all fits."""
        size = self.container_size
        stage = (structure(self.graph), size, self.zoom)
        level, squeeze, _ = self._shape
        if stage != self._stage or not (self._overflows or fits(self.graph, level, squeeze, *size)):
            if self.zoom == "auto":
                level, squeeze = fit(self.graph, *size)
            else:
                level, squeeze = self.zoom, squeeze_at(self.graph, self.zoom, *size)
            self._overflows = not fits(self.graph, level, squeeze, *size)
            self._stage = stage
        return level, squeeze, self.ascii

    def _refresh_changed(self) -> None:
        """Refresh the visible rows whose spans changed; forget the hidden ones."""
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

    def _row(self, y: int) -> list[Placed]:
        return self._picture.row(y, self.selected, self.selected_edge)

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
        world = y + scroll.y - origin.y
        if not 0 <= world < self._picture.layout.height:
            return Strip.blank(width, self._style(BARE))
        if world not in self._strips:
            if world not in self._rows:
                self._rows[world] = self._row(world)
            self._strips[world] = self._strip(self._rows[world])
        strip = self._strips[world]
        if origin.x:
            strip = Strip([Segment(" " * origin.x, self._style(BARE)), *strip])
        return strip.crop_extend(scroll.x, scroll.x + width, self._style(BARE))

    def _hint(self, y: int, width: int) -> Strip:
        lines = self.empty.splitlines()
        index = y - (self.size.height - len(lines)) // 2
        text = lines[index] if 0 <= index < len(lines) else ""
        return Strip([Segment(set_cell_size(text.center(width), width), self._style("empty"))], width)

    def at(self, x: int, y: int) -> tuple[str | None, int | None]:
        """The node or the edge in a cell of the viewport."""
        scroll, origin = self.scroll_offset, self._origin
        world = (x + scroll.x - origin.x, y + scroll.y - origin.y)
        node = self._picture.node_at(*world)
        edges = () if node else self._picture.edges_at(*world)
        if self.selected_edge in edges:
            # Edges that share a line take turns.
            return None, edges[(edges.index(self.selected_edge) + 1) % len(edges)]
        return node, edges[0] if edges else None
