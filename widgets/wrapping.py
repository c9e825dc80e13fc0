"""Texts broken into lines of so many terminal cells."""

import re

from rich.cells import chop_cells

from widgets.cells import cell_len

_UNIT = re.compile(r"(?<=\d) (?=(?:%|[a-zµA-Z]{1,3})(?:\W|$))")
_HELD = "\N{NO-BREAK SPACE}"


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most *width* cells, broken between words; a short unit stays with its number.

    >>> wrapped("one two three", 8), wrapped("注文の表 ok", 6), wrapped("", 5)
    (['one two', 'three'], ['注文の', '表 ok'], [''])
    >>> wrapped("after 20 s", 8)
    ['after', '20 s']
    """
    lines: list[str] = []
    for word in re.split(r"[ \n\t]+", _UNIT.sub(_HELD, text.strip())):
        if lines and cell_len(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines += chop_cells(word, max(2, width))  # a wide character takes two
    return [line.replace(_HELD, " ") for line in lines] or [""]
