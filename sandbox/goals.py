"""Judging goals: each number is looked up in the result, or in a run over time, and held to its bounds."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sandbox.contract import numbers
from sandbox.design.metrics import ENDS, is_of_run
from sandbox.design.parts import Goal
from sandbox.engine.stopping import look
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.outcome import GoalOutcome

HOUR_S = 3600.0
"""How long a run is, where a goal does not say."""


def judged(evaluation: Evaluation, folder: Path | None = None) -> Iterator[GoalOutcome]:
    """Judge every goal at its own multiple of the present load.

    Args:
        evaluation: The design, and the load that a multiple is of.
        folder: Where a run looks for recorded loads; the working directory where left out.

    Raises:
        MissingPriceError: The region has no price for something that is used.
        TraceError: A recorded load cannot be used.
        Stopped: Nobody waits for it any more.
    """
    told: dict[tuple[float, float | None], object] = {}
    for goal in evaluation.design.goals:
        asked = (goal.at_load, _horizon_s(goal))
        if asked not in told:
            told[asked] = _told(evaluation, *asked, folder)
        yield _judge(goal, told[asked])


def has_runs(goals: Sequence[Goal]) -> bool:
    """Whether judging some goals takes a run over time."""
    return any(is_of_run(goal.metric) for goal in goals)


def _horizon_s(goal: Goal) -> float | None:
    """How long the run is that a goal is about; None for the steady state."""
    return (goal.horizon_s or HOUR_S) if is_of_run(goal.metric) else None


def _told(evaluation: Evaluation, at_load: float, horizon_s: float | None, folder: Path | None) -> object:
    """The result or the run at a multiple of the present load, as plain values."""
    design, load = evaluation.design, evaluation.load * at_load
    if horizon_s is not None:
        from sandbox.simulate import simulate  # noqa: PLC0415  # most goals are about the steady state

        run = simulate(design, horizon_s, load=load, folder=folder, cancelled=_called_back)
        return {"run": run.to_dict()}
    there = evaluation if at_load == 1.0 else evaluate_plain(design, load)
    goals = [goal for goal in design.goals if goal.at_load == at_load]
    if not any(goal.metric.startswith("headroom") for goal in goals):
        return numbers(there)
    return numbers(there) | {"headroom": [vars(rung) for rung in there.headroom]}


def _called_back() -> bool:
    """Ends the run here if nobody waits for it any more.

    Raises:
        Stopped: That is so.
    """
    look()
    return False


def _judge(goal: Goal, told: object) -> GoalOutcome:
    """Whether one goal is met; a course is judged by its worst moment, or by what is asked of it."""
    found = look_up(told, goal.metric)
    bounds: list[tuple[str, float | None, bool]] = []
    if goal.at_least is not None:
        least = _of(found, min)
        bounds.append((f"≥ {goal.at_least:g}", least, least is not None and least >= goal.at_least))
    if goal.at_most is not None:
        most = _of(found, max)
        bounds.append((f"≤ {goal.at_most:g}", most, most is not None and most <= goal.at_most))
    wanted = " and ".join(words for words, _, _ in bounds)
    is_met = all(met for _, _, met in bounds)
    actual = next((value for _, value, met in bounds if met is is_met), None)
    return GoalOutcome(goal.metric, goal.at_load, wanted, actual, is_met, _horizon_s(goal))


Number = float | None
Values = list[float]


def _of(found: Number | Values, worst: Callable[[Values], float]) -> Number:
    """The number itself, or the worst of a course; None where there is none."""
    if isinstance(found, list):
        return worst(found) if found else None
    return found


def look_up(told: object, metric: str) -> Number | Values:
    """A number of the result by its dotted path, or a course without what has no value; None for none.

    >>> look_up({"flows": {"shop.eu": {"success_ratio": 0.5}}}, "flows.shop.eu.success_ratio")
    0.5
    >>> look_up({"run": {"nodes": {"q": {"backlog": [None, 2.0, 4.0]}}}}, "run.nodes.q.backlog")
    [2.0, 4.0]
    >>> look_up({"run": {"nodes": {"q": {"backlog": [None, 2.0, 4.0]}}}}, "run.nodes.q.backlog.mean")
    3.0
    """
    if isinstance(told, (int, float)) and not metric:
        return float(told)
    if isinstance(told, dict):
        for key, value in told.items():
            if metric == key or metric.startswith(f"{key}."):
                found = look_up(value, metric[len(key) + 1 :])
                if found is not None:
                    return found
    if isinstance(told, list):
        place, _, rest = metric.partition(".")
        if place.isdigit() and int(place) < len(told):
            return look_up(told[int(place)], rest)
        if not metric or metric in ENDS:
            return _asked([value for value in told if isinstance(value, float)], metric)
    return None


def _asked(values: Values, end: str) -> Number | Values:
    """What is asked of a course: its least, greatest, mean or last value; all of it where nothing is."""
    if not end or not values:
        return values
    match end:
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "mean":
            return sum(values) / len(values)
    return values[-1]
