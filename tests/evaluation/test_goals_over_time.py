"""Goals about a run over time: what they may name, which moment counts, and that the run judges them."""

import json

import pytest

import sandbox
from sandbox.design import metrics
from sandbox.design.edits.nodes import rename_node
from sandbox.design.metrics import metric_problem
from sandbox.goals import look_up
from sandbox.simulate import simulate

SHOP = """\
name = "Shop"
[nodes.shop]
service = "traffic"
rate_per_s = 100
success_target = 0.99
profile = {shape = "spike", factor = 4, at_s = 60, for_s = 60}
[nodes.work]
service = "lambda"
duration_ms = 500
reserved_concurrency = 100
[[edges]]
from = "shop"
to = "work"
"""


def goal(metric: str, bound: str = "at_most = 1e9") -> str:
    """A goal as it stands in the file."""
    return f'[[goals]]\nmetric = "{metric}"\n{bound}\n'


def judged(*goals: str) -> list[dict[str, object]]:
    """The outcomes of some goals, by the JSON contract."""
    told = sandbox.evaluate(sandbox.loads(SHOP + "".join(goals))).to_dict()
    return json.loads(json.dumps(told, allow_nan=False))["goals"]


def paths(told: object, path: str = "") -> list[str]:
    """All paths to numbers of a table."""
    if isinstance(told, dict):
        return [found for key, value in told.items() for found in paths(value, f"{path}.{key}".lstrip("."))]
    return [path] if isinstance(told, float) else []


def test_every_number_of_a_run_can_be_a_goal():
    """What a goal may name is what the JSON of a run has, no more and no less."""
    told = simulate(sandbox.loads(SHOP), 180).to_dict()

    summary = set(told["summary"]) - {"held_up_by"}
    assert summary == set(metrics.RUN_SUMMARY)
    assert set(told["nodes"]["work"]) == set(metrics.RUN_NODE)
    assert set(told["flows"]["shop"]) == set(metrics.RUN_FLOW)


def test_every_number_of_a_result_can_be_a_goal():
    """Every number of the steady result leads somewhere as a goal's metric."""
    design = sandbox.loads(SHOP)
    told = sandbox.evaluate(design).to_dict()
    named = [path for key in ("nodes", "flows") for path in paths(told[key], key)]

    assert "flows.shop.latency_ms.p99" in named
    assert [path for path in named if metric_problem(path, design.nodes)] == []
    assert set(told["nodes"]["work"]) - {"service"} == set(metrics.NODE)
    assert set(told["flows"]["shop"]) == set(metrics.FLOW)
    assert {*metrics.LIMIT} < set(told["nodes"]["work"]["limits"][0])
    assert {*metrics.EDGE} < set(told["edges"][0])
    assert {*metrics.RUNG} < set(told["headroom"][0])
    assert set(told["cost"]) - {"lines"} == set(metrics.COST)


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("run.summary.lots", "Did you mean 'lost'?"),
        ("run.summary", "of a run's summary there are completed"),
        ("run", "of a run there are summary"),
        ("run.summry.lost", "Did you mean 'summary'?"),
        ("run.nodes.wrok.backlog", "there is no node 'wrok'. Did you mean 'work'?"),
        ("run.nodes.work.backlg", "Did you mean 'backlog'?"),
        ("run.nodes.work.backlog.median", "one of min, max, mean, last can"),
        ("run.flows.work.success_ratio", "'work' is no source, so it has no flow. There are: shop"),
        ("run.summary.lost.max", "it ends before 'max'"),
        ("runs.summary.lost", "Did you mean 'run'?"),
        ("flows.shop.latency_ms.p98", "Did you mean 'p99'?"),
        ("flows.shop.latency", "Did you mean 'latency_ms'?"),
        ("nodes.work.limits.concurrency.demand", "named by their place"),
        ("edges.shop>work.items_per_s", "named by their place"),
        ("cost.monthly", "Did you mean 'monthly_usd'?"),
    ],
)
def test_a_wrong_path_is_told_with_the_nearest_name(metric: str, words: str):
    """A metric that leads to no number is an error of the file."""
    with pytest.raises(sandbox.DesignError, match="1 problem") as error:
        sandbox.loads(SHOP + goal(metric))

    assert f"goals.0.metric = '{metric}': " in str(error.value)
    assert words in str(error.value)


