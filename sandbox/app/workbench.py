"""The main screen: the canvas, what is selected, the panels, and what each key does."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.events import Resize
from textual.widget import Widget

from sandbox.app.adding import AddingScreen
from sandbox.app.advising import AdvisingScreen
from sandbox.app.beginning import BeginningScreen
from sandbox.app.bindings import KEYS
from sandbox.app.changing import ChangingScreen
from sandbox.app.copying import CopyingScreen
from sandbox.app.document import Document
from sandbox.app.finding import FindingScreen
from sandbox.app.guiding import GuidingScreen
from sandbox.app.header import Header, Words
from sandbox.app.hinting import HintingScreen
from sandbox.app.inspector import Inspector
from sandbox.app.joining import JoiningScreen
from sandbox.app.menus import MenuScreen
from sandbox.app.messages import Picked
from sandbox.app.panels import panels
from sandbox.app.panels.host import PanelHost
from sandbox.app.playing import PlayingScreen
from sandbox.app.present import graph, header
from sandbox.app.reading import Reading
from sandbox.app.varying import VaryingScreen
from sandbox.evaluation import Evaluation
from widgets.canvas.canvas import GraphCanvas
from widgets.form import ParamForm
from widgets.keybar import KeyBar


def _commands() -> type[Provider]:
    """The palette's entries, imported when it is opened."""
    from sandbox.app.commands import Commands  # noqa: PLC0415

    return Commands


PARTS = ("canvas", "inspector", "panels")
"""What can be given all the room."""


