"""Bars and sparklines as text, for any widget (or none) to draw."""

from collections.abc import Sequence

from widgets.glyphs import UNICODE, Glyphs


def bar_text(share: float, width: int, glyphs: Glyphs = UNICODE) -> str:
    """A bar in eighths of a cell, without its track.

    Any share above 0 shows at least the thinnest block, and only a full share fills the last cell,
    so that "almost nothing" and "almost all" are never drawn as "nothing" and "all".

    Args:
        share: The filled share; outside 0..1 it is clamped.
        width: Cells a full bar takes.
        glyphs: The table to draw with.

    Returns:
        At most *width* cells.

    >>> bar_text(0.5, 5)
    '██▌'
    >>> bar_text(0.001, 5), bar_text(0.999, 5)
    ('▏', '████▉')
    >>> bar_text(float("inf"), 5)
    '█████'
    """
    parts = len(glyphs.blocks) - 1
    full = width * parts
    filled = round(min(max(share, 0.0), 1.0) * full)
    if 0 < share < 1 and full > 1:
        filled = min(max(filled, 1), full - 1)
    whole, rest = divmod(filled, parts)
    return glyphs.blocks[-1] * whole + (glyphs.blocks[rest] if rest else "")


def spark_text(values: Sequence[float], glyphs: Glyphs = UNICODE) -> str:
    """One cell per value, its height between the lowest and the highest.

    Args:
        values: Any finite numbers; all alike are drawn lowest.
        glyphs: The table to draw with.

    >>> spark_text([0, 1, 2, 7])
    '▁▂▃█'
    """
    if not values:
        return ""
    low, high = min(values), max(values)
    scale = (len(glyphs.levels) - 1) / (high - low) if high > low else 0.0
    return "".join(glyphs.levels[round((value - low) * scale)] for value in values)
