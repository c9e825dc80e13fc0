"""Other names: of a node, with the id that follows its name, and of the whole design."""

import re
from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Label, Static, TextArea

from sandbox.app.dialogs.dialog import CANCEL, MUTED, Deed
from sandbox.app.dialogs.snug import SnugDialog
from sandbox.app.present.naming import following_id, renamed, retitled
from sandbox.design.model import Design
from sandbox.errors import DesignError

Done = Callable[[str, Design, str | None], None]
"""Is told what was done, the design after it, and the id of the node."""

_IN_THE_FILE = re.compile(r"(nodes\.\S+\.label|name) = .*?(?=has [\d,]+ characters)", re.DOTALL)
"""A name that is too long, as messages about files speak of it."""


class Rename(SnugDialog[None]):
    """Fields for names; what is wrong with them is said under them, and nothing is done until it is right."""

    DEFAULT_CSS = """
    Rename {
        & > .frame { max-width: 64; }
        & Label { color: $foreground 72%; margin-top: 1; }
        & Label:first-child { margin-top: 0; }
        & #outcome { margin-top: 1; height: auto; min-height: 1; }
        & TextArea {
            height: 7; border: none; padding: 0 0 0 1; background: $background; scrollbar-size-vertical: 1;
            scrollbar-background: $background; scrollbar-background-hover: $background;
            scrollbar-color: $foreground 20%;
            &:focus { border: none; background-tint: $foreground 0%; }
        }
        &.-short TextArea { height: 3; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Rename", show=False, id="rename.accept", tooltip="Take the names over"),
        Binding("ctrl+s", "accept", "Rename", priority=True, show=False, id="rename.accept-too",
                tooltip="Take the names over"),
    ]  # fmt: skip

    def __init__(self, heading: str, design: Design, done: Done) -> None:
        super().__init__(heading)
        self._design = design
        self._done = done

    @abstractmethod
    def outcome(self) -> tuple[str, Design, str | None]:
        """What accepting would do, in words; the design after it, and the id of the node.

        Raises:
            DesignError: The names cannot be taken over.
        """

    @abstractmethod
    def foreseen(self) -> str:
        """What is good to know of the names as they are typed."""

    def on_mount(self) -> None:
        """Type over the name."""
        first = self.query(Input).first()
        self.set_focus(first)
        first.select_all()
        self.foresee()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def foresee(self) -> None:
        """Say under the fields what accepting would do."""
        try:
            self.outcome()
            line = Content.styled(self.foreseen(), MUTED)
        except DesignError as error:
            words = _IN_THE_FILE.sub("the name ", error.problems[0].message)
            line = Content.styled(f"▲ {words}", "$text-error")
        self.query_one("#outcome", Static).update(line)

    @on(Input.Submitted)
    def submit(self) -> None:
        """Take the names over."""
        self.action_accept()

    def action_accept(self) -> None:
        """Take the names over, unless something is wrong with them."""
        try:
            outcome = self.outcome()
        except DesignError:
            self.app.bell()
            return
        self.dismiss(None)
        self._done(*outcome)


class RenameNode(Rename):
    """A node's name and id."""

    def __init__(self, design: Design, key: str, done: Done) -> None:
        super().__init__(f"Rename {design.nodes[key].title}", design, done)
        self._key = self._given = key

    def text(self) -> ComposeResult:
        """Two fields, and what comes of them."""
        yield Label("name")
        yield Input(self._design.nodes[self._key].title, id="name", compact=True)
        yield Label("id, in the file and in results")
        yield Input(self._key, id="id", compact=True)
        yield Static(id="outcome", markup=False)

    def deeds(self) -> tuple[Deed, ...]:
        """Rename it, or not."""
        return Deed("enter", "rename", "accept", main=True), CANCEL

    @property
    def _typed(self) -> tuple[str, str]:
        return self.query_one("#name", Input).value, self.query_one("#id", Input).value.strip()

    @on(Input.Changed, "#name")
    def follow(self, event: Input.Changed) -> None:
        """Let the id follow the name, until a person types one."""
        field = self.query_one("#id", Input)
        if field.value == self._given and event.value != self._design.nodes[self._key].title:
            self._given = field.value = following_id(self._design, self._key, event.value)

    def outcome(self) -> tuple[str, Design, str | None]:
        """The node under its new names."""
        name, key = self._typed
        before = self._design.nodes[self._key].title
        after = renamed(self._design, self._key, name, key)
        return f"rename {before} to {after.nodes[key].title}", after, key

    def foreseen(self) -> str:
        """Whether other places follow."""
        _, key = self._typed
        return f"[nodes.{key}] in the file" + ("; edges and goals follow" if key != self._key else "")


class RenameDesign(Rename):
    """The whole design's name and description."""

    def __init__(self, design: Design, done: Done) -> None:
        super().__init__("Rename the design", design, done)

    def text(self) -> ComposeResult:
        """A field for the name, and room for the description."""
        yield Label("name")
        yield Input(self._design.name, id="name", compact=True)
        yield Label("description, in Markdown")
        yield TextArea(self._design.description, id="description", tab_behavior="focus", compact=True)
        yield Static(id="outcome", markup=False)

    def deeds(self) -> tuple[Deed, ...]:
        """Take both over, or not."""
        return Deed("ctrl+s", "take over", "accept", main=True), CANCEL

    def outcome(self) -> tuple[str, Design, str | None]:
        """The design under its new name."""
        name = self.query_one("#name", Input).value
        after = retitled(self._design, name, self.query_one("#description", TextArea).text)
        done = "describe the design" if after.name == self._design.name else f"call the design {after.name}"
        return done, after, None

    def foreseen(self) -> str:
        """The description is read on the right."""
        return "shown on the right while nothing is selected"
