"""The app: its colours, its command palette, and the workbench with a design in it."""

import sys
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from sandbox.app.document import Document
from sandbox.app.themes import DARK, LIGHT
from sandbox.app.workbench import Workbench
from sandbox.design.files import source_of
from sandbox.design.model import Design
from sandbox.evaluation import evaluate_plain

TURN_S = 0.001
"""How long a thread that works things out may hold up a key [s]; Python's own choice is 5 ms."""


def run(design: Design | None = None, path: str | PathLike[str] | None = None, load: float = 1.0) -> None:
    """Open the app and come back when the person leaves it.

    Args:
        design: What to open; None shows the presets to choose from.
        path: The design's file, to save to.
        load: Load multiplier to begin with.

    Raises:
        MissingPriceError: The design's region has no price for something that is used.
    """
    app = SandboxApp(design, path, load)
    sys.setswitchinterval(TURN_S)
    app.run()


class SandboxApp(App[None]):
    """Wire services, turn a dial, and see at once what breaks first, why, and what it costs."""

    TITLE = "Serverless Sandbox"
    CSS_PATH = "workbench.tcss"

    def __init__(
        self, design: Design | None = None, path: str | PathLike[str] | None = None, load: float = 1.0
    ) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self._has_design = design is not None
        file = Path(path) if path is not None else None
        document = Document(design, file, load, source_of(file) if design else None)
        self._workbench = Workbench(document, evaluate_plain(document.design, load))

    def get_default_screen(self) -> Screen[Any]:
        """The workbench; without a design to open, the presets lie over it."""
        return self._workbench

    def on_mount(self) -> None:
        """Offer the presets where nothing was to be opened."""
        if not self._has_design:
            self._workbench.call_after_refresh(self._workbench.action_presets)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Beside the workbench's actions only a picture: the rest has keys of its own."""
        yield SystemCommand("Screenshot", "Save a picture of the screen as SVG", self.deliver_screenshot)

    async def action_quit(self) -> None:
        """Leave as `q` does, so that nothing is lost."""
        self._workbench.action_leave()

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c is often meant for something else."""
        self.notify("q ends the app, and asks where something is unsaved", timeout=3)
