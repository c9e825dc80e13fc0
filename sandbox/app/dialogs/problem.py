"""What went wrong: each problem on a line of its own, to be read and copied."""

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from sandbox.app.dialogs.dialog import CLOSE, MUTED, Deed
from sandbox.app.dialogs.snug import SnugDialog
from sandbox.errors import DesignError, SandboxError

MOST = 60
"""Problems that are shown; all of them are copied."""
_PLACE = re.compile(r"^(?P<place>line \d+|.*?:\d+): (?P<words>.*)$")

_TALLY = re.compile(r"^\d+ problems?; nothing was run\.$")
"""What a command says last; here one sees how many there are."""


class ProblemDialog(SnugDialog[None]):
    """Tells problems.

    Each line of the text is one of them; what stands behind a blank line follows from them.
    """

    DEFAULT_CSS = """
    ProblemDialog {
        & > .frame { border: round $error 70%; max-width: 92; }
        & .problem { height: auto; }
        & .sign { width: 2; color: $text-error; }
        & .words { width: 1fr; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,ctrl+c", "copy", "Copy", show=False, id="problem.copy", tooltip="Copy all of it"),
        Binding("enter", "cancel", "Close", show=False, id="problem.close", tooltip="Close"),
    ]

    def __init__(self, heading: str, text: str) -> None:
        super().__init__(heading)
        self._text = text

    def text(self) -> ComposeResult:
        """The problems, then what follows from them."""
        problems, _, rest = self._text.strip().partition("\n\n")
        lines = [line for line in problems.splitlines() if not _TALLY.match(line)]
        for line in lines[:MOST]:
            with Horizontal(classes="problem"):
                yield Static("▲", classes="sign")
                yield Static(_words(line), classes="words")
        if len(lines) > MOST:
            yield Static(f"\n  and {len(lines) - MOST:,} more; y copies all of them", classes="muted")
        if rest:
            yield Static(Content(f"\n{rest}"), classes="muted")

    def deeds(self) -> tuple[Deed, ...]:
        """Copy it, or be done."""
        return Deed("y", "copy", "copy"), CLOSE

    def action_copy(self) -> None:
        """Copy what is marked with the mouse, else everything."""
        marked = self.get_selected_text()
        self.app.copy_to_clipboard(marked or self._text)
        self.notify("Copied." if marked else "Copied all of it.", timeout=2)


def _words(line: str) -> Content:
    """A problem, its place dimmed."""
    found = _PLACE.match(line)
    if found is None:
        return Content(line)
    return Content.assemble((f"{found['place']}  ", MUTED), found["words"])


def listed(error: SandboxError) -> str:
    """The problems of an error, one a line, without the file's name: the heading says it.

    >>> from sandbox.errors import Problem
    >>> listed(DesignError([Problem("nodes.a.x is not a setting", line=3)], "shop.toml"))
    'line 3: nodes.a.x is not a setting'
    """
    if not isinstance(error, DesignError):
        return str(error)
    return "\n".join(f"line {one.line}: {one.message}" if one.line else one.message for one in error.problems)
