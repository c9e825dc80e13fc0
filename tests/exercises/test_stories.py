"""What the stories, hints and debriefs say in numbers is what the engine, or a formula, says."""

from collections.abc import Callable
from functools import cache
from math import ceil, exp

import pytest

from sandbox.engine.erlang import erlang_b
from sandbox.evaluate import Evaluation, evaluate
from sandbox.exercises.given import come_along
from sandbox.simulate import simulate


@cache
def given(name: str) -> Evaluation:
    """An exercise as it opens, evaluated."""
    return evaluate(come_along(name))


def setting(path: str, times: float = 1.0) -> Callable[[str], float]:
    """A setting of an exercise as it opens, by node and name, times something."""
    node, _, key = path.partition(".")
    return lambda name: times * float(getattr(come_along(name).nodes[node].settings, key))


def limit(path: str, quantity: str) -> Callable[[str], float]:
    """What is asked of a limit as the exercise opens, or what it has, by node and the limit's name."""
    node, _, name = path.partition(".")
    return lambda exercise: next(
        float(getattr(use, quantity)) for use in given(exercise).nodes[node].limits if name in use.name
    )


@cache
def spent(name: str, *mended: tuple[str, object]) -> float:
    """Error budgets that an hour spends, once something is mended."""
    return simulate(come_along(name).with_values(dict(mended))).summary.error_budget_spent or 0.0


def failing(name: str, source: str) -> float:
    """Share of a source's requests that fail as it opens."""
    return 1 - given(name).flows[source].success_ratio


def tens_offered(name: str) -> float:
    """Calls a second that the bank counts as it opens, to the nearest ten."""
    return round(given(name).nodes["bank"].offered_per_s, -1)


BATCH_S = 0.5 + 9 * 0.15
LANE_S = 0.05 + 9 * 0.1
SHARD_S = 0.04 + 99 * 0.004
TABLE = ("nodes.orders.write_units", 1200)
PLACES = ("nodes.order.reserved_concurrency", 160)
SNAP, MORE = ("nodes.sell.snap_start", True), ("nodes.sell.memory_mb", 1769)
READY = ("nodes.sell.provisioned_concurrency", 1500)
CLAIMS: list[tuple[str, str, str, Callable[[str], float]]] = [
    ("starved", "needs 400/s × 0.2 s = {} executions", ".0f", lambda _: 400 * 0.2),
    ("starved", "{} for the checkout, 1,350", ".0f", lambda _: 400 * 0.2),
    ("starved", "80 for the checkout, {} for the import", ",.0f", lambda _: 300 * 4.5),
    ("starved", "80 slots for a load of 80 refuse {} %", ".0f", lambda _: 100 * float(erlang_b(80, 80))),
    ("slow-queue", "takes 0.5 s + 9 × 0.15 s = {} s.", "g", lambda _: BATCH_S),
    ("slow-queue", "so about {} lanes on average", ".0f", lambda _: ceil(10 * BATCH_S)),
    ("slow-queue", "and {} at ×1.5", ".0f", lambda _: ceil(15 * BATCH_S)),
    ("slow-queue", "÷ 1.85 s = {} orders/s", ".0f", lambda _: 5 * 10 / BATCH_S),
    ("hot-shard", "≈ 0.44 s, so {} records/s a lane", ".0f", lambda _: 100 / SHARD_S),
    ("hot-shard", "records/s of the {} that its key", ",.0f", setting("readings.hot_shard_share", 3000)),
    ("hot-shard", "each read {} of 3,000", ".0f", lambda _: 4 * 100 / SHARD_S),
    ("fifo-groups", "10 ÷ 0.95 s = {}/s", ".0f", lambda _: 12 * 10 / LANE_S),
    ("cold-starts", "comes meanwhile is e^(−{}), some", ".1f", setting("release.idle_expiry_s", 0.005)),
    ("cold-starts", "e^(−3.1), some {} %.", ".1f", lambda _: 100 * exp(-3.1)),
    ("cold-starts", "internal tool, some {} times an hour", ".0f", setting("managers.rate_per_s", 3600)),
    ("doors-open", "3,600/s × 0.9 s = {}, and", ",.0f", lambda _: 12 * 300 * 0.9),
    ("doors-open", "spend some {} of the budget", ".1f", lambda name: spent(name, SNAP, MORE)),
    ("containers", "500/s × 0.3 s = {}. How", ".0f", limit("search.places", "demand")),
    ("containers", "150 ÷ 7 ≈ {} tasks", ".0f", lambda _: ceil(150 / 7)),
    ("containers", "Fargate quota, {} vCPU", ".0f", limit("search.Fargate", "capacity")),
    ("retry-storm", "{} are wanted in the busy hour", ".0f", setting("shoppers.rate_per_s")),
    ("retry-storm", "the bank counts {} calls", ".0f", tens_offered),
    ("retry-storm", "the function 6 times: {} calls", ".0f", lambda _: 2 * 6),
    ("migration", "take 2 × {} requests/s", ".0f", setting("monolith.requests_per_server_per_s")),
    ("cost-surprise", "{} KB of logs", ".0f", setting("thumbnail.logs_kb")),
    ("cost-surprise", "The table has {} read units", ",.0f", setting("photos.read_units")),
    ("peak-test", "budget again: {} become", ".0f", spent),
    ("peak-test", "78 become {}, then", ".0f", lambda name: spent(name, TABLE)),
    ("peak-test", "become 59, then {}.", ".0f", lambda name: spent(name, TABLE, PLACES)),
    ("peak-test", "which is {} budgets", ".0f", spent),
    ("peak-test", "spent: {} % of the first hour", ".0f", lambda name: 0.5 * spent(name)),
    ("peak-test", "1,000/s × {} s = 125", ".3f", lambda _: 0.08 + 0.2 * 0.2 + 0.005),
    ("peak-test", "come next, at ×{}, and", ".1f", lambda _: 260 / (200 * 0.2)),
]  # fmt: skip
"""Exercise, words around a number, how it is written, and where it comes from."""


