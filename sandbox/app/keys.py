"""The keys of a screen as rows for the help: section, keys, what they do."""

from collections.abc import Iterator
from typing import NamedTuple

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

FORM = (
    KeyRow("Settings", "← →", "Less or more; with shift ten times as much"),
    KeyRow("Settings", "0–9", "Type a value; enter applies it, esc leaves it"),
    KeyRow("Settings", "enter", "Type over the value, or flip it"),
    KeyRow("Settings", "⌫", "Back to the default"),
    KeyRow("Tables", "s S", "Sort by the next column, or the other way"),
    KeyRow("Tables", "enter", "Show the node, or why a number is what it is"),
)
"""Keys of the forms and tables, whichever they are."""


class Deed(NamedTuple):
    """Something that keys do."""

    action: str
    section: str
    title: str
    about: str
    keys: str
    """As people read them."""


def deeds(widget: Widget) -> Iterator[Deed]:
    """What a widget's own keys do, each thing once with all of its keys.

    >>> from sandbox.app.panels.cost import CostPanel
    >>> next(deeds(CostPanel())).keys
    'v'
    """
    found: dict[str, list[Binding]] = {}
    for binding in type(widget).BINDINGS:
        if isinstance(binding, Binding) and binding.id and binding.tooltip:
            found.setdefault(binding.action, []).append(binding)
    for action, several in found.items():
        first = several[0]
        section = SECTIONS.get((first.id or "").partition(".")[0], REST)
        keys = " ".join(written(key.strip()) for one in several for key in one.key.split(","))
        yield Deed(action, section, first.description, first.tooltip, keys)


def rows(screen: Screen[None]) -> list[KeyRow]:
    """Every key of a screen and its widgets, grouped."""
    told = {
        deed.keys: KeyRow(deed.section, deed.keys, deed.about)
        for widget in (screen, *screen.query("*").results())
        for deed in deeds(widget)
    }
    order = (*SECTIONS.values(), REST)
    return [*sorted(told.values(), key=lambda row: order.index(row.group)), *FORM]


def written(key: str) -> str:
    """A key as people read it.

    >>> written("ctrl+z"), written("shift+left"), written("question_mark")
    ('ctrl+z', 'shift+←', '?')
    """
    *before, last = key.split("+")
    return "+".join([*before, _WRITTEN.get(last, last)])
