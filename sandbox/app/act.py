"""A button of one line: a key and what it does."""

from textual import events
from textual.widgets import Static

from sandbox.app.keys.deeds import keyed


class Act(Static):
    """A key and what it does, for the mouse."""

    DEFAULT_CSS = """
    Act {
        width: auto;
        height: 1;
        padding: 0 1;
        margin-left: 1;
        background: $foreground 12%;
        &:hover { background: $foreground 25%; }
    }
    """

    def __init__(self, words: str, action: str, name: str) -> None:
        """Make a button.

        Args:
            words: With the binding's id in braces in front.
            action: What a click does; without a namespace the nearest widget around does it that can.
            name: The widget's id.
        """
        super().__init__(id=name, markup=False)
        self.words, self.action = words, action

    def on_mount(self) -> None:
        """Name the key as the person has set it."""
        self.say(self.words)

    def say(self, words: str) -> None:
        """Call it otherwise."""
        self.update(keyed(self, words))

    async def _on_click(self, event: events.Click) -> None:
        event.stop()
        able = (node for node in self.ancestors if hasattr(node, f"action_{self.action}"))
        await self.app.run_action(self.action, next(able, self))
