"""What the mouse does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual import events
from textual.geometry import Offset
from textual.message import Message

from widgets.canvas.choosing import Choosing
from widgets.canvas.fitting import LEVELS

STEP = Offset(8, 4)
"""How far a key or a turn of the wheel scrolls [cells]."""


def _any(_source: str, _target: str) -> str | None:
    return None


class Pointing(Choosing):
    """A `Choosing` canvas for the mouse."""

    @dataclass
    class Joined(Message, namespace="graph_canvas"):
        """A person drew a line from a node to another."""

        source: str
        target: str

    @dataclass
    class Placed(Message, namespace="graph_canvas"):
        """A person moved nodes."""

        positions: Mapping[str, tuple[int, int]]
        """Column and order in the column, as a node's `hint`."""

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

    may_join: Callable[[str, str], str | None] = staticmethod(_any)
    """Why two nodes, source and target, cannot be joined; None if they can."""

    _drag: Offset | None = None
    _has_moved = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select what is pressed; on the background begin to drag the view."""
        node, edge = self.at(event.x, event.y)
        if event.button == 3 and self.offer is None:
            self.select(node, edge)
            self.post_message(self.MenuAsked(node, edge, event.screen_x, event.screen_y))
        if event.button != 1:
            return
        target = node if node is not None else edge
        if self.offer is not None and target is not None:
            if target in self.offer.letters:
                self.choose(target)
        elif target is None:
            self._drag = event.screen_offset
            self.capture_mouse()
        elif node is not None and (event.shift or event.ctrl):
            self.marked ^= {node}
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
                if self.offer is None:
                    self.select(None)
                self.decline()
        self._drag = None
        self._has_moved = False

    def on_click(self, event: events.Click) -> None:
        """Open what is clicked twice."""
        if event.chain == 2 and event.button == 1 and self.offer is None:
            if self.at(event.x, event.y) == (None, None):
                self.post_message(self.AddAsked())
            else:
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
            index = LEVELS.index(self.level) + step
            if 0 <= index < len(LEVELS):
                self.zoom = LEVELS[index]
        elif not event.shift and not self.allow_vertical_scroll and self.allow_horizontal_scroll:
            event.prevent_default().stop()
            self.scroll_relative(x=step * STEP.x, animate=False)
