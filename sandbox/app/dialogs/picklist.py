"""A list in groups, of which one entry is marked; the focus stays in the field above it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sandbox.app.dialogs.dialog import MUTED


@dataclass(frozen=True, slots=True)
class Item:
    """One entry."""

    key: str
    text: str
    icon: str = ""
    group: str = ""
    """The heading it stands under; entries of one group follow each other."""
    fixed: bool = False
    """Is read, not chosen."""
    note: str = ""
    """What is said of it behind its text."""

    def prompt(self, *, is_marked: bool = False) -> Content:
        """The entry as it is drawn; muted words would be hard to read on the ground of the marked one."""
        text = f"{self.icon} {self.text}" if self.icon else self.text
        return (
            Content.assemble(text, " ", (self.note, "" if is_marked else MUTED))
            if self.note
            else Content(text)
        )


class PickList(OptionList, can_focus=False):
    """A click marks an entry, a double click chooses it."""

    DEFAULT_CSS = """
    PickList {
        height: 1fr;
        padding: 0;
        border: none;
        background: $surface;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: none;
        }
        & > .option-list--option-disabled { color: $text-muted; }
        &.-unmarked > .option-list--option-highlighted { background: $surface; color: $foreground; }
    }
    """

    _noted: Mapping[str, Item] = MappingProxyType({})
    """Entries with a note, by their keys."""
    _bright: str | None = None
    """The entry whose note is drawn plainly."""

    def fill(self, items: Iterable[Item], mark: str | None = None, nothing: str = "") -> None:
        """Show other entries.

        Args:
            items: The entries, in order.
            mark: Key of the entry to mark; the first where there is none of it.
            nothing: What an empty list says.
        """
        items = tuple(items)
        options: list[Option] = []
        for group, members in groupby(items, lambda item: item.group):
            if group:
                gap = "\n" if options else ""
                options.append(Option(Content.assemble(gap, (group, "bold")), disabled=True))
            options += [Option(item.prompt(), id=item.key, disabled=item.fixed) for item in members]
        if not options and nothing:
            options.append(Option(Content(nothing), disabled=True))
        self._noted = {item.key: item for item in items if item.note}
        self._bright = None
        self.set_options(options)
        self.mark(mark)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Show the note of the newly marked entry as plainly as its name."""
        super().watch_highlighted(highlighted)
        marked = self.marked
        for key in {self._bright, marked} & {*self._noted}:
            self.replace_option_prompt(str(key), self._noted[str(key)].prompt(is_marked=key == marked))
        self._bright = marked

    def mark(self, key: str | None) -> None:
        """Mark the entry of a key, or else the first."""
        keys = [option.id for option in self.options]
        if key in keys and key is not None and not self.options[keys.index(key)].disabled:
            self.highlighted = keys.index(key)
        else:
            self.action_first()

    def step(self, way: int) -> None:
        """Mark the entry above (-1) or below (1)."""
        if way < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def page(self, way: int) -> None:
        """Mark the entry a page further up or down."""
        enabled = [place for place, option in enumerate(self.options) if not option.disabled]
        if enabled:
            wanted = (self.highlighted or 0) + way * max(1, self.size.height - 1)
            self.highlighted = min(enabled, key=lambda place: abs(place - wanted))

    def on_resize(self) -> None:
        """Show the marked entry, and what stands above it where there is room."""
        self.scroll_home(animate=False)
        self.scroll_to_highlight()

    @property
    def marked(self) -> str | None:
        """Key of the marked entry."""
        option = self.highlighted_option
        return None if option is None or option.disabled else option.id

    async def _on_click(self, event: events.Click) -> None:
        event.prevent_default()
        place = event.style.meta.get("option")
        if place is None or self.options[place].disabled:
            return
        self.highlighted = place
        if event.chain > 1:
            self.action_select()
