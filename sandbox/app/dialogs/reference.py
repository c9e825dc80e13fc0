"""What a service is: its page, to read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Markdown

from sandbox.app.dialogs.dialog import CLOSE, Deed
from sandbox.app.dialogs.snug import SnugDialog


class ReferenceDialog(SnugDialog[None]):
    """Shows a page; the key that opened it closes it too."""

    DEFAULT_CSS = """
    ReferenceDialog {
        & > .frame { max-width: 132; }
        & Markdown { padding: 0; background: transparent; }
        & MarkdownH1 { display: none; }
        & MarkdownH2 { margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "cancel", "Close", show=False, id="reference.close", tooltip="Back to where one was"),
    ]

    def __init__(self, title: str, page: str) -> None:
        """Show a page.

        Args:
            title: Name of the service.
            page: Its page in Markdown.
        """
        super().__init__(title)
        self._page = page

    def text(self) -> ComposeResult:
        """The page, whose links open in a browser."""
        yield Markdown(self._page)

    def deeds(self) -> tuple[Deed, ...]:
        """Be done."""
        return (CLOSE,)
