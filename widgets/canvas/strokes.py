"""The lines of the edges row by row: runs of cells that are seen as one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from widgets.canvas.cues import Cues
from widgets.canvas.geometry import Cell, Layout, Point
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.graph import Edge, Kind
from widgets.canvas.spans import Placed, Span

LONGEST_LABEL = 11
"""Cells of a label; longer ones are cut."""


class Run(NamedTuple):
    """Cells of a row seen as one: a line, or (without text) the place of a label."""

    x: int
    text: str
    width: int
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A run with what its edges have to say."""

    x: int
    text: str
    """What it shows."""

    line: str
    """What it shows where letters are put on its edges: no words."""

    edges: frozenset[int]
    ends: frozenset[str]
    """The nodes its edges join."""

    is_hot: bool
    plain: Placed
    """How it looks at rest."""

    def drawn(self, cues: Cues, glyphs: Glyphs) -> Placed:
        """How it looks now."""
        is_chosen = cues.edge in self.edges or cues.aimed in self.edges
        is_lit = is_chosen or cues.selected in self.ends
        is_lettered = cues.offer is not None and not self.edges.isdisjoint(cues.offer.letters)
        if not is_lit and not is_lettered:
            return self.plain
        text = self.line if is_lettered else self.text
        if is_chosen and text is self.line:
            text = text.translate(glyphs.to_heavy)
        elif is_chosen:
            # Around its words a label is line.
            words = self.text.lstrip(self.line[0])
            text = self.line[: len(self.text) - len(words)].translate(glyphs.to_heavy) + words
        role = ("edge", "hot", "lit", "lit-hot")[2 * is_lit + self.is_hot]
        return Placed(self.x, Span(text, role))


def stroke(
    run: Run, y: int, edges: Mapping[int, Edge], alarms: Mapping[Point, bool], glyphs: Glyphs
) -> Stroke:
    """Prepare a run.

    Args:
        run: The cells.
        y: Their row.
        edges: Every edge of the graph.
        alarms: Cells before heads, and whether the target rejects some of what comes.
        glyphs: The alphabet.
    """
    mine = [edges[edge] for edge in run.edges]
    is_hot = all(edge.hot for edge in mine)
    is_idle = all(edge.idle for edge in mine)
    if run.text:
        marked = [alarms.get(Point(x, y), False) for x in range(run.x, run.x + run.width)]
        sign = glyphs.mark("throttled")
        text = line = "".join(sign if hot else char for char, hot in zip(run.text, marked, strict=True))
        if is_idle:
            text = line = text.translate(glyphs.to_idle)
        role = "hot" if is_hot else "idle" if is_idle else "edge"
    else:
        line = glyphs.line(mine[0].kind, 12) * run.width
        words = glyphs.text(joined(run.edges, edges))[: run.width]
        text = line[: run.width - len(words)] + words
        role = "hot" if is_hot else "label" if words or not is_idle else "idle"
    ends = frozenset(end for edge in mine for end in (edge.source, edge.target))
    return Stroke(run.x, text, line, frozenset(run.edges), ends, is_hot, Placed(run.x, Span(text, role)))


def joined(shared: tuple[int, ...], edges: Mapping[int, Edge]) -> str:
    """One label for edges that enter their target together.

    >>> joined((1, 2), {1: Edge(1, "a", "b", label="5/s"), 2: Edge(2, "a", "b", label="7/s")})
    '5/s+7/s'
    """
    words = [edges[edge].label for edge in shared if edges[edge].label]
    text = "+".join(words)
    if len(text) > LONGEST_LABEL:
        text = f"{len(words)} edges" if len(words) > 1 else text[: LONGEST_LABEL - 1] + "…"
    return text


@lru_cache(maxsize=32)
def runs(placed: Layout, kinds: tuple[tuple[int, Kind], ...], glyphs: Glyphs) -> dict[int, list[Run]]:
    """Merge the cells of each row into runs of the same edges, and cut the labels out."""
    kind = dict(kinds)
    labels: dict[int, list[Run]] = {}
    for label in placed.labels:
        labels.setdefault(label.y, []).append(Run(label.x, "", label.width, label.edges))
    rows: dict[int, list[Run]] = {}
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


def _group(chars: Iterator[tuple[Cell, str]]) -> Iterator[Run]:
    start, text = 0, ""
    edges: tuple[int, ...] = ()
    for cell, char in chars:
        if text and (cell.edges != edges or cell.x != start + len(text)):
            yield Run(start, text, len(text), edges)
            text = ""
        if not text:
            start, edges = cell.x, cell.edges
        text += char
    if text:
        yield Run(start, text, len(text), edges)
