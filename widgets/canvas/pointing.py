"""What the mouse does to nodes and edges: presses, drags, clicks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from textual import events
from textual.geometry import Offset
from textual.message import Message

from widgets.canvas.cues import Cues
from widgets.canvas.dragging import Band, Carry, Drag, Join, Pan, Press
from widgets.canvas.hovering import Hovering
from widgets.canvas.spans import Overlay
from widgets.canvas.view import GraphView

CREEP = 0.05
"""Time between two steps of the view while something is dragged to its border [s]."""


def _may_always(_source: str, _target: str) -> str | None:
    return None


class Pointing(Hovering):
    """A `Hovering` canvas for the mouse."""

    @dataclass
    class Joined(Message, namespace="graph_canvas"):
        """A person drew a line from a node to another."""

        source: str
        target: str

    @dataclass
    class MenuAsked(Message, namespace="graph_canvas"):
        """A person pressed the right button, which has selected what is there."""

        node: str | None
        edge: int | None
        x: int
        y: int
        """Cell of the screen."""

    @dataclass
    class AddAsked(Message, namespace="graph_canvas"):
        """A person clicked the background twice."""

    may_join: Callable[[str, str], str | None] = staticmethod(_may_always)
    """Why two nodes, source and target, cannot be joined; None if they can."""

    _drag: Drag | None = None
    _pointer = Offset(0, 0)
    """Where the mouse was last, in the viewport."""

    def on_mount(self) -> None:
        """Have a clock that scrolls."""
        self._creeping = self.set_interval(CREEP, self._creep, pause=True)

    # Pressing

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select what is pressed; what it means beyond that shows when the mouse moves or comes up."""
        node, edge = self.at(event.x, event.y)
        if self._drag is not None or event.button not in (1, 3):
            return
        if event.button == 3:
            if self.offer is None:
                self._pick(node, edge)
                self.post_message(self.MenuAsked(node, edge, event.screen_x, event.screen_y))
            return
        at = self._world(event.x, event.y)
        holder = self._holder(at)
        is_adding = event.shift or event.ctrl or event.meta
        self._pointer = event.offset
        self._drag = Press(holder or node, edge, holder is not None, is_adding, at)
        self.capture_mouse()
        if self.offer is None and not is_adding and (node, edge) != (None, None):
            if self.marked and node not in self.marked:
                self.marked = frozenset()
            self._pick(node, edge)

    def _pick(self, node: str | None, edge: int | None) -> None:
        """Select without scrolling away under the mouse."""
        with self._still():
            self.select(node, edge)

    # Moving

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with what is dragged; else show what is under the mouse."""
        before, self._pointer = self._pointer, event.offset
        if isinstance(self._drag, Press) and self._pointer != before:
            self._drag = self._begun(self._drag)
            if not isinstance(self._drag, Pan):
                self._creeping.resume()
        if isinstance(self._drag, Pan):
            step = before - self._pointer
            self.scroll_relative(step.x, step.y, animate=False)
        elif self._drag is not None:
            self._carry_on()
        else:
            self._hover(event.x, event.y)

    def _begun(self, press: Press) -> Drag:
        """What moving the mouse means after it was pressed there."""
        self._show_hovered(None)
        boxes = self._picture.layout.boxes
        if self.offer is not None or (press.node is None and not press.is_adding):
            return Pan()
        if press.node is None:
            return Band(press.at, press.at, self.marked)
        if press.is_handle:
            return Join.begun(press.node, press.at, boxes, self.may_join)
        nodes = self.marked if press.node in self.marked else frozenset([press.node])
        label = next(node.label for node in self.graph.nodes if node.id == press.node)
        words = label if len(nodes) == 1 else f"{len(nodes)} nodes"
        return Carry(press.node, nodes, words, press.at, press.at)

    def _carry_on(self) -> None:
        """Drag to where the mouse is."""
        at = self._world(*self._pointer)
        if isinstance(self._drag, Join):
            self._drag = self._drag.moved(at, self._picture.node_at(*at))
            self.set_reactive(GraphView.aimed, self._drag.target if self._drag.is_legal else None)
        elif isinstance(self._drag, Carry | Band):
            self._drag = self._drag.moved(at)
        self._refresh_changed()

    def _creep(self) -> None:
        """Scroll while the mouse is dragged to the border."""
        (x, y), size = self._pointer, self.size
        across = 2 * ((x >= size.width - 1) - (x <= 0))
        down = (y >= size.height - 1) - (y <= 0)
        before = self.scroll_offset
        if across or down:
            self.scroll_relative(across, down, animate=False, force=True, immediate=True)
        if self.scroll_offset != before:
            self._carry_on()

    # Letting go

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Do what was dragged, or what a click means."""
        drag = self._drag
        if drag is None or event.button not in (0, 1):
            return
        self._stop()
        boxes = self._picture.layout.boxes
        if isinstance(drag, Join) and drag.is_legal and drag.target is not None:
            self.post_message(self.Joined(drag.source, drag.target))
        elif isinstance(drag, Carry):
            self.place(drag.nodes, drag.after(boxes))
        elif isinstance(drag, Band):
            self.marked = drag.nodes(boxes)
        elif isinstance(drag, Press):
            self._clicked(drag)

    def _stop(self) -> None:
        """Drag no longer."""
        self._drag = None
        self._creeping.pause()
        self.release_mouse()
        if self.offer is None:
            self.set_reactive(GraphView.aimed, None)
        self._refresh_changed()

    def _clicked(self, press: Press) -> None:
        """A press that was not dragged."""
        is_background = press.node is None and press.edge is None
        if self.offer is not None:
            target = self._offered_at(press.at)
            if target is not None and target in self.offer.letters:
                self.choose(target)
            elif is_background:
                self.decline()
        elif press.is_adding:
            if press.node is not None:
                self._mark_too(press.node)
        else:
            self.marked = frozenset()
            if is_background:
                self.select(None)
            self._reveal()

    def _mark_too(self, node: str) -> None:
        """Mark a node beside what is selected or marked, or no longer."""
        if not self.marked and self.selected is not None:
            self.marked = frozenset([self.selected, node])
        else:
            self.marked ^= {node}
        self._pick(node, None)

    def on_click(self, event: events.Click) -> None:
        """Open what is clicked twice."""
        if event.chain == 2 and event.button == 1 and self.offer is None:
            if self.at(event.x, event.y) == (None, None):
                self.post_message(self.AddAsked())
            else:
                self.action_activate()

    def on_key(self, event: events.Key) -> None:
        """Let go of what is dragged, and change nothing."""
        if event.key == "escape" and self._drag is not None:
            self._stop()
            event.stop()
            event.prevent_default()

    # What is seen of it

    def _find_cues(self) -> Cues:
        """Add what is dragged."""
        cues = super()._find_cues()
        if isinstance(self._drag, Join):
            return replace(cues, offer=self._drag.offer)
        if isinstance(self._drag, Carry):
            return replace(cues, carried=self._drag.nodes)
        if isinstance(self._drag, Band):
            return replace(cues, marked=self._drag.nodes(self._picture.layout.boxes))
        return cues

    def _find_overlays(self) -> Iterator[Overlay]:
        """Add what is drawn while dragging, and why it cannot end here."""
        yield from super()._find_overlays()
        boxes, glyphs = self._picture.layout.boxes, self._picture.glyphs
        drag = self._drag
        if isinstance(drag, Join | Carry | Band):
            yield drag.overlay(boxes, glyphs)
        if isinstance(drag, Join) and drag.target is not None and drag.target in drag.reasons:
            yield self._say(drag.target, drag.reasons[drag.target])

    def _redraw(self) -> None:
        """Drag no longer what is no longer there."""
        names = {node.id for node in self.graph.nodes}
        drag = self._drag
        held = {drag.source} if isinstance(drag, Join) else drag.nodes if isinstance(drag, Carry) else set()
        if not held <= names:
            self._drag = None
            self.release_mouse()
        super()._redraw()
