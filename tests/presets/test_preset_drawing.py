"""Every preset can be drawn: nothing lies over anything, at each zoom level, in three sizes of terminal."""

from itertools import chain

import pytest

from sandbox.app.app import SandboxApp
from sandbox.app.present.graph import graph
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.evaluation import evaluate_plain
from tests.app.shop import until
from tests.widgets.layouts import LEVELS, assert_apart, assert_joined, assert_labelled
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.face import ROOMS
from widgets.canvas.picture import Picture, layout

NAMES = preset_names()
SIZES = ((80, 24), (140, 40), (200, 55))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps(name: str) -> None:
    """However far it is zoomed and squeezed, cards lie apart, lines run around them, labels lie on lines."""
    drawn = graph(evaluate_plain(loads(preset(name).text, name)))

    for level in LEVELS:
        for squeeze in range(len(ROOMS[level])):
            placed = layout(drawn, level, squeeze)
            assert_apart(placed)
            assert_joined(drawn, placed)
            assert_labelled(placed)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("name", NAMES)
async def test_the_app_draws_it(name: str, size: tuple[int, int]) -> None:
    """The app shows each preset with names, and what it draws covers nothing; a large terminal shows all."""
    app = SandboxApp(loads(preset(name).text, name))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.screen.reading.details is not None)
        canvas = app.screen.query_one(GraphCanvas)
        picture: Picture = canvas._picture

        assert picture.level != "dot"
        assert_apart(picture.layout)
        assert_joined(picture.graph, picture.layout)
        assert_labelled(picture.layout)
        for y in range(picture.layout.height):
            row = picture.row(y)
            cells = list(chain.from_iterable(range(placed.x, placed.end) for placed in row))
            assert len(cells) == len(set(cells))
        if size == SIZES[-1]:
            assert picture.layout.width <= canvas.size.width
            assert picture.layout.height <= canvas.size.height
