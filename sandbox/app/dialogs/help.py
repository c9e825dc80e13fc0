"""The keys of where one is, in groups, searched by typing."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from sandbox.app.dialogs.dialog import MUTED, Dialog
from sandbox.app.dialogs.keytable import GAP, KeyRow, Line, columns, key_width, widest
from widgets.cells import pad

_CHROME = 8
"""Rows around the keys: margin, frame, field, foot and blanks."""
_READ = Binding.Group("read", compact=True)


class _Search(Input):
    """A field in which the key that opened the dialog closes it while nothing is typed."""

    def on_key(self, event: events.Key) -> None:
        if event.character == "?" and not self.value:
            event.stop()
            event.prevent_default()
            self.screen.dismiss(None)


class HelpDialog(Dialog[None]):
    """Shows keys; typing leaves only those that have the words."""

    DEFAULT_CSS = """
    HelpDialog {
        & > .frame { height: auto; max-width: 168; max-height: 100%; }
        & .text { margin: 1 0; padding: 0 1; }
        &.-short .text { margin: 0; }
        & .keys { width: auto; }
        & .foot { dock: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "read(-1)", "Up", group=_READ, priority=True, id="help.up", tooltip="A line up"),
        Binding("down", "read(1)", "Down", group=_READ, priority=True, id="help.down", tooltip="A line down"),
        Binding("pageup", "turn(-1)", "Page up", show=False, id="help.page-up", tooltip="A page up"),
        Binding("pagedown", "turn(1)", "Page down", show=False, id="help.page-down", tooltip="A page down"),
    ]

    def __init__(self, rows: Sequence[KeyRow], heading: str = "Keys") -> None:
        super().__init__(heading)
        self._rows = tuple(rows)
        self._is_long = False

    def body(self) -> ComposeResult:
        """A field to search by, and the keys."""
        yield _Search(placeholder="type to search", compact=True)
        with VerticalScroll(classes="text", can_focus=False):
            yield Static(classes="keys")

    def on_mount(self) -> None:
        """Type in the field."""
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Lay the keys into columns that fit."""
        self.call_after_refresh(self._lay)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Leave the keys that have the words."""
        event.stop()
        self._lay()

    @on(Input.Submitted)
    def done(self) -> None:
        """Enter closes too."""
        self.action_cancel()

    def _lay(self) -> None:
        text = self.query_one(Input).value
        rows = [row for row in self._rows if row.has(text.lower().split())]
        scroll = self.query_one(".text")
        width = self.query_one(Input).size.width - 3
        whole = drawn(self._rows, width)  # the dialog stays as high while one types
        room = max(1, self.size.height - _CHROME)
        scroll.styles.height = min(_height(whole), room)
        table = drawn(rows, width) if rows else Content.styled(f"no key has “{text}”", MUTED)
        self.query_one(".keys", Static).update(table)
        scroll.scroll_home(animate=False)
        self._is_long = _height(table) > room
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Reading keys count only where there is more than is seen."""
        if action == "read":
            return self._is_long
        return super().check_action(action, parameters)

    def action_read(self, way: int) -> None:
        """Go a line up or down."""
        self.query_one(".text").scroll_relative(y=way, animate=False)

    def action_turn(self, way: int) -> None:
        """Go a page up or down."""
        scroll = self.query_one(".text")
        scroll.scroll_relative(y=way * max(1, scroll.size.height - 1), animate=False)


def drawn(rows: Sequence[KeyRow], width: int) -> Content:
    """Keys in columns side by side."""
    laid = columns(rows, width)
    rooms = [(key_width(column), widest(column)) for column in laid]
    lines = [
        Content(" " * GAP).join([_line(line, *room) for line, room in zip(across, rooms, strict=True)])
        for across in zip_longest(*laid)
    ]
    return Content("\n").join(lines)


def _height(text: Content) -> int:
    """Rows of a text that is not wrapped."""
    return text.plain.count("\n") + 1


def _line(line: Line, keys: int, width: int) -> Content:
    """One line of a column, as wide as the column."""
    match line:
        case KeyRow():
            text = Content.assemble((pad(line.keys, keys), "$text-accent"), "  ", line.text)
        case str():
            text = Content.styled(line, "bold")
        case None:
            text = Content()
    return text.pad_right(max(0, width - text.cell_length))
