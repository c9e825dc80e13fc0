"""Small graphs as text: straight, aligned, and told apart without colour."""

import pytest

from widgets.canvas.cues import Cues
from widgets.canvas.face import ROOMS, face, width_of
from widgets.canvas.fitting import LEVELS, fit, fits, squeeze_at
from widgets.canvas.gauges import ramp
from widgets.canvas.geometry import Box
from widgets.canvas.glyphs import ASCII, BOX
from widgets.canvas.graph import Edge, Graph, Node
from widgets.canvas.moves import nearest
from widgets.canvas.picture import Picture, layout, size
from widgets.canvas.text import draw

HEADS = {"sync": "─▶", "async": "┄▶", "polled": "═▶", "stream": "≈▶", "dead-letter": "╌✕"}


def graph(*links: str, **extra: object) -> Graph:
    """Nodes in the order in which they occur in links such as ``a>b``; a lone name is a loose node."""
    names = list(dict.fromkeys(name for link in links for name in link.split(">")))
    pairs = [link.split(">") for link in links if ">" in link]
    nodes = tuple(Node(name, name.upper(), "KIND", "λ", rate="5 /s", gauge=0.5) for name in names)
    return Graph(nodes, tuple(Edge(index, one, other, **extra) for index, (one, other) in enumerate(pairs)))


def row_of(lines: list[str], text: str) -> int:
    """The first row that holds the text."""
    return next(y for y, line in enumerate(lines) if text in line)


@pytest.mark.parametrize("level", LEVELS)
def test_a_chain_is_one_straight_line(level):
    """Nodes one after the other have their ports in one row, and the edges no bend."""
    placed = layout(graph("a>b", "b>c", "c>d"), level)

    assert len({box.port for box in placed.boxes.values()}) == 1
    assert all(len({cell.y for cell in cells}) == 1 for cells in placed.routes.values())


def test_the_first_branch_runs_straight_and_the_others_leave_one_trunk():
    """Fan-out reads as a bus: one tee at the source, one corner at the last branch."""
    lines = draw(graph("a>b", "a>c", "a>d", label="5/s"), "compact")

    column = lines[row_of(lines, " A ")].index("┼")
    assert [line[column] for line in lines if line[column:]] == ["╭", "│", "┼", "│", "╰"]
    assert [line.count("▶") for line in lines] == [1, 0, 1, 0, 1]


def test_what_enters_one_port_merges_before_it():
    """Fan-in has one head, and every edge its own label."""
    text = "\n".join(draw(graph("a>z", "b>z", label="5/s"), "compact"))

    assert text.count("▶") == 1
    assert text.count("5/s") == 2


def test_edges_between_the_same_nodes_share_their_label():
    """Two edges from one node to another are drawn as one line that names both."""
    text = "\n".join(draw(graph("a>b", "a>b", label="5/s")))

    assert "5/s+5/s" in text


def test_a_foreign_line_is_bridged_not_joined():
    """Where lines of different nets cross, the horizontal one is drawn whole."""
    crossed = Graph(
        tuple(
            Node(name, name, hint=place)
            for name, place in zip("abyx", [(0, 0), (0, 1), (1, 0), (1, 1)], strict=True)
        ),
        (Edge(1, "a", "x"), Edge(2, "b", "y")),
    )

    text = "\n".join(draw(crossed))

    assert not set(text) & set("┼├┤┬┴")


def test_a_cycle_runs_back_below_with_an_arrow():
    """An edge that closes a cycle goes around the nodes between and shows its direction."""
    lines = draw(graph("a>b", "b>c", "c>a"))

    back = row_of(lines, "◀")
    assert back > row_of(lines, "A")
    assert lines[back].strip().startswith("╰")
    assert lines[back].endswith("╯")


