"""How a node looks at each zoom level: lines of text spans with roles.

A role names a style of the canvas; this module knows no colours. Everything a colour
says is also said by a sign, a word or a number.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from widgets.canvas.glyphs import Glyphs
from widgets.canvas.graph import Node
from widgets.canvas.plan import Level


class Span(NamedTuple):
    """Text and the role whose style it wears."""

    text: str
    role: str

    @property
    def cells(self) -> int:
        """Cells the text takes."""
        return cell_len(self.text)


Line = tuple[Span, ...]


class Room(NamedTuple):
    """What the texts of a level may take [cells]."""

    least: int
    """Width of a node with little to say."""

    most: int
    """Width at which a name is cut."""

    has_labels: bool
    """Edges are labelled."""


ROOMS: dict[Level, tuple[Room, ...]] = {
    "card": (
        Room(18, 28, has_labels=True),
        Room(12, 18, has_labels=True),
        *(Room(12, most, has_labels=False) for most in (18, 17, 16, 15, 14)),
    ),
    "compact": (
        Room(20, 28, has_labels=True),
        Room(10, 16, has_labels=True),
        *(Room(10, most, has_labels=False) for most in (16, 15, 14, 13)),
    ),
    "dot": (Room(5, 5, has_labels=False),),
}
"""From the roomiest to the tightest; a squeeze is an index."""

_GAUGE = 4
"""Cells of the bar of a compact node."""


def width_of(node: Node, level: Level, squeeze: int = 0) -> int:
    """Cells a node would like to be wide."""
    room = ROOMS[level][squeeze]
    name = cell_len(node.label)
    if level == "card":
        numbers = cell_len(node.rate) + cell_len(node.detail) + (2 if node.rate and node.detail else 0)
        wish = 4 + max(name + 2, numbers, cell_len(node.badge) + 2, cell_len(node.note) + 1)
    else:
        wish = name + (6 if squeeze else 10 + _GAUGE)
    # Even widths, so that a number that gains a digit seldom moves the picture.
    return min(room.most, max(room.least, wish + wish % 2))


@lru_cache(maxsize=4096)
def face(node: Node, level: Level, width: int, glyphs: Glyphs, *, is_selected: bool) -> tuple[Line, ...]:
    """Draw a node.

    Returns:
        As many lines as the level is high, each *width* cells wide.
    """
    if level == "card":
        return _card(node, width, glyphs, is_selected=is_selected)
    line = _dot(node, glyphs) if level == "dot" else _compact(node, width, glyphs)
    stripe = Span(glyphs.stripe[is_selected], "selected" if is_selected else node.family)
    spans = (
        stripe,
        Span(glyphs.icon(node), node.family),
        *line,
        Span(glyphs.mark(node.mark), _mark_role(node)),
    )
    if is_selected:
        return (tuple(Span(span.text, f"{span.role} chosen") for span in spans),)
    return (spans,)


def _dot(node: Node, glyphs: Glyphs) -> Line:
    return (Span(" ", "name"), _step(node.gauge, glyphs))


def _compact(node: Node, width: int, glyphs: Glyphs) -> Line:
    """Name and load: a bar and a number, or where room is scarce one cell that fills up."""
    words = " " + glyphs.text(node.label)
    if width < ROOMS["compact"][0].least:
        return (Span(_fit(words, width - 5, glyphs) + " ", "name"), _step(node.gauge, glyphs))
    text = Span(_fit(words, width - 8 - _GAUGE, glyphs), "name")
    if node.gauge is None:
        return (text, Span(_cut(glyphs.text(node.rate), _GAUGE + 5, glyphs).rjust(_GAUGE + 5), "rate"))
    return (text, *_bar(node.gauge, _GAUGE, glyphs), Span(percent(node.gauge).rjust(5), ramp(node.gauge)))


def _card(node: Node, width: int, glyphs: Glyphs, *, is_selected: bool) -> tuple[Line, ...]:
    frame = glyphs.chosen if is_selected else glyphs.frame
    border = "selected" if is_selected else node.family
    inner = width - 4
    start, end = Span(frame[3] + " ", border), Span(" " + frame[3], border)
    icon = Span(glyphs.icon(node) + " ", node.family)
    name = Span(_fit(glyphs.text(node.label), inner - 2, glyphs), "name")
    detail, note = glyphs.text(node.detail), glyphs.text(node.note)
    if not node.rate:
        detail = _cut(detail, inner, glyphs)
    elif cell_len(node.rate) + 1 + cell_len(detail) > inner:
        # Whole in the frame below, unless something graver stands there.
        note, detail = note or (detail if cell_len(detail) <= inner else ""), ""
    rate = _fit(glyphs.text(node.rate), inner - cell_len(detail), glyphs)
    if node.gauge is None:
        gauge: tuple[Span, ...] = (Span(" " * inner, "name"),)
    else:
        gauge = (*_bar(node.gauge, inner - 6, glyphs), Span(percent(node.gauge).rjust(6), ramp(node.gauge)))
    return (
        _edge(frame[0], node.badge, frame[2], frame[1], width, border, node.family, glyphs),
        (start, icon, name, end),
        (start, Span(rate, "rate"), Span(detail, "detail"), end),
        (start, *gauge, end),
        _edge(frame[4], note, frame[5], frame[1], width, border, _mark_role(node), glyphs),
    )


def _edge(
    left: str, text: str, right: str, fill: str, width: int, border: str, role: str, glyphs: Glyphs
) -> Line:
    """Top or bottom of a card with words in it: as many as fit, whole ones rather than cut ones."""
    for room, spared in ((width - 4, 2), (width - 3, 1)):
        # The sign and the word before the number, the sign alone only if nothing else fits.
        while cell_len(text) > room and text.count(" ") >= spared:
            text = text.rpartition(" ")[0]
    text = _cut(text, width - 3, glyphs)
    if not text:
        return (Span(left + fill * (width - 2) + right, border),)
    rest = width - 4 - cell_len(text)
    start = min(1, max(0, rest))
    return (
        Span(left + fill * start, border),
        Span(f" {text} "[: width - 2 - start], role),
        Span(fill * (rest - start) + right, border),
    )


def ramp(gauge: float | None) -> str:
    """The role of a utilisation: one ramp from calm to exceeded.

    >>> [ramp(value) for value in (None, 0.3, 0.7, 0.9, 1.2)]
    ['detail', 'low', 'mid', 'high', 'over']
    """
    if gauge is None:
        return "detail"
    return next(
        (role for limit, role in ((0.6, "low"), (0.8, "mid"), (1.0, "high")) if gauge < limit), "over"
    )


def percent(gauge: float) -> str:
    """A utilisation in at most five cells.

    >>> percent(0.004), percent(0.24), percent(1.4), percent(123)
    ('<1%', '24%', '140%', '×123')
    """
    if 0 < gauge < 0.005:
        return "<1%"
    if gauge < 9.995:
        return f"{gauge:.0%}"
    return f"×{gauge:.0f}" if gauge < 999.5 else "×>999"


def _bar(gauge: float, width: int, glyphs: Glyphs) -> tuple[Span, ...]:
    eighths = round(min(max(gauge, 0.0), 1.0) * width * 8)
    if gauge > 0:
        eighths = max(eighths, 1)
    full, part = divmod(eighths, 8)
    bar = glyphs.bars[7] * full + (glyphs.bars[part - 1] if part else "")
    return (Span(bar, f"{ramp(gauge)} bar"), Span(" " * (width - len(bar)), "bar"))


def _step(gauge: float | None, glyphs: Glyphs) -> Span:
    """The load as the height of one cell."""
    text = " " if gauge is None else glyphs.steps[min(7, int(min(max(gauge, 0.0), 1.0) * 8))]
    return Span(text, ramp(gauge))


def _mark_role(node: Node) -> str:
    return {"": "detail", "throttled": "over", "held": "high", "lost": "over"}[node.mark]


def _cut(text: str, width: int, glyphs: Glyphs) -> str:
    """The text, cut with an ellipsis where it is longer than its room."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + glyphs.text("…")


def _fit(text: str, width: int, glyphs: Glyphs) -> str:
    """The text at exactly this width."""
    return set_cell_size(_cut(text, width, glyphs), max(0, width))
