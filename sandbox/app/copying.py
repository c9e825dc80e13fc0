"""Copying nodes within a design and between designs, as TOML through the clipboard."""

from textual import events

from sandbox.app.drawing import DrawingScreen
from sandbox.app.present.landing import Spot
from sandbox.app.present.wording import several_nodes
from sandbox.design.edits import copied, pasted, remove_parts
from sandbox.errors import SandboxError
from widgets.canvas.canvas import GraphCanvas


class CopyingScreen(DrawingScreen):
    """What is copied goes to the terminal's clipboard too, so that any program can take it."""

    def action_copy(self) -> None:
        """Copy what is chosen, with the edges between."""
        if self._copy():
            self.told(f"Copied {several_nodes(self.document.design, self.chosen)}; {{design.paste}} pastes")
        else:
            self.app.action_help_quit()  # which says how to leave

    def action_cut(self) -> None:
        """Copy what is chosen, and take it away."""
        if not self._copy():
            self.told("Select what to cut first")
            return
        design, keys = self.document.design, self.chosen
        self.draw(f"cut {several_nodes(design, keys)}", remove_parts(design, keys))

    def action_paste(self) -> None:
        """Add what was copied last, here or in another design."""
        if self.app.clipboard:
            self.paste(self.app.clipboard)
        else:
            self.told("Nothing was copied yet")

    def on_paste(self, event: events.Paste) -> None:
        """Take nodes that the terminal pastes."""
        if isinstance(self.focused, GraphCanvas | None) and event.text.strip():
            event.stop()
            self.paste(event.text)

    def paste(self, text: str) -> None:
        """Add the nodes of a text, with their edges; say so where it holds none."""
        design = self.document.design
        try:
            after, keys = pasted(design, text)
        except SandboxError as error:
            self.show_error("Not pasted", error)
            return
        new = frozenset(keys)
        spot = Spot(next(iter(new))) if len(new) == 1 else Spot(marked=new)
        self.draw(f"paste {several_nodes(after, new)}", after, spot)

    def _copy(self) -> bool:
        """Put what is chosen on the clipboards; False where nothing is."""
        if not self.chosen:
            return False
        self.app.copy_to_clipboard(copied(self.document.design, self.chosen))
        return True
