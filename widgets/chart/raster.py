"""Courses as braille, two columns and four rows of dots in a cell: each column with its extremes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.chart.plot import Line, Plot

Dots = NDArray[np.bool_]
Cells = NDArray[np.int64]

DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""Bits of a braille sign, by row and column of its dots."""
BRAILLE = 0x2800
DASH = 4
"""Columns of dots from one dash of a limit to the next."""
DOT = 3
"""The same for the dots of a second line."""


@dataclass(frozen=True)
class Raster:
    """Signs and tones of the cells of a plot [row, column]."""

    signs: Cells
    """Code points; 0x2800 where nothing is."""
    tones: Cells
    """Place of the line that a cell belongs to; -1 where there is none."""


def raster(plot: Plot, width: int, height: int, top: float, first: float, last: float) -> Raster:
    """Draw all lines of a plot.

    Args:
        plot: What is drawn.
        width: Cells.
        height: Cells.
        top: Value at the upper edge; 0 is at the lower one.
        first: Moment at the left edge [s].
        last: Moment at the right edge [s].
    """
    signs = np.zeros((height, width), dtype=np.int64)
    tones = np.full((height, width), -1, dtype=np.int64)
    filled = np.zeros((height, width), dtype=bool)
    column = _columns(plot, width * 2, first, last)
    for place in reversed(range(len(plot.lines))):
        line = plot.lines[place]
        dots = line_dots(line, column, width * 2, height * 4, top)
        covered = _bits(dots) > 0
        bits = _bits(dots & (np.arange(width * 2) % DOT == 0)) if line.tone == "second" else _bits(dots)
        # In an area all dots are set: a line above it would not be seen among them.
        signs = np.where(filled & covered, bits, signs | bits)
        tones = np.where((bits > 0) | (filled & covered), place, tones)
        filled = np.where(covered, line.fill, filled)
    return Raster(signs + BRAILLE, tones)


def _bits(dots: Dots) -> Cells:
    """Dots as the bits of the cells they are in."""
    height, width = dots.shape[0] // 4, dots.shape[1] // 2
    found: Cells = (dots.reshape(height, 4, width, 2) * DOTS[None, :, None, :]).sum(axis=(1, 3))
    return found


def _columns(plot: Plot, count: int, first: float, last: float) -> Cells:
    """Column of dots that each moment falls in."""
    share = (plot.times - first) / max(last - first, 1e-12)
    return np.clip((share * count).astype(np.int64), 0, count - 1)


def line_dots(line: Line, column: Cells, width: int, height: int, top: float) -> Dots:
    """Dots of one line [row, column], the first row on top.

    Args:
        line: What is drawn.
        column: Column of each of its values.
        width: Columns of dots.
        height: Rows of dots.
        top: Value at the upper edge.
    """
    low, high = bounds(line.values, column, width)
    from_row, to_row = _rows(high, height, top), _rows(low, height, top)
    known = np.isfinite(high)
    if line.tone == "limit":
        known &= (np.arange(width) % DASH < DASH // 2) & (high <= top * 1.0001)
    else:
        from_row, to_row = _joined(from_row, to_row, known)
    if line.fill:
        known &= high > 0
        to_row = np.full_like(to_row, height - 1)
    rows = np.arange(height)[:, None]
    dots: Dots = (rows >= from_row) & (rows <= to_row) & known
    if line.low is not None and line.high is not None:
        dots |= _band(line, column, width, height, top)
    return dots


def bounds(values: NDArray[np.float64], column: Cells, width: int) -> tuple[NDArray[np.float64], ...]:
    """Lowest and highest value of each column; between two moments that are far apart, a straight line.

    >>> low, high = bounds(np.array([1.0, 5.0, 2.0]), np.array([0, 0, 2]), 3)
    >>> low.tolist(), high.tolist()
    ([1.0, 2.5, 2.0], [5.0, 2.5, 2.0])
    """
    low, high = np.full(width, np.inf), np.full(width, -np.inf)
    known = np.isfinite(values)
    np.minimum.at(low, column[known], values[known])
    np.maximum.at(high, column[known], values[known])
    some = np.flatnonzero(np.isfinite(high))
    if not len(some):
        return np.full(width, np.nan), np.full(width, np.nan)
    middle = (low[some] + high[some]) / 2
    between = np.arange(width)
    filled = np.interp(between, some, middle, left=np.nan, right=np.nan)
    holes = _holes(values, column, width)
    low, high = (np.where(np.isfinite(row), row, np.where(holes, np.nan, filled)) for row in (low, high))
    return low, high


def _holes(values: NDArray[np.float64], column: Cells, width: int) -> Dots:
    """Columns whose only values are none."""
    holes = np.zeros(width, dtype=bool)
    holes[column[~np.isfinite(values)]] = True
    holes[column[np.isfinite(values)]] = False
    return holes


def _rows(values: NDArray[np.float64], height: int, top: float) -> Cells:
    share = np.clip(np.nan_to_num(values) / top if top > 0 else np.zeros_like(values), 0.0, 1.0)
    return np.round((1.0 - share) * (height - 1)).astype(np.int64)


def _joined(above: Cells, below: Cells, known: Dots) -> tuple[Cells, Cells]:
    """Columns drawn until they touch the one before."""
    joins = known[1:] & known[:-1]
    upper, lower = above.copy(), below.copy()
    upper[1:] = np.where(joins & (above[1:] > below[:-1] + 1), below[:-1] + 1, above[1:])
    lower[1:] = np.where(joins & (below[1:] < above[:-1] - 1), above[:-1] - 1, below[1:])
    return upper, lower


def _band(line: Line, column: Cells, width: int, height: int, top: float) -> Dots:
    """Every other dot between the edges of a band."""
    low, high = (
        bounds(np.asarray(line.low), column, width)[0],
        bounds(np.asarray(line.high), column, width)[1],
    )
    rows, columns = np.arange(height)[:, None], np.arange(width)
    inside = (rows >= _rows(high, height, top)) & (rows <= _rows(low, height, top))
    return np.asarray(inside & ((rows + columns) % 2 == 0) & np.isfinite(high) & (high > low))
