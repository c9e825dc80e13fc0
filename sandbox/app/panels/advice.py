"""What is wrong with the design, why that matters, and how it is mended."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sandbox.app.act import Act
from sandbox.app.explaining import Asked, Explained, Reasons
from sandbox.app.panels.panel import Panel, PanelView
from sandbox.app.paragraph import paragraph
from sandbox.app.present import advice
from sandbox.app.present.advice import Fix
from sandbox.app.reading import Reading
from sandbox.app.tones import TONES
from sandbox.design.model import Design
from sandbox.outcome import Finding
from sandbox.why import Reason, behind
from widgets.notes import NoteList

WIDE = 100
"""Columns from which the list and what is said of the chosen finding stand side by side."""
GAP = "   "


class AdvicePanel(PanelView):
    """Findings by severity, and what is said of the chosen one; where room is short they take turns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "turn", "Details or list", id="advice.turn", tooltip="Show what is said of a finding"),
        Binding("o", "source", "Source", id="advice.source", tooltip="Open the source in a browser"),
    ]
    DEFAULT_CSS = """
    AdvicePanel {
        & > #advice-head { height: 1; padding: 0 1; }
        & #advice-standing { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #advice-body { height: 1fr; }
        & #notes { width: 2fr; scrollbar-color: $foreground 20%; scrollbar-background: $background; }
        & #advised {
            width: 3fr;
            padding: 0 1;
            display: none;
            scrollbar-size-vertical: 1;
            scrollbar-color: $foreground 20%;
            scrollbar-background: $background;
        }
        & #advised > Static { height: auto; }
        & Act { display: none; }
        &.-fixable #advice-fix, &.-several #advice-all, &.-told #advice-why { display: block; }
        &.-told.-slim #advice-turn { display: block; }
        &.-told #advised { display: block; }
        &.-told.-slim #advised { display: none; }
        &.-told.-slim.-turned #advised { display: block; }
        &.-told.-slim.-turned #notes { display: none; }
    }
    """

    @dataclass
    class Chosen(Message):
        """The person went to a finding."""

        finding: Finding

    @dataclass
    class Picked(Message):
        """The person wants to go to what a finding is about."""

        finding: Finding

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._reading: Reading | None = None
        self._findings: dict[str, Finding] = {}
        self._reasons = Reasons(self)
        self._subject = ""
        """What was selected when it was last drawn."""
        self._about: tuple[Finding | None, Reason | None, Design | None, bool] = (None, None, None, False)
        """What the last words were about."""

    def compose(self) -> ComposeResult:
        """How things are with what can be done; below, the list and what is said of the chosen finding."""
        with Horizontal(id="advice-head"):
            yield Static("", id="advice-standing", markup=False)
            yield Act("{advice.fix} fix", "screen.fix", "advice-fix")
            yield Act("{advice.fix-all} fix all", "screen.fix_all", "advice-all")
            yield Act("{design.why} why", "screen.why_finding", "advice-why")
            yield Act("{advice.turn} more", "turn", "advice-turn")
        with Horizontal(id="advice-body"):
            yield NoteList(id="notes")
            with VerticalScroll(id="advised"):
                yield Static("", markup=False)

    # What the screen asks

    @property
    def finding(self) -> Finding | None:
        """The chosen finding."""
        return self._findings.get(self.query_one(NoteList).picked or "")

    @property
    def fix(self) -> Fix | None:
        """What mends the chosen finding; None where nothing known does."""
        finding = self.finding
        return advice.fix_of(finding, self._reasons.of(finding)) if finding else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is told, the gravest first."""
        return tuple(self._findings.values())

    @property
    def question(self) -> str | None:
        """The number behind the chosen finding."""
        finding, reading = self.finding, self._reading
        return behind(reading.settled, finding) if finding and reading else None

    @property
    def is_told(self) -> bool:
        """Whether all is known that is to be said of the chosen finding."""
        return self._reasons.is_settled(self._asked)

    # Showing

    def on_resize(self, event: events.Resize) -> None:
        """Show one of the two where room is short."""
        is_slim = event.size.width < WIDE
        if is_slim != self.has_class("-slim"):
            self.set_class(is_slim, "-slim")
            self._draw()

    def show(self, reading: Reading) -> None:
        """Draw the findings; while new ones are worked out, the old ones stay."""
        self._reading = reading
        self._findings = advice.by_key(reading.details.findings if reading.details else ())
        self._draw()
        subject = reading.source.subject if reading.source else ""
        if subject != self._subject:
            self._subject = subject
            self._follow(reading.settled.design)

    def _follow(self, design: Design) -> None:
        """Go to the first finding about what was selected elsewhere."""
        about = [
            key for key, one in self._findings.items() if advice.subject_of(design, one) == self._subject
        ]
        listed = self.query_one(NoteList)
        if self._subject and about and listed.picked not in about:
            listed.point_at(about[0])
            self._draw()

    def _draw(self) -> None:
        reading = self._reading
        if reading is None:
            return
        self._draw_notes(reading)
        words = [Content.styled(text, TONES[tone]) for text, tone in advice.standing(reading)]
        self.query_one("#advice-standing", Static).update(Content(GAP).join(words), layout=False)
        self.set_class(bool(self._findings), "-told")
        self.set_class(sum(bool(one.fix) for one in self.findings) > 1, "-several")
        self._draw_chosen()

    def _draw_notes(self, reading: Reading) -> None:
        """Draw the list; where there is no room for more, with what mends each."""
        listed = self.query_one(NoteList)
        is_alone = self.has_class("-slim")
        chosen = (listed.picked, self.fix) if is_alone else None
        told = advice.notes(reading.settled.design, self._findings, chosen, with_fixes=is_alone)
        listed.show(told, *advice.calm(reading))

    def _draw_chosen(self) -> None:
        """Say what there is to say of the chosen finding."""
        finding, is_alone = self.finding, self.has_class("-slim")
        reason = self._reasons.of(finding)
        design = self._reading.settled.design if self._reading else None
        about = (finding, reason, design, is_alone)
        if about != self._about and design is not None:
            before, self._about = self._about[0], about
            said = advice.parts(design, finding, reason, is_alone=is_alone) if finding else ()
            self.query_one("#advised > Static", Static).update(Content("\n").join(map(paragraph, said)))
            self.set_class(bool(self.fix), "-fixable")
            self.refresh_bindings()
            if before is None or finding is None or before.rule != finding.rule:
                self.query_one("#advised").scroll_home(animate=False)
        self._reasons.want(self._asked)

    @on(NoteList.Chosen)
    def choose(self, event: NoteList.Chosen) -> None:
        """Say what there is to say of another finding."""
        event.stop()
        self._draw_chosen()
        if self.finding is not None:
            self.post_message(self.Chosen(self.finding))

    @on(NoteList.Picked)
    def pick(self, event: NoteList.Picked) -> None:
        """Go to what the finding is about."""
        event.stop()
        if self.finding is not None:
            self.post_message(self.Picked(self.finding))

    @on(NoteList.Applied)
    async def apply(self, event: NoteList.Applied) -> None:
        """A double click is a wish for the fix."""
        event.stop()
        if self.fix:
            await self.run_action("screen.fix")
        elif self.is_told:
            self.notify("No single value mends this; see what to write instead", timeout=3)
        else:
            self.notify("What mends this is still being looked for", timeout=3)

    @property
    def _asked(self) -> Asked | None:
        """What to ask; nothing where there is no number, or new ones are on their way."""
        finding, reading, path = self.finding, self._reading, self.question
        if finding is None or reading is None or path is None:
            return None
        is_early = reading.is_stale or reading.settled.is_first_look
        return None if is_early else Asked(path, finding, reading.settled)

    @on(Explained)
    def show_reason(self, event: Explained) -> None:
        """Draw a reason that came; if it was called back, ask for the one wanted now."""
        event.stop()
        if self._reasons.learn(event):
            self._draw()
        else:
            self._reasons.want(self._asked)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn only where not both are in sight; a source where there is one."""
        if action == "turn":
            return self.has_class("-slim") and bool(self._findings)
        if action == "source":
            return self.finding is not None and bool(self.finding.source)
        return super().check_action(action, parameters)

    def action_turn(self) -> None:
        """Show what is said of the finding, or the list."""
        self.toggle_class("-turned")
        words = "the list" if self.has_class("-turned") else "more"
        self.query_one("#advice-turn", Act).say(f"{{advice.turn}} {words}")
        self.focus_part()

    def focus_part(self) -> None:
        """Put the focus on the list, or on what is said where that has taken its place."""
        is_turned = self.has_class("-slim") and self.has_class("-turned") and bool(self._findings)
        self.query_one("#advised" if is_turned else "#notes").focus()

    def action_source(self) -> None:
        """Open the source in a browser."""
        if self.finding is not None:
            self.app.open_url(self.finding.source)


PANEL = Panel(
    "4", "advice", "Advice", "what is wrong, why that matters, and what mends it", AdvicePanel, advice.badges
)
