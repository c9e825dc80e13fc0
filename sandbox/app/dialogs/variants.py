"""The variants of a design: what each changes, and what there is to see."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from sandbox.app.dialogs.dialog import CANCEL, MUTED, Deed
from sandbox.app.dialogs.numbered import NumberedDialog
from sandbox.app.dialogs.picklist import Item, PickList
from sandbox.app.present.variants import Choice

_CHOOSE = Binding.Group("choose", compact=True)


class VariantsDialog(NumberedDialog[Choice]):
    """Choose a variant; whoever waits for it is told at once."""

    DEFAULT_CSS = """
    VariantsDialog {
        & PickList { height: auto; margin-bottom: 1; }
        &.-medium .foot, &.-short .foot { margin-top: 0; }
        & #told { min-height: 7; }
    }
    """
    FIRST = 0  # the design as drawn
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Lay over", show=False, id="variants.accept", tooltip="Lay it over"),
        Binding("up", "mark(-1)", "Up", group=_CHOOSE, id="variants.up", tooltip="Mark the one above"),
        Binding("down", "mark(1)", "Down", group=_CHOOSE, id="variants.down", tooltip="Mark the one below"),
        Binding("k", "mark(-1)", "Up", show=False, id="variants.up-too", tooltip="Mark the one above"),
        Binding("j", "mark(1)", "Down", show=False, id="variants.down-too", tooltip="Mark the one below"),
    ]

    def __init__(
        self, heading: str, offered: Sequence[Choice], now: str, chosen: Callable[[str], None]
    ) -> None:
        """Offer variants.

        Args:
            heading: Of what they are variants.
            offered: The design as drawn, and its variants.
            now: Which of them it is now.
            chosen: Is told the variant as soon as it is chosen.
        """
        super().__init__(heading, offered, lambda one: chosen(one.name))
        self._now = next((place for place, one in enumerate(offered) if one.name == now), 0)

    def text(self) -> ComposeResult:
        """The variants, each with its number, and what there is to say of the marked one."""
        yield PickList()
        yield Static(id="told")

    def deeds(self) -> tuple[Deed, ...]:
        """Lay it over, or not."""
        return Deed("enter", "lay over", "accept", main=True), CANCEL

    def on_mount(self) -> None:
        """Show the variants, the next one marked."""
        following = (self._now + 1) % len(self._offered)
        self.query_one(PickList).fill(
            (
                Item(str(place), f"{place}  {one.title}", note="· now" if place == self._now else "")
                for place, one in enumerate(self._offered)
            ),
            str(following),
        )
        self._tell()

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """Say what the marked one changes, and what there is to see."""
        marked = self.query_one(PickList).marked
        if marked is None:
            return
        one = self._offered[int(marked)]
        parts = [one.lesson] if one.lesson else []
        changed = "\n".join(one.changes)
        told = Content.assemble("\n".join(parts), "\n\n" if parts and changed else "", (changed, MUTED))
        self.query_one("#told", Static).update(told)
