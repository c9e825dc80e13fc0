"""A graph and what is shown of it besides; knows what is selected, not how it came to be."""

from collections.abc import Iterator
from contextlib import contextmanager

from textual.geometry import Region
from textual.reactive import reactive

from widgets.canvas import palette
from widgets.canvas.callout import callout
from widgets.canvas.chips import Chips
from widgets.canvas.cues import Cues
from widgets.canvas.drawn import Drawn
from widgets.canvas.geometry import Box
from widgets.canvas.offer import Offer, Target
from widgets.canvas.spans import Overlay, Placed


class GraphView(Drawn):
    """A `Drawn` graph that shows what is selected, marked, offered and aimed at."""

    DEFAULT_CSS = palette.CSS

    _typed = ""
    """The first of an offer's two letters."""

    _chips: Chips | None = None
    _is_still = False
    """Nothing is scrolled into view."""

    selected: reactive[str | None] = reactive(None, init=False)
    """Id of the selected node."""

    selected_edge: reactive[int | None] = reactive(None, init=False)
    """Id of the selected edge; a node and an edge are never selected together."""

    marked: reactive[frozenset[str]] = reactive(frozenset(), init=False)
    """Ids of the nodes that are marked to be changed together."""

    offer: reactive[Offer | None] = reactive(None, init=False)
    """What may be chosen, while a person chooses."""

    aimed: reactive[Target | None] = reactive(None, init=False)
    """What of the offer enter would choose, or where a line that is drawn would end."""

    def _watch_graph(self) -> None:
        """Draw the new graph; what was selected and is gone is no longer selected."""
        names = {node.id for node in self.graph.nodes}
        if self.selected is not None and self.selected not in names:
            self.selected = None
        if self.selected_edge is not None and all(edge.id != self.selected_edge for edge in self.graph.edges):
            self.selected_edge = None
        self.marked &= names
        self._redraw()

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

    def _watch_marked(self) -> None:
        """Show the marks."""
        self._refresh_changed()

    def _watch_offer(self) -> None:
        """Show the letters, aiming at nothing yet."""
        self.set_reactive(GraphView.aimed, None)
        self._typed = ""
        self._refresh_changed()

    def _watch_aimed(self) -> None:
        """Show what is aimed at."""
        self._relight()

    def _relight(self) -> None:
        self._refresh_changed()
        self._reveal()

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Do not scroll meanwhile."""
        self._is_still = True
        try:
            yield
        finally:
            self._is_still = False

    def _reveal(self) -> None:
        """Scroll what is aimed at or selected into view."""
        if self._is_still:
            return
        placed = self._picture.layout
        for target in (self.aimed, self.selected, self.selected_edge):
            if isinstance(target, str) and target in placed.boxes:
                region = Region(*placed.boxes[target]).grow((1, 3, 1, 3))
            elif isinstance(target, int) and target in placed.routes:
                cells = placed.routes[target]
                region = Region.from_union([Region(cell.x, cell.y, 1, 1) for cell in (cells[0], cells[-1])])
            else:
                continue
            self.scroll_to_region(region, animate=False, force=True)
            return

    def _look_again(self) -> None:
        """Find out where the letters are, too."""
        super()._look_again()
        layout, offer = self._picture.layout, self.offer
        if offer is None:
            self._chips = None
        elif self._chips is None or self._chips.layout is not layout or self._chips.offer is not offer:
            self._chips = Chips(layout, self.level, offer)

    def _lettered(self, y: int) -> list[Placed]:
        """The letters in a row."""
        if self._chips is None:
            return []
        return self._chips.row(y, self._picture.glyphs, self.aimed, self._typed)

    def _find_cues(self) -> Cues:
        return Cues(self.selected, self.selected_edge, self.marked, self.offer, self.aimed)

    def _find_overlays(self) -> Iterator[Overlay]:
        """What lies over the graph, the lowest first."""
        if self.offer is None:
            return
        picture = self._picture
        if self.aimed in self.offer.reasons and self.aimed in picture.layout.boxes:
            yield self._say(str(self.aimed), self.offer.reasons[str(self.aimed)])

    def _say(self, node: str, text: str) -> Overlay:
        """Words beside a node."""
        corner = self._world(0, 0)
        view = Box(corner.x, corner.y, self.size.width, self.size.height)
        return callout(text, self._picture.layout.boxes[node], view, self._picture.glyphs)

    def region_of(self, target: Target) -> Region:
        """Where a node or an edge is seen, in cells of the screen; nothing where it is out of sight."""
        view, start = self.content_region, self._world(0, 0)
        away = view.offset - (start.x, start.y)
        layout = self._picture.layout
        if isinstance(target, str):
            boxes = [Region(*layout.boxes[target])] if target in layout.boxes else []
        else:
            boxes = [Region(cell.x, cell.y, 1, 1) for cell in layout.routes.get(target, ())]
        seen = [box for each in boxes if (box := each.translate(away).intersection(view))]
        return Region.from_union(seen) if seen else Region()

    def at(self, x: int, y: int) -> tuple[str | None, int | None]:
        """The node or the edge in a cell of the viewport."""
        world = self._world(x, y)
        node = self._picture.node_at(*world)
        edges = () if node else self._picture.edges_at(*world)
        if self.selected_edge in edges:
            # Edges that share a line take turns.
            return None, edges[(edges.index(self.selected_edge) + 1) % len(edges)]
        return node, edges[0] if edges else None
