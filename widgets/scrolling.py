"""A scroll view whose bars are painted with the rest.

Textual's own bars ask for a second layout when their length changes, and are painted once more after
each layout that has painted them already: two more paintings, 17 ms apart, after every change of height.
"""

from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip


class Bar(ScrollBar):
    """A scroll bar that is painted once for each change."""

    virtual_size = Reactive(Size(0, 0), repaint=False)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw it; drawn as a whole it owes no further painting."""
        if crop.size == self.size:
            self._repaint_required = False
        return super().render_lines(crop)


class Scrolled(ScrollView):
    """A scroll view with such bars, made when they are first needed as Textual does."""

    _fitted: tuple[object, ...] = ()
    """What the bars were last fitted to."""

    def _scroll_update(self, virtual_size: Size) -> None:
        """Fit the bars; not again where nothing that they depend on has changed."""
        styles = self.styles
        sizes = (virtual_size, self.container_size, styles.scrollbar_size_vertical)
        fitted = (*sizes, styles.scrollbar_size_horizontal, styles.overflow_x, styles.overflow_y)
        if (*fitted, *self.scrollbars_enabled) != self._fitted:
            super()._scroll_update(virtual_size)
            self._fitted = (*fitted, *self.scrollbars_enabled)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar at the right."""
        if self._vertical_scrollbar is None:
            thickness = self.scrollbar_size_vertical
            self._vertical_scrollbar = self._begin(Bar(True, "vertical", thickness=thickness))
        return self._vertical_scrollbar

    @property
    def horizontal_scrollbar(self) -> ScrollBar:
        """The bar at the bottom."""
        if self._horizontal_scrollbar is None:
            thickness = self.scrollbar_size_horizontal
            self._horizontal_scrollbar = self._begin(Bar(False, "horizontal", thickness=thickness))
        return self._horizontal_scrollbar

    def _begin(self, bar: Bar) -> Bar:
        bar.display = False
        self.app._start_widget(self, bar)  # noqa: SLF001  # how Textual begins its own
        return bar
