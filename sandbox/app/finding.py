"""Finding one's way: letters on everything that can be gone to, and a search by name."""

from functools import partial

from textual.geometry import Offset
from textual.widgets import Static

from sandbox.app.drawing import DrawingScreen
from sandbox.app.panels import panels
from sandbox.app.panels.host import Strip
from sandbox.app.present.finding import Place, found
from sandbox.app.present.landing import Spot
from widgets.canvas.offer import Offer, Target, letters
from widgets.dial import Dial
from widgets.form import ParamForm

ELSEWHERE = "…"
"""Begins the names of places outside the canvas; no node is called so."""


class Letter(Static):
    """A letter over something outside the canvas."""

    DEFAULT_CSS = """
    Letter {
        layer: over;
        position: absolute;
        width: auto;
        height: 1;
        padding: 0 1;
        background: $primary;
        color: $button-color-foreground;
        text-style: bold;
    }
    """


class FindingScreen(DrawingScreen):
    """Goes to a node, an edge or a part of the screen by a letter, or to what a search finds."""

    def action_jump(self) -> None:
        """Offer a letter for everything in sight that can be gone to."""
        graph = self.canvas.graph
        every: list[Target] = [*(node.id for node in graph.nodes), *(edge.id for edge in graph.edges)]
        here = [target for target in every if self.canvas.region_of(target)]
        outside = self._outside()
        typed = letters(len(outside) + len(here))
        there = dict(zip(outside, typed, strict=False))
        offer = Offer(dict(zip(here, typed[len(outside) :], strict=False)), {}, there)
        self.offer(offer, self._jump_to)
        self.mount_all(self._letter(there[name], at) for name, at in outside.items())

    def _jump_to(self, target: Target | None) -> None:
        """Go to what was chosen, if anything was."""
        self.query(Letter).remove()
        if target is None:
            return
        if isinstance(target, int):
            self.canvas.select(None, target)
        elif not target.startswith(ELSEWHERE):
            self.canvas.select(target)
        else:
            self.run_worker(self._go_outside(target.removeprefix(ELSEWHERE)))

    async def _go_outside(self, name: str) -> None:
        if name in ("settings", "facts"):
            self.inspector.query_one(f"#{name}").focus()
        elif name == "load":
            self.query_one(Dial).focus()
        elif name == "title":
            self.canvas.select(None)
            await self.run_action("edit")
        else:
            await self.run_action(f"panel('{name}')")
            self.panels.focus_view()

    def _outside(self) -> dict[str, Offset]:
        """Places outside the canvas that are in sight, and where their letters stand."""
        found_at = {"title": self.query_one("#title").region.offset}
        if dial := self.query_one(Dial).region:
            found_at["load"] = dial.offset
        for name in ("settings", "facts"):
            part = self.inspector.query_one(f"#{name}")
            if self.inspector.display and part.region:
                found_at[name] = part.region.offset
        strip = self.panels.query_one(Strip)
        if self.panels.display:
            left = strip.content_region.offset
            found_at |= {panel.id: left + Offset(strip.left_of(panel.id) - 1, 0) for panel in panels()}
        return {f"{ELSEWHERE}{name}": at for name, at in found_at.items()}

    def _letter(self, text: str, at: Offset) -> Letter:
        letter = Letter(text)
        letter.styles.offset = (max(0, at.x), at.y)
        return letter

    def action_search(self) -> None:
        """Find a node, a connection or a setting by its name, and show it while it is marked."""
        from sandbox.app.dialogs.search import SearchDialog  # noqa: PLC0415  # only when asked for

        before = self.spot
        find = partial(found, self.document.design)
        self.app.push_screen(SearchDialog(find, self._show_place), partial(self._found, before))

    def _show_place(self, place: Place) -> None:
        self.canvas.select(place.spot.node, place.spot.edge)

    def _found(self, before: Spot, place: Place | None) -> None:
        """Stay at what was found, or go back to where one was."""
        spot = before if place is None else place.spot
        self.canvas.select(spot.node, spot.edge)
        self.canvas.marked = spot.marked
        if place is not None:
            self.canvas.focus()
            if place.setting:
                self.call_after_refresh(self._go_into, place.setting)

    async def _go_into(self, setting: str) -> None:
        """Go to a setting of what is selected."""
        await self.run_action("edit")
        self.inspector.query_one(ParamForm).focus_field(setting)

    def action_reference(self) -> None:
        """Show the page of the selected node's service, of the one that an edge leads to, or the list."""
        from sandbox.app.dialogs.reference import ReferenceDialog  # noqa: PLC0415  # only when asked for
        from sandbox.reference import index, page  # noqa: PLC0415

        design, edge = self.document.design, self.canvas.selected_edge
        node = self.canvas.selected if edge is None else design.edges[edge].target
        if node is not None and node in design.nodes:
            kind = design.nodes[node].kind
            self.app.push_screen(ReferenceDialog(kind.title, page(kind.id)))
        else:
            self.app.push_screen(ReferenceDialog("Services", index()))
