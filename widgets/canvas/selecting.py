"""Selecting and marking with the keys."""

from dataclasses import dataclass

from textual.message import Message

from widgets.canvas.moves import Direction, nearest
from widgets.canvas.view import GraphView

Stop = tuple[str | None, int | None]
"""A node or an edge."""


class Selecting(GraphView):
    """A `GraphView` in which keys select, mark and open; posts what happened."""

    @dataclass
    class Selected(Message, namespace="graph_canvas"):
        """Another node or edge, or nothing, was selected."""

        node: str | None
        edge: int | None

    @dataclass
    class Activated(Message, namespace="graph_canvas"):
        """A person opened a node or an edge."""

        node: str | None
        edge: int | None

    @dataclass
    class Marked(Message, namespace="graph_canvas"):
        """Other nodes are marked."""

        nodes: frozenset[str]

    def watch_selected(self) -> None:
        """Tell that another node is selected."""
        self.post_message(self.Selected(self.selected, self.selected_edge))

    def watch_selected_edge(self) -> None:
        """Tell that another edge is selected."""
        self.post_message(self.Selected(self.selected, self.selected_edge))

    def watch_marked(self) -> None:
        """Tell that other nodes are marked."""
        self.post_message(self.Marked(self.marked))

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
        stops: list[Stop] = [(node.id, None) for node in self.graph.nodes]
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

    def action_mark(self) -> None:
        """Mark the selected node, or no longer."""
        if self.selected is not None:
            self.marked ^= {self.selected}

    def action_mark_all(self) -> None:
        """Mark every node."""
        self.marked = frozenset(node.id for node in self.graph.nodes)

    def action_activate(self) -> None:
        """Open what is selected."""
        if self.selected is not None or self.selected_edge is not None:
            self.post_message(self.Activated(self.selected, self.selected_edge))
