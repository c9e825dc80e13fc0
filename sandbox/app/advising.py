"""A screen that advises: it shows what a finding is about, says why, and applies what mends it."""

from collections.abc import Iterable, Mapping

from textual import on
from textual.dom import DOMNode

from sandbox.app.panels.advice import PANEL, AdvicePanel
from sandbox.app.present.advice import Fix, subject_of
from sandbox.app.present.edits import several
from sandbox.app.writing import WritingScreen
from sandbox.design.edits import changed
from sandbox.design.model import Design
from sandbox.errors import SandboxError
from sandbox.outcome import Finding

_FIXES = ("fix", "fix_all")
"""Actions that count while the advice is in sight."""


class AdvisingScreen(WritingScreen):
    """Whatever is applied is one step of the history, which one undo takes back."""

    @property
    def advice(self) -> AdvicePanel | None:
        """The advice, if it is in sight."""
        if not self._shows_advice:
            return None
        return next((view for view in self.panels.query(AdvicePanel).results() if view.is_mounted), None)

    @property
    def _shows_advice(self) -> bool:
        has_room = not self.has_class("-short") or self.has_class("-paneled")
        return self.panels.display and self.panels.active == PANEL.id and has_room

    def goes_into(self, name: str) -> bool:
        """The panel's key again leads to its list."""
        if name == PANEL.id and self.advice is not None and not self.panels.has_focus_within:
            self.advice.focus_part()
            return True
        return super().goes_into(name)

    # Going to what a finding is about

    @on(AdvicePanel.Chosen)
    def show_finding(self, event: AdvicePanel.Chosen) -> None:
        """Select what the finding is about."""
        event.stop()
        self._select_part(event.finding)

    @on(AdvicePanel.Picked)
    def go_to_finding(self, event: AdvicePanel.Picked) -> None:
        """Go to what the finding is about."""
        event.stop()
        self._select_part(event.finding)
        self.canvas.focus()

    def _select_part(self, finding: Finding) -> None:
        """Select a finding's node or edge, if it is drawn; the whole design where it is about that."""
        section, _, part = subject_of(self.document.design, finding).partition(".")
        self.canvas.select(part if section == "nodes" else None, int(part) if section == "edges" else None)

    # Asking

    def action_why(self) -> None:
        """In the advice, say why the number behind the chosen finding is what it is."""
        if self.advice is not None and self.panels.has_focus_within:
            self.action_why_finding()
        else:
            super().action_why()

    def action_why_finding(self) -> None:
        """Say why the number behind the chosen finding is what it is, in the steady state."""
        path = self.advice.question if self.advice is not None else None
        if path is not None:
            self.explain(path, steady=True)
        else:
            self.told("No number is behind this: it is about how things are set")

    # Mending

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A fix is applied only while one sees which."""
        if action in _FIXES:
            advice = self.advice
            found = advice is not None and (advice.fix if action == "fix" else any(_fixes(advice.findings)))
            return bool(found)
        return super().check_action(action, parameters)

    async def run_action(self, action: str, namespaces: Mapping[str, DOMNode] | None = None) -> None:
        """Show the advice first where a fix was chosen by its name."""
        if action in _FIXES and self.advice is None:
            await self.run_action(f"panel('{PANEL.id}')")
        await super().run_action(action, namespaces)

    def action_fix(self) -> None:
        """Apply the fix of the chosen finding."""
        advice = self.advice
        fix = advice.fix if advice is not None else None
        if fix and not self._is_waiting():
            self._mend(several(self.document.design, fix), [fix])

    def action_fix_all(self) -> None:
        """Apply all fixes at once."""
        advice = self.advice
        fixes = list(_fixes(advice.findings)) if advice is not None else []
        if fixes and not self._is_waiting():
            design = self.document.design
            name = several(design, fixes[0]) if len(fixes) == 1 else f"{len(fixes)} fixes of the advice"
            self._mend(name, fixes)

    def _is_waiting(self) -> bool:
        """Whether what is told is of the design before; say so."""
        if self.reading.is_stale:
            self.told("The advice is being worked out anew")
        return self.reading.is_stale

    def _mend(self, name: str, fixes: list[Fix]) -> None:
        """Lay fixes over the design as one step; what does not fit is not applied."""
        try:
            design = mended(self.document.design, fixes)
        except SandboxError as error:
            self.show_error("Not applied", error)
            return
        self.draw(name, design, self.spot)
        self.told(f"Applied: {name}; {{design.undo}} takes it back")


def _fixes(findings: Iterable[Finding]) -> Iterable[Fix]:
    """The fixes that come with findings."""
    return (finding.fix for finding in findings if finding.fix)


def mended(design: Design, fixes: list[Fix]) -> Design:
    """The design with several fixes; where two differ about a value, the first counts.

    Args:
        design: Before.
        fixes: Of the gravest finding first.

    Raises:
        DesignError: None of them fits.
    """
    wrong: SandboxError | None = None
    after = design
    for fix in reversed(fixes):
        try:
            after = changed(after, fix)
        except SandboxError as error:
            wrong = error
    if after is design and wrong is not None:
        raise wrong
    return after
