"""The keys of a screen as rows for the help: section, keys, what they do."""

from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from sandbox.app.dialogs.keytable import KeyRow
from sandbox.app.panels import panels

SECTIONS = {
    "load": "Load",
    "design": "Design",
    "canvas": "Canvas",
    "panel": "Panels",
    "cost": "Cost",
    "view": "View",
    "file": "Files",
    "app": "App",
}
"""By the first word of a binding's id."""
REST = "More"

_WRITTEN = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "question_mark": "?",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "esc",
    "space": "space",
}

WAYS = ("canvas.left", "canvas.right", "canvas.up", "canvas.down")
"""Bindings told in one row; and so are the four that scroll."""

CANVAS = (
    KeyRow("Canvas", "arrows h j k l", "Select the nearest node that way"),
    KeyRow("Canvas", "shift+arrows", "Scroll"),
)

PALETTE = KeyRow("App", "ctrl+p", "Find any action or node by its name")

SIGNS = (
    KeyRow("Signs", "─▶", "Call that waits for its answer"),
    KeyRow("Signs", "┄▶", "Sent on without waiting"),
    KeyRow("Signs", "═▶ ≈▶", "Polled from a queue; read from a stream"),
    KeyRow("Signs", "╌✕", "Given up: to a dead-letter queue"),
    KeyRow("Signs", "█▌ 40%", "How much of the nearest limit is used"),
    KeyRow("Signs", "17 / 1,000", "Wanted at once, of how many there may be"),
    KeyRow("Signs", "p99", "99 of 100 take no longer"),
)
"""What the picture says."""

FORM = (
    KeyRow("Settings", "← →", "Less or more; with shift ten times as much"),
    KeyRow("Settings", "0–9", "Type a value; enter applies it, esc leaves it"),
    KeyRow("Settings", "enter", "Type over the value, or flip it"),
    KeyRow("Settings", "⌫", "Back to the default"),
    KeyRow("Tables", "s S", "Sort by the next column, or the other way"),
    KeyRow("Tables", "enter", "Show the node, or why a number is what it is"),
    KeyRow("Mouse", "click", "Select; on a number, why it is so; on ‹ ›, less or more"),
    KeyRow("Mouse", "double click", "Go to the settings of a node or an edge"),
    KeyRow("Mouse", "drag", "Move the picture"),
    KeyRow("Mouse", "wheel", "Scroll; on the load, turn it; with ctrl, zoom"),
)
"""Keys of the forms and tables, whichever they are, and what the mouse does."""


class Deed(NamedTuple):
    """Something that keys do."""

    action: str
    section: str
    title: str
    about: str
    keys: str
    """As people read them."""


def deeds(kind: type[Widget]) -> Iterator[Deed]:
    """What the keys of a kind of widget do, each thing once with all of its keys.

    >>> from sandbox.app.panels.cost import CostPanel
    >>> next(deeds(CostPanel)).keys
    'v'
    """
    found: dict[str, list[Binding]] = {}
    for binding in kind.BINDINGS:
        if isinstance(binding, Binding) and binding.id and binding.tooltip and not _is_way(binding.id):
            found.setdefault(binding.action, []).append(binding)
    for action, several in found.items():
        first = several[0]
        section = SECTIONS.get((first.id or "").partition(".")[0], REST)
        keys = " ".join(written(key.strip()) for one in several for key in one.key.split(","))
        yield Deed(action, section, first.description, first.tooltip, keys)


def rows(screen: Screen[None]) -> list[KeyRow]:
    """Every key of a screen, its widgets and the panels, grouped."""
    views: tuple[type[Widget], ...] = tuple(panel.view for panel in panels())
    told = {
        deed.keys: KeyRow(deed.section, deed.keys, deed.about)
        for kind in dict.fromkeys((type(screen), *map(type, screen.query("*").results()), *views))
        for deed in deeds(kind)
    }
    order = (*SECTIONS.values(), REST)
    return [
        *sorted((*CANVAS, *told.values(), PALETTE), key=lambda row: order.index(row.group)),
        *FORM,
        *SIGNS,
    ]


def _is_way(name: str) -> bool:
    """Whether a binding is one of four that lead up, down, left and right."""
    return name in WAYS or name.startswith("canvas.pan-")


def written(key: str) -> str:
    """A key as people read it.

    >>> written("ctrl+z"), written("shift+left"), written("question_mark")
    ('ctrl+z', 'shift+←', '?')
    """
    *before, last = key.split("+")
    return "+".join([*before, _WRITTEN.get(last, last)])
