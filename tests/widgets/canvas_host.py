"""An app with a canvas under test, and where to point in it."""

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button

from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.graph import Edge, Graph, Node

DIAMOND = Graph(
    tuple(
        Node(name, name.upper(), "KIND", "λ", gauge=0.5, rate="5 /s") for name in ("in", "up", "down", "out")
    ),
    (
        Edge(1, "in", "up", label="1/s"),
        Edge(2, "in", "down", label="2/s"),
        Edge(3, "up", "out"),
        Edge(4, "down", "out", "async"),
    ),
)


def chain(length: int) -> Graph:
    """Nodes one after the other."""
    return Graph(
        tuple(Node(f"n{index}", f"Node {index}") for index in range(length)),
        tuple(Edge(index, f"n{index}", f"n{index + 1}") for index in range(length - 1)),
    )


class Host(App[None]):
    """An app with a canvas and something else to focus, that remembers what the canvas says."""

    CSS = "GraphCanvas { height: 1fr; }"

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.shown = graph
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        """Two widgets."""
        yield GraphCanvas(self.shown)
        yield Button("other")

    @property
    def canvas(self) -> GraphCanvas:
        """The one under test."""
        return self.query_one(GraphCanvas)

    def remember(self, event: Message) -> None:
        """Keep what was said."""
        self.heard.append(event)

    on_graph_canvas_selected = remember
    on_graph_canvas_activated = remember
    on_graph_canvas_marked = remember
    on_graph_canvas_chosen = remember
    on_graph_canvas_declined = remember
    on_graph_canvas_joined = remember
    on_graph_canvas_placed = remember
    on_graph_canvas_menu_asked = remember
    on_graph_canvas_add_asked = remember

    def said(self, *kinds: type[Message]) -> list[Message]:
        """What the canvas said of these kinds."""
        return [event for event in self.heard if isinstance(event, kinds)]


def shown(app: Host) -> list[str]:
    """What stands in the rows of the canvas."""
    return [app.canvas.render_line(y).text for y in range(app.canvas.size.height)]


def find(app: Host, text: str) -> tuple[int, int]:
    """Where the text first stands in the canvas."""
    for y, line in enumerate(shown(app)):
        if text in line:
            return line.index(text), y
    raise AssertionError(f"{text!r} is not on the screen")


def spot(app: Host, node: str, part: str = "body") -> tuple[int, int]:
    """A cell of a node in the viewport: in its middle, at its right edge or right of it."""
    box = app.canvas._picture.layout.boxes[node]
    corner = app.canvas._world(0, 0)
    x = {"body": box.x + box.width // 2, "edge": box.right - 1, "port": box.right}[part]
    return x - corner.x, box.port - corner.y


async def drag(pilot: Pilot[None], *way: tuple[int, int], **keys: bool) -> None:
    """Press, move and let go."""
    await pilot.mouse_down(GraphCanvas, offset=way[0], **keys)
    for at in way[1:]:
        await pilot.hover(GraphCanvas, offset=at)
    await pilot.mouse_up(GraphCanvas, offset=way[-1], **keys)
    await pilot.pause()
