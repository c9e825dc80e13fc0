"""Connecting nodes: by letters over what may be reached, or by a line drawn with the mouse."""

from functools import partial

from textual import on

from sandbox.app.drawing import DrawingScreen
from sandbox.design.edits import Way, hindrance, joined, ways
from sandbox.errors import SandboxError
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.offer import Offer, Target, letters


class JoiningScreen(DrawingScreen):
    """An edge is drawn from the selected node to the one that is chosen, in the way that is chosen."""

    def action_connect(self) -> None:
        """Offer a letter for each node that the selected one may lead to."""
        source = self.spot.node
        if source is None:
            self.told("Select the node to connect from first")
            return
        design = self.document.design
        reasons = {key: hindrance(design, source, key) for key in design.nodes}
        legal = [key for key, reason in reasons.items() if reason is None]
        if not legal:
            self.told(f"Nothing here may follow {design.nodes[source].title}; {{design.add}} adds what may")
            return
        offer = Offer(
            dict(zip(legal, letters(len(legal)), strict=False)),
            {key: reason for key, reason in reasons.items() if reason is not None},
        )
        self.offer(offer, partial(self._reach, source))

    def _reach(self, source: str, target: Target | None) -> None:
        if isinstance(target, str):
            self.connect(source, target)

    def hinders(self, source: str, target: str) -> str | None:
        """Why two nodes cannot be joined; None if they can."""
        nodes = self.document.design.nodes
        if source not in nodes or target not in nodes:
            return "it is gone"
        return hindrance(self.document.design, source, target)

    def connect(self, source: str, target: str) -> None:
        """Join two nodes; where there are several ways the person chooses."""
        design = self.document.design
        offered = ways(design, source, target)
        if not offered:
            reason = self.hinders(source, target)
            self.told(f"Not connected: {reason}")
        elif len(offered) == 1:
            self._join(source, target, offered[0])
        else:
            from sandbox.app.dialogs.ways import WaysDialog  # noqa: PLC0415  # only when asked for

            title = f"{design.nodes[source].title} → {design.nodes[target].title}"
            self.app.push_screen(WaysDialog(title, offered, lambda way: self._join(source, target, way)))

    def _join(self, source: str, target: str, way: Way) -> None:
        design = self.document.design
        try:
            drawn = joined(design, source, target, way)
        except SandboxError as error:
            self.show_error("Not connected", error)
            return
        self.draw(f"connect {source} → {target}", drawn)

    @on(GraphCanvas.Joined)
    def join_by_mouse(self, event: GraphCanvas.Joined) -> None:
        """Join what a line was drawn between."""
        self.connect(event.source, event.target)
