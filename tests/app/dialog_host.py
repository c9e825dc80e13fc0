"""An app that shows one dialog and keeps what it answered."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, Static

from sandbox.app.dialogs.dialog import Dialog
from sandbox.app.dialogs.picklist import PickList

WAITING = object()
"""Stands for the answer that is not there yet."""


class Host(App):
    """Something to stand in front of."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__()
        self.dialog = dialog
        self.answer = WAITING
        self.opened = []

    def compose(self):
        """A word behind the dialog."""
        yield Static("behind")

    def on_mount(self):
        """Show the dialog."""
        self.push_screen(self.dialog, self.keep)

    def keep(self, answer):
        """Keep the answer."""
        self.answer = answer

    def open_url(self, url, *, new_tab=True):
        """Keep what a browser would be sent to."""
        del new_tab
        self.opened.append(url)


@asynccontextmanager
async def shown(dialog: Dialog, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Host, Pilot]]:
    """A dialog on the screen, and hands on keys and mouse."""
    app = Host(dialog)
    async with app.run_test(size=size) as pilot:
        for field in dialog.query(Input):
            field.cursor_blink = False
        await pilot.pause()
        yield app, pilot


async def typed(pilot: Pilot, text: str) -> None:
    """Press the key of every character."""
    await pilot.press(*(_KEYS.get(letter, letter) for letter in text))


async def until(pilot: Pilot, condition: Callable[[], bool]) -> None:
    """Wait for what a worker brings about, for five seconds at most."""
    for _ in range(250):
        await pilot.pause()
        if condition():
            return
        await pilot.pause(0.02)
    pytest.fail("it did not come about")


_KEYS = {"/": "slash", ".": "full_stop", "-": "minus", " ": "space", "~": "tilde", "_": "underscore"}


def screen_text(app: App) -> str:
    """Everything that is seen, line by line."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text[:width].rstrip() for strip in strips[:height])


def listed(dialog: Dialog) -> list[str]:
    """The names of what a dialog offers."""
    picks = dialog.query_one(PickList)
    return [Path(option.id).name for option in picks.options if option.id]
