"""A screen whose line of keys shows what matters where one is."""

from sandbox.app.drawing import DrawingScreen
from sandbox.app.keys.situations import ALWAYS, ORDER, situation
from sandbox.app.panels.host import PanelHost
from sandbox.app.panels.text import TextPanel
from sandbox.app.panels.timeline import TimelinePanel
from widgets.dial import Dial
from widgets.facts import FactTable
from widgets.form import ParamForm
from widgets.keybar import Hint, KeyBar

_PARTS = (
    (Dial, "load"),
    (ParamForm, "settings"),
    (FactTable, "facts"),
    (TextPanel, "text"),
    (TimelinePanel, "time"),
    (PanelHost, "panel"),
)
"""Situations that depend on nothing but where the focus is."""


class HintingScreen(DrawingScreen):
    """Follows the focus, what is selected and what is asked."""

    def on_mount(self) -> None:
        """Follow whatever the keys depend on."""
        self.query_one("Workbench > KeyBar", KeyBar).always = ALWAYS
        for name in ("selected", "selected_edge", "marked", "offer", "graph"):
            self.watch(self.canvas, name, self.show_keys, init=False)
        self.watch(self, "focused", self.show_keys)

    def show_keys(self) -> None:
        """Show the keys that matter now; while letters choose, what they do."""
        bar = self.query_one("Workbench > KeyBar", KeyBar)
        bar.words = _CHOOSING if self.canvas.offer is not None else ()
        bar.order = ORDER[self.situation]

    @property
    def situation(self) -> str:
        """Where one is, as `ORDER` names it."""
        canvas = self.canvas
        return situation(
            self._part,
            nodes=len(canvas.graph.nodes),
            node=canvas.selected is not None,
            edge=canvas.selected_edge is not None,
            marked=canvas.marked,
        )

    @property
    def _part(self) -> str:
        """The part of the screen with the focus."""
        holders = self.focused.ancestors_with_self if self.focused is not None else ()
        found = (part for kind, part in _PARTS if any(isinstance(holder, kind) for holder in holders))
        return next(found, "canvas")


_CHOOSING = (
    Hint((), ("a–z",), "choose"),
    Hint(("tab",), ("tab",), "next"),
    Hint(("enter",), ("enter",), "choose it"),
    Hint(("escape",), ("esc",), "cancel"),
)
"""While letters lie over the canvas."""
