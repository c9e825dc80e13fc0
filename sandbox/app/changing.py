"""Changing what is drawn: names, copies beside the originals, places, and taking away."""

from textual import on

from sandbox.app.drawing import DrawingScreen
from sandbox.app.present.landing import Spot
from sandbox.app.present.wording import several_nodes
from sandbox.design.edits import arranged, duplicated, placed, remove_parts
from sandbox.design.model import Design
from widgets.canvas.canvas import GraphCanvas


class ChangingScreen(DrawingScreen):
    """Each change is for all marked nodes, or for what is selected."""

    def action_delete(self) -> None:
        """Take away what is chosen, with its edges; undo brings it back."""
        design, spot = self.document.design, self.spot
        if self.chosen:
            name = f"delete {several_nodes(design, self.chosen)}"
            self.draw(name, remove_parts(design, self.chosen))
        elif spot.edge is not None:
            edge = design.edges[spot.edge]
            name = f"delete edge {edge.source} → {edge.target}"
            self.draw(name, remove_parts(design, edges=[spot.edge]))
        else:
            self.told("Select what to delete first")
            return
        self.told(f"{name[:1].upper()}{name[1:]}; {{design.undo}} brings it back")

    def action_duplicate(self) -> None:
        """Copy what is chosen beside itself, with the edges between."""
        if not self.chosen:
            self.told("Select what to duplicate first")
            return
        design = self.document.design
        copied, _ = duplicated(design, self.chosen)
        self.draw(f"duplicate {several_nodes(design, self.chosen)}", copied)

    def action_arrange(self) -> None:
        """Let the layout place every node again."""
        design = self.document.design
        if not any(node.position for node in design.nodes.values()):
            self.told("Every node is where the layout puts it")
            return
        self.draw("arrange again", arranged(design), self.spot)

    @on(GraphCanvas.Placed)
    def place(self, event: GraphCanvas.Placed) -> None:
        """Keep nodes where a person has put them."""
        design = self.document.design
        moved = {key: at for key, at in event.positions.items() if key in design.nodes}
        self.draw(f"move {several_nodes(design, moved)}", placed(design, moved), self.spot)

    async def action_rename(self) -> None:
        """Give what is selected another name; with nothing selected, the design."""
        from sandbox.app.dialogs.rename import RenameDesign, RenameNode  # noqa: PLC0415

        design, node = self.document.design, self.spot.node
        if node is None and self.chosen:
            self.told("Select the one to rename: several are marked")
        elif node is None:
            await self.app.push_screen(RenameDesign(design, self.rename))
        else:
            await self.app.push_screen(RenameNode(design, node, self.rename))

    def rename(self, name: str, design: Design, now: str | None) -> None:
        """Carry out a change of names.

        Args:
            name: What is done, in words.
            design: The design with the new names.
            now: The node's id from now on; None for the design itself.
        """
        self.draw(name, design, Spot(now))
        self.call_after_refresh(self.inspector.show_story, self.document.design.description)
