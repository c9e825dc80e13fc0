"""The app: its command palette, and the workbench with a design in it."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike, environ
from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.screen import Screen

from sandbox.app.config import Config
from sandbox.app.config import load as load_config
from sandbox.app.dialogs.dialog import Dialog
from sandbox.app.document import Document
from sandbox.app.surroundings import Surroundings, surroundings
from sandbox.app.terminal import TerminalApp
from sandbox.app.workbench import Workbench
from sandbox.design.files import source_of
from sandbox.design.model import Design
from sandbox.evaluation import evaluate_plain
from sandbox.places import config_path, state_folder

TURN_S = 0.001
"""How long a thread that works things out may hold up a key [s]; Python's own choice is 5 ms."""


def run(
    design: Design | None = None,
    path: str | PathLike[str] | None = None,
    load: float = 1.0,
    plain: bool | None = None,
    source: str | None = None,
) -> None:
    """Open the app and come back when the person leaves it.

    Args:
        design: What to open; None shows the presets to choose from.
        path: The design's file, to save to.
        load: Load multiplier to begin with.
        plain: Draw with ASCII signs only; None leaves it to the configuration and the terminal.
        source: The text the design was read from, where that is no file: its comments are kept.

    Raises:
        MissingPriceError: The design's region has no price for something that is used.
    """
    config, around = load_config(config_path()), surroundings()
    if plain is None and environ.get("SANDBOX_ASCII"):
        plain = around.is_ascii
    if plain is not None:
        config = replace(config, ascii=plain)
    app = SandboxApp(design, path, load, config, around, state_folder() / "theme", source)
    app.home = state_folder()
    sys.setswitchinterval(TURN_S)
    app.run()


class SandboxApp(TerminalApp):
    """Wire services, turn a dial, and see at once what breaks first, why, and what it costs."""

    TITLE = "Serverless Sandbox"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["workbench.tcss", "legible.tcss"]
    home: Path | None = None
    """Where unsaved work and recent files are kept; None where they are not."""

    def __init__(
        self,
        design: Design | None = None,
        path: str | PathLike[str] | None = None,
        load: float = 1.0,
        config: Config | None = None,
        around: Surroundings | None = None,
        memory: Path | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(config, around, memory)
        self._has_design = design is not None
        file = Path(path) if path is not None else None
        document = Document(design, file, load, source or (source_of(file) if design else None))
        self._workbench = Workbench(document, evaluate_plain(document.design, load))

    def get_default_screen(self) -> Screen[Any]:
        """The workbench; without a design to open, the presets lie over it."""
        self._workbench.home = self.home
        return self._workbench

    def on_mount(self) -> None:
        """Offer unsaved work that is left from before, and the presets where nothing was to be opened."""
        self._workbench.call_after_refresh(self._workbench.greet, self._has_design)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Beside the workbench's actions only a picture: the rest has keys of its own."""
        yield SystemCommand("Screenshot", "Save a picture of the screen as SVG", self.deliver_screenshot)

    async def on_event(self, event: events.Event) -> None:
        """Carry keys out in the order they are typed: the next may be meant for what this one opens.

        Textual hands a key to the widget with the focus, and looks for its binding when the key has come
        back; meanwhile the next one is on its way to the same widget.
        """
        if isinstance(event, events.Key) and not event.is_forwarded and self.app_focus:
            screen = self.screen
            if screen is self._workbench:
                if self._workbench.is_drawing and await self._check_bindings(event.key):
                    return
            elif isinstance(screen, Dialog) and screen.hear(event):
                return
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Leave as `q` does, so that nothing is lost."""
        self._workbench.action_leave()

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c is often meant for something else."""
        self.notify("{app.quit} ends the app, and asks where something is unsaved", timeout=3)
