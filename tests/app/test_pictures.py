"""The main states as pictures, each size once; `pytest --snapshot-update` accepts how they look now."""

import pytest

from sandbox.app.app import SandboxApp
from sandbox.app.themes import DARK, LIGHT
from tests.app.shop import shop, until

STATES = {
    "small": ((80, 24), DARK.name, ""),
    "small-settings": ((80, 24), LIGHT.name, "right right e"),
    "usual": ((140, 40), DARK.name, ""),
    "usual-overloaded": ((140, 40), LIGHT.name, "right right right_curly_bracket"),
    "small-advice": ((80, 24), LIGHT.name, "4 4 right_square_bracket right_square_bracket"),
    "usual-advice": ((140, 40), DARK.name, "right_curly_bracket 4 4 down"),
    "large-cost": ((200, 55), DARK.name, "3 right right right"),
}


@pytest.mark.parametrize("state", STATES)
def test_picture(state, snap_compare):
    """Looks as it did when somebody last looked at it."""
    size, theme, keys = STATES[state]
    app = SandboxApp(shop())
    app.theme = theme

    async def act(pilot):
        await pilot.pause()
        bench = app.screen
        await pilot.press(*keys.split())
        await until(pilot, lambda: bench.reading.evaluation.load == bench.document.load)
        await until(pilot, lambda: bench.reading.details and bench._detailed is bench._evaluation)
        await until(pilot, lambda: bench.advice is None or bench.advice.is_told)

    assert snap_compare(app, terminal_size=size, run_before=act)
