"""A plot as rows of styled text: a legend, the picture with its axis of values, and the axis of times."""

from functools import cached_property

import numpy as np

from widgets.cells import cell_len, cut
from widgets.chart.axes import moment, time_ticks
from widgets.chart.plot import Plot, highest
from widgets.chart.raster import BRAILLE, Raster, raster
from widgets.pieces import Piece

LEAST_WIDTH, LEAST_HEIGHT = 24, 4
"""Cells below which nothing can be made out."""
MARKS = {"main": "━", "second": "·", "warn": "─", "bad": "▲", "limit": "╌"}
"""In front of a name in the legend; colour is not needed to tell lines and limits apart."""
MOST = "≤"
"""In front of a value where the legend says the highest ones."""
TOLD = ("main", "limit", "bad", "warn", "second")
"""What the legend says first; the last is left out where there is no room."""
EACH_TICK = 12
"""Cells that a moment on the axis may take."""


class Drawing:
    """A plot on so many cells; the picture stays while the cursor moves.

    Args:
        plot: What is drawn.
        width: Cells.
        height: Rows, the legend's and the axis's included.
        first: Moment at the left edge [s].
        last: Moment at the right edge [s].
    """

    def __init__(self, plot: Plot, width: int, height: int, first: float, last: float) -> None:
        self.plot = plot
        self.width = width
        self.height = height
        self.first = first
        self.last = last
        self.can_be_seen = (
            width >= LEAST_WIDTH and height >= LEAST_HEIGHT and len(plot.times) > 0 and len(plot.lines) > 0
        )
        self.top = plot.topped(plot.top)
        self.labels = self._labels(height - 2) if self.can_be_seen else []
        self.left = max(map(cell_len, self.labels), default=0) + 1

    @cached_property
    def picture(self) -> Raster:
        """The lines."""
        return raster(self.plot, self.width - self.left, self.height - 2, self.top, self.first, self.last)

    def rows(self, cursor: float | None) -> list[list[Piece]]:
        """Rows of pieces, as many as the height.

        Args:
            cursor: The moment that is marked, and whose values the legend says; the highest of all where
                left out [s].
        """
        if not self.can_be_seen:
            said = self.plot.empty if self.width >= LEAST_WIDTH else ""
            head: list[list[Piece]] = [[(cut(self.plot.title, self.width), "chart--title")]]
            return [*head, [(cut(said, self.width), "chart--axis")], *[[] for _ in range(self.height - 2)]]
        at = None if cursor is None else self.column(cursor)
        picture = [self._row(y, at) for y in range(self.height - 2)]
        return [self._legend(cursor), *picture, self._axis(at)]

    def column(self, time: float) -> int:
        """The cell of a moment, from the left edge of the picture."""
        width = self.width - self.left
        share = (time - self.first) / max(self.last - self.first, 1e-12)
        return min(max(int(share * width), 0), width - 1)

    def time_at(self, x: int) -> float:
        """The moment in the middle of a cell, counted from the widget's left edge."""
        width = self.width - self.left
        share = (min(max(x - self.left, 0), width - 1) + 0.5) / max(width, 1)
        return self.first + share * (self.last - self.first)

    def _labels(self, height: int) -> list[str]:
        """Values beside the rows: the highest, the middle where a row stands there, and 0."""
        labels = [""] * height
        labels[0], labels[-1] = self.plot.told(self.top), self.plot.told(0.0)
        if height >= 5 and height % 2:
            labels[height // 2] = self.plot.told(self.top / 2)
        return labels

    def _legend(self, cursor: float | None) -> list[Piece]:
        """The title, and every line's name with its value under the cursor."""
        plot = self.plot
        pieces: list[Piece] = [(plot.title, "chart--title")]
        room = self.width - cell_len(plot.title)
        for line in sorted(plot.lines, key=lambda line: TOLD.index(line.tone)):
            value = highest(line.values) if cursor is None else float(line.values[plot.place(cursor)])
            told = plot.told(value) if np.isfinite(value) else "–"
            most = MOST if cursor is None and line.tone != "limit" else ""
            texts = (f"  {MARKS[line.tone]} ", f"{line.name} {most}", told)
            room -= sum(map(cell_len, texts))
            if room < 0:
                break
            styles = (f"chart--{line.tone}", "chart--axis", "chart--value")
            pieces += list(zip(texts, styles, strict=True))
        return pieces

    def _row(self, y: int, at: int | None) -> list[Piece]:
        """One row of the picture behind its value; neighbours of one tone are one piece."""
        pieces: list[Piece] = [(self.labels[y].rjust(self.left - 1) + " ", "chart--axis")]
        signs, tones = self.picture.signs[y].tolist(), self.picture.tones[y]
        start = 0
        for end in (*(np.flatnonzero(np.diff(tones)) + 1).tolist(), len(tones)):
            tone = int(tones[start])
            text = "".join(" " if sign == BRAILLE else chr(sign) for sign in signs[start:end])
            name = f"chart--{self.plot.lines[tone].tone}" if tone >= 0 else ""
            pieces += _with_cursor(text, name, None if at is None else at - start)
            start = end
        return pieces

    def _axis(self, at: int | None) -> list[Piece]:
        """Moments under their places; a stretch in which something is otherwise looks so."""
        width = self.width - self.left
        text = [" "] * width
        names = ["chart--axis"] * width
        for span in self.plot.spans:
            start, end = self.column(max(span.start, self.first)), self.column(min(span.end, self.last))
            names[start : end + 1] = ["chart--span"] * (end + 1 - start)
            label = cut(span.label, width)
            place = min(start, width - cell_len(label))
            if self._write(text, label, place):
                beside = range(place, place + cell_len(label))
                names[place : beside.stop] = [
                    "chart--span" if start <= x <= end else "chart--warn" for x in beside
                ]
        for tick in time_ticks(self.first, self.last, max(width // EACH_TICK, 2)):
            label = moment(tick, self.last - self.first)
            middle = self.column(tick) - (cell_len(label) // 2 if tick > self.first else 0)
            self._write(text, label, min(max(middle, 0), width - len(label)))
        if at is not None:
            names[at] = "chart--cursor"
        pieces: list[Piece] = [(" " * self.left, "chart--axis")]
        for sign, name in zip(text, names, strict=True):
            if pieces[-1][1] == name:
                pieces[-1] = (pieces[-1][0] + sign, name)
            else:
                pieces.append((sign, name))
        return pieces

    @staticmethod
    def _write(text: list[str], words: str, place: int) -> bool:
        """Words on the axis; whether there was room for them."""
        cells = [cell for sign in words for cell in (sign, *[""] * (cell_len(sign) - 1))]
        is_free = all(cell == " " for cell in text[max(place - 1, 0) : place + len(cells) + 1])
        if is_free:
            text[place : place + len(cells)] = cells
        return is_free


def _with_cursor(text: str, name: str, at: int | None) -> list[Piece]:
    """A piece of the picture, cut where the cursor stands in it."""
    if at is None or not 0 <= at < len(text):
        return [(text, name)]
    under = "│" if text[at] == " " else text[at]
    pieces = [(text[:at], name), (under, "chart--cursor"), (text[at + 1 :], name)]
    return [piece for piece in pieces if piece[0]]
