"""A graph as rows of placed text spans: what the canvas shows and the text picture writes."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from widgets.canvas.cues import NOTHING, Cues
from widgets.canvas.face import ROOMS, face, width_of
from widgets.canvas.geometry import Cell, Layout, place, width
from widgets.canvas.glyphs import BOX, Glyphs
from widgets.canvas.graph import Edge, Graph, Kind
from widgets.canvas.plan import Level, Plan, draft
from widgets.canvas.spans import Placed, Span
from widgets.canvas.topology import structure

LONGEST_LABEL = 11
"""Cells of a label; longer ones are cut."""


class _Run(NamedTuple):
    """Cells of a row seen as one: a line, or (without text) the place of a label."""

    x: int
    text: str
    width: int
    edges: tuple[int, ...]


def layout(graph: Graph, level: Level, squeeze: int = 0) -> Layout:
    """Place a graph; graphs of the same structure and widths share one layout.

    Args:
        graph: What to draw.
        level: How much a node shows.
        squeeze: Which of the level's `ROOMS` the texts have.
    """
    return _placed(*_widths(graph, level, squeeze))


def size(graph: Graph, level: Level, squeeze: int = 0) -> tuple[int, int]:
    """Columns and rows a layout would have; much cheaper than the layout."""
    plan, widths, texts = _widths(graph, level, squeeze)
    return width(plan, widths, dict(texts)), plan.height


def _widths(
    graph: Graph, level: Level, squeeze: int
) -> tuple[Plan, tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The plan of a graph, the width of each column, and that of each label by its first edge."""
    plan = draft(structure(graph), level)
    nodes = {node.id: node for node in graph.nodes}
    widths = tuple(
        max(width_of(nodes[slot.owner], level, squeeze) for slot in column if slot.kind == "node")
        for column in plan.topology.columns
    )
    edges = {edge.id: edge for edge in graph.edges}
    texts = tuple(
        (tag.edges[0], len(joined(tag.edges, edges)))
        for channel in plan.channels
        for tag in channel.tags
        if ROOMS[level][squeeze].has_labels
    )
    return plan, widths, texts


@lru_cache(maxsize=32)
def _placed(plan: Plan, widths: tuple[int, ...], texts: tuple[tuple[int, int], ...]) -> Layout:
    return place(plan, widths, dict(texts))


def joined(shared: tuple[int, ...], edges: dict[int, Edge]) -> str:
    """One label for edges that enter their target together.

    >>> joined((1, 2), {1: Edge(1, "a", "b", label="5/s"), 2: Edge(2, "a", "b", label="7/s")})
    '5/s+7/s'
    """
    words = [edges[edge].label for edge in shared if edges[edge].label]
    text = "+".join(words)
    if len(text) > LONGEST_LABEL:
        text = f"{len(words)} edges" if len(words) > 1 else text[: LONGEST_LABEL - 1] + "…"
    return text


class Picture:
    """A graph at one zoom level, drawn row by row."""

    def __init__(self, graph: Graph, level: Level, glyphs: Glyphs = BOX, squeeze: int = 0) -> None:
        self.graph = graph
        self.level: Level = level
        self.glyphs = glyphs
        self.layout = layout(graph, level, squeeze)
        self.edges = {edge.id: edge for edge in graph.edges}
        self._nodes = {node.id: node for node in graph.nodes}
        self._runs = _runs(self.layout, tuple((edge.id, edge.kind) for edge in graph.edges), glyphs)
        self._boxes = _boxes(self.layout)
        # Where a line says that its target rejects some of what comes: before its head.
        self._alarms = [
            (head.x - 1, head.y)
            for head, edges in self.layout.heads.items()
            if all(self.edges[edge].hot for edge in edges)
        ]

    def row(self, y: int, cues: Cues = NOTHING) -> list[Placed]:
        """What stands in a row of the world, from left to right; the gaps are empty.

        Args:
            y: The row.
            cues: What is selected, marked and so on.
        """
        found = [Placed(run.x, self._line(run, y, cues)) for run in self._runs.get(y, ())]
        for name in self._boxes.get(y, ()):
            box = self.layout.boxes[name]
            lines = face(self._nodes[name], self.level, box.width, self.glyphs, cues.look(name))
            x = box.x
            for span in lines[y - box.y]:
                found.append(Placed(x, span))
                x += span.cells
        return sorted(found, key=lambda placed: placed.x)

    def _line(self, run: _Run, y: int, cues: Cues) -> Span:
        edges = [self.edges[edge] for edge in run.edges]
        is_chosen = any(edge.id in (cues.edge, cues.aimed) for edge in edges)
        is_lit = is_chosen or any(cues.selected in (edge.source, edge.target) for edge in edges)
        is_hot = all(edge.hot for edge in edges)
        role = ("edge", "hot", "lit", "lit-hot")[2 * is_lit + is_hot]
        thickness = self.glyphs.to_heavy if is_chosen else {}
        if not run.text:
            fill = self.glyphs.line(edges[0].kind, 12).translate(thickness)
            is_lettered = cues.offer is not None and not cues.offer.letters.keys().isdisjoint(run.edges)
            words = "" if is_lettered else self.glyphs.text(joined(run.edges, self.edges))[: run.width]
            return Span(words.rjust(run.width, fill), "label" if role == "edge" else role)
        text = run.text.translate(thickness)
        for x, at in self._alarms:
            if at == y and run.x <= x < run.x + len(text):
                text = text[: x - run.x] + self.glyphs.mark("throttled") + text[x - run.x + 1 :]
        return Span(text, role)

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


@lru_cache(maxsize=32)
def _runs(placed: Layout, kinds: tuple[tuple[int, Kind], ...], glyphs: Glyphs) -> dict[int, list[_Run]]:
    """Merge the cells of each row into runs of the same edges, and cut the labels out."""
    kind = dict(kinds)
    labels: dict[int, list[_Run]] = {}
    for label in placed.labels:
        labels.setdefault(label.y, []).append(_Run(label.x, "", label.width, label.edges))
    rows: dict[int, list[_Run]] = {}
    for y, cells in placed.lines.items():
        covered = {x for label in labels.get(y, ()) for x in range(label.x, label.x + label.width)}
        chars = ((cell, _char(cell, y, placed, kind, glyphs)) for cell in cells if cell.x not in covered)
        rows[y] = [*_group(chars), *labels.get(y, ())]
    return rows


def _char(cell: Cell, y: int, placed: Layout, kind: dict[int, Kind], glyphs: Glyphs) -> str:
    kinds = {kind[edge] for edge in cell.edges}
    one: Kind = kinds.pop() if len(kinds) == 1 else "sync"
    if (cell.x, y) in placed.heads:
        return glyphs.heads[one]
    if (cell.x, y) in placed.returns:
        return glyphs.back
    return glyphs.line(one, cell.mask)


def _group(chars: Iterator[tuple[Cell, str]]) -> Iterator[_Run]:
    start, text = 0, ""
    edges: tuple[int, ...] = ()
    for cell, char in chars:
        if text and (cell.edges != edges or cell.x != start + len(text)):
            yield _Run(start, text, len(text), edges)
            text = ""
        if not text:
            start, edges = cell.x, cell.edges
        text += char
    if text:
        yield _Run(start, text, len(text), edges)
