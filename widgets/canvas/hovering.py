"""What is under the mouse, and how it shows."""

from collections.abc import Iterator

from widgets.canvas.geometry import Point
from widgets.canvas.offer import Target
from widgets.canvas.scaling import Scaling
from widgets.canvas.spans import Overlay
from widgets.canvas.tracing import handle


class Hovering(Scaling):
    """A `Scaling` canvas that shows where a line can be begun, or what of an offer a click would choose."""

    _hovered: str | None = None
    """The node under the mouse, or at whose right edge it is."""

    def _holder(self, at: Point) -> str | None:
        """The node at whose right edge a cell is."""
        for name, box in self._picture.layout.boxes.items():
            if box.right - 1 <= at.x <= box.right and box.y <= at.y < box.y + box.height:
                return name
        return None

    def _hover(self, x: int, y: int) -> None:
        """Show at which node one may begin a line, or in an offer what a click would choose."""
        at = self._world(x, y)
        if self.offer is None:
            self._show_hovered(self._picture.node_at(*at) or self._holder(at))
            return
        target = self._offered_at(at)
        if target is not None and target != self.aimed:
            with self._still():
                self.aimed = target

    def _offered_at(self, at: Point) -> Target | None:
        """What the offer says something about in a cell of the world."""
        if self.offer is None:
            return None
        node = self._picture.node_at(*at)
        if node is not None:
            return node if node in self.offer.letters or node in self.offer.reasons else None
        return next((edge for edge in self._picture.edges_at(*at) if edge in self.offer.letters), None)

    def on_leave(self) -> None:
        """Show nothing under the mouse."""
        self._show_hovered(None)

    def _show_hovered(self, node: str | None) -> None:
        if node != self._hovered:
            self._hovered = node
            self._refresh_changed()

    def _find_overlays(self) -> Iterator[Overlay]:
        """Add the handle."""
        yield from super()._find_overlays()
        boxes = self._picture.layout.boxes
        if self.offer is None and self._hovered in boxes:
            yield handle(boxes[self._hovered], self._picture.glyphs)
