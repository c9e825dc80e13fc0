"""Screens to look at, and what is drawn on them."""

from collections.abc import Iterator

from rich.segment import Segment
from textual.pilot import Pilot

from sandbox.app.panels import panels
from sandbox.app.workbench import Workbench
from tests.app.shop import until

SCREENS: dict[str, tuple[str, ...]] = {
    "nothing selected": (),
    "a node": ("right", "right"),
    "an edge": ("tab",) * 6,
    "overload": ("right_curly_bracket",) * 4,
    "the settings": ("right", "right", "e"),
    "compact": ("right", "z"),
    "dots": ("right", "z", "z"),
    "letters": ("right", "right", "c"),
    "several marked": ("right", "v", "right", "v"),
    **{f"panel {panel.id}": (panel.key,) for panel in panels()},
    "help": ("question_mark",),
    "presets": ("p",),
    "add": ("a",),
    "open": ("ctrl+o",),
    "palette": ("ctrl+p",),
    "themes": ("t",),
    "why": ("right", "right", "e", "escape", "w"),
    "a question": ("right", "x", "q"),
    "a notice": ("u",),
}
"""Keys that lead from the opened app to something to look at."""


async def go(pilot: Pilot[None], bench: Workbench, name: str) -> None:
    """Press the keys that lead to a screen, and wait until it is drawn."""
    await until(pilot, lambda: bench.reading.details is not None)
    await pilot.press(*SCREENS[name])
    await pilot.pause(0.35)


def in_front(pilot: Pilot[None]) -> Iterator[Segment]:
    """The segments as they go to the terminal; of a dialog only its own, not those it lies over."""
    screen = pilot.app.screen
    frames = [frame.region for frame in screen.query(".frame, CommandPalette > Vertical").results()]
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            if not frames or any(frame.contains(x, y) for frame in frames):
                yield segment
            x += segment.cell_length


def lines(pilot: Pilot[None]) -> list[str]:
    """The texts of the screen."""
    return [strip.text for strip in pilot.app.screen._compositor.render_strips()]
