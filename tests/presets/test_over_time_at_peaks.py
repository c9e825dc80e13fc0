"""What descriptions say of peaks over time comes to pass."""

import pytest

from sandbox.design.presets import preset
from sandbox.design.reading import loads
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
