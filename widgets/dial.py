"""The dial that turns the whole workload up and down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from widgets import keys
from widgets.bars import spark_text
from widgets.glyphs import Glyphs, alphabet

LEAST, MOST = 0.01, 1_000.0
"""How far the dial turns [times the workload as drawn]."""

_STEP, _BIG_STEP = 1.25, 2.0


def turned(factor: float, direction: int, *, big: bool = False) -> float:
    """The factor one notch on; back at 1 exactly when it comes by.

    Args:
        factor: The present factor.
        direction: 1 for up, -1 for down.
        big: Whether to double or halve instead of a quarter more or a fifth less.

    >>> turned(1.0, 1), turned(1.25, -1), turned(1.0, -1, big=True)
    (1.25, 1.0, 0.5)
    """
    factor *= (_BIG_STEP if big else _STEP) ** direction
    if abs(factor - 1) < 1e-9:
        return 1.0
    return min(max(factor, LEAST), MOST)


def factor_text(factor: float) -> str:
    """A factor with three digits that matter.

    >>> factor_text(1), factor_text(0.512), factor_text(0.0123), factor_text(15.26), factor_text(1000)
    ('×1.00', '×0.512', '×0.0123', '×15.3', '×1,000')
    """
    if factor < 1:
        return f"×{factor:.3g}"
    return f"×{factor:,.{2 if factor < 9.995 else 1 if factor < 99.95 else 0}f}"


class Dial(Widget, can_focus=True):
    """`load ‹ ×1.00 › 200/s ▁▂▃`: turned by keys, the wheel or its signs, set back by a click on the factor.

    It turns itself at once and posts `Turned`.
    """

    ALLOW_SELECT = False
    FOCUS_ON_CLICK = False
    BINDINGS: ClassVar[list[BindingType]] = [*keys.DIAL]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "dial--label",
        "dial--arrow",
        "dial--factor",
        "dial--turned",
        "dial--spark",
    }
    """The words, the signs that turn it, the factor, the factor when it is not 1, and the curve."""

    DEFAULT_CSS = """
    Dial {
        height: 1;
        width: auto;
        & > .dial--label { color: $foreground 72%; }
        & > .dial--arrow { color: $text-accent; text-style: bold; }
        & > .dial--factor { text-style: bold; }
        & > .dial--turned { color: $text-accent; text-style: bold; }
        &:focus > .dial--factor, &:focus > .dial--turned { text-style: bold reverse; }
        & > .dial--spark { color: $primary; }
    }
    """

    factor: reactive[float] = reactive(1.0)
    """How many times the workload as drawn."""

    rate: reactive[str] = reactive("")
    """What comes in at that factor, with its unit."""

    curve: reactive[Sequence[float]] = reactive(())
    """The workload's profile over time, any unit."""

    glyphs: reactive[Glyphs] = reactive(alphabet)
    """The table of signs."""

    _rate_room = 9
    """Cells kept for the rate, so that turning the dial moves nothing."""

    @dataclass
    class Turned(Message):
        """The person turned the dial."""

        dial: "Dial"
        factor: float

        @property
        def control(self) -> "Dial":
            """The dial turned."""
            return self.dial

    def turn(self, direction: int, *, big: bool = False) -> None:
        """Turn by a notch, as the person would."""
        self.turn_to(turned(self.factor, direction, big=big))

    def turn_to(self, factor: float) -> None:
        """Turn to a factor, as the person would."""
        if factor != self.factor:
            self.factor = factor
            self.post_message(self.Turned(self, factor))

    def action_nudge(self, direction: int, big: bool = False) -> None:
        """Turn by a notch."""
        self.turn(direction, big=big)

    def action_restore(self) -> None:
        """Back to the workload as drawn."""
        self.turn_to(1.0)

    def watch_rate(self, old: str, new: str) -> None:
        """Lay out again only when the rate needs more room than ever, or comes or goes."""
        if len(new) > self._rate_room or bool(old) != bool(new):
            self._rate_room = max(self._rate_room, len(new))
            self.refresh(layout=True)

    def watch_curve(self, old: Sequence[float], new: Sequence[float]) -> None:
        """Lay out again only when the curve gets longer or shorter."""
        if len(old) != len(new):
            self.refresh(layout=True)

    def render(self) -> Content:
        """Draw words, signs, factor, rate and curve."""
        style = self.get_visual_style
        parts = self._parts()
        names = ("label", "arrow", "factor" if self.factor == 1 else "turned", "arrow", "factor", "spark")
        return Content.assemble(
            *((text, style(f"dial--{name}")) for text, name in zip(parts, names, strict=True))
        )

    def _parts(self) -> tuple[str, ...]:
        """The texts from left to right: label, less, factor, more, rate, curve."""
        rate = f"  {self.rate.ljust(self._rate_room)}" if self.rate else ""
        curve = f" {spark_text(self.curve, self.glyphs)}" if self.curve else ""
        return (
            "load ",
            f"{self.glyphs.less} ",
            factor_text(self.factor).center(7),
            f" {self.glyphs.more}",
            rate,
            curve,
        )

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        spot = event.get_content_offset(self)
        if spot is None:
            return
        label, less, factor, more, *_ = (len(part) for part in self._parts())
        big = event.shift or event.ctrl or event.meta
        if spot.x < label + less:
            self.turn(-1, big=big)
        elif spot.x < label + less + factor:
            self.turn_to(1.0)
        elif spot.x < label + less + factor + more + 1:
            self.turn(1, big=big)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.turn(1, big=event.shift)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.turn(-1, big=event.shift)
