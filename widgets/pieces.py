"""From texts with the names of their styles to a line of the screen."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

Piece = tuple[str, str]
"""A text and the component class that styles it ("" for the row's own)."""


class Painter:
    """Styles pieces by a widget's component classes, on the background of the row they stand in."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[tuple[str, str], Style] = {}

    def forget(self) -> None:
        """Look styles up again from now on, as after a change of theme."""
        self._styles.clear()

    def strip(self, pieces: Iterable[Piece], row_class: str, width: int) -> Strip:
        """Fill a line of *width* cells; neighbours of one style are merged, to be written as one."""
        base = self._style(row_class, "")
        merged: list[Segment] = []
        for text, name in pieces:
            style = self._style(row_class, name) if name else base
            if merged and merged[-1].style is style:
                merged[-1] = Segment(merged[-1].text + text, style)
            elif text:
                merged.append(Segment(text, style))
        return Strip(merged).adjust_cell_length(width, base)

    def _style(self, row_class: str, name: str) -> Style:
        found = self._styles.get((row_class, name))
        if found is None:
            rules = self._widget.get_component_styles(*filter(None, (row_class, name)))
            background = self._widget.background_colors[1] + rules.background
            color = rules.color if rules.has_rule("color") else self._widget.colors[3]
            if rules.auto_color:
                color = background.get_contrast_text(color.a)
            colors = Style.from_color((background + color).rich_color, background.rich_color)
            # The row's attributes count beside those of the piece: they say where the cursor is.
            row = self._widget.get_component_styles(row_class).text_style
            found = self._styles[row_class, name] = colors + row + rules.text_style
        return found
