"""Grading an exercise: goals, what is locked, and stars, by evaluation alone.

What was given says what counts: its goals, its locks and its stars, whatever a copy says of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.contract import finite
from sandbox.design.exercise import Exercise
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation, evaluate_plain
from sandbox.exercises.locks import Breach, breaches
from sandbox.goals import judged
from sandbox.outcome import Finding, GoalOutcome
from sandbox.rules import findings


@dataclass(frozen=True)
class Star:
    """Something that is worth a star, once the exercise is solved."""

    name: str
    """`cost` or `margin`."""
    wanted: float
    """Most of a month's bill [USD], or least load multiplier before anything throttles."""
    actual: float | None
    """None where nothing throttles at any load."""
    won: bool

    @property
    def is_reached(self) -> bool:
        """Whether it is as wanted; it is won once the exercise is solved too."""
        if self.name == "cost":
            return self.actual is not None and self.actual <= self.wanted
        return self.actual is None or self.actual >= self.wanted


@dataclass(frozen=True)
class Verdict:
    """What an exercise's design is worth."""

    exercise: str
    """Id of the exercise; nothing where it has none."""
    goals: tuple[GoalOutcome, ...]
    breaches: tuple[Breach, ...]
    """What may not be changed, and was."""
    advice: tuple[Finding, ...]
    """What the advice still finds, and must not."""
    stars: tuple[Star, ...]
    """Beyond the one for solving it."""

    @property
    def solved(self) -> bool:
        """Whether all goals are met, nothing is left to mend, and nothing is changed that is locked."""
        is_met = bool(self.goals) and all(goal.met for goal in self.goals)
        return is_met and not self.advice and not self.breaches

    @property
    def won(self) -> int:
        """Stars that are won: one for solving it, and those beyond."""
        return self.solved + sum(star.won for star in self.stars)

    @property
    def most(self) -> int:
        """Stars that there are."""
        return 1 + len(self.stars)

    def to_dict(self) -> dict[str, object]:
        """As plain values, null where there is none."""
        return {
            "exercise": self.exercise,
            "solved": self.solved,
            "stars": self.won,
            "most_stars": self.most,
            "goals": [{**vars(goal), "actual": finite(goal.actual)} for goal in self.goals],
            "advice": [f"{finding.rule}: {finding.message}" for finding in self.advice],
            "breaches": [breach.words for breach in self.breaches],
            "extra": [{**vars(star), "actual": finite(star.actual)} for star in self.stars],
        }


def grade(design: Design, given: Design, folder: Path | None = None) -> Verdict:
    """Judge what was made of an exercise, at the load as drawn.

    Args:
        design: What was handed in.
        given: The exercise as it was given.
        folder: Where a run looks for recorded loads; the working directory where left out.

    Raises:
        MissingPriceError: The region has no price for something that is used.
        TraceError: A recorded load that a goal needs cannot be used.
    """
    exercise = given.exercise or Exercise(story="-")
    broken = tuple(breaches(design, given))
    evaluation = evaluate_plain(replace(design, goals=given.goals))
    advice = tuple(found for found in findings(evaluation) if found.rule in exercise.cleared)
    verdict = Verdict(exercise.id, tuple(judged(evaluation, folder)), broken, advice, ())
    return replace(verdict, stars=tuple(_stars(exercise, evaluation, solved=verdict.solved)))


def _stars(exercise: Exercise, evaluation: Evaluation, *, solved: bool) -> Iterator[Star]:
    """The stars beyond the first; none is won while the exercise is not solved."""
    budget, margin = exercise.stars.budget_usd, exercise.stars.headroom
    if budget is not None:
        yield _judged(Star("cost", budget, evaluation.monthly_usd, won=False), solved=solved)
    if margin is not None:
        first = next((rung.load_multiplier for rung in evaluation.headroom), None)
        yield _judged(Star("margin", margin, first, won=False), solved=solved)


def _judged(star: Star, *, solved: bool) -> Star:
    """A star, won where it is reached and the exercise is solved."""
    return replace(star, won=solved and star.is_reached)
