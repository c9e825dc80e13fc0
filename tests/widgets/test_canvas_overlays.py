"""What lies over the picture: spans on rows, letters on edges, words beside nodes, lines and ghosts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.widgets.canvas_host import DIAMOND
from widgets.canvas.callout import callout
from widgets.canvas.chips import Chips, places
from widgets.canvas.cues import Cues
from widgets.canvas.dragging import Band, Carry, Join
from widgets.canvas.geometry import Box, Point
from widgets.canvas.glyphs import ASCII, BOX
from widgets.canvas.graph import Edge, Graph, Node
from widgets.canvas.offer import Offer, letters
from widgets.canvas.picture import Picture, layout
from widgets.canvas.spans import Placed, Span, lay_over, wrap

WORDS = st.text(alphabet="ab世界 ", min_size=1, max_size=8)


@given(
    st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=5),
    st.lists(st.tuples(st.integers(-3, 30), WORDS), max_size=5),
)
def test_laying_over_covers_exactly(pieces, tops):
    """Spans never overlap afterwards; each cell shows the last that covers it, a cut wide character none."""
    row, x = [], 0
    for gap, text in pieces:
        row.append(Placed(x + gap, Span(text, "below")))
        x = row[-1].end
    over = [Placed(at, Span(text, "top")) for at, text in tops]

    found = lay_over(row, over)

    covered: dict[int, str] = {}
    for placed in found:
        for cell in range(placed.x, placed.end):
            assert cell not in covered
            covered[cell] = placed.span.role
    top_cells = {cell for placed in over for cell in range(placed.x, placed.end)}
    row_cells = {cell for placed in row for cell in range(placed.x, placed.end)}
    assert covered == dict.fromkeys(row_cells, "below") | dict.fromkeys(top_cells, "top")


@given(st.text(alphabet="ab世 ", max_size=40), st.integers(2, 12))
def test_wrapped_words_fit_and_none_is_lost(text, width):
    """Every line fits, and together they say the same."""
    lines = wrap(text, width)

    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def busy() -> Graph:
    """A graph whose edges share lines: to and fro, several at once, a loop."""
    pairs = [("a", "b"), ("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "a"), ("d", "d"), ("b", "c")]
    nodes = tuple(Node(name, name) for name in "abcd")
    return Graph(nodes, tuple(Edge(index, *pair, label="5/s") for index, pair in enumerate(pairs)))


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
def test_letters_of_edges_stand_apart_and_off_the_nodes(level):
    """Each edge's letters can be read: they cover neither a node nor each other."""
    placed = layout(busy(), level)
    found = places(placed, tuple((edge.id, 3) for edge in busy().edges))
    cells = [Point(start.x + step, start.y) for start in found.values() for step in range(3)]

    assert set(found) == {edge.id for edge in busy().edges}
    assert not any(box.covers(*cell) for box in placed.boxes.values() for cell in cells)
    if level != "dot":
        assert len(set(cells)) == len(cells)


@pytest.mark.parametrize("view", [Box(0, 0, 40, 10), Box(5, 2, 9, 4), Box(0, 0, 10, 3), Box(0, 0, 4, 1)])
def test_words_beside_a_node_stay_in_view(view):
    """They begin in view, and lie in it where there is room at all."""
    said = callout("A queue takes no calls", Box(6, 3, 8, 1), view, BOX)
    rooms = [(y, spans[0].x, spans[-1].end) for y, spans in said.items()]

    assert all(view.x <= start for _, start, _ in rooms)
    if view.width >= 12:
        assert all(end <= view.right and view.y <= y < view.y + view.height for y, _, end in rooms)


def test_ascii_stays_ascii_whatever_is_shown():
    """Letters, marks, reasons, lines and ghosts have an ASCII shape as well."""
    picture = Picture(DIAMOND, "card", ASCII)
    boxes = picture.layout.boxes
    offer = Offer({"in": "a", "out": "sd", 1: "f"}, {"up": "✕ No × calls … here"})
    cues = Cues("in", None, frozenset({"down"}), offer, "out")
    join = Join.begun("in", Point(30, 3), boxes, lambda _one, other: "No" if other == "up" else None)
    drags = [
        join,
        join.moved(Point(boxes["up"].x, boxes["up"].y), "up"),
        Carry("in", frozenset({"in"}), "In", Point(3, 3), Point(40, 8)),
        Band(Point(0, 0), Point(20, 5)),
    ]
    over = [drag.overlay(boxes, ASCII) for drag in drags]
    over.append(callout("Because", boxes["up"], Box(0, 0, 80, 30), ASCII))
    chips = Chips(picture.layout, "card", offer)
    texts = [
        placed.span.text
        for y in range(-2, picture.layout.height + 2)
        for row in (picture.row(y, cues), chips.row(y, ASCII), *(each.get(y, ()) for each in over))
        for placed in row
    ]
    assert "".join(texts).replace("λ", "").isascii()


def test_a_rejected_edge_says_so_without_colour():
    """Before its head stands the sign of what is throttled; not where others on the line are fine."""
    nodes = tuple(Node(name, name) for name in "abz")
    for others, sign in ((True, "▲"), (False, "─")):
        shown = Graph(nodes, (Edge(1, "a", "z", hot=True), Edge(2, "b", "z", hot=others)))
        lines = [
            "".join(placed.span.text for placed in Picture(shown, "card").row(y))
            for y in range(Picture(shown, "card").layout.height)
        ]
        assert any(f"{sign}▶" in line for line in lines)


def test_letters_are_few_and_near():
    """Letters given to all of a graph's nodes are one key each for as long as there are keys."""
    assert {len(text) for text in letters(26)} == {1}
