"""Draw the app without a terminal: every preset, some in three sizes, and a few states, as SVG.

Two runs give the same bytes: nothing moves, nothing blinks, and each picture waits until the app
has come to rest.
"""

import argparse
import asyncio
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ |= {"TEXTUAL_ANIMATIONS": "none", "COLORTERM": "truecolor"}

from textual.pilot import Pilot
from textual.widgets import Input

from sandbox.app.advising import AdvisingScreen
from sandbox.app.app import SandboxApp
from sandbox.app.evaluating import EvaluatingScreen
from sandbox.app.timing import TimingScreen
from sandbox.design.presets import come_along, preset_names, presets
from sandbox.design.reading import loads

HERE = Path(__file__).parent
USUAL = (140, 40)
SIZES = ((80, 24), USUAL, (200, 55))
IN_ALL_SIZES = ("fan-out", "queue-worker", "serverless-api", "stream-processing", "web-app")
GALLERY = HERE / "README.md"
FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Where to load a font from: a picture should need nothing but itself."""
TRIPLE = ("right_square_bracket",) * 5
"""Turns the load to ×3.05."""
SPIKE = {"before": 4, "during": 7, "after": 20}
"""Cells of the cursor from the start of a run of an hour, in which a spike lasts from 10 min to 12 min."""
LOOK_S, LONGEST_S = 0.25, 60.0


@dataclass(frozen=True)
class Shot:
    """One picture: what is opened, how large, and what is done before it is taken."""

    name: str
    preset: str
    size: tuple[int, int] = USUAL
    keys: tuple[str, ...] = ()
    theme: str = ""
    told: str = ""
    """What it shows, for the page; nothing for a preset, whose summary says it."""

    @property
    def file(self) -> Path:
        """Where it is written."""
        return HERE / f"{self.name}-{self.size[0]}x{self.size[1]}.svg"


def shots() -> Iterator[Shot]:
    """Every preset, and the states."""
    for name in preset_names():
        for size in SIZES if name in IN_ALL_SIZES else (USUAL,):
            yield Shot(name, name, size)
    yield from states()


def states() -> Iterator[Shot]:
    """The app's panels, dialogs and themes."""
    api, orders = "serverless-api", ("right", "right", "right", "down", "right")
    yield Shot("overload", api, keys=TRIPLE, told="Three times the load: what throttles, and what feels it")
    selected = (*TRIPLE, *orders)
    yield Shot(
        "selected", api, keys=selected, told="A table that throttles: its settings, and what it does now"
    )
    yield Shot(
        "why", api, keys=(*selected, "w"), told="Why (`w`): the formula, its numbers, and what would clear it"
    )
    yield Shot("cost", api, keys=("3",), told="A month's bill (`3`), line by line")
    advice = (*TRIPLE, "4", "4")
    yield Shot("advice", api, keys=advice, told="Advice (`4`): what is wrong, why, and what mends it")
    yield Shot(
        "exercise", "peak-test", keys=("7", "h"), told="An exercise: what happened, goals with ticks, a hint"
    )
    yield Shot("presets", api, keys=("p",), told="The presets (`p`), each with its picture and its lesson")
    yield Shot("help", api, keys=("question_mark",), told="The keys of where you are (`?`)")
    yield Shot("light", api, theme="sandbox-light", keys=orders, told="The light theme")
    yield Shot("inspector", api, (80, 24), keys=(*orders, "e"), told="Settings in a terminal of 80 × 24")
    for when, cells in SPIKE.items():
        keys = ("2", "2", "home", *("right",) * cells)
        yield Shot(f"spike-{when}", "queue-worker", keys=keys, told=f"Over time (`2`), {when} a spike")


async def drawn(shot: Shot) -> str:
    """The picture as SVG.

    Raises:
        TimeoutError: The app did not come to rest.
    """
    app = SandboxApp(loads(come_along(shot.preset).text, shot.preset))
    if shot.theme:
        app.theme = shot.theme
    async with app.run_test(size=shot.size, tooltips=False, notifications=False) as pilot:
        await _rested(pilot)
        for key in shot.keys:
            await pilot.press(key)
            await _ran_through(pilot)
        return FONT_FACES.sub("", await _rested(pilot))


async def _ran_through(pilot: Pilot[None]) -> None:
    """Wait until the run over time that is in sight is complete."""
    screen = pilot.app.screen
    async with asyncio.timeout(LONGEST_S):
        while isinstance(screen, TimingScreen) and not screen.is_run_through:
            await pilot.pause(LOOK_S)


async def _rested(pilot: Pilot[None]) -> str:
    """Wait until the numbers are complete and two pictures in a row are the same."""
    app, before = pilot.app, ""
    async with asyncio.timeout(LONGEST_S):
        while True:
            for field in app.screen.query(Input):
                field.cursor_blink = False
            await pilot.pause(LOOK_S)
            now = app.export_screenshot(simplify=True)
            complete = all(
                (details := screen.reading.details) is not None
                and not details.is_judging
                and not screen.reading.is_stale
                for screen in app.screen_stack
                if isinstance(screen, EvaluatingScreen)
            )
            complete &= all(
                screen.advice is None or screen.advice.is_told
                for screen in app.screen_stack
                if isinstance(screen, AdvisingScreen)
            )
            complete &= not any(worker.group == "sketch" and worker.is_running for worker in app.workers)
            if complete and now == before:
                return now
            before = now


def gallery() -> str:
    """A page with the picture of every preset, group by group, and of the app's states."""
    lines = ["# Presets", "", "Drawn by `make screenshots`."]
    group = ""
    for one in presets():
        if one.group != group:
            group = one.group
            lines += ["", f"## {group}"]
        picture = Shot(one.name, one.name).file.name
        told = f"**{one.title}** (`sandbox open {one.name}`): {one.summary}"
        lines += ["", told, "", f"![{one.title}]({picture})"]
    lines += ["", "## The app"]
    for shot in states():
        lines += ["", f"{shot.told}.", "", f"![{shot.told}]({shot.file.name})"]
    return "\n".join([*lines, ""])


def main() -> None:
    """Draw all, or those whose names begin with what is given."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="draw only what begins with one of these")
    wanted = tuple(parser.parse_args().names)
    for shot in shots():
        if not wanted or shot.file.name.startswith(wanted):
            shot.file.write_text(asyncio.run(drawn(shot)), encoding="utf-8")
            print(shot.file.relative_to(HERE.parent))
    GALLERY.write_text(gallery(), encoding="utf-8")


if __name__ == "__main__":
    main()
