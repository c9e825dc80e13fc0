"""Rows of text spans, and laying some over others.

A role names a style of the canvas, or several that are blended; nothing here knows colours.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from widgets.canvas.glyphs import Glyphs


class Span(NamedTuple):
    """Text and the role whose style it wears."""

    text: str
    role: str

    @property
    def cells(self) -> int:
        """Cells the text takes."""
        return cell_len(self.text)


Line = tuple[Span, ...]


class Placed(NamedTuple):
    """A span and the column of the world it starts in."""

    x: int
    span: Span

    @property
    def end(self) -> int:
        """The first column behind it."""
        return self.x + self.span.cells


Overlay = Mapping[int, Sequence[Placed]]
"""Spans by the row of the world, to be drawn over the graph; later ones lie on top."""


def lay_over(row: Sequence[Placed], over: Iterable[Placed]) -> list[Placed]:
    """Put spans on top of a row; what they cover is cut away.

    Args:
        row: Spans from left to right that do not overlap.
        over: Spans in any order; the later cover the earlier.

    >>> lay_over([Placed(0, Span("abcdef", "name"))], [Placed(2, Span("XY", "chip"))])
    [Placed(x=0, span=Span(text='ab', role='name')), Placed(x=2, span=Span(text='XY', role='chip')), \
Placed(x=4, span=Span(text='ef', role='name'))]
    """
    tops: list[Placed] = []
    for top in over:
        if tops and top.x < tops[-1].end:
            tops = sorted([*_rest(tops, top), top])
        else:
            tops.append(top)
    found: list[Placed] = []
    first = 0
    for below in row:
        while first < len(tops) and tops[first].end <= below.x:
            first += 1
        parts = [below]
        for top in tops[first:]:
            if top.x >= below.end:
                break
            parts = _rest(parts, top)
        found += parts
    return sorted([*found, *tops])


def _rest(row: Iterable[Placed], top: Placed) -> list[Placed]:
    return [part for below in row for part in _uncovered(below, top)]


def _uncovered(below: Placed, top: Placed) -> list[Placed]:
    """What is left of a span under another."""
    if below.end <= top.x or top.end <= below.x:
        return [below]
    text, role = below.span
    left = Placed(below.x, Span(set_cell_size(text, max(0, top.x - below.x)), role))
    right = Placed(top.end, Span(_behind(text, max(0, top.end - below.x)), role))
    return [part for part in (left, right) if part.span.text]


def _behind(text: str, start: int) -> str:
    """The text from a cell on; half a wide character is a blank.

    >>> _behind("a世b", 2)
    ' b'
    """
    at = 0
    for index, char in enumerate(text):
        if at >= start:
            return " " * (at - start) + text[index:]
        at += cell_len(char)
    return " " * max(0, at - start)


def stacked(*overlays: Overlay) -> Overlay:
    """Several overlays as one, the last on top."""
    rows: dict[int, list[Placed]] = {}
    for overlay in overlays:
        for y, spans in overlay.items():
            rows.setdefault(y, []).extend(spans)
    return rows


def cut(text: str, width: int, glyphs: Glyphs) -> str:
    """The text, cut with an ellipsis where it is longer than its room."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + glyphs.text("…")


def fit(text: str, width: int, glyphs: Glyphs) -> str:
    """The text at exactly this width."""
    return set_cell_size(cut(text, width, glyphs), max(0, width))


def wrap(text: str, width: int) -> list[str]:
    """Words in lines of at most so many cells; a longer word is broken.

    >>> wrap("a table takes no jobs", 8)
    ['a table', 'takes no', 'jobs']
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest = word
        if line and cell_len(line) + 1 + cell_len(rest) <= width:
            line += " " + rest
            continue
        if line:
            lines.append(line)
        while cell_len(rest) > width > 0:
            piece = set_cell_size(rest, width).rstrip() or rest[0]
            lines.append(piece)
            rest = rest[len(piece) :]
        line = rest
    return [*lines, line] if line else lines
