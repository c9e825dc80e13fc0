"""The keys of where one is, on one line.

Textual's Footer mounts a widget per key whenever the focus moves, 25 ms more than
this one line takes for eleven keys; and where room is short, keys are left out at the end instead of halved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from widgets.cells import cell_len

_GAP = 2


@dataclass(frozen=True, slots=True)
class Hint:
    """What a key, or several that belong together, do."""

    keys: tuple[str, ...]
    """As Textual names them; none for words alone."""
    shown: tuple[str, ...]
    """As people read them."""
    text: str
    enabled: bool = True
    name: str = ""
    """Id of the (first) binding."""

    @property
    def width(self) -> int:
        """Cells it takes."""
        return cell_len(" ".join(self.shown)) + 1 + cell_len(self.text)


def fitting(hints: tuple[Hint, ...], room: int, always: Sequence[str] = ()) -> tuple[Hint, ...]:
    """The hints that fit on *room* cells: from the first on, and those *always* wanted at the end.

    Args:
        hints: Most useful first.
        room: Cells there are.
        always: Ids of bindings, the most wanted first: that one stays in any case, the others as
            long as all of them leave half of the room.

    >>> add, help_ = Hint(("a",), ("a",), "add"), Hint(("question_mark",), ("?",), "help", name="help")
    >>> [hint.text for hint in fitting((add, help_), 8, ["help"])]
    ['help']
    """
    known = {hint.name: hint for hint in hints}
    last: list[Hint] = []
    taken = 0
    for hint in (known[name] for name in always if name in known):
        taken += hint.width + _GAP
        if last and taken > room / 2:
            break
        last.insert(0, hint)
    room -= sum(hint.width + _GAP for hint in last)
    found: list[Hint] = []
    for hint in (hint for hint in hints if hint not in last):
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

    order: reactive[tuple[str, ...]] = reactive((), repaint=False)
    """Ids of the bindings that matter now, most useful first; where left out, those that are to be shown."""

    always: reactive[tuple[str, ...]] = reactive((), repaint=False)
    """Ids of the bindings that are kept at the end, the most wanted first."""

    words: reactive[tuple[Hint, ...]] = reactive((), repaint=False)
    """What stands there instead of keys that are bound, as while letters choose."""

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
                ends = [left + cell_len(" ".join(hint.shown[: at + 1])) for at in range(len(hint.keys))]
                keys = zip(hint.keys, ends, strict=True)
                return next((key for key, end in keys if x < end), next(iter(hint.keys), None))
            left += hint.width + _GAP
        return None

    def _on_mount(self, event: events.Mount) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def watch_order(self) -> None:
        """Show the keys of the new situation."""
        if self.is_attached:
            self._follow(self.screen)

    def watch_always(self) -> None:
        """Keep other keys at the end."""
        self.watch_order()

    def watch_words(self) -> None:
        """Show the words, or the keys again."""
        self.watch_order()

    def _follow(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not self.app.app_focus:
            return
        self.hints = self.words or (self._in_order() if self.order else self._shown())

    def _shown(self) -> tuple[Hint, ...]:
        """The keys that are to be shown, in the order in which they are bound."""
        active = [found for found in self.screen.active_bindings.values() if found.binding.show]
        hints: dict[str, Hint] = {}
        for group, members in groupby(active, lambda found: found.binding.group):
            several = list(members)
            for found in [several] if group is not None else [[one] for one in several]:
                hints.setdefault(found[0].binding.action, self._hint(found))
        return tuple(hints.values())

    def _in_order(self) -> tuple[Hint, ...]:
        """The keys that matter now, those that can do something; a group stands where its first does."""
        first: dict[str, ActiveBinding] = {}
        for found in self.screen.active_bindings.values():
            if found.binding.id and found.enabled:
                first.setdefault(found.binding.id, found)
        hints: dict[object, list[ActiveBinding]] = {}
        for name in dict.fromkeys((*self.order, *self.always)):
            if name in first:
                hints.setdefault(first[name].binding.group or name, []).append(first[name])
        return tuple(self._hint(found) for found in hints.values())

    def _hint(self, found: list[ActiveBinding]) -> Hint:
        first = found[0].binding
        return Hint(
            tuple(one.binding.key for one in found),
            tuple(self.app.get_key_display(one.binding) for one in found),
            (first.group.description if first.group is not None else first.description).lower(),
            any(one.enabled for one in found),
            first.id or "",
        )

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        spot = event.get_content_offset(self)
        key = None if spot is None else self.key_at(spot.x)
        if key is not None:
            self.app.simulate_key(key)
