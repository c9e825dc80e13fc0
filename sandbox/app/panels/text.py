"""The design as its text, which can be typed in: valid text changes the design, changes elsewhere the text.

| what happens                          | the text                          | the design            |
| ------------------------------------- | --------------------------------- | --------------------- |
| valid text is typed                   | is agreed on                      | changes, as one step  |
| text with an error is typed           | marked, kept as a draft           | stays                 |
| the design changes elsewhere          | follows, cursor and view stay     | changes               |
| … in other lines than are being typed | takes both                        | changes               |
| … in the same lines                   | stays, and says that it is stale  | changes               |
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from sandbox.app.keys.deeds import keyed
from sandbox.app.listening import Listener
from sandbox.app.panels.panel import Panel, PanelView
from sandbox.app.present.outline import Outline
from sandbox.app.present.typed import Checked, checked, told
from sandbox.app.reading import Reading, Source
from sandbox.design.model import Design
from sandbox.errors import Problem

if TYPE_CHECKING:
    from widgets.editor import TomlEditor

_IN_STEP = "in step with the design"
_STALE = "the design was changed meanwhile, and this text was not: {text.swap} shows the design's text"
_EITHER = "the design was changed meanwhile: {text.take} takes this text, {text.swap} the design's"
_READ_ONLY = "this text has line ends inside its words, such as U+2028: change it in another editor"
_ASIDE = "the design's text; {text.swap} again brings back what was typed"


class TextPanel(PanelView):
    """An editor, and a line that says how text and design stand to each other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "swap", "Design's text", id="text.swap",
                tooltip="Show the design's text in place of what was typed, or what was typed again"),
        Binding("ctrl+t", "take", "Take this text", id="text.take",
                tooltip="Take this text, though the design was changed meanwhile"),
        Binding("f8", "screen.maximize", "Maximise", id="text.maximize",
                tooltip="Give all the room to the text, or back"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    TextPanel {
        & > TomlEditor { height: 1fr; background: $background; scrollbar-background: $background; }
        & > #text-told { height: auto; max-height: 3; padding: 0 1; color: $foreground 72%; }
        & > #text-told.-wrong { color: $text-error; }
        & > #text-told.-stale { color: $text-warning; }
    }
    """

    @dataclass
    class Typed(Message):
        """A valid text was typed."""

        design: Design
        text: str
        subject: str
        """The part that the cursor is in, as in `nodes.ship`."""
        continues: bool
        """Whether it goes on with what was typed just before."""

    @dataclass
    class Drafted(Message):
        """A text was typed that is not the design's."""

        text: str | None
        """None where there is no such text any more."""

    @dataclass
    class Pointed(Message):
        """The cursor came to another part of the design."""

        subject: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._source: Source | None = None
        self._outline: tuple[str, Outline] | None = None
        self._problems: tuple[Problem, ...] = ()
        self._is_stale = False
        self._aside: str | None = None
        """What was typed, while the design's text is shown in its place."""
        self._subject = ""
        self.listener = Listener(self, lambda: self.editor.text, self._judge)

    def compose(self) -> ComposeResult:
        """The editor is imported now, when the panel is first looked at."""
        from widgets.editor import TomlEditor  # noqa: PLC0415

        yield TomlEditor(id="toml")
        yield Static("", id="text-told", markup=False)

    @property
    def editor(self) -> "TomlEditor":
        """Where it is typed."""
        from widgets.editor import TomlEditor  # noqa: PLC0415

        return self.query_one("#toml", TomlEditor)

    @property
    def outline(self) -> Outline:
        """The parts of the text as it was last agreed on."""
        text = self.editor.settled
        if self._outline is None or self._outline[0] != text:
            self._outline = (text, Outline.of(text))
        return self._outline[1]

    # The design's text

    def show(self, reading: Reading) -> None:
        """Follow the document."""
        source, before = reading.source, self._source
        if source is None:
            return
        self._source = source
        if before is None or before.document is not source.document:
            self._begin(source)
        elif before.version is not source.version:
            self._follow(source.version.text)
        if source.subject != self._subject:
            self.select(source.subject)

    def _begin(self, source: Source) -> None:
        """Show another document's text, and what was being typed in it."""
        self._aside, self._is_stale = None, False
        self._bring(source.version.text)
        self.editor.reveal(1)
        self._tell()
        if source.draft is not None:
            self.editor.text = _shown(source.draft)

    def _follow(self, text: str) -> None:
        """Show the document's new text, unless something is unfinished here."""
        editor, shown = self.editor, _shown(text)
        if editor.is_unfinished and editor.text != shown:
            self._is_stale = self._is_stale or not editor.unite(shown)
            if not self._is_stale:
                self.listener.hear()
        else:
            self._bring(text)
            self._is_stale, self._problems = False, ()
        self._tell()

    def _bring(self, text: str) -> None:
        """Show a text of the document; one with signs that an editor cannot hold is only to be read."""
        editor = self.editor
        editor.follow(_shown(text))
        editor.wrong = frozenset()
        editor.read_only = editor.text != _shown(text)

    def select(self, subject: str) -> None:
        """Bring a part's table in sight, unless the person is typing."""
        self._subject = subject
        editor = self.editor
        if editor.has_focus or editor.is_unfinished:
            return
        line = self.outline.line(subject)
        if line is not None and self.outline.subject(editor.line) != subject:
            editor.reveal(line)

    # Typing

    def on_text_area_changed(self) -> None:
        """Read the text when the person pauses."""
        self.listener.hear()

    def on_descendant_blur(self) -> None:
        """Do not wait with the text when the person goes elsewhere, and begin another step then."""
        if not self.listener.is_quiet:
            self._judge(self.listener.flush())
        self.listener.part()

    def flush(self) -> "Typed | Drafted | None":
        """What was typed until now; nothing where all of it has been told.

        It is returned, not posted: who asks wants to go on with it at once.
        """
        is_told = self.listener.is_quiet and not self.editor.is_unfinished
        return None if is_told else self._verdict(self.listener.flush())

    def _judge(self, outcome: Checked) -> None:
        """Take a text that was read while the person went on, unless there is a newer one."""
        verdict = self._verdict(outcome) if outcome.text == self.editor.text else None
        if verdict is not None:
            self.post_message(verdict)

    def _verdict(self, outcome: Checked) -> "Typed | Drafted":
        """Take a text, or say what is wrong with it; the design stays as it was."""
        editor = self.editor
        self._problems = outcome.problems
        editor.wrong = frozenset(problem.line for problem in outcome.problems if problem.line)
        verdict: TextPanel.Typed | TextPanel.Drafted = self.Drafted(None)
        if editor.is_unfinished and (outcome.design is None or self._is_stale):
            verdict = self.Drafted(outcome.text)
        elif editor.is_unfinished and outcome.design is not None:
            verdict = self._taken(outcome.design, outcome.text)
        self._tell()
        return verdict

    def _taken(self, design: Design, text: str) -> "Typed":
        """Agree on a text, and let the design be what it says."""
        self._is_stale, self._aside = False, None
        self.editor.settle()
        self._subject = self.outline.subject(self.editor.line)
        ends = "\r\n" if self._source and "\r\n" in self._source.version.text else "\n"
        return self.Typed(design, text.replace("\n", ends), self._subject, self.listener.takes())

    def _tell(self) -> None:
        """Say how text and design stand to each other."""
        line = self.query_one("#text-told", Static)
        if self._problems:
            words = told(self._problems, self.editor.line)
            words = f"! {words}" + (f"\n{_STALE}" if self._is_stale else "")
        elif self._is_stale:
            words = _EITHER
        else:
            words = _IN_STEP if self._aside is None else _ASIDE
            words = _READ_ONLY if self.editor.read_only else words
        line.set_class(bool(self._problems), "-wrong")
        line.set_class(self._is_stale and not self._problems, "-stale")
        line.update(keyed(self, words))
        self.refresh_bindings()

    # The cursor

    def on_text_area_selection_changed(self) -> None:
        """Select what the cursor is in, and say what is wrong there."""
        if self._problems:
            self._tell()
        editor = self.editor
        if not editor.has_focus or editor.is_unfinished:
            return
        subject = self.outline.subject(editor.line)
        if subject != self._subject:
            self._subject = subject
            self.post_message(self.Pointed(subject))

    async def on_toml_editor_undo_asked(self, event: "TomlEditor.UndoAsked") -> None:
        """Nothing is unfinished here, so the step is one of the document's."""
        event.stop()
        await self.run_action("screen.redo" if event.forth else "screen.undo")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show keys only where they do something."""
        if action == "swap":
            return self._aside is not None or self.editor.is_unfinished
        return action != "take" or (self._is_stale and not self._problems)

    def action_swap(self) -> None:
        """Show the design's text in place of what was typed, or what was typed again."""
        editor = self.editor
        if editor.is_unfinished and self._source is not None:
            self._aside = editor.text
            self._bring(self._source.version.text)
            self._problems, self._is_stale = (), False
            self.post_message(self.Drafted(None))
            self._tell()
        elif self._aside is not None:
            typed, self._aside = self._aside, None
            editor.replace(typed, (0, 0), editor.document.end)

    def action_take(self) -> None:
        """Take a text that is valid, though the design was changed meanwhile."""
        outcome = checked(self.editor.text)
        if self._is_stale and outcome.design is not None:
            self.post_message(self._taken(outcome.design, outcome.text))
            self._tell()


def _shown(text: str) -> str:
    """A text with the line ends of an editor; a file's own are put back when it is typed in."""
    return text.replace("\r\n", "\n")


PANEL = Panel("8", "text", "Text", "the design as TOML, to read and to type in", TextPanel)
