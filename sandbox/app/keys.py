"""The keys of a screen as rows for the help: section, keys, what they do."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from sandbox.app.dialogs.keytable import KeyRow

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

FORM = (
    KeyRow("Settings", "← →", "Less or more; with shift ten times as much"),
    KeyRow("Settings", "0–9", "Type a value; enter applies it, esc leaves it"),
    KeyRow("Settings", "enter", "Type over the value, or flip it"),
    KeyRow("Settings", "⌫", "Back to the default"),
    KeyRow("Tables", "s S", "Sort by the next column, or the other way"),
    KeyRow("Tables", "enter", "Show the node, or why a number is what it is"),
)
"""Keys of the forms and tables, whichever they are."""


def rows(screen: Screen[None]) -> list[KeyRow]:
    """Every key of a screen and its widgets, grouped."""
    told = {}
    for widget in (screen, *screen.query("*").results()):
        for binding in described(widget):
            section = SECTIONS.get((binding.id or "").partition(".")[0], "More")
            told[binding.id] = KeyRow(section, keys_of(binding), binding.tooltip)
    order = (*SECTIONS.values(), "More")
    return [*sorted(told.values(), key=lambda row: order.index(row.group)), *FORM]


def described(widget: Widget) -> Iterator[Binding]:
    """A widget's own bindings that say what they do."""
    for binding in type(widget).BINDINGS:
        if isinstance(binding, Binding) and binding.id and binding.tooltip:
            yield binding


def keys_of(binding: Binding) -> str:
    """All keys of a binding as people read them.

    >>> keys_of(Binding("u,ctrl+z", "undo", "Undo")), keys_of(Binding("shift+left", "pan", "Pan"))
    ('u ctrl+z', 'shift+←')
    """
    return " ".join(_written(key.strip()) for key in binding.key.split(","))


def _written(key: str) -> str:
    *before, last = key.split("+")
    return "+".join([*before, _WRITTEN.get(last, last)])