class Workbench(
    AddingScreen,
    JoiningScreen,
    ChangingScreen,
    CopyingScreen,
    VaryingScreen,
    FindingScreen,
    MenuScreen,
    BeginningScreen,
    AdvisingScreen,
    GuidingScreen,
    HintingScreen,
    PlayingScreen,
):
    """Turn a dial, and see at once what breaks first, why, and what it costs."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual annotates it
        (0, "-narrow"),
        (110, "-normal"),
        (170, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (30, "-normal-height"),
        (48, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        *KEYS,
        *(
            Binding(panel.key, f"panel('{panel.id}')", panel.title, show=False, id=f"panel.{panel.id}",
                    tooltip=f"Show {panel.about}")
            for panel in panels()
        ),
    ]  # fmt: skip
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def __init__(self, document: Document, evaluation: Evaluation | None = None) -> None:
        super().__init__(document, evaluation)
        self.baseline = self._evaluation

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Header()
        with Horizontal(id="body"):
            yield GraphCanvas(graph.graph(self._evaluation), id="canvas")
            yield Inspector(self.document.design)
        yield PanelHost(panels()[0].id)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first numbers, and what takes longer after them."""
        self.canvas.may_join = self.hinders
        self.canvas.focus()
        self.inspector.select("", self.document.design, self.reading)
        self._accept(self._evaluation)
        self.call_after_refresh(self.inspector.show_story, self.document.design.description)
        self.call_after_refresh(self.show_guide)
        # Watched rather than told by a message: painted apart, the inspector would come 17 ms later.
        self.watch(self.canvas, "selected", self._inspect, init=False)
        self.watch(self.canvas, "selected_edge", self._inspect, init=False)

    # What is shown

    def show(self, reading: Reading) -> None:
        """Hand every part the plain values it draws; panel and flows follow when the rest is drawn."""
        self.canvas.graph = self.drawn
        self.follow_selection(reading)
        self._show_header(reading)
        self._inspect()  # what is selected may have been taken back and be there again
        self.inspector.show_settings(self.document.design)
        if self.inspector.subject:
            self.inspector.show(reading)
        # By way of the canvas: what a widget has to paint is known when its own turn has come, and asked of
        # the screen itself, which then has nothing to paint yet, the rest would be worked out before.
        self.canvas.call_after_refresh(self._show_rest)
        self.run_in_time()

    def _show_rest(self) -> None:
        """Show what the eye goes to later."""
        if not self.inspector.subject:
            self.inspector.show(self.reading)
        self._show_panel()

    def prepare(self, evaluation: Evaluation) -> None:
        """The flows too where the whole design is shown."""
        super().prepare(evaluation)
        if not self.inspector.subject and not evaluation.is_first_look:
            evaluation.flows  # noqa: B018

    def show_details(self, reading: Reading) -> None:
        """Hand over headroom and findings."""
        self._show_header(reading)
        self.inspector.show_findings(reading)
        self._show_panel()
        self.congratulate(reading)

    def begin(self, document: Document, evaluation: Evaluation) -> None:
        """Take over another document, with nothing selected."""
        self.canvas.select(None)
        self.canvas.zoom = "auto"
        self.inspector.select("", document.design, Reading(evaluation))
        super().begin(document, evaluation)
        self.inspector.show_findings(self.reading)
        self.call_after_refresh(self.inspector.show_story, document.design.description)
        self.call_after_refresh(self.show_guide)

    def _show_header(self, reading: Reading) -> None:
        told = header.headline(reading, is_unsaved=self.document.is_unsaved)
        self.query_one(Header).show(told, self.document.load)

    def _show_panel(self) -> None:
        if self.panels.display:
            self.panels.show(self.reading)

    @on(Resize)
    def show_hidden_panel(self) -> None:
        """A panel that comes in sight again has missed what happened meanwhile."""
        self.call_after_refresh(self._show_panel)

    # Selecting

    def _inspect(self) -> None:
        """Show the selected part's settings and numbers."""
        node, edge = self.canvas.selected, self.canvas.selected_edge
        subject = f"nodes.{node}" if node else f"edges.{edge}" if edge is not None else ""
        if subject != self.inspector.subject:
            self.inspector.select(subject, self.document.design, self.reading)
            self.inspector.show_findings(self.reading)
            if self.is_timed or self.advice is not None:
                self.call_after_refresh(self._show_panel)

    @on(GraphCanvas.Activated)
    def open_selected(self) -> None:
        """Go to the settings of what was opened."""
        self.action_edit()

    @on(Picked)
    def select_node(self, event: Picked) -> None:
        """Select a node that a panel speaks of."""
        if event.node in self.document.design.nodes:
            self.canvas.select(event.node)

    @on(Words.Clicked, "#title")
    def select_design(self) -> None:
        """Show the whole design."""
        self.canvas.select(None)
        self.action_edit()

    @on(Words.Clicked, "#outlook")
    async def show_headroom(self) -> None:
        """Show what the words at the top right are about."""
        await self.action_panel(panels()[0].id)

    # Going about

    def action_edit(self) -> None:
        """Go to the settings of what is selected."""
        self.add_class("-open")
        self.inspector.query_one(ParamForm).focus()

    def action_back(self) -> None:
        """Back to the canvas; from there to the whole design."""
        if any(self.has_class(f"-max-{part}") for part in PARTS):
            self._maximize(None)
        elif self.has_class("-open") and (self.has_class("-narrow") or not self.canvas.has_focus):
            self.remove_class("-open")
            self.canvas.focus()
        elif not self.canvas.has_focus:
            self.canvas.focus()
        elif not self.leave_moment():
            self.canvas.select(None)

    async def action_panel(self, name: str) -> None:
        """Show a panel; the one in sight goes to the focus, and where there is little room away again."""
        if self.goes_into(name):
            return
        is_in_sight = self.panels.display and self.panels.active == name and self.has_class("-paneled")
        if is_in_sight and self.has_class("-short"):
            self.remove_class("-paneled")
            if self.panels.has_focus_within:
                self.canvas.focus()  # keys would go on to what is out of sight
            return
        await self.bring_panel(name)

    async def bring_panel(self, name: str) -> None:
        """Bring a panel in sight."""
        self.add_class("-paneled")
        await self.panels.activate(name)
        self._show_panel()
        self.run_in_time()

    def action_zoom(self) -> None:
        """Show less of each node, or the most again."""
        self.canvas.action_zoom()

    def action_maximize(self) -> None:
        """Give all the room to the part with the focus, or back to all."""
        if any(self.has_class(f"-max-{part}") for part in PARTS):
            self._maximize(None)
            return
        holder: Widget | None = self.focused
        while holder is not None and holder.id not in PARTS:
            holder = holder.parent if isinstance(holder.parent, Widget) else None
        self._maximize(holder.id if holder is not None else PARTS[0])

    def _maximize(self, part: str | None) -> None:
        for each in PARTS:
            self.set_class(each == part, f"-max-{each}")
        self.call_after_refresh(self._show_panel)

    def action_help(self) -> None:
        """Show the keys of where one is."""
        from sandbox.app.dialogs.help import HelpDialog  # noqa: PLC0415  # only when asked for
        from sandbox.app.keys.rows import rows  # noqa: PLC0415

        self.app.push_screen(HelpDialog(rows(self)))
