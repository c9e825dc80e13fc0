"""What the design must reach, met or not; beside it the guide through an exercise, or what to try."""

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from sandbox.app.keys.deeds import keyed
from sandbox.app.messages import Picked
from sandbox.app.panels.panel import Panel, PanelView
from sandbox.app.present import goals
from sandbox.app.present.lesson import TO_TRY, lesson
from sandbox.app.reading import Reading
from sandbox.app.tones import TONES
from sandbox.design.exercise import Exercise
from sandbox.exercises.grading import Verdict
from widgets.table import Table

WIDE = 110
"""Columns from which goals and guide stand side by side."""
_NAME = "$text-accent"
_DIM = "$foreground 72%"


class GoalsPanel(PanelView):
    """Goals with ticks, and a guide; `h` shows a hint more, `v` turns between the two where room is short."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hint", "Hint", id="goals.hint", tooltip="Show one hint more"),
        Binding("v", "turn", "Story or goals", id="goals.turn", tooltip="Show the story, or the goals"),
        Binding("n", "next", "Next", id="goals.next", tooltip="Open the exercise that follows"),
        Binding(
            "r",
            "hand_in",
            "Hand in",
            id="goals.hand-in",
            tooltip="Write the result to a file to be collected",
        ),
    ]
    DEFAULT_CSS = """
    GoalsPanel {
        & > #goals-standing { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > Horizontal { height: 1fr; }
        & #goals { width: 1fr; }
        & #guide { width: 1fr; padding: 0 1; display: none; scrollbar-size-vertical: 1; }
        &.-guided #guide { display: block; }
        &.-guided.-slim #goals { display: none; }
        &.-guided.-slim.-turned #guide { display: none; }
        &.-guided.-slim.-turned #goals { display: block; }
        & #guide > Static { height: auto; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._reading: Reading | None = None
        self._exercise: Exercise | None = None
        self._lesson: tuple[goals.Line, ...] = ()
        self._hints = 0
        self._news: object = None

    def compose(self) -> ComposeResult:
        """How things are, the goals, and the guide."""
        yield Static("", id="goals-standing", markup=False)
        with Horizontal():
            with VerticalScroll(id="guide"):
                yield Static("", markup=False)
            yield Table(goals.COLUMNS, empty="the design states no goals", id="goals")

    def on_resize(self, event: events.Resize) -> None:
        """Show one of the two where room is short."""
        self.set_class(event.size.width < WIDE, "-slim")
        self._redraw()

    def show(self, reading: Reading) -> None:
        """Draw goals and guide; while new numbers are worked out, the old ones stay."""
        self._reading = reading
        details = reading.details
        given = details.given if details else None
        exercise = given.exercise if given else None
        self._guide_through(exercise, () if exercise else lesson(reading.evaluation.design.description))
        verdict = details.verdict if details else None
        table = self.query_one("#goals", Table)
        if details is None:
            table.empty = "working it out …"
        else:
            table.empty = details.failure or "the design states no goals"
        table.show(goals.rows(reading.evaluation.design, verdict, is_old=goals.is_old(reading)))
        self._draw_standing(reading, verdict)
        self._draw_guide()

    def _draw_standing(self, reading: Reading, verdict: Verdict | None) -> None:
        """Write how things are; where room is short, also how to read what to try."""
        is_old = goals.is_old(reading)
        text, tone = goals.standing(self._exercise, verdict)
        line = Content.styled(text, _DIM if is_old else TONES[tone])
        if is_old:
            line = Content.assemble((f"{goals.TESTING}   ", "bold"), line)
        if self._lesson and self.has_class("-slim"):
            other = TO_TRY.lower() if self.has_class("-turned") else "the goals"
            turns = self._clickable("turn", f"{{panel.goals}} {{goals.turn}}: {other}")
            line = Content.assemble(line, "   " if text else "", turns)
        self.query_one("#goals-standing", Static).update(line, layout=False)

    def _guide_through(self, exercise: Exercise | None, told: tuple[goals.Line, ...]) -> None:
        """Begin anew with another one; of an exercise the story is in sight first, else the goals."""
        if (exercise, told) == (self._exercise, self._lesson):
            return
        if exercise != self._exercise:
            self._hints = 0
        self._exercise, self._lesson = exercise, told
        self.set_class(exercise is not None or bool(told), "-guided")
        self.set_class(bool(told), "-turned")
        self.query_one("#guide", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _draw_guide(self) -> None:
        """Write story, hints and debrief, or the lesson."""
        details = self._reading.details if self._reading else None
        verdict = details.verdict if details else None
        lines = self._lesson or goals.guide(self._exercise, verdict, self._hints)
        parts = [_drawn(line) for line in lines]
        parts += [Content("   ").join(self._further())]
        self.query_one("#guide > Static", Static).update(Content("\n").join(parts))
        if self._exercise:
            self._come_to_news(verdict)

    def _come_to_news(self, verdict: Verdict | None) -> None:
        """Show the top of the guide when something new stands there: what was changed, or the debrief."""
        news = (verdict.solved, verdict.breaches, verdict.advice) if verdict else None
        is_new, self._news = news is not None and news != self._news, news or self._news
        if is_new:
            self.query_one("#guide", VerticalScroll).scroll_home(animate=False)

    def _further(self) -> Iterator[Content]:
        """What the keys do from here; each can be clicked as well."""
        told = self._exercise
        if told is None:
            return
        left = len(told.hints) - self._hints
        ways = {
            "hint": f"{{panel.goals}} {{goals.hint}}: a hint ({left} left)" if left > 0 else "",
            "hand_in": "{panel.goals} {goals.hand-in}: hand in",
            "next": "{panel.goals} {goals.next}: the next exercise" if told.next else "",
        }
        for deed, words in ways.items():
            if words:
                yield self._clickable(deed, words)

    def _clickable(self, deed: str, words: str) -> Content:
        """What a key does, which a click does as well."""
        return Content.styled(keyed(self, words), _DIM).stylize(Style.from_meta({"deed": deed}))

    async def on_click(self, event: events.Click) -> None:
        """Do what a clicked line of the guide says."""
        deed = event.style.meta.get("deed")
        if deed is not None:
            event.stop()
            await self.run_action(deed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A hint, and what follows, only where there is one."""
        exercise = self._exercise
        if action == "hint":
            return exercise is not None and self._hints < len(exercise.hints)
        if action == "next":
            return exercise is not None and bool(exercise.next)
        if action == "hand_in":
            return exercise is not None
        if action == "turn":
            return self.has_class("-guided") and self.has_class("-slim")
        return super().check_action(action, parameters)

    def action_hint(self) -> None:
        """Show one hint more."""
        self._hints += 1
        self.remove_class("-turned")
        self._draw_guide()
        guide = self.query_one("#guide", VerticalScroll)
        guide.call_after_refresh(guide.scroll_end, animate=False)
        self.refresh_bindings()

    def action_turn(self) -> None:
        """Show the story, or the goals."""
        self.toggle_class("-turned")
        self._redraw()
        self.focus_part()

    def _redraw(self) -> None:
        if self._reading is not None:
            self.show(self._reading)

    def focus_part(self) -> None:
        """Put the focus on the goals or the guide, whichever is in sight."""
        guides = self.has_class("-guided") and not (self.has_class("-slim") and self.has_class("-turned"))
        self.query_one("#guide" if guides else "#goals").focus()

    async def action_next(self) -> None:
        """Open the exercise that follows."""
        if self._exercise and self._exercise.next:
            await self.run_action(f"screen.example({self._exercise.next!r})")

    async def action_hand_in(self) -> None:
        """Write the result to a file."""
        await self.run_action("screen.hand_in")

    @property
    def question(self) -> str | None:
        """The goal's number under the cursor, where it is a node's."""
        picked = (self.query_one("#goals", Table).picked or "").partition(":")[2]
        return picked if picked.startswith("nodes.") else None

    @on(Table.Picked)
    def pick(self, event: Table.Picked) -> None:
        """Show the node that a goal is about."""
        event.stop()
        section, _, rest = event.key.partition(":")[2].partition(".")
        if section in ("nodes", "flows"):
            self.post_message(Picked(rest.partition(".")[0]))


def _drawn(line: goals.Line) -> Content:
    """A paragraph in its colour; names from the file stand out, without the marks around them."""
    style = f"bold {TONES[line.tone]}" if line.is_title else TONES[line.tone]
    pieces = line.text.split("`")
    return Content.assemble(*((piece, style if at % 2 == 0 else _NAME) for at, piece in enumerate(pieces)))


PANEL = Panel("7", "goals", "Goals", "what must be reached, and the guide through an exercise", GoalsPanel)
