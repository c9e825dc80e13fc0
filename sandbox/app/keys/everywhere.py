"""The keys that count on every screen."""

from textual.binding import Binding, BindingType

APP: tuple[BindingType, ...] = (
    Binding("ctrl+p", "command_palette", "Palette", show=False, priority=True, id="app.palette",
            tooltip="Find any action or node by its name"),
    Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit-anywhere",
            tooltip="End the app, also from a dialog; asks where something is unsaved"),
    Binding("ctrl+c", "help_quit", "How to quit", show=False, system=True, id="app.interrupt",
            tooltip="Say how to end the app, where nothing can be copied"),
)  # fmt: skip
