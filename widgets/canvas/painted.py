"""Rows of spans in the colours of the theme."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from widgets.canvas import palette
from widgets.canvas.spans import Placed
from widgets.scrolling import Scrolled

BARE = ""
"""The role of cells in which nothing is."""


class Painted(Scrolled):
    """A scrolled view that turns roles into styles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = palette.COMPONENTS

    _styles_of: dict[str, Style]

    def _strip(self, row: Sequence[Placed], start: int = 0) -> Strip:
        """The spans of a row from a column on, with what is between them painted as well."""
        segments: list[Segment] = []
        begin = end = min([start, *(placed.x for placed in row)])
        for x, span in row:
            if x > end:
                segments.append(Segment(" " * (x - end), self._style(BARE)))
            if span.text:
                segments.append(Segment(span.text, self._style(span.role)))
            end = x + span.cells
        return Strip(segments, end - begin).simplify().crop(start - begin)

    def _style(self, role: str) -> Style:
        """The style of a role, blended with the surface it stands on."""
        if role not in self._styles_of:
            surface, ink = self.background_colors[1], self.colors[3]
            words = Style()
            for part in role.split():
                rules = self.get_component_styles(f"graph-canvas--{part}")
                surface += rules.background
                if rules.has_rule("color"):
                    ink = rules.color
                words += rules.text_style
            self._styles_of[role] = Style.from_color((surface + ink).rich_color, surface.rich_color) + words
        return self._styles_of[role]