def test_dead_letters_leave_the_main_flow_straight():
    """The queue and its consumer stand in one row, the dead-letter queue below, whatever comes first."""
    nodes = tuple(Node(name, name) for name in ("source", "queue", "dead", "worker", "table"))
    pairs = (("source", "queue"), ("queue", "dead"), ("queue", "worker"), ("worker", "table"))
    edges = tuple(
        Edge(index, one, other, "dead-letter" if other == "dead" else "sync")
        for index, (one, other) in enumerate(pairs)
    )

    boxes = layout(Graph(nodes, edges), "card").boxes

    assert len({boxes[name].port for name in ("source", "queue", "worker", "table")}) == 1
    assert boxes["dead"].y > boxes["worker"].y


def test_a_self_loop_leaves_and_returns():
    """An edge from a node to itself is drawn around it."""
    lines = draw(graph("a>a"))

    assert any("▶│" in line for line in lines)
    assert "◀" in lines[-1]


@pytest.mark.parametrize("kind", HEADS)
@pytest.mark.parametrize("level", LEVELS)
def test_kinds_of_edges_differ_in_line_and_head(kind, level):
    """Each way of delivery has its own line, at every zoom level."""
    text = "\n".join(draw(graph("a>b", kind=kind), level))

    assert HEADS[kind] in text
    assert not any(other in text for name, other in HEADS.items() if name != kind)


def test_loose_nodes_stand_in_the_first_column():
    """Nodes without edges are drawn one below the other."""
    placed = layout(graph("a", "b", "c"), "card")

    assert len({box.x for box in placed.boxes.values()}) == 1


def test_parts_that_are_not_connected_stand_apart():
    """Two pipelines do not interleave: one ends above where the other begins."""
    boxes = layout(graph("a>b", "p>q", "b>c", "q>r", "a>c"), "card").boxes

    assert max(boxes[name].y for name in "abc") < min(boxes[name].y for name in "pqr")


def test_nodes_of_a_column_are_equally_wide():
    """A column is as wide as its longest name needs."""
    boxes = layout(Graph((Node("a", "x"), Node("b", "a name of 20 letters"))), "card").boxes

    assert boxes["a"].width == boxes["b"].width == 24


def test_ascii_pictures_are_ascii():
    """The other alphabet needs no special font."""
    nodes = (
        Node("a", "A", "SQS", "≡", gauge=1.4, mark="throttled", note="▲ throttled 12%", detail="3 × 5"),
        Node("b", "B", "LAMBDA", "λ", gauge=0.3, mark="lost", note="✕ lost"),
    )
    edges = tuple(Edge(index, "a", "b", kind) for index, kind in enumerate(HEADS))
    for level in LEVELS:
        assert "\n".join(draw(Graph(nodes, (*edges, Edge(9, "b", "a"))), level, ASCII)).isascii()


def test_long_words_are_cut_with_an_ellipsis_and_wide_ones_keep_the_frame():
    """Whatever a name is made of, all lines of a node are as wide as the node."""
    for name in ("x" * 60, "注文を受け付ける関数の名前", ""):
        for level in LEVELS:
            for squeeze in range(len(ROOMS[level])):
                node = Node(
                    "a", name, "LONGBADGENAME" * 3, "λ", detail="9" * 40, gauge=2.0, note="▲ throttled 12%"
                )
                width = width_of(node, level, squeeze)
                for line in face(node, level, width, BOX):
                    assert sum(span.cells for span in line) == width


def test_trouble_is_said_without_colour():
    """A mark shows at every level, and the card says the word; a full gauge shows its number."""
    node = Node("a", "A", "KIND", "λ", gauge=1.14, mark="throttled", note="▲ throttled 12%")
    for level in LEVELS:
        assert "▲" in "\n".join(draw(Graph((node,)), level))
    for text in ("throttled 12%", "114%"):
        assert text in "\n".join(draw(Graph((node,))))


@pytest.mark.parametrize(
    ("width", "note", "row", "frame"),
    [
        (22, "", "200/s   p99 221 ms", ""),
        (18, "", "200/s", "p99 221 ms"),
        (18, "held 3/s", "200/s", "held 3/s"),
        (13, "", "200/s", ""),
    ],
)
def test_what_does_not_fit_beside_the_rate_stands_in_the_frame(width, note, row, frame):
    """Whole or not at all, and after what goes wrong."""
    node = Node("a", "A", "KIND", "λ", rate="200/s", detail="p99 221 ms", gauge=0.1, note=note)

    lines = ["".join(span.text for span in line) for line in face(node, "card", width, BOX)]

    assert lines[2].strip("│ ") == row
    assert lines[4].strip("╰─╯ ") == frame


