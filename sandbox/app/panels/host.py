"""The strip of panels and the one in sight; a view is made when it is first looked at."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from sandbox.app.panels import panels
from sandbox.app.panels.panel import Badge, Panel, PanelView
from sandbox.app.reading import Reading
from widgets.cells import cell_len

_GAP = 2


class Strip(Widget):
    """The panels' keys and titles on one line, each clickable."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "strip--key", "strip--title", "strip--active", "strip--bad", "strip--warn",
    }  # fmt: skip
    DEFAULT_CSS = """
    Strip {
        height: 1;
        padding: 0 1;
        background: $surface;
        & > .strip--key { color: $text-accent; text-style: bold; }
        & > .strip--title { color: $foreground 70%; }
        & > .strip--active { text-style: bold underline; }
        & > .strip--bad { color: $text-error; text-style: bold; }
        & > .strip--warn { color: $text-warning; }
    }
    """

    active: reactive[str] = reactive("")
    """Id of the panel in sight."""

    badges: reactive[Mapping[str, tuple[Badge, ...]]] = reactive({})
    """What stands beside the titles, by the panels' ids; left out where there is no room for all."""

    def render(self) -> Content:
        """Draw every title, the active one underlined."""
        return Content(" " * _GAP).join(self._title(panel) for panel in panels())

    def _title(self, panel: Panel) -> Content:
        style = self.get_visual_style
        signs = [(f" {text}", style(f"strip--{tone or 'title'}")) for text, tone in self._badges_of(panel)]
        title = (panel.title, style("strip--active" if panel.id == self.active else "strip--title"))
        return Content.assemble((panel.key, style("strip--key")), " ", title, *signs)

    def _badges_of(self, panel: Panel) -> tuple[Badge, ...]:
        """The signs beside a title, where there is room for those of all titles."""
        plain = sum(len(each.key) + 1 + len(each.title) + _GAP for each in panels()) - _GAP
        signs = sum(cell_len(text) + 1 for several in self.badges.values() for text, _ in several)
        return self.badges.get(panel.id, ()) if plain + signs <= self.size.width else ()

    def _width(self, panel: Panel) -> int:
        """Cells that a title takes."""
        signs = sum(cell_len(text) + 1 for text, _ in self._badges_of(panel))
        return len(panel.key) + 1 + len(panel.title) + signs

    def panel_at(self, x: int) -> Panel | None:
        """The panel whose title is drawn *x* cells from the left of the first."""
        left = 0
        for panel in panels():
            width = self._width(panel)
            if left <= x < left + width:
                return panel
            left += width + _GAP
        return None

    def left_of(self, name: str) -> int:
        """Cells from the left of the first title to the one of a panel."""
        left = 0
        for panel in panels():
            if panel.id == name:
                break
            left += self._width(panel) + _GAP
        return left

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        spot = event.get_content_offset(self)
        panel = None if spot is None else self.panel_at(spot.x)
        if panel is not None:
            await self.run_action(f"screen.panel('{panel.id}')")


class PanelHost(Vertical):
    """Shows one panel at a time, and tells only that one of new readings."""

    DEFAULT_CSS = """
    PanelHost {
        height: 12;
        background: $background;
        & > ContentSwitcher { height: 1fr; }
    }
    """

    def __init__(self, first: str) -> None:
        super().__init__(id="panels")
        self.active = first
        self._reading: Reading | None = None

    def compose(self) -> ComposeResult:
        """Lay out the strip and the first panel."""
        yield Strip()
        with ContentSwitcher(initial=f"panel-{self.active}"):
            yield self._view(self.active)

    def on_mount(self) -> None:
        """Underline the first panel."""
        self.query_one(Strip).active = self.active

    def show(self, reading: Reading) -> None:
        """Let the panel in sight draw a reading."""
        self._reading = reading
        self.query_one(Strip).badges = {panel.id: panel.badges(reading) for panel in panels()}
        for view in self.query(f"#panel-{self.active}").results(PanelView):
            if view.is_mounted:  # one that is only being made is shown the reading at its end
                view.show(reading)

    async def activate(self, name: str) -> None:
        """Bring another panel in sight."""
        self.active = name
        self.query_one(Strip).active = name
        switcher = self.query_one(ContentSwitcher)
        if not switcher.query(f"#panel-{name}"):
            await switcher.add_content(self._view(name))
        switcher.current = f"panel-{name}"
        if self._reading is not None:
            self.show(self._reading)

    @property
    def question(self) -> str | None:
        """Path of the number under the cursor, while the focus is here."""
        if not self.has_focus_within:
            return None
        return self.query_one(f"#panel-{self.active}", PanelView).question

    def focus_view(self) -> None:
        """Put the focus on what can be moved in in the panel in sight."""
        for widget in self.query(f"#panel-{self.active} *").results():
            if widget.focusable:
                widget.focus()
                return

    def _view(self, name: str) -> Widget:
        panel = next(panel for panel in panels() if panel.id == name)
        return panel.view(id=f"panel-{panel.id}")
