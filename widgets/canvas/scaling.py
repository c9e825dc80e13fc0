"""What part of the graph is seen, and how large: panning and zooming."""

from textual import events
from textual.geometry import Offset

from widgets.canvas.arranging import Arranging
from widgets.canvas.fitting import LEVELS
from widgets.canvas.geometry import Box
from widgets.canvas.moves import ASPECT, Direction
from widgets.canvas.plan import Level

STEP = Offset(8, 4)
"""How far a key or a turn of the wheel scrolls [cells]."""


class Scaling(Arranging):
    """An `Arranging` canvas that is panned and zoomed."""

    def action_pan(self, direction: Direction) -> None:
        """Scroll without selecting."""
        x, y = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}[direction]
        self.scroll_relative(x * STEP.x, y * STEP.y, animate=False)

    def action_zoom(self, step: int = 1) -> None:
        """Show less of each node, and after the least the most again; `step` -1 goes the other way."""
        index = LEVELS.index(self.level) + step
        self.zoom = LEVELS[index % len(LEVELS)]

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
                self._zoom_at(LEVELS[index], event.offset)
        elif not event.shift and not self.allow_vertical_scroll and self.allow_horizontal_scroll:
            event.prevent_default().stop()
            self.scroll_relative(x=step * STEP.x, animate=False)

    def _zoom_at(self, level: Level, pointer: Offset) -> None:
        """Zoom so that the node nearest to the mouse stays where it is seen."""
        at = Offset(*self._world(*pointer))
        before = self._picture.layout.boxes

        def distance(name: str) -> int:
            x, y = _centre(before[name])
            return abs(x - at.x) + ASPECT * abs(y - at.y)

        near = min(before, key=distance, default=None)
        self.zoom = level
        if near is not None:
            seen = _centre(before[near]) - at + pointer
            x, y = _centre(self._picture.layout.boxes[near]) - seen + self._origin
            self.scroll_to(x, y, animate=False, force=True, immediate=True)


def _centre(box: Box) -> Offset:
    return Offset(box.x + box.width // 2, box.port)