def test_the_selected_node_has_another_frame():
    """Selection shows in the characters too."""
    picture = Picture(graph("a>b"), "card")

    plain, chosen = (
        ["".join(span.text for _, span in picture.row(y, Cues(name))) for y in range(picture.layout.height)]
        for name in (None, "a")
    )

    assert "┏" in chosen[0]
    assert "┏" not in plain[0]


def test_selecting_lights_edges_and_heat_shows_only_where_all_is_hot():
    """The edges of the selected node are lit; a shared line is hot only if everything on it is."""
    pair = Graph(
        tuple(Node(name, name) for name in "abc"),
        (Edge(1, "a", "b", hot=True), Edge(2, "a", "c", label="1/s")),
    )
    picture = Picture(pair, "card")

    def roles(**chosen: object) -> set[str]:
        found = {
            span.role for y in range(picture.layout.height) for _, span in picture.row(y, Cues(**chosen))
        }
        return found & {"edge", "label", "hot", "lit", "lit-hot"}

    assert roles() == {"edge", "label", "hot"}
    assert roles(selected="a") == {"lit", "lit-hot"}
    assert roles(edge=2) == {"lit", "hot"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("width", [12, 22, 30])
def test_a_limit_of_nothing_is_drawn_as_full(level, width):
    """What asks for a limit of 0 uses it without end; every level draws that."""
    shown = face(Node("api", "api", gauge=float("inf")), level, width, BOX)
    full = face(Node("api", "api", gauge=5000.0), level, width, BOX)
    assert shown == full


def test_the_ramp_only_rises():
    """More load never looks calmer."""
    order = ["low", "mid", "high", "over"]
    levels = [order.index(ramp(percent / 100)) for percent in range(200)]

    assert levels == sorted(levels)
    assert ramp(1.0) == "over"


def test_the_largest_level_that_fits():
    """Whatever the viewport, the level chosen fits, and no roomier one does."""
    shown = graph("a>b", "b>c", "c>d", "b>d", label="100/s")
    ladder = [(level, squeeze) for level in LEVELS for squeeze in range(len(ROOMS[level]))]
    for width in range(30, 140, 5):
        chosen = fit(shown, width, 30)
        roomier = ladder[: ladder.index(chosen)]
        if fits(shown, *chosen, width, 30):
            assert not any(fits(shown, *other, width, 30) for other in roomier)
            assert squeeze_at(shown, chosen[0], width, 30) == chosen[1]
        else:
            assert chosen[0] == "compact"


@pytest.mark.parametrize("level", LEVELS)
def test_the_size_is_known_before_the_layout(level):
    """What fitting asks for is what is drawn."""
    shown = graph("a>b", "b>c", "c>a", "a>c", "d>c", "d>d", label="100/s")
    placed = layout(shown, level)

    assert size(shown, level) == (placed.width, placed.height)


def test_arrow_keys_cross_gaps_but_do_not_jump_columns():
    """Down goes to the next node of the column even if another column's is closer."""
    boxes = {"top": Box(0, 0, 10, 5), "aslant": Box(30, 3, 10, 5), "below": Box(0, 20, 10, 5)}

    assert nearest(boxes, "top", "down") == "below"
    assert nearest(boxes, "top", "right") == "aslant"
    assert nearest(boxes, "below", "left") is None


def test_impossible_graphs_are_refused():
    """An edge to nowhere and a doubled id are mistakes of the caller."""
    with pytest.raises(ValueError, match="'b', which is not in the graph"):
        Graph((Node("a", "A"),), (Edge(1, "a", "b"),))
    with pytest.raises(ValueError, match="same id"):
        Graph((Node("a", "A"), Node("a", "B")))
