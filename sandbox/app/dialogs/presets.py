"""The designs that come along: the lesson and the picture of each."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, Static

from sandbox.app.dialogs.chooser import SETTLED_S, Chooser
from sandbox.app.dialogs.dialog import MUTED, Deed
from sandbox.app.dialogs.picklist import Item
from sandbox.app.dialogs.picture import Picture
from sandbox.app.dialogs.preview import counted, outline
from sandbox.design.model import Design
from sandbox.design.presets import Preset, come_along, exercises_in_order, presets
from sandbox.design.reading import loads

EXERCISES = "Exercises"
"""The heading that they stand under."""
_READ = Binding.Group("read on", compact=True)


@dataclass(frozen=True)
class Lesson:
    """A preset with the design in it."""

    preset: Preset
    design: Design

    @property
    def words(self) -> str:
        """All that a person may search it by, in small letters."""
        services = " ".join(f"{node.kind.title} {node.service}" for node in self.design.nodes.values())
        return f"{self.preset.name} {self.preset.title} {self.preset.group} {services}".lower()


@cache
def lessons() -> tuple[Lesson, ...]:
    """All presets, group by group, and the exercises; they do not change while the app runs."""
    exercises = (replace(one, group=EXERCISES) for one in exercises_in_order())
    return tuple(Lesson(one, loads(one.text, one.name)) for one in (*presets(), *exercises))


def _told(one: Preset) -> str:
    """What is to be read of a preset, or of an exercise before it is opened."""
    exercise = loads(one.text, one.name).exercise
    return exercise.story if exercise else one.description


class PresetsDialog(Chooser[str]):
    """Choose a preset; answers its name."""

    DEFAULT_CSS = """
    PresetsDialog {
        & Markdown { padding: 0; margin-bottom: 0; }
        & MarkdownBlock { margin: 0 0 1 0; padding: 0; }
        & MarkdownHeader {
            margin: 0;
            padding: 0;
            color: $text-primary;
            text-style: bold;
            content-align: left middle;
        }
        & MarkdownBlock > .code_inline { background: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "pageup",
            "turn(-1)",
            "Page up",
            group=_READ,
            priority=True,
            id="presets.page-up",
            tooltip="Read up",
        ),
        Binding(
            "pagedown",
            "turn(1)",
            "Page down",
            group=_READ,
            priority=True,
            id="presets.page-down",
            tooltip="Read on",
        ),
    ]

    def __init__(self, otherwise: str = "cancel") -> None:
        """Offer the presets.

        Args:
            otherwise: What choosing none of them means, in words.
        """
        super().__init__("Presets")
        self._otherwise = otherwise
        self._taught: dict[str, Markdown] = {}

    def body(self) -> ComposeResult:
        """The list, the lesson, and the picture across both."""
        yield from super().body()
        yield Picture()

    def side(self) -> VerticalScroll:
        """The lesson."""
        return VerticalScroll(Static(id="told"), can_focus=False)

    def deeds(self) -> tuple[Deed, ...]:
        """Open it, or not."""
        return Deed("enter", "open", "accept", main=True), Deed("esc", self._otherwise, "cancel")

    def items(self, text: str) -> Sequence[Item]:
        """The presets that have every typed word in their name, group or services."""
        words = text.lower().split()
        return [
            Item(lesson.preset.name, lesson.preset.title, group=lesson.preset.group)
            for lesson in lessons()
            if all(word in lesson.words for word in words)
        ]

    def tell(self, key: str | None) -> None:
        """Show the lesson and the picture."""
        lesson = next((lesson for lesson in lessons() if lesson.preset.name == key), None)
        self.query_one(Picture).draw(outline(lesson.design) if lesson else None)
        title = (lesson.preset.title, "bold") if lesson else ""
        facts = (f"\n{counted(lesson.design)}\n", MUTED) if lesson else ""
        self.query_one("#told", Static).update(Content.assemble(title, facts))
        self.query_one(".side").scroll_home(animate=False)
        self.teach(key if lesson else None)

    @work(exclusive=True)
    async def teach(self, key: str | None) -> None:
        """Show a lesson; one that was not read yet is laid out once the mark rests on it."""
        for name, text in self._taught.items():
            text.display = name == key
        if key is None or key in self._taught:
            return
        await asyncio.sleep(SETTLED_S)
        self._taught[key] = Markdown(_told(come_along(key)), open_links=False)
        await self.query_one(".side").mount(self._taught[key])

    def choose(self, key: str) -> None:
        """Answer the preset."""
        self.dismiss(key)

    def action_turn(self, way: int) -> None:
        """Read on in the lesson."""
        side = self.query_one(".side")
        side.scroll_relative(y=way * max(1, side.size.height - 1), animate=False)
