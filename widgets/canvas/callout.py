"""A few words beside a node, on top of whatever is there."""

from rich.cells import cell_len

from widgets.canvas.geometry import Box
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.spans import Overlay, Placed, Span, fit, wrap

WIDEST = 40
"""Cells of a line of words."""


def callout(text: str, box: Box, view: Box, glyphs: Glyphs) -> Overlay:
    """Words below a box, or above where there is no room.

    Args:
        text: What to say.
        box: What it is about.
        view: The part of the world that is seen.
        glyphs: The alphabet.
    """
    lines = wrap(f"{glyphs.no} {glyphs.text(text)}", max(1, min(WIDEST, view.width - 3)))
    width = max(map(cell_len, lines)) + 3
    x = max(view.x, min(box.x, view.right - width))
    y = box.y + box.height
    if y + len(lines) > view.y + view.height and box.y - len(lines) >= view.y:
        y = box.y - len(lines)
    return {
        y + index: [
            Placed(x, Span(glyphs.stripe[1], "callout-edge")),
            Placed(x + 1, Span(f" {fit(line, width - 3, glyphs)} ", "callout")),
        ]
        for index, line in enumerate(lines)
    }
