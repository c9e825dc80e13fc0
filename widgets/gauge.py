"""A limit's use on one line: what it is, how full, and how near."""

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from widgets.bars import bar_text
from widgets.cells import cell_len, pad
from widgets.glyphs import Glyphs, alphabet

__all__ = ["Gauge", "bar_text"]

_PERCENT = 8
_LEAST_BAR = 6


class Gauge(Widget):
    """One line: a label, a bar and a percentage, with a mark where it is nearly or quite used up."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"gauge--bar", "gauge--near", "gauge--over", "gauge--track"}
    """The used part, the used part once it is near 1 and once it reaches it, and the part left."""

    DEFAULT_CSS = """
    Gauge {
        height: 1;
        width: 1fr;
        & > .gauge--bar { color: $success; }
        & > .gauge--near { color: $warning; }
        & > .gauge--over { color: $error; }
        & > .gauge--track { color: $foreground 20%; }
    }
    """

    value: reactive[float] = reactive(0.0)
    """The used share; 1 is all of it."""

    label: reactive[str] = reactive("")
    """Text on the left of the bar."""

    label_width: reactive[int] = reactive(0)
    """Cells kept for the label, so that bars under each other begin together; 0 for its own length."""

    near: reactive[float] = reactive(0.8)
    """The share from which on it is called near."""

    glyphs: reactive[Glyphs] = reactive(alphabet)
    """The table of signs."""

    def __init__(
        self,
        value: float = 0.0,
        label: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Gauge.value, value)
        self.set_reactive(Gauge.label, label)

    def render(self) -> Content:
        """Draw the bar as wide as the used share; the label gives way before the bar does."""
        over, near = self.value >= 1, self.value >= self.near
        style = self.get_visual_style("gauge--over" if over else "gauge--near" if near else "gauge--bar")
        mark = self.glyphs.mark("bad" if over else "warn" if near else "")
        most = max(0, self.size.width - _PERCENT - _LEAST_BAR - 1)
        wanted = self.label_width or cell_len(self.label)
        label = pad(self.label, min(wanted, most), glyphs=self.glyphs)
        room = max(0, self.size.width - min(wanted, most) - 1 - _PERCENT)
        bar = bar_text(self.value, room, self.glyphs)
        track = self.glyphs.track * (room - len(bar))
        percent = f" {self.value:.0%}".rjust(_PERCENT - 2)
        return Content.assemble(
            f"{label} ",
            (bar, style),
            (track, self.get_visual_style("gauge--track")),
            percent,
            (f" {mark}", style),
        )
