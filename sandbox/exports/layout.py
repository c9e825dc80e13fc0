"""Tables, headings and marks of the report."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

PLAIN_WIDTH = 160
"""Columns where there is no terminal to ask."""

MARKS = {
    "error": ("✗", "bold red"),
    "warning": ("▲", "yellow"),
    "info": ("·", "cyan"),
    "good": ("✓", "green"),
}
"""Colour never carries a meaning alone: each severity has a mark."""


@dataclass(frozen=True)
class Cell:
    """Text with a style of its own."""

    text: str
    style: str = ""


def grid(names: Sequence[str], rows: Sequence[Sequence[Cell | str]], right: Sequence[int] = ()) -> Table:
    """A table without lines but the one under its names; numbers stand to the right."""
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim", show_edge=False, padding=(0, 2, 0, 0)
    )
    for place, name in enumerate(names):
        table.add_column(
            name,
            justify="right" if place in right else "left",
            no_wrap=place == 0 or place in right,
            overflow="fold",
        )
    for row in rows:
        cells = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
        table.add_row(*(Text(cell.text, cell.style) for cell in cells))
    return table


def heading(words: str) -> Padding:
    """A heading with room above it."""
    return Padding(Text(words, style="bold"), (1, 0, 0, 0))


def marked(severity: str, words: str) -> Text:
    """A sentence behind the mark of its severity."""
    mark, style = MARKS.get(severity, MARKS["info"])
    return Text.assemble((f"{mark} ", style), words)
