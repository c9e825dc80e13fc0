"""The main screen: the canvas, what is selected, the panels, and what each key does."""

from asyncio import to_thread
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.events import Resize
from textual.widget import Widget

from sandbox.app.bindings import KEYS
from sandbox.app.document import Document
from sandbox.app.filing import FilingScreen
from sandbox.app.header import Header, Words
from sandbox.app.inspector import Inspector
from sandbox.app.messages import Picked
from sandbox.app.panels import panels
from sandbox.app.panels.host import PanelHost
from sandbox.app.present import asking, edits, fields, graph, header
from sandbox.app.reading import Reading
from sandbox.evaluation import Evaluation
from widgets.canvas.canvas import GraphCanvas
from widgets.dial import Dial
from widgets.facts import FactTable
from widgets.form import ParamForm
from widgets.keybar import KeyBar


def _commands() -> type[Provider]:
    """The palette's entries, imported when it is opened."""
    from sandbox.app.commands import Commands  # noqa: PLC0415

    return Commands


PARTS = ("canvas", "inspector", "panels")
"""What can be given all the room."""


class Workbench(FilingScreen):
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
        self.canvas.empty = "No nodes yet.  p opens a preset, ctrl+o a file."
        self.canvas.focus()
        self.inspector.select("", self.document.design, self.reading)
        self._accept(self._evaluation)
        self.call_after_refresh(self.inspector.show_story, self.document.design.description)

    @property
    def canvas(self) -> GraphCanvas:
        """The graph."""
        return self.query_one("#canvas", GraphCanvas)

    @property
    def inspector(self) -> Inspector:
        """What is selected."""
        return self.query_one("#inspector", Inspector)

    @property
    def panels(self) -> PanelHost:
        """The panels under the canvas."""
        return self.query_one("#panels", PanelHost)

    # What is shown

    def show(self, reading: Reading) -> None:
        """Hand every part the plain values it draws; the panel follows when the rest is drawn."""
        self.canvas.graph = graph.graph(reading.evaluation)
        self._show_header(reading)
        self.inspector.show_settings(self.document.design)
        self.inspector.show(reading)
        self.call_after_refresh(self._show_panel)

    def show_details(self, reading: Reading) -> None:
        """Hand over headroom and findings."""
        self._show_header(reading)
        self.inspector.show_findings(reading)
        self._show_panel()

    def begin(self, document: Document, evaluation: Evaluation) -> None:
        """Take over another document, with nothing selected."""
        self.canvas.select(None)
        self.canvas.zoom = "auto"
        self.inspector.select("", document.design, Reading(evaluation))
        super().begin(document, evaluation)
        self.inspector.show_findings(self.reading)
        self.call_after_refresh(self.inspector.show_story, document.design.description)

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

    @on(GraphCanvas.Selected)
    def inspect(self, event: GraphCanvas.Selected) -> None:
        """Show the selected part's settings and numbers."""
        subject = (
            f"nodes.{event.node}" if event.node else f"edges.{event.edge}" if event.edge is not None else ""
        )
        if subject != self.inspector.subject:
            self.inspector.select(subject, self.document.design, self.reading)
            self.inspector.show_findings(self.reading)

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

    # Editing

    @on(ParamForm.Changed)
    def edit(self, event: ParamForm.Changed) -> None:
        """Apply one edit and evaluate the new design."""
        design = self.document.design
        changes = fields.changes(design, event.subject, event.name, event.value)
        step = edits.named(design, event.subject, event.name, event.value)
        self.document.edit(step, design.with_values(changes))
        self.evaluate()

    @on(Dial.Turned)
    def turn(self, event: Dial.Turned) -> None:
        """Evaluate at another load."""
        self.document.load = event.factor
        self.evaluate()

    def action_turn(self, direction: int, big: bool = False) -> None:
        """Turn the load dial."""
        self.query_one(Dial).turn(direction, big=big)

    def action_turn_back(self) -> None:
        """Turn the load dial back to 1."""
        self.query_one(Dial).turn_to(1.0)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._went(self.document.undo(), "Undone", "There is nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._went(self.document.redo(), "Done again", "There is nothing to redo")

    def _went(self, step: str | None, done: str, nothing: str) -> None:
        """Follow a step through the history, and say which one it was."""
        self.notify(f"{done}: {step}" if step else nothing, timeout=2, markup=False)
        if step:
            self.inspector.show_settings(self.document.design)
            self.evaluate()

    def action_baseline(self) -> None:
        """Show changes against the numbers of now."""
        self.baseline = self._evaluation
        self.show(self.reading)
        self.notify("Changes are shown against the numbers of now", timeout=2)

    # Asking

    @on(FactTable.Asked)
    def ask_why(self, event: FactTable.Asked) -> None:
        """Say where a number comes from."""
        self.explain(event.key)

    def action_why(self) -> None:
        """Say where the chosen number comes from."""
        path = self.panels.question
        if path is not None:
            self.explain(path)
        else:
            self.inspector.query_one(FactTable).action_ask()

    @work(exclusive=True, group="dialog")
    async def explain(self, key: str) -> None:
        """Open the reason of a number, and make the change that clears it if that is wanted."""
        evaluation = self._evaluation
        path = asking.asked(evaluation, key)
        if key.startswith("cost."):
            await self.action_panel("cost")
        elif path is None:
            self.notify("There is nothing more to say about this number.", timeout=2)
        else:
            from sandbox.app.dialogs.why import WhyDialog  # noqa: PLC0415  # only when asked for
            from sandbox.why import why  # noqa: PLC0415

            reason = await to_thread(why, evaluation, path)
            dialog = WhyDialog(reason, partial(why, evaluation))
            change = await self.app.push_screen_wait(dialog)
            if change:
                self._apply(change)

    def _apply(self, change: Mapping[str, object]) -> None:
        """Lay values over the design, as one step."""
        said = ", ".join(f"{path} = {value}" for path, value in change.items())
        self.document.edit(said, self.document.design.with_values(change))
        self.evaluate()

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
        else:
            self.canvas.select(None)

    async def action_panel(self, name: str) -> None:
        """Show a panel; the one in sight goes to the focus, and where there is little room away again."""
        if self.panels.display and self.panels.active == name:
            if self.has_class("-short"):
                self.toggle_class("-paneled")
        else:
            self.add_class("-paneled")
        await self.panels.activate(name)
        self._show_panel()

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
        from sandbox.app.keys import rows  # noqa: PLC0415

        self.app.push_screen(HelpDialog(rows(self)))
