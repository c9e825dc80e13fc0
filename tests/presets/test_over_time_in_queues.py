"""What descriptions say of queues, streams and clocks over time comes to pass."""

import pytest

from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.simulate import simulate

pytestmark = pytest.mark.slow
Course = list[float]


def hour(
    name: str, variant: str = "", changes: dict[str, object] | None = None, load: float = 1
) -> dict[str, dict[str, Course]]:
    """The courses of an hour by node."""
    drawn = loads(preset(name).text, name)
    if variant:
        drawn = drawn.with_variant(variant)
    told = simulate(drawn.with_values(changes or {}), load=load).to_dict()["nodes"]
    return {
        key: {what: [value or 0.0 for value in values] for what, values in node.items() if values}
        for key, node in told.items()
    }


@pytest.mark.parametrize(("variant", "again"), [("Redrive", 308), ("Redrive, larger table", 0)])
def test_what_is_sent_back_too_early_dies_again(variant: str, again: float) -> None:
    """Of a thousand dead letters 308 die again, unless the cause is gone."""
    letters = hour("queue-worker", variant)["dead-letters"]["backlog"]

    assert letters[-1] == pytest.approx(again, abs=0.5)


@pytest.mark.parametrize(("variant", "held", "age"), [("", 1_000, 10), ("Tried without end", 300_000, 1_200)])
def test_a_poison_record_stops_its_lane(variant: str, held: float, age: float) -> None:
    """Tried a few times it is soon gone; tried without end, what comes behind it waits."""
    clicks = hour("stream-processing", variant)["clicks"]

    assert clicks["backlog"][-1] <= held * 1.01
    assert clicks["oldest_age_s"][-1] <= age * 1.01
    if variant:
        assert clicks["backlog"][-1] == pytest.approx(held, rel=0.01)
        assert clicks["oldest_age_s"][-1] == pytest.approx(age, rel=0.01)
    assert max(clicks["backlog"][2410:2500]) < 3_000 or variant


@pytest.mark.parametrize(("load", "refused"), [(1, False), (1.25**4, False), (1.25**5, True)])
def test_reports_of_the_full_hour_take_all_places(load: float, refused: bool) -> None:
    """After four turns of the dial nearly all 20 places are taken, with the next some find none."""
    container = hour("report", load=load)["container"]

    assert max(container["concurrency"]) == pytest.approx(min(8 * load, 20), abs=0.1)
    assert (sum(container["throttled_per_s"]) > 1) == refused


@pytest.mark.parametrize(("units", "refused"), [(4, 20), (6, 0)])
def test_a_search_grows_too_late(units: int, refused: float) -> None:
    """Queries are refused until there are more units, unless there were enough before."""
    nodes = hour("mobile-backend", changes={"nodes.search.ocu": units})

    assert max(nodes["search"]["throttled_per_s"]) == pytest.approx(refused, abs=0.5)
    assert max(nodes["change"]["throttled_per_s"]) < 1e-6
    assert nodes["trips"]["backlog"][-1] < 1


@pytest.mark.parametrize(("fast", "refused", "age"), [(False, 150, 20.6), (True, 0, 179)])
def test_orders_in_sequence_are_refused_or_wait(fast: bool, refused: float, age: float) -> None:
    """In the spike the queue's quota refuses a third; with a higher one, all of it waits for its lane."""
    orders = hour("fifo-orders", changes={"nodes.orders.high_throughput": fast})["orders"]

    assert max(orders["throttled_per_s"]) == pytest.approx(refused, abs=1)
    assert max(orders["oldest_age_s"]) == pytest.approx(age, rel=0.02)


def test_saved_up_units_bear_a_spike() -> None:
    """More messages come than the table has units for, and none is refused."""
    messages = hour("chat")["messages"]

    assert max(messages["offered_per_s"]) > 250
    assert max(messages["throttled_per_s"]) < 1e-6


def test_a_burst_of_the_clock_waits_for_its_places() -> None:
    """Of 60 starts 48 wait, the last for a minute."""
    look = hour("cron")["look"]

    assert max(look["backlog"]) == pytest.approx(48, abs=1)
    assert 55 < max(look["oldest_age_s"]) < 75


def test_a_full_stream_refuses_a_third_and_sums_are_late() -> None:
    """The shards refuse what is over them, and what they took waits for its lanes."""
    measurements = hour("real-time-etl")["measurements"]

    assert max(measurements["throttled_per_s"]) == pytest.approx(1500, rel=0.01)
    assert max(measurements["oldest_age_s"]) == pytest.approx(75, abs=2)
