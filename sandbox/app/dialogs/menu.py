"""A menu where the mouse is: what can be done there, with the key that does the same."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sandbox.app.dialogs.dialog import MUTED
from sandbox.app.present.menu import Entry


class MenuList(OptionList):
    """The entries; the one under the mouse is marked."""

    DEFAULT_CSS = """
    MenuList {
        position: absolute;
        height: auto;
        max-height: 100%;
        padding: 0;
        border: round $primary 70%;
        border-title-color: $foreground;
        background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { border: round $primary 70%; background-tint: $foreground 0%; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--separator { color: $foreground 20%; }
        & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark what is under the mouse."""
        place = event.style.meta.get("option")
        if place is not None and not self.options[place].disabled:
            self.highlighted = place


class MenuDialog(ModalScreen[str]):
    """Answers the action of an entry, or None."""

    DEFAULT_CSS = """
    MenuDialog { background: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close", show=False, id="menu.cancel", tooltip="Close"),
    ]

    def __init__(
        self, heading: str, groups: Sequence[Sequence[Entry]], keys: Mapping[str, str], at: Offset
    ) -> None:
        """Offer what can be done.

        Args:
            heading: What it is done with.
            groups: The entries.
            keys: Keys as people read them, by the action.
            at: Cell of the screen where it opens.
        """
        super().__init__()
        self._heading = heading
        self._groups = [tuple(group) for group in groups if group]
        self._keys = keys
        self._at = at

    def compose(self) -> ComposeResult:
        """The entries, their keys on the right, a line between the groups."""
        every = [entry for group in self._groups for entry in group]
        keys = max(len(self._keys.get(entry.action, "")) for entry in every)
        room = max(max(len(entry.text) for entry in every) + 2 + keys, len(self._heading) + 2)
        options: list[Option | None] = []
        for group in self._groups:
            options += [None] if options else []
            options += [Option(self._prompt(entry, room), id=entry.action) for entry in group]
        menu = MenuList(*options)
        menu.border_title = Content(self._heading)
        menu.styles.width = room + 4
        yield menu

    def _prompt(self, entry: Entry, room: int) -> Content:
        key = self._keys.get(entry.action, "")
        return Content.assemble(entry.text.ljust(room - len(key)), (key, MUTED))

    def on_mount(self) -> None:
        """Open where it was asked for, but whole."""
        self.set_focus(self.query_one(MenuList))
        self._move()

    def on_resize(self) -> None:
        """Stay on the screen."""
        self._move()

    def _move(self) -> None:
        menu = self.query_one(MenuList)
        rows = sum(len(group) for group in self._groups) + len(self._groups) - 1 + 2
        width = int(menu.styles.width.value) if menu.styles.width else 0
        room = self.app.size
        x = max(0, min(self._at.x, room.width - width))
        y = max(0, min(self._at.y, room.height - rows))
        menu.styles.offset = (x, y)

    def on_key(self, event: events.Key) -> None:
        """Take the entry whose key is pressed."""
        pressed = self.app.get_key_display(Binding(event.key, "", "")) if event.key else ""
        for action, key in self._keys.items():
            if pressed in key.split() and any(action == e.action for group in self._groups for e in group):
                event.stop()
                self.dismiss(action)
                return

    def on_click(self, event: events.Click) -> None:
        """A click beside the menu closes it."""
        if event.widget is self:
            self.dismiss(None)

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Answer the entry."""
        self.dismiss(event.option_id)

    def action_cancel(self) -> None:
        """Close."""
        self.dismiss(None)
