"""The picture as plain text, for reports and tests."""

from widgets.canvas.glyphs import BOX, Glyphs
from widgets.canvas.graph import Graph
from widgets.canvas.picture import Picture
from widgets.canvas.plan import Level


def draw(graph: Graph, level: Level = "card", glyphs: Glyphs = BOX) -> list[str]:
    """Draw a graph as lines of text without trailing blanks.

    >>> from widgets.canvas.graph import Edge, Node
    >>> pair = Graph((Node("a", "A", icon="λ"), Node("b", "B", icon="λ")), (Edge(1, "a", "b"),))
    >>> draw(pair, "dot")
    [' ▎λ   ───▶▎λ']
    """
    picture = Picture(graph, level, glyphs)
    return [_row(picture, y) for y in range(picture.layout.height)]


def _row(picture: Picture, y: int) -> str:
    text = ""
    end = 0
    for x, span in picture.row(y):
        text += " " * (x - end) + span.text
        end = x + span.cells
    return text.rstrip()
