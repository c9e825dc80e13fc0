"""Why a number is what it is at a moment of a run: the answer is about that moment."""

import pytest

from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.simulate import simulate
from sandbox.timeline.timeline import Timeline
from sandbox.why.moments import why_at

SPIKE_S, LATER_S = 700.0, 2000.0
"""In the spike of the queue worker, and long after it."""
CASES = [
    ("nodes.shop.offered_per_s", SPIKE_S, "16/s", "×20.0 its own rate of 0.8/s"),
    ("nodes.shop.offered_per_s", LATER_S, "0.8/s", "×1.00 its own rate"),
    ("nodes.order-queue.backlog_growth_per_s", SPIKE_S, "15.0/s", "16 arriving − 1.00 taken"),
    ("nodes.order-queue.backlog_growth_per_s", LATER_S, "", "more goes than comes"),
    ("nodes.book-order.concurrency", SPIKE_S, "2", "× 1.42 s = 2"),
    ("nodes.order-table.throttled_per_s", SPIKE_S, "", "over the limit"),
    ("nodes.book-order.mean_latency_ms", SPIKE_S, "1.42 s", "the mean of what was begun then"),
]


@pytest.fixture(scope="module")
def run() -> Timeline:
    """The queue worker's hour."""
    return simulate(loads(preset("queue-worker").text, "queue-worker"), 2400.0, 1.0)


@pytest.mark.parametrize(("path", "time_s", "value", "formula"), CASES)
def test_a_number_of_a_moment_is_explained_by_that_moment(run, path, time_s, value, formula) -> None:
    """With the moment in its title, and without a change that would only clear the steady state."""
    moment = run.at(run.tick_at(time_s))

    reason = why_at(moment, run.evaluation, "11:40", path)

    assert value in reason.value
    assert formula in reason.formula
    assert reason.title.endswith("at 11:40")
    assert reason.change is None


def test_what_a_run_does_not_follow_is_explained_as_it_is_in_the_steady_state(run) -> None:
    """And the title says so."""
    moment = run.at(run.tick_at(SPIKE_S))

    reason = why_at(moment, run.evaluation, "11:40", "nodes.book-order.latency_ms.mean")

    assert reason.title.endswith("in the steady state")


def test_a_limit_that_is_exceeded_while_something_is_saved_up_is_told() -> None:
    """A table spends its unused units first: nothing is throttled although more is asked than it gives."""
    sale = simulate(loads(preset("serverless-api").text, "serverless-api"), 800.0, 1.0)
    moment = sale.at(sale.tick_at(700.0))

    reason = why_at(moment, sale.evaluation, "11:40", "nodes.orders.throttled_per_s")

    assert moment.nodes["orders"].throttled_per_s == 0
    assert "burst" in reason.formula


def test_a_calm_moment_says_what_the_steady_state_says(run) -> None:
    """To the last digit that is shown: a run keeps seven of them."""
    calm, steady = run.at(run.tick_at(300.0)), run.evaluation

    for key, node in calm.nodes.items():
        usual = {use.key: use.utilisation for use in steady.nodes[key].limits}
        for use in node.limits:
            if not use.key.startswith("consumer:"):
                assert use.utilisation == pytest.approx(usual[use.key], rel=0.05)
    table = calm.nodes["order-table"]
    assert table.limits[0].utilisation == 0.8
