"""The graph on the screen: scrolled, zoomed and selected with keys or the mouse."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message

from widgets.canvas.fitting import LEVELS
from widgets.canvas.graph import Graph
from widgets.canvas.moves import Direction, nearest
from widgets.canvas.view import GraphView

STEP = Offset(8, 4)
"""How far a key pans [cells]."""


def _keys() -> list[BindingType]:
    moves = (("left", "h"), ("down", "j"), ("up", "k"), ("right", "l"))
    found: list[BindingType] = []
    for arrow, letter in moves:
        tip = f"Select the nearest node {'to the ' if arrow in ('left', 'right') else ''}{arrow}"
        found.append(
            Binding(
                f"{arrow},{letter}",
                f"move('{arrow}')",
                f"Go {arrow}",
                show=False,
                id=f"canvas.{arrow}",
                tooltip=tip,
            )
        )
        pan = Binding(
            f"shift+{arrow}",
            f"pan('{arrow}')",
            f"Pan {arrow}",
            show=False,
            id=f"canvas.pan-{arrow}",
            tooltip="Scroll",
        )
        found.append(pan)
    rest = (
        ("tab", "cycle(1)", "Next", "next", "Select the next node, then the edges"),
        ("shift+tab", "cycle(-1)", "Previous", "previous", "Select the previous node or edge"),
        ("home", "first", "First node", "first", "Select the first node"),
        ("enter", "activate", "Open", "activate", "Open what is selected"),
    )
    for key, action, description, name, tip in rest:
        found.append(Binding(key, action, description, show=False, id=f"canvas.{name}", tooltip=tip))
    return found


class GraphCanvas(GraphView, can_focus=True):
    """A `GraphView` a person works in; posts what is selected and opened."""

    BINDINGS: ClassVar[list[BindingType]] = _keys()

    @dataclass
    class Selected(Message):
        """Another node or edge, or nothing, was selected."""

        node: str | None
        edge: int | None

    @dataclass
    class Activated(Message):
        """A person opened a node or an edge."""

        node: str | None
        edge: int | None

    def __init__(
        self,
        graph: Graph | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(graph, name=name, id=id, classes=classes)
        self._drag: Offset | None = None
        self._has_moved = False

    def watch_selected(self) -> None:
        """Tell that another node is selected."""
        self.post_message(self.Selected(self.selected, self.selected_edge))

    def watch_selected_edge(self) -> None:
        """Tell that another edge is selected."""
        self.post_message(self.Selected(self.selected, self.selected_edge))

    def action_move(self, direction: Direction) -> None:
        """Select the nearest node in a direction."""
        start = self.selected or self._end_of_edge(direction)
        if start is None:
            self.action_first()
        elif self.selected is None:
            self.selected = start
        else:
            self.selected = nearest(self._picture.layout.boxes, start, direction) or start

    def _end_of_edge(self, direction: Direction) -> str | None:
        """The node at that end of the selected edge."""
        for edge in self.graph.edges:
            if edge.id == self.selected_edge:
                return edge.source if direction in ("left", "up") else edge.target
        return None

    def action_first(self) -> None:
        """Select the first node."""
        if self.graph.nodes:
            self.selected = self.graph.nodes[0].id

    def action_cycle(self, step: int) -> None:
        """Select the next node or edge; behind the last the focus moves on."""
        stops: list[tuple[str | None, int | None]] = [(node.id, None) for node in self.graph.nodes]
        stops += [(None, edge.id) for edge in self.graph.edges]
        now = (self.selected, self.selected_edge)
        index = stops.index(now) + step if now in stops else (0 if step > 0 else len(stops) - 1)
        if not 0 <= index < len(stops):
            (self.screen.focus_next if step > 0 else self.screen.focus_previous)()
            if not self.has_focus or not stops:
                return
        self.select(*stops[index % len(stops)])

    def select(self, node: str | None, edge: int | None = None) -> None:
        """Select a node or an edge, or with neither nothing."""
        if node is not None or edge is None:
            self.selected = node
        if node is None:
            self.selected_edge = edge

    def action_pan(self, direction: Direction) -> None:
        """Scroll without selecting."""
        x, y = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}[direction]
        self.scroll_relative(x * STEP.x, y * STEP.y, animate=False)

    def action_activate(self) -> None:
        """Open what is selected."""
        if self.selected is not None or self.selected_edge is not None:
            self.post_message(self.Activated(self.selected, self.selected_edge))

    def action_zoom(self, step: int = 1) -> None:
        """Show less of each node, and after the least the most again; `step` -1 goes the other way."""
        index = LEVELS.index(self.level) + step
        self.zoom = LEVELS[index % len(LEVELS)]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select what is pressed; on the background begin to drag the view."""
        if event.button != 1:
            return
        node, edge = self.at(event.x, event.y)
        if node is None and edge is None:
            self._drag = event.screen_offset
            self.capture_mouse()
        else:
            self.select(node, edge)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the view."""
        if self._drag is not None:
            step = self._drag - event.screen_offset
            self._drag = event.screen_offset
            self._has_moved = self._has_moved or bool(step)
            self.scroll_relative(step.x, step.y, animate=False)

    def on_mouse_up(self) -> None:
        """Stop dragging; a click on the background selects nothing."""
        if self._drag is not None:
            self.release_mouse()
            if not self._has_moved:
                self.select(None)
        self._drag = None
        self._has_moved = False

    def on_click(self, event: events.Click) -> None:
        """Open what is clicked twice."""
        if event.chain == 2 and self.at(event.x, event.y) != (None, None):
            self.action_activate()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Zoom in with ctrl."""
        self._turn(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Zoom out with ctrl."""
        self._turn(event, 1)

    def _turn(self, event: events.MouseEvent, step: int) -> None:
        """Turn the wheel: with ctrl it zooms; where all rows are in view it scrolls the columns."""
        if event.ctrl:
            event.prevent_default().stop()
            if 0 <= LEVELS.index(self.level) + step < len(LEVELS):
                self.action_zoom(step)
        elif not event.shift and not self.allow_vertical_scroll and self.allow_horizontal_scroll:
            event.prevent_default().stop()
            self.scroll_relative(x=step * STEP.x, animate=False)
