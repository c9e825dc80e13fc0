"""A screen whose design is drawn: what every edit of the drawing has in common."""

from collections.abc import Callable, Mapping

from textual import on
from textual.dom import DOMNode

from sandbox.app.editing import EditingScreen
from sandbox.app.present.landing import Spot, landing
from sandbox.app.reading import Reading
from sandbox.design.model import Design
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.offer import Offer, Target

ON_CANVAS = frozenset({"delete", "duplicate", "cut"})
"""Actions whose keys count only on the canvas: x typed among the settings deletes nothing."""


class DrawingScreen(EditingScreen):
    """An edit is one named step, evaluated at once; then what is new or changed is selected."""

    _landing: tuple[Design, Spot] | None = None
    """What to select once a design is drawn: it may be evaluated in a thread."""
    _choose: Callable[[Target | None], None] | None = None
    """Who waits for what is chosen from the letters on the canvas."""

    @property
    def canvas(self) -> GraphCanvas:
        """The graph."""
        return self.query_one("#canvas", GraphCanvas)

    @property
    def spot(self) -> Spot:
        """What is selected, or will be as soon as the last edit is drawn."""
        return self._spot_in(self.document.design)

    def _spot_in(self, design: Design) -> Spot:
        """What is selected in a design, which may not be drawn yet."""
        if self._landing is not None and self._landing[0] is design:
            return self._landing[1]
        node, edge = self.canvas.selected, self.canvas.selected_edge
        return Spot(
            node if node in design.nodes else None,
            edge if edge is not None and edge < len(design.edges) else None,
            self.canvas.marked & {*design.nodes},
        )

    @property
    def chosen(self) -> frozenset[str]:
        """The nodes that an edit is for: all marked ones, or the selected one."""
        spot = self.spot
        return spot.marked or (frozenset({spot.node}) if spot.node is not None else frozenset())

    @property
    def is_drawing(self) -> bool:
        """Whether keys are for the canvas, and nobody is choosing on it."""
        return self.canvas.has_focus and self.canvas.offer is None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters alone that are typed elsewhere."""
        if action in ON_CANVAS and not self.canvas.has_focus:
            return False
        return super().check_action(action, parameters)

    async def run_action(self, action: str, namespaces: Mapping[str, DOMNode] | None = None) -> None:
        """Carry out an action that was chosen by its name, wherever the focus is."""
        if action in ON_CANVAS:
            self.set_focus(self.canvas)
        await super().run_action(action, namespaces)

    def draw(self, name: str, design: Design, spot: Spot | None = None) -> None:
        """Carry out an edit of the drawing.

        Args:
            name: What is done, in words.
            design: The design from now on.
            spot: What to select after it; what is new or changed where left out.
        """
        before, selected = self.document.design, self.spot
        self.document.edit(name, design)
        self._land(before, selected, spot)

    def _land(self, before: Design, selected: Spot, spot: Spot | None = None) -> None:
        """Evaluate, and select what is wanted as soon as it is drawn."""
        design = self.document.design
        self._landing = (design, spot or landing(before, design, selected))
        self.evaluate()

    def follow_selection(self, reading: Reading) -> None:
        """Select what an edit has led to, once it is drawn."""
        if self._landing is None:
            return
        design, spot = self._landing
        if reading.evaluation.design is design:
            self.canvas.select(spot.node, spot.edge)
            self.canvas.marked = spot.marked
            if self.is_settled:
                self._landing = None
        elif self.document.design is not design:
            self._landing = None

    def follow(self, before: Design) -> None:
        """Go where the step through the history has changed something."""
        self._land(before, self._spot_in(before))

    # Letters on the canvas

    def offer(self, offer: Offer, choose: Callable[[Target | None], None]) -> None:
        """Let the person choose by letters.

        Args:
            offer: What may be chosen.
            choose: Is told what was chosen, or nothing.
        """
        self._choose = choose
        self.canvas.offer = offer

    @on(GraphCanvas.Chosen)
    def take_chosen(self, event: GraphCanvas.Chosen) -> None:
        """Tell what was chosen."""
        self._end_offer(event.target)

    @on(GraphCanvas.Declined)
    def take_nothing(self) -> None:
        """Tell that nothing was chosen."""
        self._end_offer(None)

    def _end_offer(self, target: Target | None) -> None:
        choose, self._choose = self._choose, None
        if choose is not None:
            choose(target)
