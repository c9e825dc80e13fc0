"""Selecting and marking with the keys."""

from dataclasses import dataclass

from textual.message import Message

from widgets.canvas.moves import OPPOSITE, Direction, edges_of, end_of, nearest, neighbours
from widgets.canvas.view import GraphView

Stop = tuple[str | None, int | None]
"""A node or an edge."""


class Selecting(GraphView):
    """A `GraphView` in which keys select, mark and open; posts what happened."""

    _came: tuple[str, Direction, str] | None = None
    """The last step from a node in a direction to another: going back undoes it."""

    _around: str | None = None
    """The node whose edges are gone through."""

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

    def select(self, node: str | None, edge: int | None = None) -> None:
        """Select a node or an edge, or with neither nothing."""
        if node is not None or edge is None:
            self.selected = node
        if node is None:
            self.selected_edge = edge

    def action_move(self, direction: Direction) -> None:
        """Select the nearest node in a direction; from an edge the end that lies there."""
        if self.selected is not None:
            self.selected = self._beside(self.selected, direction) or self.selected
            return
        for edge in self.graph.edges:
            if edge.id == self.selected_edge:
                self.selected = end_of(edge, self._picture.layout.boxes, direction)
                return
        self.action_first()

    def _beside(self, start: str, direction: Direction) -> str | None:
        """The node that way, which is where one has just come from if one goes back."""
        boxes = self._picture.layout.boxes
        if self._came and self._came[1:] == (OPPOSITE[direction], start) and self._came[0] in boxes:
            found: str | None = self._came[0]
        else:
            found = nearest(boxes, start, direction, neighbours(self.graph.edges, start))
        self._came = (start, direction, found) if found else None
        return found

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

    def action_edge(self, step: int) -> None:
        """Select the next edge of the selected node, then its next; of an edge, those of its source."""
        ends = {edge.id: (edge.source, edge.target) for edge in self.graph.edges}
        if self.selected is not None:
            self._around = self.selected
        elif self.selected_edge is None:
            return
        elif self._around not in ends[self.selected_edge]:
            self._around = ends[self.selected_edge][0]
        assert self._around is not None
        edges = edges_of(self.graph.edges, self._picture.layout.boxes, self._around)
        if self.selected_edge in edges:
            self.selected_edge = edges[(edges.index(self.selected_edge) + step) % len(edges)]
        elif edges:
            self.selected_edge = edges[0 if step > 0 else -1]

    def action_mark(self) -> None:
        """Mark the selected node, or no longer."""
        if self.selected is not None:
            self.marked ^= {self.selected}

    def action_mark_all(self) -> None:
        """Mark every node."""
        self.marked = frozenset(node.id for node in self.graph.nodes)

    def action_unmark(self) -> None:
        """Mark nothing."""
        self.marked = frozenset()

    def action_activate(self) -> None:
        """Open what is selected."""
        if self.selected is not None or self.selected_edge is not None:
            self.post_message(self.Activated(self.selected, self.selected_edge))
