"""Why a number is what it is: its formula, what brought it about, and what would change it."""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Link, Static

from sandbox.app.dialogs.dialog import CLOSE, MUTED, Deed, DeedButton
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.dialogs.snug import SnugDialog
from sandbox.errors import SandboxError
from sandbox.why import Reason, askable

_ADDRESS = re.compile(r"https?://\S+")
_CHOOSE = Binding.Group("choose", compact=True)


class WhyDialog(SnugDialog[Mapping[str, object]]):
    """Explains a number; answers the values of the change that clears it, if that is wanted.

    A step that leads to another number is explained in turn, and Backspace leads back.
    """

    DEFAULT_CSS = """
    WhyDialog {
        & > .frame { max-width: 88; }
        & .part { height: auto; margin-top: 1; }
        & PickList { height: auto; & > .option-list--option { padding: 0; } }
        & Link { width: 1fr; margin-top: 1; color: $foreground 72%; text-style: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "apply", "Apply", show=False, id="why.apply", tooltip="Make the change"),
        Binding(
            "enter",
            "explain",
            "Why that",
            key_display="enter",
            id="why.explain",
            tooltip="Explain the marked step",
        ),
        Binding(
            "backspace", "back", "Back", key_display="⌫", id="why.back", tooltip="Back to the number before"
        ),
        Binding("o", "source", "Source", id="why.source", tooltip="Open the source in a browser"),
        Binding("up", "mark(-1)", "Up", group=_CHOOSE, id="why.up", tooltip="Mark the step above"),
        Binding("down", "mark(1)", "Down", group=_CHOOSE, id="why.down", tooltip="Mark the step below"),
    ]

    def __init__(self, reason: Reason, explain: Callable[[str], Reason] | None = None) -> None:
        """Explain a reason.

        Args:
            reason: Of the number that was asked about.
            explain: Finds the reason of another number by its path; may raise a SandboxError.
        """
        super().__init__(reason.title)
        self._reasons = [reason]
        self._explain = explain

    def text(self) -> ComposeResult:
        """The number, what brought it about, what clears it, and the source."""
        yield Static(id="value", markup=False)
        yield Static(Content.styled("because", MUTED), id="because", classes="part")
        yield PickList()
        yield Static(id="change", classes="part")
        link = Link("", id="source")
        link.can_focus = False  # Enter is for the steps
        yield link

    def deeds(self) -> tuple[Deed, ...]:
        """Make the change, or be done."""
        return Deed("f", "apply it", "apply", main=True), CLOSE

    def on_mount(self) -> None:
        """Show the first reason."""
        self._show()

    @property
    def reason(self) -> Reason:
        """What is being explained."""
        return self._reasons[-1]

    def _show(self) -> None:
        reason = self.reason
        self.query_one(".frame").border_title = Content(reason.title)
        formula = f"\n{reason.formula}" if reason.formula else ""
        self.query_one("#value", Static).update(Content.assemble((reason.value, "bold"), (formula, MUTED)))
        self.query_one("#because").display = bool(reason.because)
        self.query_one(PickList).fill(self._items())
        change = Content.assemble(("what would help\n", MUTED), reason.change_text)
        self.query_one("#change", Static).update(change)
        self.query_one("#change").display = bool(reason.change_text)
        self.query_one(DeedButton).display = bool(reason.change)
        source = self.query_one(Link)
        source.display = bool(reason.source)
        address = _ADDRESS.search(reason.source)
        source.text, source.url = reason.source, address[0] if address else ""
        self._scroll.scroll_home(animate=False)
        self.refresh_bindings()

    def _items(self) -> list[Item]:
        leads = [self._leads(step.path) for step in self.reason.because]
        return [
            Item(str(place), f"{step.text} ›" if lead else step.text, fixed=not lead)
            for place, (step, lead) in enumerate(zip(self.reason.because, leads, strict=True))
        ]

    def _leads(self, path: str | None) -> bool:
        return path is not None and self._explain is not None and askable(path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys count only where they do something."""
        if not self.is_mounted:
            return True
        if action in ("explain", "mark"):
            return self.query_one(PickList).marked is not None
        if action == "back":
            return len(self._reasons) > 1
        if action == "apply":
            return bool(self.reason.change)
        if action == "source":
            return bool(self.query_one(Link).url)
        return super().check_action(action, parameters)

    def action_apply(self) -> None:
        """Answer the change."""
        self.dismiss(self.reason.change)

    def action_source(self) -> None:
        """Open the source in a browser."""
        self.query_one(Link).action_open_link()

    def action_mark(self, way: int) -> None:
        """Mark the step above or below."""
        picks = self.query_one(PickList)
        picks.step(way)
        row = picks.virtual_region.y + (picks.highlighted or 0)
        self._scroll.scroll_to_region(Region(0, row, 1, 1), animate=False)

    @on(PickList.OptionSelected)
    def action_explain(self) -> None:
        """Explain the marked step."""
        marked = self.query_one(PickList).marked
        path = self.reason.because[int(marked)].path if marked is not None else None
        if path is not None and self._explain is not None:
            self.go_on(self._explain, path)

    @work(exclusive=True)
    async def go_on(self, explain: Callable[[str], Reason], path: str) -> None:
        """Find the next reason away from the keys: the change in it may take a search."""
        try:
            reason = await asyncio.to_thread(explain, path)
        except SandboxError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self._reasons.append(reason)
        self._show()

    def action_back(self) -> None:
        """Go back to the number before."""
        self._reasons.pop()
        self._show()
