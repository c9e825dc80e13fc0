"""What is selected: its settings to be changed, and what it does now."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sandbox.app.present import facts, fields
from sandbox.app.present.wording import subject_title
from sandbox.app.reading import Reading
from sandbox.app.tones import TONES
from sandbox.design.model import Design
from sandbox.errors import SandboxError
from widgets.facts import FactTable
from widgets.form import Field, ParamForm, Value

_COLOURS = {**TONES, "": "$foreground 80%"}


class Inspector(Vertical):
    """A form and its facts for a node, an edge, or (with nothing selected) the whole design."""

    DEFAULT_CSS = """
    Inspector {
        width: 44;
        background: $surface;
        border-left: solid $foreground 15%;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $surface;
        & * { scrollbar-color: $foreground 20%; scrollbar-background: $surface; scrollbar-size-vertical: 1; }
        & > #subject { height: 1; padding: 0 1; text-style: bold; background: $boost; }
        /* A bar that comes and goes would cost a layout of its own. */
        & > ParamForm { height: auto; max-height: 50%; min-height: 5; overflow-y: scroll; }
        & > FactTable { height: 1fr; min-height: 3; overflow-y: scroll; }
        & > #findings { height: auto; max-height: 30%; padding: 0 1; display: none; }
        & > #story { height: auto; max-height: 28%; display: none; background: $surface; }
        & > #story Markdown { padding: 0 1; margin: 0; background: $surface; }
        & > #story MarkdownHeader {
            margin: 1 0 0 0; padding: 0; color: $text-accent; text-style: bold; content-align: left middle;
        }
        & > #story MarkdownParagraph, & > #story MarkdownList { margin: 0; }
        &.-design > ParamForm { max-height: 6; }
        &.-design > ParamForm:focus { max-height: 12; }
        /* Of the whole design a line each: the panel of advice says all of it. */
        &.-design > #findings { max-height: 4; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-design.-told > #story { display: block; }
        &.-found > #findings { display: block; }
    }
    """

    def __init__(self, design: Design) -> None:
        super().__init__(id="inspector")
        self.design = design
        self.subject = ""
        self._story: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, story, form, facts and findings."""
        yield Static(id="subject", markup=False)
        yield VerticalScroll(id="story")
        yield ParamForm(id="settings", validate=self.wrong)
        yield FactTable(id="facts")
        yield Static(id="findings", markup=False)

    def select(self, subject: str, design: Design, reading: Reading) -> None:
        """Show another part of the design."""
        self.subject = subject
        self.set_class(not subject, "-design")
        self.show_settings(design)
        self.show(reading)

    def show_settings(self, design: Design) -> None:
        """Show the settings as they are in a design; all of it where the selected part is gone."""
        self.design = design
        self.subject = self.subject if _is_there(design, self.subject) else ""
        self.query_one("#subject", Static).update(_title(design, self.subject), layout=False)
        self.query_one(ParamForm).show(fields.fields(design, self.subject), self.subject)

    def show(self, reading: Reading) -> None:
        """Show what it does now."""
        if _is_there(reading.evaluation.design, self.subject):
            told = facts.facts(reading.evaluation, reading.baseline, self.subject, reading.moment)
            self.query_one(FactTable).show(told)

    def show_findings(self, reading: Reading) -> None:
        """Show what a person should know about it."""
        told = facts.findings(reading, self.subject)
        lines = (Content.styled(advice.text, _COLOURS[advice.tone]) for advice in told)
        self.set_class(bool(told), "-found")
        self.query_one("#findings", Static).update(Content("\n").join(lines))

    async def show_story(self, text: str) -> None:
        """Show the design's description; drawn late because Markdown takes its time."""
        if text == self._story:
            return
        from textual.widgets import Markdown  # noqa: PLC0415  # not needed for the first painting

        self._story = text
        self.set_class(bool(text.strip()), "-told")
        place = self.query_one("#story", VerticalScroll)
        await place.remove_children()
        if text.strip():
            await place.mount(Markdown(text, open_links=False))

    def wrong(self, name: str, value: Value) -> str | None:
        """What is wrong with a value, or nothing."""
        try:
            self.design.with_values(fields.changes(self.design, self.subject, name, value))
        except SandboxError as error:
            return _sentence(error, name)
        return None

    def field(self, name: str) -> Field | None:
        """A field of the form by its name."""
        return next((field for field in self.query_one(ParamForm).fields if field.name == name), None)


def _title(design: Design, subject: str) -> str:
    section, _, part = subject.partition(".")
    title = subject_title(design, subject)
    if section == "nodes":
        kind = design.nodes[part].kind
        return f"{kind.icon} {title} · {kind.title}"
    if section == "edges":
        edge = design.edges[int(part)]
        return f"{title} · {edge.role or edge.kind}"
    return f"{title} · whole design"


def _is_there(design: Design, subject: str) -> bool:
    section, _, part = subject.partition(".")
    return part in design.nodes if section == "nodes" else section != "edges" or int(part) < len(design.edges)


def _sentence(error: SandboxError, name: str) -> str:
    """What is wrong, without the path that the field stands for anyway."""
    problems = getattr(error, "problems", ())
    text = problems[0].message if problems else str(error)
    _, found, rest = text.partition(name)
    return f"{name}{rest}" if found else text
