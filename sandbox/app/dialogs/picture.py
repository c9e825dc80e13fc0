"""A small picture of a design: as much of each node as the room allows."""

from widgets.canvas.face import ROOMS
from widgets.canvas.fitting import fits
from widgets.canvas.graph import Graph
from widgets.canvas.view import GraphView


class Picture(GraphView, can_focus=False):
    """A graph to look at."""

    def draw(self, graph: Graph | None) -> None:
        """Show another graph, or none."""
        self.empty = ""
        self.graph = graph or Graph()
        self._choose_zoom()

    def on_resize(self) -> None:
        """Choose how much to show again."""
        self._choose_zoom()
        super().on_resize()

    def _choose_zoom(self) -> None:
        """Names where they fit; else only the signs, rather than a part of the picture."""
        size = self.container_size
        tight = range(len(ROOMS["compact"]))
        named = any(fits(self.graph, "compact", each, size.width, size.height) for each in tight)
        self.zoom = "auto" if named else "dot"
