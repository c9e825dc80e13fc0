"""The menu of what is selected: by the right button where the mouse is, or by a key."""

from textual import on
from textual.geometry import Offset

from sandbox.app.drawing import DrawingScreen
from sandbox.app.present.landing import Spot
from sandbox.app.present.menu import entries
from sandbox.app.present.wording import ends
from widgets.canvas.canvas import GraphCanvas

_OF_CANVAS = ("mark_all",)
"""Actions that the canvas carries out."""


class MenuScreen(DrawingScreen):
    """Offers the actions that make sense where one is."""

    @on(GraphCanvas.MenuAsked)
    def open_menu(self, event: GraphCanvas.MenuAsked) -> None:
        """Open the menu under the mouse."""
        self.show_menu(Spot(event.node, event.edge, self.canvas.marked), Offset(event.x, event.y))

    def action_menu(self) -> None:
        """Open the menu of what is selected, under it if it is in sight."""
        spot = self.spot
        target = spot.edge if spot.node is None else spot.node
        seen = self.canvas.region_of(target) if target is not None else None
        corner = self.canvas.region.offset + Offset(2, 1)
        self.show_menu(spot, Offset(seen.x, seen.bottom) if seen else corner)

    def show_menu(self, spot: Spot, at: Offset) -> None:
        """Offer what can be done with what is selected, and do what is chosen."""
        from sandbox.app.dialogs.menu import MenuDialog  # noqa: PLC0415  # only when asked for

        design = self.document.design
        heading = design.name
        if len(spot.marked) > 1:
            heading = f"{len(spot.marked)} nodes"
        elif spot.node is not None:
            heading = design.nodes[spot.node].title
        elif spot.edge is not None:
            heading = ends(design, spot.edge)
        groups = entries(design, spot, can_paste=bool(self.app.clipboard))
        self.app.push_screen(MenuDialog(heading, groups, self._keys(), at), self._do)

    def _keys(self) -> dict[str, str]:
        """The key of each action as people read it, the first one where it has several."""
        found: dict[str, str] = {}
        for key, active in self.active_bindings.items():
            shown = active.binding.key_display or self.app.get_key_display(active.binding)
            found.setdefault(active.binding.action, shown or key)
        return found

    async def _do(self, action: str | None) -> None:
        if action is not None:
            await (self.canvas if action in _OF_CANVAS else self).run_action(action)
