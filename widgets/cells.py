"""Texts measured in terminal cells, of which a wide character takes two."""

from typing import Literal

from rich.cells import cell_len, set_cell_size

from widgets.glyphs import UNICODE, Glyphs

Align = Literal["left", "right"]

__all__ = ["Align", "cell_len", "cut", "pad"]


def cut(text: str, width: int, glyphs: Glyphs = UNICODE) -> str:
    """*text* on at most *width* cells, saying so where some of it is left out.

    >>> cut("write units", 6), cut("注文の表", 6)
    ('write…', '注文…')
    """
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + glyphs.cut[:width]


def pad(text: str, width: int, align: Align = "left", glyphs: Glyphs = UNICODE) -> str:
    """*text* on exactly *width* cells, cut or filled with blanks.

    >>> pad("7", 3, "right"), pad("注文", 5), pad("seven", 3)
    ('  7', '注文 ', 'se…')
    """
    text = cut(text, width, glyphs)
    blanks = " " * (width - cell_len(text))
    return blanks + text if align == "right" else text + blanks
