"""The letters of an offer, laid over its nodes and edges."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from widgets.canvas.geometry import Layout, Point
from widgets.canvas.glyphs import Glyphs
from widgets.canvas.offer import Offer, Target
from widgets.canvas.plan import Level
from widgets.canvas.spans import Placed, Span

BLOCKED = 20.0
"""The cost of a cell in which something else stands; no line makes up for it."""


class _Chip(NamedTuple):
    """The letters of a target, where they begin, and whether they must do with three cells."""

    x: int
    target: Target
    text: str
    is_tight: bool


class Chips:
    """The letters of an offer, row by row.

    Args:
        layout: Where everything stands.
        level: The zoom level; a card has its letters beside the name, others over their sign.
        offer: What may be chosen.
    """

    def __init__(self, layout: Layout, level: Level, offer: Offer) -> None:
        self.layout = layout
        self.offer = offer
        self._rows: dict[int, list[_Chip]] = {}
        is_card = level == "card"
        wide = tuple((edge, len(text) + 2) for edge, text in offer.letters.items() if isinstance(edge, int))
        spots: dict[Target, Point] = {}
        for edge, start in places(layout, wide).items():
            spots[edge] = start
        for name, box in layout.boxes.items():
            spots[name] = Point(box.x - 1, box.y + 1) if is_card else Point(box.x, box.y)
        for target, text in offer.letters.items():
            if target in spots:
                x, y = spots[target]
                is_tight = not is_card and isinstance(target, str)
                self._rows.setdefault(y, []).append(_Chip(x, target, text, is_tight))

    def row(self, y: int, glyphs: Glyphs, aimed: Target | None = None, typed: str = "") -> list[Placed]:
        """The letters in a row of whatever can still be chosen.

        Args:
            y: The row.
            glyphs: The alphabet.
            aimed: What enter would choose.
            typed: The first letter, where it has been typed.
        """
        found: list[Placed] = []
        for chip in self._rows.get(y, ()):
            if chip.text.startswith(typed):
                found += _drawn(chip, len(typed), "aim" if chip.target == aimed else "chip", glyphs)
        found.sort()
        return found


def _drawn(chip: _Chip, typed: int, look: str, glyphs: Glyphs) -> list[Placed]:
    """Letters between half blocks; two letters that must do with three cells have only the right one."""
    left, right = glyphs.key[0], glyphs.key[1]
    ends = look if glyphs.is_ascii else f"{look}-end"
    text = chip.text
    spans = [Span(text[:typed], f"{look} chip-typed"), Span(text[typed:], look), Span(right, ends)]
    if not (chip.is_tight and len(text) > 1):
        spans.insert(0, Span(left, ends))
    starts = accumulate((span.cells for span in spans), initial=chip.x)
    return [Placed(x, span) for x, span in zip(starts, spans, strict=False) if span.text]


@lru_cache(maxsize=16)
def places(layout: Layout, widths: tuple[tuple[int, int], ...]) -> dict[int, Point]:
    """Where the chip of each edge begins: on its own line, off nodes, heads and other chips.

    Args:
        layout: Where everything stands.
        widths: The width of each edge's chip, by edge [cells].
    """
    if not widths:
        return {}
    # Plain pairs rather than points: there are thousands.
    seen = {(cell.x, y): cell.edges for y, cells in layout.lines.items() for cell in cells}
    taken = {
        (x, y)
        for box in layout.boxes.values()
        for y in range(box.y, box.y + box.height)
        for x in range(box.x, box.right)
    }
    found: dict[int, Point] = {}
    for edge, width in widths:
        route = layout.routes.get(edge, ())
        own = [point for point in route if seen.get(point) == (edge,)]
        on_line = [*_starts(own, width), *_starts(route, width)]
        beside = [Point(x, y + step) for step in (-1, 1) for x, y in on_line]
        best: tuple[float, Point] | None = None
        for starts in (on_line, beside):
            if best is None or best[0] >= BLOCKED:
                costs = [(_cost(start, width, edge, layout, seen, taken), start) for start in starts]
                best = min([*costs, best] if best else costs, default=None)
        if best is not None:
            found[edge] = best[1]
            taken.update((best[1].x + step, best[1].y) for step in range(width))
    return found


def _cost(
    start: Point,
    width: int,
    edge: int,
    layout: Layout,
    seen: Mapping[tuple[int, int], tuple[int, ...]],
    taken: Collection[tuple[int, int]],
) -> float:
    """How bad a place is: on something else most of all, then on a head, then off the line or its middle."""
    route = layout.routes[edge]
    cost = abs(start.x + width / 2 - (route[0].x + route[-1].x) / 2) / 1000
    for x in range(start.x, start.x + width):
        here = seen.get((x, start.y), ())
        cost += BLOCKED * ((x, start.y) in taken) + 3 * ((x, start.y) in layout.heads)
        cost -= (edge in here) + (here == (edge,))
    return cost


def _starts(cells: Sequence[Point], width: int) -> Iterator[Point]:
    """Where something this wide may begin on a line: at the ends of its horizontals and side by side."""
    start = 0
    for index in range(1, len(cells) + 1):
        if index < len(cells) and cells[index].y == cells[start].y:
            continue
        left, right = sorted((cells[start].x, cells[index - 1].x))
        count = max(1, (right - left + 1) // width)
        first = (left + right + 1 - width * count) // 2
        for x in (left, *(first + width * place for place in range(count)), right + 1 - width):
            yield Point(max(0, x), cells[start].y)
        start = index
