"""The front door: a design in, an evaluation with findings and goals out."""

from collections.abc import Iterator
from dataclasses import replace

from sandbox.contract import numbers
from sandbox.design.model import Design
from sandbox.design.parts import Goal
from sandbox.engine.compiled import Array
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.outcome import GoalOutcome
from sandbox.rules import findings

__all__ = ["Evaluation", "evaluate", "outcomes"]


def evaluate(design: Design, load: float | Array = 1.0) -> Evaluation:
    """Evaluate a design at one load, or at an array of loads at once.

    Args:
        design: What the user drew.
        load: Load multiplier of all sources, > 0.

    Returns:
        A frozen value; `.to_dict()` gives the JSON contract.

    Raises:
        MissingPriceError: The region has no price for something that is used.
    """
    plain = evaluate_plain(design, load)
    return replace(plain, findings=tuple(findings(plain)), goals=tuple(outcomes(plain)))


def outcomes(evaluation: Evaluation) -> Iterator[GoalOutcome]:
    """Judge every goal at its own multiple of the present load."""
    told: dict[float, object] = {}
    for goal in evaluation.design.goals:
        at = goal.at_load
        if at not in told:
            there = evaluation if at == 1.0 else evaluate_plain(evaluation.design, evaluation.load * at)
            asked = any(g.at_load == at and g.metric.startswith("headroom") for g in evaluation.design.goals)
            ladder = {"headroom": [vars(rung) for rung in there.headroom]} if asked else {}
            told[at] = numbers(there) | ladder
        yield _judge(goal, told[at])


def _judge(goal: Goal, told: object) -> GoalOutcome:
    """Whether one goal is met."""
    actual = look_up(told, goal.metric)
    bounds = []
    if goal.at_least is not None:
        bounds.append((f"≥ {goal.at_least:g}", actual is not None and actual >= goal.at_least))
    if goal.at_most is not None:
        bounds.append((f"≤ {goal.at_most:g}", actual is not None and actual <= goal.at_most))
    wanted = " and ".join(words for words, _ in bounds)
    return GoalOutcome(goal.metric, goal.at_load, wanted, actual, all(met for _, met in bounds))


def look_up(told: object, metric: str) -> float | None:
    """A number of the result by its dotted path; None where there is none.

    >>> look_up({"flows": {"shop.eu": {"success_ratio": 0.5}}}, "flows.shop.eu.success_ratio")
    0.5
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
    return None
