"""A graph as rows of placed text spans: what the canvas shows and the text picture writes."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate

from widgets.canvas.cues import NOTHING, Cues, Look
from widgets.canvas.face import ROOMS, face, width_of
from widgets.canvas.geometry import Layout, Point, place, width
from widgets.canvas.glyphs import BOX, Glyphs
from widgets.canvas.graph import Edge, Graph
from widgets.canvas.plan import Level, Plan, draft
from widgets.canvas.spans import Placed
from widgets.canvas.strokes import LONGEST_LABEL, Stroke, joined, runs, stroke
from widgets.canvas.topology import Topology, arrange, structure


def layout(graph: Graph, level: Level, squeeze: int = 0, topology: Topology | None = None) -> Layout:
    """Place a graph; graphs of the same structure and widths share one layout.

    Args:
        graph: What to draw.
        level: How much a node shows.
        squeeze: Which of the level's `ROOMS` the texts have.
        topology: How it is arranged; as if it were new where left out.
    """
    return _placed(*_widths(graph, level, squeeze, topology))


def size(graph: Graph, level: Level, squeeze: int = 0, topology: Topology | None = None) -> tuple[int, int]:
    """Columns and rows a layout would have; much cheaper than the layout."""
    plan, widths, texts = _widths(graph, level, squeeze, topology)
    return width(plan, widths, dict(texts)), plan.height


def _widths(
    graph: Graph, level: Level, squeeze: int, topology: Topology | None
) -> tuple[Plan, tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The plan of a graph, the width of each column, and that of each label by its first edge."""
    plan = draft(topology or arrange(structure(graph)), level)
    nodes = {node.id: node for node in graph.nodes}
    widths = tuple(
        max(width_of(nodes[slot.owner], level, squeeze) for slot in column if slot.kind == "node")
        for column in plan.topology.columns
    )
    edges = {edge.id: edge for edge in graph.edges}
    texts = tuple(
        (tag.edges[0], max(len(joined(tag.edges, edges)), _room(tag.edges, edges)))
        for channel in plan.channels
        for tag in channel.tags
        if ROOMS[level][squeeze].has_labels
    )
    return plan, widths, texts


def _room(shared: tuple[int, ...], edges: Mapping[int, Edge]) -> int:
    """Cells that the label of some edges may come to take."""
    rooms = [edges[edge].room for edge in shared if edges[edge].room]
    return min(sum(rooms) + len(rooms) - 1, LONGEST_LABEL) if rooms else 0


@lru_cache(maxsize=32)
def _placed(plan: Plan, widths: tuple[int, ...], texts: tuple[tuple[int, int], ...]) -> Layout:
    return place(plan, widths, dict(texts))


class Picture:
    """A graph at one zoom level, drawn row by row."""

    def __init__(
        self,
        graph: Graph,
        level: Level,
        glyphs: Glyphs = BOX,
        squeeze: int = 0,
        topology: Topology | None = None,
    ) -> None:
        self.graph = graph
        self.level: Level = level
        self.glyphs = glyphs
        self.topology = topology or arrange(structure(graph))
        self.layout = layout(graph, level, squeeze, self.topology)
        self.edges = {edge.id: edge for edge in graph.edges}
        self._nodes = {node.id: node for node in graph.nodes}
        self._runs = runs(self.layout, tuple((edge.id, edge.kind) for edge in graph.edges), glyphs)
        self._boxes = _boxes(self.layout)
        # Where a line says that its target rejects some of what comes: before its head.
        self._alarms = {
            Point(head.x - 1, head.y): all(self.edges[edge].hot for edge in edges)
            for head, edges in self.layout.heads.items()
        }
        self._strokes: dict[int, list[Stroke]] = {}
        self._faces: dict[tuple[str, Look], list[list[Placed]]] = {}

    def row(self, y: int, cues: Cues = NOTHING) -> list[Placed]:
        """What stands in a row of the world, from left to right; the gaps are empty.

        Args:
            y: The row.
            cues: What is selected, marked and so on.
        """
        if y not in self._strokes:
            self._strokes[y] = [
                stroke(run, y, self.edges, self._alarms, self.glyphs) for run in self._runs.get(y, ())
            ]
        found = [each.drawn(cues, self.glyphs) for each in self._strokes[y]]
        for name in self._boxes.get(y, ()):
            found += self._face(name, cues.look(name))[y - self.layout.boxes[name].y]
        found.sort()
        return found

    def _face(self, name: str, look: Look) -> list[list[Placed]]:
        """The rows of a node."""
        if (name, look) not in self._faces:
            box = self.layout.boxes[name]
            rows = []
            for line in face(self._nodes[name], self.level, box.width, self.glyphs, look):
                starts = accumulate((span.cells for span in line), initial=box.x)
                rows.append([Placed(x, span) for x, span in zip(starts, line, strict=False)])
            self._faces[name, look] = rows
        return self._faces[name, look]

    def edges_at(self, x: int, y: int) -> tuple[int, ...]:
        """The edges seen in a cell of the world."""
        for run in self._runs.get(y, ()):
            if run.x <= x < run.x + run.width:
                return run.edges
        return ()

    def node_at(self, x: int, y: int) -> str | None:
        """The node in a cell of the world."""
        return next((name for name in self._boxes.get(y, ()) if self.layout.boxes[name].covers(x, y)), None)


@lru_cache(maxsize=32)
def _boxes(placed: Layout) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for name, box in placed.boxes.items():
        for y in range(box.y, box.y + box.height):
            rows.setdefault(y, []).append(name)
    return rows
