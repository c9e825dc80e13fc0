"""A dialog that is as high as what it says; what is longer than the screen scrolls."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from sandbox.app.dialogs.dialog import Dialog, Result

_CHROME = 6
"""Rows of the margin, the frame, the foot and the blank above it."""
_READ = Binding.Group("read", compact=True)


class SnugDialog(Dialog[Result]):
    """Says something, and is no larger than that."""

    DEFAULT_CSS = """
    SnugDialog {
        & > .frame { height: auto; max-width: 76; max-height: 100%; padding: 0 2; }
        &.-narrow > .frame { padding: 0 1; }
        & .text { height: auto; }
        & .foot { dock: none; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "read(-1)", "Up", group=_READ, id="dialog.read-up", tooltip="A line up"),
        Binding("down", "read(1)", "Down", group=_READ, id="dialog.read-down", tooltip="A line down"),
        Binding("pageup", "turn(-1)", "Page up", show=False, id="dialog.page-up", tooltip="A page up"),
        Binding("pagedown", "turn(1)", "Page down", show=False, id="dialog.page-down", tooltip="A page down"),
        Binding("home", "turn(-1000000)", "Start", show=False, id="dialog.start", tooltip="To the start"),
        Binding("end", "turn(1000000)", "End", show=False, id="dialog.end", tooltip="To the end"),
    ]

    def body(self) -> ComposeResult:
        """The text, scrolled where it is long."""
        with VerticalScroll(classes="text", can_focus=False):
            yield from self.text()

    def text(self) -> ComposeResult:
        """What is said."""
        yield from ()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the foot on the screen."""
        self._scroll.styles.max_height = max(1, event.size.height - _CHROME)
        self.call_after_refresh(self.refresh_bindings)

    @property
    def _scroll(self) -> Widget:
        return self.query_one(".text")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Reading keys count only where there is more than is seen."""
        if action == "read":
            return self.is_mounted and self._scroll.max_scroll_y > 0
        return super().check_action(action, parameters)

    def action_read(self, way: int) -> None:
        """Go a line up or down."""
        self._scroll.scroll_relative(y=way, animate=False)

    def action_turn(self, way: int) -> None:
        """Go pages up or down."""
        self._scroll.scroll_relative(y=way * max(1, self._scroll.size.height - 1), animate=False)
