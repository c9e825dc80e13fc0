"""What the keys of a kind of widget do, with the keys a person has set."""

import re
from collections.abc import Iterator, Mapping
from re import Match
from typing import Any, NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widget import Widget

from sandbox.app.keys.written import written
from sandbox.app.panels import panels
from widgets.glyphs import is_plain

SECTIONS = {
    "design": "Design",
    "canvas": "Canvas",
    "load": "Load",
    "dial": "Load",
    "time": "Time",
    "chart": "Time",
    "view": "View",
    "panel": "Panels",
    "file": "Files",
    "app": "App",
    "form": "Settings",
    "rows": "Tables",
    "table": "Tables",
    "facts": "Tables",
    "headroom": "Headroom",
    "cost": "Cost",
    "advice": "Advice",
    "notes": "Advice",
    "goals": "Goals",
    "text": "Text",
    "editor": "Text",
}
"""By the first word of a binding's id, in the order of the help."""
REST = "More"
NO_KEY = "no-key:"
"""What the keymap says of an action whose keys were taken away; no terminal sends such a key."""


class Deed(NamedTuple):
    """Something that keys do."""

    action: str
    section: str
    title: str
    about: str
    keys: tuple[str, ...]
    """As Textual names them; none where they were taken away."""
    name: str
    """Id of the (first) binding."""

    def written(self, *, plain: bool = False) -> str:
        """The keys as people read them."""
        return " ".join(written(key, plain=plain) for key in self.keys)


def keymap(app: App[Any]) -> Mapping[str, str]:
    """The keys a person has set: by id of the binding, as Textual names them."""
    return app._keymap  # noqa: SLF001  # it can only be set


def bindings(kind: type[DOMNode]) -> Iterator[Binding]:
    """The bindings of a kind of widget with an id, its own before those it inherits."""
    for base in kind.__mro__:
        for binding in base.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                yield binding


def keys_of(binding: Binding, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a binding, as the person has set them."""
    given = keys.get(binding.id or "", binding.key).split(",")
    return tuple(key.strip() for key in given if not key.startswith(NO_KEY))


def deeds(kind: type[DOMNode], keys: Mapping[str, str] | None = None) -> Iterator[Deed]:
    """What the keys of a kind of widget do, each thing once with all of its keys.

    Args:
        kind: The class of the widget or the screen.
        keys: Keys that a person has set, by id.

    >>> from sandbox.app.panels.cost import CostPanel
    >>> next(deeds(CostPanel)).keys, next(deeds(CostPanel, {"cost.regroup": "ctrl+g"})).written()
    (('v',), 'ctrl+g')
    """
    found: dict[str, list[Binding]] = {}
    for binding in bindings(kind):
        if binding.tooltip:
            found.setdefault(binding.action, []).append(binding)
    for action, several in found.items():
        first = several[0]
        section = SECTIONS.get((first.id or "").partition(".")[0], REST)
        held = tuple(dict.fromkeys(key for one in several for key in keys_of(one, keys or {})))
        yield Deed(action, section, first.description, first.tooltip, held, first.id or "")


def keyed(node: App[Any] | Widget, text: str) -> str:
    """A text with keys in the place of ids in braces, as the person has set them.

    Args:
        node: The app, or any widget of it; the keys of its screens, the panels and its own are meant.
        text: As in `{design.undo} takes it back`; an action without a key is called by its name.
    """
    if "{" not in text:
        return text
    app: App[Any] = node.app
    kinds = (type(app), *(panel.view for panel in panels()), *map(type, app.screen_stack))
    held = {one.id: one for kind in kinds for one in reversed(tuple(bindings(kind)))}
    keys, plain = keymap(app), is_plain()

    def spoken(place: Match[str]) -> str:
        binding = held.get(place[1])
        if binding is None:
            return place[0]
        return next((written(key, plain=plain) for key in keys_of(binding, keys)), f"“{binding.description}”")

    return _ID.sub(spoken, text)


_ID = re.compile(r"\{([a-z]+(?:\.[a-z-]+)+)\}")
