"""Every binding there is, by the place where it counts.

Imports every dialog and every panel: only for checking and explaining the configuration.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from textual.binding import Binding
from textual.dom import DOMNode

import sandbox.app
import widgets
from sandbox.app.dialogs.dialog import Dialog
from sandbox.app.keys.deeds import bindings
from sandbox.app.keys.everywhere import APP
from sandbox.app.panels.panel import PanelView
from sandbox.app.workbench import Workbench
from widgets.canvas.canvas import GraphCanvas
from widgets.facts import FactTable
from widgets.form import ParamForm
from widgets.lines import Lines
from widgets.notes import NoteList
from widgets.table import Table


@dataclass(frozen=True)
class Place:
    """Where keys count together: the first layer that knows a key gets it."""

    name: str
    """As in `on the canvas`."""
    layers: tuple[tuple[Binding, ...], ...]
    """Bindings from the inside out, each with one key."""


@cache
def kinds() -> tuple[type[DOMNode], ...]:
    """Every class of the app and the widgets that has bindings with ids."""
    for package in (widgets, sandbox.app):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    found = [kind for kind in _beneath(DOMNode) if kind.__module__.startswith(("widgets", "sandbox"))]
    return tuple(kind for kind in dict.fromkeys(found) if any(bindings(kind)))


@cache
def known() -> dict[str, Binding]:
    """Every binding by its id, those of the workbench first."""
    found = {binding.id: binding for binding in (*bindings(Workbench), *_each(APP)) if binding.id}
    first: tuple[type[DOMNode], ...] = (GraphCanvas, ParamForm)
    for kind in (*first, *sorted(kinds(), key=lambda kind: kind.__name__)):
        for binding in bindings(kind):
            found.setdefault(binding.id or "", binding)
    return found


@cache
def places() -> tuple[Place, ...]:
    """Where keys count: the parts of the workbench, and each dialog."""
    parts: list[tuple[str, tuple[type[DOMNode], ...]]] = [
        ("on the canvas", (GraphCanvas, Workbench)),
        ("in the settings", (ParamForm, Workbench)),
        ("in the numbers", (FactTable, Workbench)),
    ]
    views = [kind for kind in kinds() if issubclass(kind, PanelView)] or [PanelView]
    parts += [
        ("in the panels", (table, view, Workbench)) for table in (Table, NoteList, Lines) for view in views
    ]
    parts += [
        (_called(kind.__name__), (kind,))
        for kind in kinds()
        if issubclass(kind, Dialog) and not _beneath(kind)
    ]
    return tuple(Place(name, (*map(_single, chain), _each(APP))) for name, chain in parts)


def _single(kind: type[DOMNode]) -> tuple[Binding, ...]:
    """Bindings of a class as Textual merges them: a class's own key replaces the inherited one."""
    merged: dict[str, Binding] = {}
    for base in reversed(kind.__mro__):
        own: dict[str, Binding] = {}
        for binding in _each(base.__dict__.get("BINDINGS", ())):
            own.setdefault(binding.key, binding)
        merged |= own
    return tuple(merged.values())


def _each(several: object) -> tuple[Binding, ...]:
    return tuple(Binding.make_bindings(several))  # type: ignore[arg-type]


def _called(name: str) -> str:
    """A dialog as a place, by the name of its class.

    >>> _called("SaveAsDialog")
    'in the dialog “save as”'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Dialog"))
    return f"in the dialog “{words.lower()}”"


def _beneath(kind: type[DOMNode]) -> list[type[DOMNode]]:
    """All subclasses."""
    return [each for below in kind.__subclasses__() for each in (below, *_beneath(below))]
