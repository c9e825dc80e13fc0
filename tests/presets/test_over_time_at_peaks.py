"""What descriptions say of peaks over time comes to pass."""

import pytest

from sandbox.design.presets import preset
from sandbox.design.reading import loads
from sandbox.evaluate import evaluate
from sandbox.simulate import simulate
from sandbox.timeline.timeline import Timeline


def hour(name: str, variant: str = "") -> Timeline:
    """An hour of a preset."""
    drawn = loads(preset(name).text, name)
    return simulate(drawn.with_variant(variant) if variant else drawn)


@pytest.mark.parametrize(
    ("variant", "worst"), [("", (0.2, 0.5)), ("Kept ready", (0.999, 1)), ("A slow rise", (0.999, 1))]
)
def test_a_burst_comes_faster_than_environments(variant: str, worst: tuple[float, float]) -> None:
    """Most are refused in the worst second, unless environments are ready or the crowd comes slowly."""
    told = hour("burst", variant).to_dict()

    assert worst[0] <= min(told["flows"]["fans"]["success_ratio"]) <= worst[1] + 1e-9


def test_less_work_refuses_far_fewer() -> None:
    """Half the duration refuses less than a quarter of the fans that are refused with all of it."""
    whole, half = (
        hour("burst", variant).to_dict()["summary"]["throttled"] for variant in ("", "Half the work")
    )

    assert half < whole / 4


def test_tasks_come_too_late_for_a_spike() -> None:
    """Tasks refuse through five minutes, functions do not."""
    nodes = hour("lambda-or-fargate").to_dict()["nodes"]

    assert min(nodes["tasks"]["throttled_per_s"][605:895]) > 0
    assert max(nodes["functions"]["throttled_per_s"]) < 1e-3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variant", "spent"),
    [
        ("", (100, 1000)),
        ("First round: a table on demand", (10, 100)),
        ("Second round: more places", (0, 0)),
        ("Third round: more lanes", (0, 0)),
    ],
)
def test_rounds_of_a_load_test_spend_less_and_less(variant: str, spent: tuple[float, float]) -> None:
    """The error budget, spent a hundredfold at first, is not touched in the end."""
    told = hour("peak-load-test", variant).to_dict()["summary"]["error_budget_spent"]

    assert spent[0] - 1e-6 <= told <= spent[1] + 1e-6


def test_a_backlog_outlasts_the_peak() -> None:
    """In the second round orders wait for minutes after the peak, in the third they do not."""
    second, third = (
        hour("peak-load-test", variant).to_dict()["nodes"]["events"]["backlog"]
        for variant in ("Second round: more places", "Third round: more lanes")
    )

    assert second[2400 + 120] > 10_000
    assert third[2400 + 120] < 1_000


def refusing(told: Timeline, node: str, start: int, end: int) -> float:
    """Most that a node refuses per second between two seconds of the hour."""
    return max(told.to_dict()["nodes"][node]["throttled_per_s"][start:end])


def test_saved_units_last_for_a_while() -> None:
    """The peak begins at 600 s: auto scaling is half a minute late, the fixed table refuses from 980 s on."""
    told = hour("on-demand-or-provisioned")

    assert max(refusing(told, name, 0, 870) for name in ("on-demand", "fixed", "scaled")) == 0
    assert refusing(told, "scaled", 870, 920) > 0
    assert refusing(told, "scaled", 920, 3600) == 0
    assert refusing(told, "fixed", 870, 960) == 0
    assert min(told.to_dict()["nodes"]["fixed"]["throttled_per_s"][1020:1495]) > 0
    assert refusing(told, "on-demand", 0, 3600) == 0


def test_a_group_of_instances_grows_within_minutes() -> None:
    """In the sale some are refused in the first minutes, and then nobody until the spike on top of it."""
    told = hour("monolith-on-instances", "A sale, a group that grows")

    assert refusing(told, "shop", 1, 60) > 100
    assert refusing(told, "shop", 300, 600) < 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "variant", "met"),
    [
        ("peak-load-test", "", [False, False]),
        ("peak-load-test", "Second round: more places", [True, False]),
        ("peak-load-test", "Third round: more lanes", [True, True]),
        ("burst", "", [False]),
        ("burst", "Kept ready", [True]),
    ],
)
def test_goals_over_time_judge_what_rest_does_not_show(name: str, variant: str, met: list[bool]) -> None:
    """As it opens a peak misses its goals over time, though nothing fails at rest; the cure meets them."""
    drawn = loads(preset(name).text, name)
    goals = evaluate(drawn.with_variant(variant) if variant else drawn).goals

    assert [goal.met for goal in goals if goal.horizon_s] == met
    assert all(goal.met for goal in goals if goal.horizon_s is None)


def test_the_burst_spends_nearly_ten_budgets() -> None:
    """As its description says."""
    assert 9 < hour("burst").summary.error_budget_spent < 10
