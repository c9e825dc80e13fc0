"""Choosing from an offer: by letters, by walking over it, or by a click."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from widgets.canvas.moves import Direction, nearest, neighbours
from widgets.canvas.offer import Offer, Target
from widgets.canvas.selecting import Selecting


class Choosing(Selecting):
    """A `Selecting` canvas in which an offer takes the keys until it ends."""

    @dataclass
    class Chosen(Message, namespace="graph_canvas"):
        """A person chose from the offer, which has ended."""

        target: Target

    @dataclass
    class Declined(Message, namespace="graph_canvas"):
        """A person chose nothing from the offer, which has ended."""

    def watch_offer(self, offer: Offer | None) -> None:
        """Take the keys."""
        if offer is not None:
            self.focus(scroll_visible=False)

    def choose(self, target: Target) -> None:
        """End the offer with a choice."""
        self.offer = None
        self.post_message(self.Chosen(target))

    def decline(self) -> None:
        """End the offer without one."""
        if self.offer is not None:
            self.offer = None
            self.post_message(self.Declined())

    def on_key(self, event: events.Key) -> None:
        """Give letters to the offer."""
        if self.offer is None:
            return
        if event.key == "escape":
            self.decline()
        elif event.is_printable and event.character:
            self._type(event.character, self.offer)
        else:
            return
        event.stop()

    def on_blur(self) -> None:
        """An offer ends when the keys go elsewhere, unless it is to another window."""
        if self.app.app_focus:
            self.decline()

    def _type(self, letter: str, offer: Offer) -> None:
        """Take a letter; one that leads nowhere begins again."""
        typed = next((text for text in (self._typed + letter, letter) if offer.begins(text)), "")
        target = offer.chosen(typed)
        if target is not None:
            self.choose(target)
        else:
            self._typed = typed
            self._refresh_changed()

    def action_activate(self) -> None:
        """Choose what is aimed at, if it may be; without an offer open what is selected."""
        if self.offer is None:
            super().action_activate()
            return
        selected = self.selected if self.selected is not None else self.selected_edge
        aimed = self.aimed if self.aimed is not None else selected
        if aimed is not None and aimed in self.offer.letters:
            self.choose(aimed)

    def action_cycle(self, step: int) -> None:
        """Aim at the next of what is offered; without an offer select the next node or edge."""
        if self.offer is None:
            super().action_cycle(step)
            return
        order: list[Target] = [
            *(node.id for node in self.graph.nodes),
            *(edge.id for edge in self.graph.edges),
        ]
        stops = [target for target in order if target in self.offer.letters]
        if self.aimed in stops:
            self.aimed = stops[(stops.index(self.aimed) + step) % len(stops)]
        elif stops:
            self.aimed = stops[0 if step > 0 else -1]

    def action_move(self, direction: Direction) -> None:
        """Aim at the nearest node of the offer that way, one that cannot be chosen included: it says why."""
        if self.offer is None:
            super().action_move(direction)
            return
        start = self.aimed if isinstance(self.aimed, str) else self.selected
        if start is None or isinstance(self.aimed, int):
            self.action_cycle(1 if direction in ("right", "down") else -1)
            return
        told = {*self.offer.letters, *self.offer.reasons, start}
        boxes = {name: box for name, box in self._picture.layout.boxes.items() if name in told}
        found = (
            nearest(boxes, start, direction, neighbours(self.graph.edges, start)) if start in boxes else None
        )
        if found is not None:
            self.aimed = found
