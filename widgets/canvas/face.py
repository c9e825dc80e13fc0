"""How a node looks at each zoom level: lines of text spans with roles.

Everything a colour says is also said by a sign, a word or a number.
"""

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from widgets.canvas.card import card, faded, mark_role
from widgets.canvas.cues import AT_REST, Look
from widgets.canvas.gauges import bar, percent, ramp, step
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.graph import Node
from widgets.canvas.plan import Level
from widgets.canvas.spans import Line, Span, cut, fit


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
        Room(10, 19, has_labels=True),
        *(Room(10, most, has_labels=False) for most in (19, 16, 15, 14, 13)),
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
        wish = 4 + max(name, cell_len(node.badge) + 2, numbers(node), node.room)
    else:
        wish = name + (6 if squeeze else 10 + _GAUGE)
    # Even widths, so that a number that gains a digit seldom moves the picture.
    return min(room.most, max(room.least, wish + wish % 2))


def numbers(node: Node) -> int:
    """Cells that a card's numbers and its note would like to have."""
    both = 2 if node.rate and node.detail else 0
    return max(cell_len(node.rate) + cell_len(node.detail) + both, cell_len(node.note) + 1)


@lru_cache(maxsize=4096)
def face(node: Node, level: Level, width: int, glyphs: Glyphs, look: Look = AT_REST) -> tuple[Line, ...]:
    """Draw a node.

    Returns:
        As many lines as the level is high, each *width* cells wide.
    """
    if level == "card":
        return card(node, width, glyphs, look)
    stripe = glyphs.stripe[2 if look.is_aimed else look.is_selected]
    line = (
        Span(stripe, _state(look) or node.family),
        Span(glyphs.tick, "marked") if look.is_marked else Span(glyphs.icon(node), node.family),
        Span(" ", "name"),
        *(_dot(node, glyphs, look) if level == "dot" else _compact(node, width - 3, glyphs, look)),
    )
    if look.is_faded:
        line = faded(line)
    ground = _ground(look)
    return (tuple(Span(span.text, f"raised {span.role}{ground}") for span in line),)


def _state(look: Look) -> str:
    return "aimed" if look.is_aimed else "selected" if look.is_selected else ""


def _ground(look: Look) -> str:
    """What a node without a frame stands on."""
    if look.is_aimed or (look.is_marked and not look.is_selected):
        return " picked"
    return " chosen" if look.is_selected else ""


def _sign(node: Node, glyphs: Glyphs) -> Span:
    return Span(glyphs.mark(node.mark), mark_role(node))


def _dot(node: Node, glyphs: Glyphs, look: Look) -> Line:
    if look.reason:
        return (Span(glyphs.no + " ", "reason"),)
    return (step(node.gauge, glyphs), _sign(node, glyphs))


def _compact(node: Node, width: int, glyphs: Glyphs, look: Look) -> Line:
    """Name and load: a bar and a number, or where room is scarce one cell that fills up."""
    words = glyphs.text(node.label)
    if width + 3 < ROOMS["compact"][0].least:
        last = Span(glyphs.no + " ", "reason") if look.reason else None
        ends = (last,) if last else (step(node.gauge, glyphs), _sign(node, glyphs))
        return (Span(fit(words, width - 3, glyphs) + " ", "name"), *ends)
    load = _GAUGE + 5
    if look.reason:
        room = max(load, width - cell_len(words) - 1)
        reason = fit(f"{glyphs.no} {glyphs.text(look.reason)}", room, glyphs)
        return (Span(fit(words, width - room - 1, glyphs) + " ", "name"), Span(reason, "reason"))
    text = Span(fit(words, width - load - 1, glyphs), "name")
    if node.gauge is None:
        rate = cut(glyphs.text(node.rate), load, glyphs).rjust(load)
        return (text, Span(rate, "rate"), _sign(node, glyphs))
    number = Span(percent(node.gauge).rjust(5), ramp(node.gauge))
    return (text, *bar(node.gauge, _GAUGE, glyphs), number, _sign(node, glyphs))
