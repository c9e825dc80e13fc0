"""Adding services: behind what is selected, into the selected edge, or by themselves."""

from textual import on

from sandbox.app.drawing import DrawingScreen
from sandbox.app.present.adding import Choice, choices
from sandbox.app.present.wording import ends
from sandbox.catalog.service import services
from sandbox.design.edits import added
from sandbox.errors import SandboxError
from widgets.canvas.canvas import GraphCanvas


class AddingScreen(DrawingScreen):
    """A service is chosen from a list and drawn at once, joined to what was selected."""

    async def action_add(self) -> None:
        """Choose a service, and add it where one is.

        The keys that follow belong to the list already, even before it is drawn.
        """
        from sandbox.app.dialogs.add import AddDialog  # noqa: PLC0415  # only when asked for

        design, spot = self.document.design, self.spot
        heading = "Add"
        if spot.node is not None:
            heading = f"Add after {design.nodes[spot.node].title}"
        elif spot.edge is not None:
            heading = f"Insert into {ends(design, spot.edge)}"
        offered = choices(design, spot.node, spot.edge)
        await self.app.push_screen(AddDialog(heading, offered, self.add))

    def add(self, choice: Choice) -> None:
        """Add what was chosen where one is, and go on from there."""
        design, spot = self.document.design, self.spot
        title = services()[choice.service].title
        try:
            if choice.follower is None:
                grown, key = added(design, choice.service)
            elif choice.leads:
                grown, key = added(design, choice.service, before=spot.node, way=choice.follower.way)
            elif spot.node is not None:
                grown, key = added(design, choice.service, after=spot.node, way=choice.follower.way)
            else:
                grown, key = added(design, choice.service, into=spot.edge)
        except SandboxError as error:
            self.show_error("Not added", error)
            return
        self.set_focus(self.canvas)
        self.draw(f"add {title} {key}", grown)
        if choice.follower is None and design.nodes:
            self.told(f"{title} {key} stands by itself; {{design.connect}} connects it")

    @on(GraphCanvas.AddAsked)
    async def add_by_mouse(self) -> None:
        """Add what is chosen after a double click."""
        await self.action_add()
