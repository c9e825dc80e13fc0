"""What is painted when: what the eye goes to first comes first."""

import pytest

from sandbox.app.workbench import Workbench
from tests.app.shop import opened
from widgets.canvas.canvas import GraphCanvas


@pytest.mark.parametrize("key", ["right_square_bracket", "left_square_bracket"])
async def test_new_numbers_are_painted_before_the_rest_is_worked_out(monkeypatch, key):
    """Flows and panels take their time; the canvas does not wait for them."""
    order = []
    draw, rest = GraphCanvas.render_line, Workbench._show_rest
    monkeypatch.setattr(GraphCanvas, "render_line", lambda *args: order.append("canvas") or draw(*args))
    monkeypatch.setattr(Workbench, "_show_rest", lambda *args: order.append("rest") or rest(*args))
    async with opened() as (pilot, _):
        order.clear()
        await pilot.press(key)
        await pilot.pause(0.1)

        assert "canvas" in order
        assert "rest" in order[order.index("canvas") :]  # one before it may be left from the opening
