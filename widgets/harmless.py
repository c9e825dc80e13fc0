"""What others wrote, as a terminal may be given it: it would obey control characters."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OBEYED = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]")
"""Control characters, and those that turn the direction of the text after them; none takes a cell."""


class Harmless(LineFilter):
    """Keeps what a terminal would obey out of every line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Take it out of a line; the line keeps its cells."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.control or segment.text.isprintable()
            else Segment(harmless(segment.text), segment.style)
            for segment in segments
        ]  # fmt: skip


def harmless(text: str) -> str:
    r"""A text without what a terminal would obey.

    >>> harmless("\x1b[2JShop\x07"), harmless("a\u202eb"), harmless("注文 10\xa0%")
    ('[2JShop', 'ab', '注文 10\xa0%')
    """
    return _OBEYED.sub("", text)
