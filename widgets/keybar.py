"""The keys of where one is, on one line.

Textual's Footer mounts a widget per key whenever the focus moves, 25 ms more than
this one line takes for eleven keys; and where room is short, keys are left out at the end instead of halved.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

_GAP = 2


@dataclass(frozen=True, slots=True)
class Hint:
    """What a key, or several that belong together, do."""

    keys: tuple[str, ...]
    """As Textual names them."""
    shown: tuple[str, ...]
    """As people read them."""
    text: str
    enabled: bool = True

    @property
    def width(self) -> int:
        """Cells it takes."""
        return len(" ".join(self.shown)) + 1 + len(self.text)


def fitting(hints: tuple[Hint, ...], room: int, always: str = "") -> tuple[Hint, ...]:
    """The hints that fit on *room* cells: from the first on, and the one for the key *always* in any case.

    >>> add, help_ = Hint(("a",), ("a",), "add"), Hint(("question_mark",), ("?",), "help")
    >>> [hint.text for hint in fitting((add, help_), 8, "question_mark")]
    ['help']
    """
    last = [hint for hint in hints if always in hint.keys]
    room -= sum(hint.width + _GAP for hint in last)
    found: list[Hint] = []
    for hint in (hint for hint in hints if always not in hint.keys):
        room -= hint.width + (_GAP if found else 0)
        if room < 0:
            break
        found.append(hint)
    return (*found, *last)


class KeyBar(Widget):
    """Keys and what they do, each clickable; follows the focus."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--text", "keybar--off"}
    """A key, what it does, and both while it can do nothing."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        width: 1fr;
        padding: 0 1;
        color: $footer-foreground;
        background: $footer-background;
        & > .keybar--key { color: $footer-key-foreground; text-style: bold; }
        & > .keybar--text { color: $footer-description-foreground; }
        & > .keybar--off { color: $foreground 40%; }
    }
    """

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """All keys, most needed first."""

    always: reactive[str] = reactive("question_mark")
    """The key that is never left out, as Textual names it."""

    def render(self) -> Content:
        """Draw the hints that fit."""
        parts: list[Content] = []
        for hint in self.shown:
            key, text = ("keybar--key", "keybar--text") if hint.enabled else ("keybar--off", "keybar--off")
            keys = (" ".join(hint.shown), self.get_visual_style(key))
            parts.append(Content.assemble(keys, " ", (hint.text, self.get_visual_style(text))))
        return Content(" " * _GAP).join(parts)

    @property
    def shown(self) -> tuple[Hint, ...]:
        """The hints that fit."""
        return fitting(self.hints, self.size.width, self.always)

    def key_at(self, x: int) -> str | None:
        """The key drawn *x* cells from the left of the first, as Textual names it."""
        left = 0
        for hint in self.shown:
            if left <= x < left + hint.width:
                ends = [left + len(" ".join(hint.shown[: at + 1])) for at in range(len(hint.keys))]
                return next((key for key, end in zip(hint.keys, ends, strict=True) if x < end), hint.keys[0])
            left += hint.width + _GAP
        return None

    def _on_mount(self, event: events.Mount) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _follow(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not self.app.app_focus:
            return
        active = [found for found in screen.active_bindings.values() if found.binding.show]
        hints: dict[str, Hint] = {}
        for group, members in groupby(active, lambda found: found.binding.group):
            several = list(members)
            together = [several] if group is not None else [[one] for one in several]
            for found in together:
                first = found[0]
                hint = Hint(
                    tuple(one.binding.key for one in found),
                    tuple(self.app.get_key_display(one.binding) for one in found),
                    (group.description if group is not None else first.binding.description).lower(),
                    any(one.enabled for one in found),
                )
                hints.setdefault(first.binding.action, hint)
        self.hints = tuple(hints.values())

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        spot = event.get_content_offset(self)
        key = None if spot is None else self.key_at(spot.x)
        if key is not None:
            self.app.simulate_key(key)
