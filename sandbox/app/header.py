"""The line at the top: the design's name, the load dial, what it costs and what breaks first."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from sandbox.app.present.header import Headline
from widgets.cells import cell_len, cut
from widgets.dial import Dial

_GAP = "   "
Part = tuple[str, str, str]
"""A text, the component class it wears, and what to say where there is no room for it ("" for nothing)."""


class Words(Widget):
    """Words on one line, the most important first; those that do not fit are left out."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "words--strong", "words--dim", "words--good", "words--warn", "words--bad", "words--plain",
    }  # fmt: skip
    DEFAULT_CSS = """
    Words {
        height: 1;
        & > .words--strong { text-style: bold; }
        & > .words--dim { color: $foreground 72%; }
        & > .words--good { color: $text-success; }
        & > .words--warn { color: $text-warning; text-style: bold; }
        & > .words--bad { color: $text-error; text-style: bold; }
    }
    """

    parts: reactive[tuple[Part, ...]] = reactive(())
    """What is said, from left to right."""
    order: reactive[tuple[int, ...]] = reactive(())
    """Places of the parts, the most important first; left to right where left out."""

    class Clicked(Message):
        """The words were clicked."""

        def __init__(self, words: "Words") -> None:
            super().__init__()
            self.words = words

        @property
        def control(self) -> "Words":
            """The words clicked."""
            return self.words

    def render(self) -> Content:
        """Draw what fits."""
        shown = fitting(self.parts, self.order or range(len(self.parts)), self.size.width)
        styled = ((text, self.get_visual_style(f"words--{role or 'plain'}")) for text, role in shown)
        return Content(_GAP).join(Content.assemble(one) for one in styled)

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self))


def fitting(parts: tuple[Part, ...], order: Iterable[int], room: int) -> tuple[tuple[str, str], ...]:
    """The parts that fit, in their places; the most important one is cut rather than left out.

    >>> fitting((("Order intake", "", ""), ("us-east-1", "", "")), (0, 1), 16)
    (('Order intake', ''),)
    >>> fitting((("$212/mo", "", ""), ("Orders throttles at ×1.40", "", "Orders ×1.40")), (0, 1), 24)
    (('$212/mo', ''), ('Orders ×1.40', ''))
    >>> fitting((("Order intake ●", "", "● Order intake"),), (0,), 9)
    (('● Order…', ''),)
    """
    kept: dict[int, str] = {}
    for place in order:
        long, _, short = parts[place]
        text = short or long
        gap = len(_GAP) if kept else 0
        if not kept and cell_len(text) > room:
            text = cut(text, room)
        if text and cell_len(text) + gap <= room:
            kept[place] = text
            room -= cell_len(text) + gap
    for place, text in kept.items():
        more = cell_len(parts[place][0]) - cell_len(text)
        if more <= room:
            room -= more
            kept[place] = parts[place][0]
    return tuple((kept[place], parts[place][1]) for place in sorted(kept))


class Header(Horizontal):
    """Name and region on the left, the dial in the middle, cost and the nearest limit on the right."""

    DEFAULT_CSS = """
    Header {
        height: 1;
        padding: 0 1;
        background: $panel;
        & > #title { width: 1fr; }
        & > Dial { margin: 0 1; }
        & > #outlook { width: 2fr; text-align: right; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the three parts."""
        yield Words(id="title")
        yield Dial()
        yield Words(id="outlook")

    def show(self, told: Headline, load: float) -> None:
        """Show other words; nothing moves."""
        title, outlook = self.query_one("#title", Words), self.query_one("#outlook", Words)
        title.parts = ((told.name, "strong", told.name_short), (told.region, "dim", ""))
        dial = self.query_one(Dial)
        dial.factor, dial.rate = load, told.rate
        month = f"{told.month} {told.month_change}".rstrip()
        outlook.order = (0, 2, 1)
        outlook.parts = (
            (month, "strong", told.month),
            (told.million, "", told.million_short),
            (told.nearest, told.tone, told.nearest_short),
        )