def test_how_long_is_for_runs_only():
    """A horizon for a number of the steady state is an error."""
    with pytest.raises(sandbox.DesignError, match="horizon_s"):
        sandbox.loads(SHOP + goal("cost.monthly_usd", "at_most = 5\nhorizon_s = 60"))


def test_of_a_course_the_worst_moment_counts():
    """The least is held to `at_least`, the greatest to `at_most`; of both the one that is missed is told."""
    metric = "run.nodes.work.concurrency"
    course = simulate(sandbox.loads(SHOP)).to_dict()["nodes"]["work"]["concurrency"]

    least, most, both = judged(
        goal(metric, "at_least = 90"),
        goal(metric, "at_most = 90"),
        goal(metric, "at_least = 0\nat_most = 90"),
    )

    assert min(course) < 90 < max(course)
    assert (least["actual"], least["met"]) == (min(course), False)
    assert (most["actual"], most["met"]) == (max(course), False)
    assert (both["actual"], both["met"]) == (max(course), False)


@pytest.mark.parametrize(("end", "value"), [("min", 1.0), ("max", 4.0), ("mean", 2.0), ("last", 1.0)])
def test_what_may_be_asked_of_a_course(end: str, value: float):
    """The least, the greatest, the mean of the moments, and the last one."""
    assert look_up({"course": [None, 1.0, 4.0, 2.0, 1.0]}, f"course.{end}") == value
    assert look_up({"course": [None]}, f"course.{end}") == []


def test_a_spike_is_seen_by_the_run_and_not_by_the_steady_state():
    """100 slots ÷ 0.5 s serve 200/s: of the spike's 400/s half succeed, and the mean of an hour hides it."""
    steady, least, mean, budget = judged(
        goal("flows.shop.success_ratio", "at_least = 0.999"),
        goal("run.flows.shop.success_ratio", "at_least = 0.999"),
        goal("run.flows.shop.success_ratio.mean", "at_least = 0.99"),
        goal("run.summary.error_budget_spent", "at_most = 1"),
    )

    assert steady["met"]
    assert steady["horizon_s"] is None
    assert not least["met"]
    assert least["actual"] == pytest.approx(0.5, abs=0.02)
    assert least["horizon_s"] == 3600
    assert mean["actual"] == pytest.approx(1 - 60 * 0.5 / 3600, abs=0.002)
    assert budget["actual"] == pytest.approx(60 * 200 / (0.01 * (3540 * 100 + 60 * 400)), rel=0.05)
    assert not budget["met"]


def test_a_run_at_another_load_and_for_another_time():
    """`at_load` multiplies the traffic of the run, `horizon_s` says how long it is."""
    completed, more, short = judged(
        goal("run.summary.completed"),
        goal("run.summary.completed", "at_most = 1e9\nat_load = 0.5"),
        goal("run.summary.completed", "at_most = 1e9\nhorizon_s = 60"),
    )

    assert more["actual"] == pytest.approx((3540 + 60 * 4) * 50, rel=0.01)
    assert short["actual"] == pytest.approx(60 * 100, rel=0.02)
    assert completed["actual"] > more["actual"]


def test_what_never_comes_back_is_not_met():
    """A number that the run does not have meets no bound."""
    (budget,) = judged(goal("run.summary.error_budget_spent"))
    forever = SHOP.replace('shape = "spike", factor = 4, at_s = 60, for_s = 60', 'shape = "constant"')
    without = forever.replace("success_target = 0.99\n", "")
    (none,) = sandbox.evaluate(sandbox.loads(without + goal("run.summary.error_budget_spent"))).goals

    assert budget["met"]
    assert (none.actual, none.met) == (None, False)


def test_goals_of_runs_follow_what_is_renamed():
    """A node's new id stands in the metric of a run too, and what is saved says the same again."""
    design = sandbox.loads(SHOP + goal("run.nodes.work.concurrency.max", "at_most = 100\nhorizon_s = 120"))

    renamed = rename_node(design, "work", "cook")

    assert renamed.goals[0].metric == "run.nodes.cook.concurrency.max"
    assert sandbox.loads(sandbox.dumps(renamed)) == renamed
