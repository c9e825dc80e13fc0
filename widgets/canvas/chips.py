"""The letters of an offer, laid over its nodes and edges."""

from functools import lru_cache
from typing import NamedTuple

from widgets.canvas.geometry import Layout, Point
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.offer import Offer, Target
from widgets.canvas.plan import Level
from widgets.canvas.spans import Overlay, Placed, Span


class _Spot(NamedTuple):
    """Where a chip begins, and whether it must do with three cells."""

    x: int
    y: int
    is_tight: bool


def chips(
    layout: Layout, level: Level, glyphs: Glyphs, offer: Offer, aimed: Target | None = None, typed: str = ""
) -> Overlay:
    """The letters of whatever can still be chosen.

    Args:
        layout: Where everything stands.
        level: The zoom level; a card has its letters beside the name, others over their sign.
        glyphs: The alphabet.
        offer: What may be chosen.
        aimed: What enter would choose.
        typed: The first letter, where it has been typed.
    """
    spots: dict[Target, _Spot] = {}
    for name, box in layout.boxes.items():
        spots[name] = _Spot(box.x - 1, box.y + 1, False) if level == "card" else _Spot(box.x, box.y, True)
    wide = tuple((target, len(text) + 2) for target, text in offer.letters.items() if isinstance(target, int))
    for edge, point in places(layout, wide).items():
        spots[edge] = _Spot(*point, is_tight=False)
    rows: dict[int, list[Placed]] = {}
    for target, text in offer.letters.items():
        if target in spots and text.startswith(typed):
            spot = spots[target]
            look = "aim" if target == aimed else "chip"
            rows.setdefault(spot.y, []).extend(_chip(spot, text, len(typed), look, glyphs))
    return rows


def _chip(spot: _Spot, text: str, typed: int, look: str, glyphs: Glyphs) -> list[Placed]:
    """Letters between half blocks; two letters that must do with three cells have only the right one."""
    left, right = glyphs.key[0], glyphs.key[1]
    ends = look if glyphs.is_ascii else f"{look}-end"
    spans = [Span(text[:typed], f"{look} chip-typed"), Span(text[typed:], look), Span(right, ends)]
    if not (spot.is_tight and len(text) > 1):
        spans.insert(0, Span(left, ends))
    found: list[Placed] = []
    x = spot.x
    for span in spans:
        if span.text:
            found.append(Placed(x, span))
        x += span.cells
    return found


@lru_cache(maxsize=16)
def places(layout: Layout, widths: tuple[tuple[int, int], ...]) -> dict[int, Point]:
    """Where the chip of each edge begins: on its own line, off nodes, heads and other chips.

    Args:
        layout: Where everything stands.
        widths: The width of each edge's chip, by edge [cells].
    """
    seen = {Point(cell.x, y): cell.edges for y, cells in layout.lines.items() for cell in cells}
    blocked = {
        Point(x, y)
        for box in layout.boxes.values()
        for x in range(box.x, box.right)
        for y in range(box.y, box.y + box.height)
    }
    found: dict[int, Point] = {}
    for edge, width in widths:
        if edge not in layout.routes:
            continue
        route = layout.routes[edge]
        best: tuple[float, Point, list[Point]] | None = None
        for index, cell in enumerate(route):
            start = Point(max(0, cell.x - width // 2), cell.y)
            cells = [Point(start.x + step, start.y) for step in range(width)]
            own = sum(seen.get(point) == (edge,) for point in cells)
            shared = sum(edge in seen.get(point, ()) for point in cells)
            hidden = sum(point in blocked for point in cells)
            heads = sum(point in layout.heads for point in cells)
            off_middle = abs(index - len(route) / 2) / len(route)
            cost = 20 * hidden + 3 * heads - 2 * own - shared + off_middle
            if best is None or cost < best[0]:
                best = (cost, start, cells)
        if best is not None:
            found[edge] = best[1]
            blocked.update(best[2])
    return found
