"""A screen whose document is edited: by the form, the dial, the history, and by what *why* proposes."""

from asyncio import to_thread
from collections.abc import Callable, Mapping
from functools import partial

from textual import on, work

from sandbox.app.filing import FilingScreen
from sandbox.app.inspector import Inspector
from sandbox.app.messages import LoadWanted
from sandbox.app.panels.host import PanelHost
from sandbox.app.present import asking, edits, faulting, fields
from sandbox.design.edits import changed
from sandbox.design.model import Design
from sandbox.errors import SandboxError
from sandbox.why.reason import Reason
from widgets.dial import Dial
from widgets.facts import FactTable
from widgets.form import ParamForm


class EditingScreen(FilingScreen):
    """Each edit is one step of the history and is evaluated at once."""

    @property
    def inspector(self) -> Inspector:
        """What is selected."""
        return self.query_one("#inspector", Inspector)

    @property
    def panels(self) -> PanelHost:
        """The panels under the canvas."""
        return self.query_one("#panels", PanelHost)

    @on(ParamForm.Changed)
    def edit(self, event: ParamForm.Changed) -> None:
        """Apply one edit and evaluate the new design; what no longer fits is not applied."""
        design = self.document.design
        step = edits.named(design, event.subject, event.name, event.value)
        try:
            self.document.edit(step, self._edited(design, event))
        except SandboxError as error:
            self.show_error("Not changed", error)
        self.evaluate()

    def _edited(self, design: Design, event: ParamForm.Changed) -> Design:
        """The design after an edit of the form."""
        if event.name == faulting.NAME:
            return faulting.switched(design, event.subject.partition(".")[2], event.value)
        return changed(design, fields.changes(design, event.subject, event.name, event.value))

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

    @on(LoadWanted)
    def turn_to(self, event: LoadWanted) -> None:
        """Turn the load to where a limit binds."""
        self.query_one(Dial).turn_to(event.factor)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._go(self.document.undo, "Undone", "There is nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._go(self.document.redo, "Done again", "There is nothing to redo")

    def _go(self, way: Callable[[], str | None], done: str, nothing: str) -> None:
        """Go a step through the history, and say which one it was."""
        before = self.document.design
        step = way()
        self.told(f"{done}: {step}" if step else nothing)
        if step:
            self.inspector.show_settings(self.document.design)
            self.follow(before)

    def follow(self, before: Design) -> None:
        """Show what another version of the design does."""
        del before
        self.evaluate()

    def told(self, words: str) -> None:
        """Say what happened, in place of what was said before."""
        self.app.clear_notifications()
        self.notify(words, timeout=3, markup=False)

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
        table = self.inspector.query_one(FactTable)
        is_chosen = table.has_focus or table.chosen != table.nearest(0, 1)
        path = self.panels.question or (None if is_chosen else asking.gravest(table.facts))
        if path is not None:
            self.explain(path)
        else:
            table.action_ask()

    def explaining(self, *, steady: bool = False) -> Callable[[str], Reason]:
        """What gives the reason of a number by its path.

        Args:
            steady: Of the steady state, also where a moment of a run is shown.
        """
        from sandbox.why import why  # noqa: PLC0415  # only when asked for

        del steady

        return partial(why, self._evaluation)

    @work(exclusive=True, group="dialog")
    async def explain(self, key: str, *, steady: bool = False) -> None:
        """Open the reason of a number, and make the change that clears it if that is wanted."""
        explain = self.explaining(steady=steady)
        path = asking.asked(self.reading.evaluation, key)
        if key.startswith("cost."):
            await self.run_action("panel('cost')")
        elif path is None:
            self.notify("There is nothing more to say about this number.", timeout=2)
        else:
            from sandbox.app.dialogs.why import WhyDialog  # noqa: PLC0415  # only when asked for

            try:
                reason = await to_thread(explain, path)
            except SandboxError as error:
                self.notify(str(error), severity="warning", markup=False)
                return
            dialog = WhyDialog(reason, explain)
            change = await self.app.push_screen_wait(dialog)
            if change:
                self._apply(change)

    def _apply(self, change: Mapping[str, object]) -> None:
        """Lay values over the design, as one step; what does not fit is not applied."""
        design = self.document.design
        try:
            self.document.edit(edits.several(design, change), changed(design, change))
        except SandboxError as error:
            self.show_error("Not changed", error)
        self.evaluate()
