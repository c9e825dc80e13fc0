"""The designs that come along: the lesson and the picture of each, and the stars of exercises."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Markdown, Static

from sandbox.app.dialogs.chooser import SETTLED_S, Chooser
from sandbox.app.dialogs.dialog import MUTED, Deed
from sandbox.app.dialogs.picklist import Item
from sandbox.app.dialogs.picture import Picture
from sandbox.app.dialogs.preview import counted, outline
from sandbox.app.present.graph import graph
from sandbox.design.model import Design
from sandbox.design.presets import Preset, come_along, exercises_in_order, presets
from sandbox.design.reading import loads
from sandbox.errors import SandboxError
from sandbox.evaluation import evaluate_plain
from sandbox.exports.exercise import stars
from widgets.canvas.graph import Graph

NONE: Mapping[str, int] = MappingProxyType({})
EXERCISES = "Exercises"
"""The heading that they stand under."""
RESTED_S = 0.15
"""What is computed is begun for a mark that rests for this time."""
_READ = Binding.Group("read on", compact=True)


@dataclass(frozen=True)
class Lesson:
    """A preset with the design in it."""

    preset: Preset
    design: Design

    @property
    def is_exercise(self) -> bool:
        """Whether it is to be solved."""
        return self.design.exercise is not None

    @property
    def most_stars(self) -> int:
        """Stars that there are for solving it."""
        exercise = self.design.exercise
        return exercise.stars.most if exercise else 0

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


@cache
def _sketch(key: str) -> Graph | None:
    """The picture of a preset with its numbers; None where it cannot be evaluated."""
    try:
        return graph(evaluate_plain(loads(come_along(key).text, key)))
    except SandboxError:
        return None


def _counted(design: Design) -> str:
    """How large a design is, and how many what-ifs there are; where it runs, where there are none."""
    count = len(design.variants)
    return f"{counted(design).rpartition(' · ')[0]} · {count} variants" if count else counted(design)


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

    def __init__(
        self,
        otherwise: str = "cancel",
        stars: Mapping[str, int] = NONE,
        *,
        now: str = "",
        exercises: bool = False,
    ) -> None:
        """Offer the presets, or the exercises.

        Args:
            otherwise: What choosing none of them means, in words.
            stars: What was won by the exercises that were solved, by their ids.
            now: Title of the design that is open; a preset of this title is marked.
            exercises: Offer only those, and mark the first that is not solved.
        """
        super().__init__(EXERCISES if exercises else "Presets and exercises")
        self._otherwise, self._stars, self._now = otherwise, stars, now
        self._offered = [lesson for lesson in lessons() if lesson.is_exercise or not exercises]
        self._is_narrowed = exercises
        self._taught: dict[str, Markdown] = {}

    def on_mount(self) -> None:
        """Mark the exercise that is next."""
        if self._is_narrowed:
            left = (one.preset.name for one in self._offered if one.preset.name not in self._stars)
            self.refill(next(left, None))

    def field(self) -> Input:
        """The field; it narrows the list."""
        told = "type to filter" if self._is_narrowed else "type to filter: a service, a pattern, exercises"
        return Input(placeholder=told, compact=True)

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
        return [self._item(one) for one in self._offered if all(word in one.words for word in words)]

    def _item(self, lesson: Lesson) -> Item:
        """A preset by its name; an exercise with its stars, and a tick where it is solved."""
        preset, won = lesson.preset, self._stars.get(lesson.preset.name)
        if lesson.is_exercise:
            group = f"{EXERCISES}  {self._solved}" if self._stars else EXERCISES
            note = "" if won is None else f"✓ {stars(won, lesson.most_stars)}"
            return Item(preset.name, preset.title, group=group, note=note)
        return Item(preset.name, preset.title, group=preset.group)

    @property
    def _solved(self) -> str:
        """How many exercises are solved, in words."""
        names = [one.preset.name for one in self._offered if one.is_exercise]
        return f"{sum(name in self._stars for name in names)} of {len(names)} solved"

    def refill(self, mark: str | None = None) -> None:
        """Let the list follow the field; at first the one that is open is marked."""
        if self.listed is None and mark is None:
            open_ones = (one.preset.name for one in self._offered if one.preset.title == self._now)
            mark = next(open_ones, None)
        super().refill(mark)

    def tell(self, key: str | None) -> None:
        """Show the lesson and the picture."""
        lesson = next((lesson for lesson in self._offered if lesson.preset.name == key), None)
        self.query_one(Picture).draw(outline(lesson.design) if lesson else None)
        title = (lesson.preset.title, "bold") if lesson else ""
        facts = (f"\n{_counted(lesson.design)}\n", MUTED) if lesson else ""
        self.query_one("#told", Static).update(Content.assemble(title, facts))
        self.query_one(".side").scroll_home(animate=False)
        self.teach(key if lesson else None)
        self.sketch(key if lesson else None)

    @work(exclusive=True, group="sketch")
    async def sketch(self, key: str | None) -> None:
        """Draw the numbers into the picture once the mark rests on it."""
        if key is None:
            return
        await asyncio.sleep(RESTED_S)
        drawn = await asyncio.to_thread(_sketch, key)
        for picture in self.query(Picture):  # none once the dialog is left
            if drawn is not None:
                picture.draw(drawn)

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
