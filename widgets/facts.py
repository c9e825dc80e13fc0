"""Numbers about one thing, each with its change, each of which can be asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.binding import BindingType
from textual.message import Message

from widgets import keys
from widgets.cells import cell_len, pad
from widgets.lines import Lines
from widgets.pieces import Piece

Tone = Literal["", "good", "warn", "bad"]
_GUTTER = 3
_GAPS = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """One number and what became of it."""

    key: str
    label: str
    value: str
    unit: str = ""
    change: str = ""
    """Against what it was before, such as "+12 %"."""
    tone: Tone = ""
    """What the number or its change means; drawn as a mark and a colour."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title over the facts that follow."""

    title: str


class FactTable(Lines):
    """Label, value, unit and change in columns; values stand right, under each other.

    Enter or a second click on the chosen fact, or a click on its value, asks where the number comes from.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.FACTS]

    @dataclass
    class Asked(Message):
        """The person wants to know why a fact is what it is."""

        table: "FactTable"
        key: str

        @property
        def control(self) -> "FactTable":
            """The table it happened in."""
            return self.table

    def __init__(
        self,
        facts: Iterable[Fact | Heading] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._facts = tuple(facts)
        self._widths = _widths_of(self._facts)
        self.set_reactive(FactTable.chosen, self.nearest(0, 1) or 0)

    @property
    def facts(self) -> tuple[Fact | Heading, ...]:
        """The facts and headings shown."""
        return self._facts

    def show(self, facts: Iterable[Fact | Heading]) -> None:
        """Show these; where only values changed, only their lines are drawn again."""
        before, self._facts = self._facts, tuple(facts)
        widths, self._widths = self._widths, _widths_of(self._facts)
        if [_key(fact) for fact in before] != [_key(fact) for fact in self._facts]:
            kept = _key(before[self.chosen]) if self.chosen < len(before) else None
            same = [
                row for row, fact in enumerate(self._facts) if isinstance(fact, Fact) and fact.key == kept
            ]
            self.set_reactive(FactTable.chosen, same[0] if same else self.nearest(0, 1) or 0)
            self.fit()
            self.refresh()
        elif widths != self._widths:
            self.refresh()
        else:
            for row, (old, new) in enumerate(zip(before, self._facts, strict=True)):
                if old != new:
                    self.repaint_row(row)

    def action_ask(self) -> None:
        """Ask about the chosen fact."""
        if self.choosable(self.chosen):
            self.post_message(self.Asked(self, _key(self._facts[self.chosen])))

    def pressed(self, row: int, event: events.Click, x: int) -> None:
        """A click asks, as Enter does."""
        self.action_ask()

    @property
    def row_count(self) -> int:
        """Facts and headings."""
        return len(self._facts)

    def choosable(self, row: int) -> bool:
        """Facts can be chosen, headings cannot."""
        return 0 <= row < len(self._facts) and isinstance(self._facts[row], Fact)

    def row_pieces(self, row: int, width: int) -> list[Piece]:
        """A heading, or a fact in its columns."""
        fact = self._facts[row]
        if isinstance(fact, Heading):
            rule = self.glyphs.rule
            return [(f"{rule}{rule} {fact.title} ", "lines--heading"), (rule * width, "lines--faint")]
        label, value, unit, change = self._widths
        label = max(6, min(label, width - _GUTTER - _GAPS - value - unit - change))
        tone = f"lines--{fact.tone}" if fact.tone else ""
        return [
            self.cursor_piece(row),
            (f"{self.glyphs.mark(fact.tone)} ", tone),
            (pad(fact.label, label, glyphs=self.glyphs) + " ", ""),
            (pad(fact.value, value, "right"), tone or "lines--strong"),
            (f" {pad(fact.unit, unit)} ", "lines--dim"),
            (pad(fact.change, change, "right"), tone or "lines--dim"),
        ]


def _key(fact: Fact | Heading) -> str:
    return fact.key if isinstance(fact, Fact) else fact.title


def _widths_of(facts: tuple[Fact | Heading, ...]) -> tuple[int, int, int, int]:
    """The widest label, value, unit and change [cells]."""
    rows = [(fact.label, fact.value, fact.unit, fact.change) for fact in facts if isinstance(fact, Fact)]
    label, value, unit, change = (
        (max(map(cell_len, column)) for column in zip(*rows, strict=True)) if rows else (0,) * 4
    )
    return label, value, unit, change
