"""What an empty canvas says: how one begins, each way with its key, to be pressed or clicked."""

from textual import events, on

from sandbox.app.drawing import DrawingScreen
from sandbox.app.keys.deeds import keyed
from widgets.cells import cell_len

WAYS = (
    ("{design.add}", "add the first service", "add"),
    ("{file.presets}", "open an example", "presets"),
    ("{file.exercises}", "learn by an exercise", "exercises"),
    ("{file.open}", "open a file", "open"),
)
"""A key by its id, what it does, and the action."""
ABOVE = ("Nothing here yet", "")
"""Lines above them."""


class BeginningScreen(DrawingScreen):
    """Helps along where nothing is drawn."""

    def on_mount(self) -> None:
        """Say how one begins."""
        keys = [keyed(self, key) for key, _, _ in WAYS]
        room = max(map(cell_len, keys))
        lines = [f"{key.ljust(room)}  {words}" for key, (_, words, _) in zip(keys, WAYS, strict=True)]
        width = max(map(cell_len, lines))
        self.canvas.empty = "\n".join((*ABOVE, *(line.ljust(width) for line in lines)))

    @on(events.Click)
    async def begin_by_mouse(self, event: events.Click) -> None:
        """Do what the clicked line says."""
        canvas = self.canvas.content_region
        is_meant = event.button == 1 and event.chain == 1 and canvas.contains_point(event.screen_offset)
        if self.document.design.nodes or not is_meant:
            return
        first = (canvas.height - len(ABOVE) - len(WAYS)) // 2 + len(ABOVE)
        place = int(event.screen_y) - canvas.y - first
        if 0 <= place < len(WAYS):
            await self.run_action(WAYS[place][2])
