"""A screen whose design can be typed as text; what is not a design yet is never lost silently."""

from dataclasses import replace

from textual import on

from sandbox.app.document import Document
from sandbox.app.drawing import DrawingScreen
from sandbox.app.panels.text import PANEL, TextPanel
from sandbox.app.present.landing import Spot
from sandbox.app.reading import Reading, Source
from sandbox.evaluation import Evaluation


class WritingScreen(DrawingScreen):
    """What is typed in a row is one step of the history."""

    _typed: object = None
    """The step that typing made last."""
    _was_in = False
    """Whether the text in sight was gone to."""

    def on_mount(self) -> None:
        """Let the text follow the selection."""
        self.watch(self.canvas, "selected", self._show_part, init=False)
        self.watch(self.canvas, "selected_edge", self._show_part, init=False)

    def begin(self, document: Document, evaluation: Evaluation) -> None:
        """Take over another document; what was being typed in it is shown."""
        super().begin(document, evaluation)
        self._typed = None
        if document.draft is not None:
            self.call_after_refresh(self.run_action, f"screen.panel('{PANEL.id}')")

    @property
    def reading(self) -> Reading:
        """What the views show now, with the text."""
        document = self.document
        source = Source(document, document.version, document.draft, self._subject_selected)
        return replace(super().reading, source=source)

    @property
    def text_panel(self) -> TextPanel | None:
        """The text, once it was looked at."""
        return next(iter(self.panels.query(TextPanel)), None)

    @on(TextPanel.Typed)
    def take_text(self, event: TextPanel.Typed) -> None:
        """Let the design be what was typed."""
        event.stop()
        before, document = self.document.design, self.document
        design = before if event.design == before else event.design  # only a comment, say
        document.draft = None
        last = document.done[-1] if document.done else None
        if event.continues and last is not None and last is self._typed:
            document.amend(design, event.text)
        else:
            document.edit("text", design, event.text)
            self._typed = document.done[-1] if document.done else None
        self._land(before, self.spot, self._spot_of(event.subject))

    @on(TextPanel.Drafted)
    def keep_draft(self, event: TextPanel.Drafted) -> None:
        """Remember what is typed and is not the design's, in case the app ends."""
        event.stop()
        if self.document.draft != event.text:
            self.document.draft = event.text
            self.document.changed()

    @on(TextPanel.Pointed)
    def select_part(self, event: TextPanel.Pointed) -> None:
        """Select what the cursor came to."""
        event.stop()
        spot = self._spot_of(event.subject)
        if spot is not None:
            self.canvas.select(spot.node, spot.edge)

    def goes_into(self, name: str) -> bool:
        """Go to the text where it is in sight already; False for any other panel that is called.

        Where there is little room, calling it once more takes it away again.
        """
        is_short = self.has_class("-short")
        is_in_sight = self.panels.display and (not is_short or self.has_class("-paneled"))
        goes = name == self.panels.active == PANEL.id and is_in_sight and not (is_short and self._was_in)
        self._was_in = goes
        self.set_class(name == PANEL.id, "-text")
        if goes:
            self.panels.focus_view()
        return goes

    async def may_leave(self) -> bool:
        """Whether the document may be closed; asks if what is typed would be lost."""
        self.flush_text()
        if self.document.draft is None:
            return await super().may_leave()
        from sandbox.app.dialogs.ask import Ask, Choice  # noqa: PLC0415  # only when asked for

        words = "The text has changes that are not in the design, because something in it is wrong."
        choices = (Choice("text", "go to the text", "t"), Choice("leave", "leave them", "l"))
        answer = await self.answer(Ask("Leave the text as it is?", words, choices))
        if answer == "leave":
            self.document.draft = None
            return await super().may_leave()
        if answer == "text":
            await self.run_action(f"screen.panel('{PANEL.id}')")
            self.panels.focus_view()
        return False

    async def save(self, *, elsewhere: bool = False) -> bool:
        """Save, with what was typed until now; say so where that is not part of the design."""
        self.flush_text()
        saved = await super().save(elsewhere=elsewhere)
        if saved and self.document.draft is not None:
            words = "Saved without the text that is being typed: something in it is wrong"
            self.notify(words, severity="warning", timeout=5, markup=False)
        return saved

    def flush_text(self) -> None:
        """Take what was typed a moment ago."""
        panel = self.text_panel
        match panel.flush() if panel is not None else None:
            case TextPanel.Typed() as typed:
                self.take_text(typed)
            case TextPanel.Drafted() as drafted:
                self.keep_draft(drafted)

    @property
    def _subject_selected(self) -> str:
        """What is selected on the canvas."""
        node, edge = self.canvas.selected, self.canvas.selected_edge
        return f"nodes.{node}" if node else f"edges.{edge}" if edge is not None else ""

    def _show_part(self) -> None:
        panel = self.text_panel
        if panel is not None and self.panels.active == PANEL.id and self.panels.display:
            panel.select(self._subject_selected)

    def _spot_of(self, subject: str) -> Spot | None:
        """The spot of a part, if it is on the canvas."""
        section, _, key = subject.partition(".")
        design = self.document.design
        if section == "nodes" and key in design.nodes:
            return Spot(key)
        if section == "edges" and key.isdecimal() and int(key) < len(design.edges):
            return Spot(edge=int(key))
        return None
