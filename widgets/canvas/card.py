"""A node as a card of five rows: service, name, rate and load, gauge, what goes wrong."""

from rich.cells import cell_len

from widgets.canvas.cues import Look
from widgets.canvas.gauges import bar, percent, ramp
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.graph import Node
from widgets.canvas.spans import Line, Span, cut, fit, wrap


def card(node: Node, width: int, glyphs: Glyphs, look: Look) -> tuple[Line, ...]:
    """Draw a node in a frame that says whether it is selected, marked or aimed at."""
    frame, border = _frame(node, glyphs, look)
    inner = width - 4
    start, end = Span(frame[3] + " ", border), Span(" " + frame[3], border)
    head = Span(fit(glyphs.text(node.label), inner, glyphs), "name")
    if look.reason:
        words = _reason(look.reason, inner, glyphs)
        note = ""
        body: tuple[Line, ...] = tuple((Span(fit(text, inner, glyphs), "reason"),) for text in words)
    else:
        numbers, note = _numbers(node, inner, glyphs)
        body = (numbers, _gauge(node, inner, glyphs))
    lines = (
        _edge(frame[0], *_title(node, glyphs, look), frame[2], frame[1], width, border, glyphs),
        (start, head, end),
        *((start, *row, end) for row in body),
        _edge(frame[4], note, mark_role(node), frame[5], frame[1], width, border, glyphs),
    )
    if look.is_faded:
        return tuple(faded(line) for line in lines)
    return lines


def faded(line: Line) -> Line:
    """A line of a node that does not matter now."""
    return tuple(Span(span.text, "reason" if span.role == "reason" else "dim") for span in line)


def mark_role(node: Node) -> str:
    """The role of what happens to items at a node."""
    return {"": "detail", "throttled": "over", "held": "high", "lost": "over"}[node.mark]


def _frame(node: Node, glyphs: Glyphs, look: Look) -> tuple[str, str]:
    if look.is_aimed:
        return glyphs.aimed, "aimed"
    if look.is_selected:
        return glyphs.chosen, "selected"
    return (glyphs.marked, "marked") if look.is_marked else (glyphs.frame, node.family)


def _title(node: Node, glyphs: Glyphs, look: Look) -> tuple[str, str]:
    """The service's sign and name, and their role; a tick takes the place of the sign where it is marked."""
    sign = glyphs.tick if look.is_marked else "" if glyphs.is_ascii else glyphs.icon(node)
    return f"{sign} {glyphs.text(node.badge)}".strip(), "marked" if look.is_marked else node.family


def _reason(reason: str, width: int, glyphs: Glyphs) -> tuple[str, str]:
    """Two lines of why not; the second is cut."""
    lines = wrap(glyphs.no + " " + glyphs.text(reason), width)
    return lines[0], cut(" ".join(lines[1:]), width, glyphs)


def _numbers(node: Node, width: int, glyphs: Glyphs) -> tuple[Line, str]:
    """Rate and load, and what the frame below says."""
    detail, note = glyphs.text(node.detail), glyphs.text(node.note)
    if not node.rate:
        detail = cut(detail, width, glyphs)
    elif cell_len(node.rate) + 1 + cell_len(detail) > width:
        # Whole in the frame below, unless something graver stands there.
        note, detail = note or (detail if cell_len(detail) <= width else ""), ""
    rate = fit(glyphs.text(node.rate), width - cell_len(detail), glyphs)
    return (Span(rate, "rate"), Span(detail, "detail")), note


def _gauge(node: Node, width: int, glyphs: Glyphs) -> Line:
    if node.gauge is None:
        return (Span(" " * width, "name"),)
    return (*bar(node.gauge, width - 6, glyphs), Span(percent(node.gauge).rjust(6), ramp(node.gauge)))


def _edge(
    left: str, text: str, role: str, right: str, fill: str, width: int, border: str, glyphs: Glyphs
) -> Line:
    """Top or bottom of a card with words in it: as many as fit, whole ones rather than cut ones."""
    for room, spared in ((width - 4, 2), (width - 3, 1)):
        # The sign and the word before the number, the sign alone only if nothing else fits.
        while cell_len(text) > room and text.count(" ") >= spared:
            text = text.rpartition(" ")[0]
    text = cut(text, width - 3, glyphs)
    if not text:
        return (Span(left + fill * (width - 2) + right, border),)
    rest = width - 4 - cell_len(text)
    start = min(1, max(0, rest))
    return (
        Span(left + fill * start, border),
        Span(f" {text} "[: width - 2 - start], role),
        Span(fill * (rest - start) + right, border),
    )