@pytest.mark.parametrize(("name", "phrase", "form", "value"), CLAIMS, ids=[f"{c[0]}: {c[1]}" for c in CLAIMS])
def test_its_numbers_are_right(name: str, phrase: str, form: str, value: Callable[[str], float]) -> None:
    """A number in the text is the one that comes out."""
    told = come_along(name).exercise
    text = " ".join(" ".join((told.story, *told.hints, told.debrief)).split())

    assert phrase.replace("{}", format(value(name), form)) in text


@pytest.mark.parametrize(
    ("name", "source", "low", "high"),
    [
        ("containers", "people", 0.4, 0.5),
        ("retry-storm", "shoppers", 1 / 11.5, 1 / 10.5),
        ("migration", "people", 0.22, 0.28),
        ("fifo-groups", "bank", 0.2, 0.3),
    ],
)
def test_as_many_fail_as_the_story_says(name: str, source: str, low: float, high: float) -> None:
    """Nearly half, one in eleven, one in four, some."""
    assert low < failing(name, source) < high


def test_what_else_is_said() -> None:
    """110 slots refuse fewer than one in a thousand; the bill is five times what it can be."""
    bill = given("cost-surprise")
    lines = sorted(bill.lines, key=lambda line: -line.usd)

    assert float(erlang_b(110, 80)) < 0.001
    assert bill.monthly_usd > 5 * 2350
    assert {line.node for line in lines[:3]} == {"thumbnail"}
    assert given("connections").nodes["booking"].environments > 112


def test_what_a_burst_takes() -> None:
    """It spends two budgets; a short start or quick work alone is not enough, and being ready is dear."""
    ready = come_along("doors-open").with_values(dict([READY]))

    assert spent("doors-open") == pytest.approx(2, abs=0.2)
    assert min(spent("doors-open", SNAP), spent("doors-open", MORE)) > 1
    assert spent("doors-open", READY) < 1
    assert evaluate(ready).monthly_usd > 20_000
