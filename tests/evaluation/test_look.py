"""A first look at an edit says what the whole evaluation says, where nothing is in two minds."""

import numpy as np
import pytest

from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.evaluation import evaluate_plain, look_from
from tests.evaluation.designs import design, edge, node

SHOP = (
    node("shoppers", "traffic", rate_per_s=50)
    + node("order", "lambda", duration_ms=120)
    + node("jobs", "sqs")
    + node("ship", "lambda", duration_ms=400)
    + edge("shoppers", "order")
    + edge("order", "jobs")
    + edge("jobs", "ship", batch_size=5)
)


def _same(look, whole):
    """Whether two evaluations say the same to five digits."""
    pairs = [
        (getattr(look.nodes[key], name), getattr(told, name))
        for key, told in whole.nodes.items()
        for name in ("offered_per_s", "accepted_per_s", "failed_per_s", "concurrency", "monthly_usd")
    ]
    now, then = np.array([[a or 0.0, b or 0.0] for a, b in pairs]).T
    return np.allclose(now, then, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("load", [0.8, 1.0, 1.25, 2.0])
def test_another_load(load):
    """The dial's next steps."""
    drawn = design(SHOP)
    look = look_from(evaluate_plain(drawn), drawn, load)
    assert look is not None
    assert look.is_first_look
    assert look.converged
    assert _same(look, evaluate_plain(drawn, load))


@pytest.mark.parametrize(
    ("path", "value"),
    [("nodes.order.duration_ms", 150), ("nodes.ship.memory_mb", 1024), ("edges.2.batch_size", 10)],
)
def test_another_setting(path, value):
    """Numbers change, the parts stay."""
    drawn = design(SHOP)
    edited = drawn.with_value(path, value)
    look = look_from(evaluate_plain(drawn), edited, 1.0)
    assert look is not None
    assert _same(look, evaluate_plain(edited))


def test_other_parts():
    """What has other parts cannot be followed."""
    drawn = design(SHOP)
    assert look_from(evaluate_plain(drawn), design(SHOP + node("more", "sqs")), 1.0) is None


@pytest.mark.parametrize("name", preset_names())
def test_presets(name):
    """Where a look settles at a little more load, it says what the whole evaluation says of every preset."""
    drawn = loads(preset(name).text, name)
    before, whole = evaluate_plain(drawn), evaluate_plain(drawn, 1.05)
    look = look_from(before, drawn, 1.05)
    assert look is not None
    assert _same(look, whole) or not look.converged or whole.metastable
