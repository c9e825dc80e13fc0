"""Choosing from an offer: by letters, by walking over it, or by a click."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

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
        self._typed = ""
        if offer is not None:
            self.focus()

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

    def _type(self, letter: str, offer: Offer) -> None:
        typed = self._typed + letter
        target = offer.chosen(typed)
        if target is not None:
            self.choose(target)
        else:
            self._typed = typed if offer.begins(typed) else ""
            self._refresh_changed()

    def action_activate(self) -> None:
        """Choose what is selected, if it may be; without an offer open it."""
        now = self.selected if self.selected is not None else self.selected_edge
        if self.offer is None:
            super().action_activate()
        elif now in self.offer.letters and now is not None:
            self.choose(now)
