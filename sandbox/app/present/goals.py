"""The Goals panel: what a design must reach, in words, and the guide through an exercise."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sandbox import units
from sandbox.app.reading import Reading
from sandbox.design.exercise import Exercise
from sandbox.design.metrics import ENDS, RUN
from sandbox.design.model import Design
from sandbox.exercises.grading import Star, Verdict
from sandbox.exports.exercise import stars
from sandbox.goals import has_runs
from sandbox.outcome import GoalOutcome
from widgets.columns import Cell, Column, Row
from widgets.facts import Tone

COLUMNS = (
    Column("what", "goal", flex=True),
    Column("wanted", "wanted", "right"),
    Column("actual", "now", "right"),
    Column("when", "when", dim=True),
)
WORDS = {
    "success_ratio": "requests that succeed",
    "lost_per_s": "lost",
    "backlog_growth_per_s": "backlog grows by",
    "oldest_age_s": "age of the oldest",
    "offered_per_s": "what comes in",
    "accepted_per_s": "let through",
    "throttled_per_s": "throttled",
    "failed_per_s": "failed",
    "concurrency": "concurrency",
    "cold_start_ratio": "cold starts",
    "load_multiplier": "first limit at",
    "monthly_usd": "a month's bill",
    "per_million_requests_usd": "a million requests",
    "first_year_usd": "first year with people",
    "three_years_usd": "three years with people",
    "run_monthly_usd": "people a month",
    "build_usd": "building it",
    "completed": "requests done",
    "completed_per_s": "done",
    "throttled": "throttled, in all",
    "lost": "lost, in all",
    "dead_lettered": "dead letters, in all",
    "dead_lettered_per_s": "dead letters",
    "cold_starts_per_s": "cold starts",
    "disturbed_until_s": "load and faults at rest after",
    "recovered_at_s": "back in the steady state after",
    "run_usd": "cost of the run",
    "error_budget_spent": "error budget spent",
    "latency_ms": "mean latency",
}
"""By the last part of a metric."""


@dataclass(frozen=True)
class Line:
    """A paragraph of the guide."""

    text: str
    tone: Tone = ""
    is_title: bool = False


TESTING = "testing …"
"""Said while a run over time is to say a new verdict."""
ASKED = {"min": "at least", "max": "at most", "mean": "on average", "last": "at the end"}
"""What is asked of a course, by the end of its metric."""


def is_old(reading: Reading) -> bool:
    """Whether the verdict is the one before, and a run over time is to say the new one."""
    details = reading.details
    if details is None or details.is_judging:
        return details is not None
    judge = details.given or reading.evaluation.design
    return reading.is_stale and has_runs(judge.goals)


def rows(design: Design, verdict: Verdict | None, *, is_old: bool = False) -> tuple[Row, ...]:
    """A row for each goal, with a mark that says whether it is met.

    Args:
        design: Whose goals they are.
        verdict: None while it is worked out for the first time.
        is_old: Whether it is about the design before, and a new one is worked out.
    """
    outcomes = verdict.goals if verdict else ()
    drawn = partial(Cell, order="", tone="dim") if is_old else str
    return tuple(
        Row(
            f"{place}:{goal.metric}",
            tuple(map(drawn, _cells(design, goal))),
            "good" if goal.met else "bad",
        )
        for place, goal in enumerate(outcomes)
    )


def _cells(design: Design, goal: GoalOutcome) -> Iterator[str]:
    """What stands in a goal's row."""
    yield words(design, goal.metric)
    yield " and ".join(_bound(goal.metric, bound) for bound in goal.wanted.split(" and "))
    yield amount(goal.metric, goal.actual)
    load = "" if goal.at_load == 1.0 else f"load {units.times(goal.at_load)}"
    over = "" if goal.horizon_s is None else f"run of {units.duration(goal.horizon_s)}"
    yield ", ".join(filter(None, (over, load)))


def words(design: Design, metric: str) -> str:
    """A metric as a person says it.

    >>> words(Design(), "flows.shop.success_ratio"), words(Design(), "cost.total.monthly_usd")
    ('shop: requests that succeed', 'bill and people, a month')
    >>> words(Design(), "flows.shop.latency_ms.p99"), words(Design(), "cost.monthly_usd")
    ('shop: 99 % answered within', "a month's bill")
    >>> words(Design(), "run.summary.lost"), words(Design(), "run.nodes.work.backlog.last")
    ('lost, in all', 'work: backlog, at the end')
    """
    section, *keys = metric.split(".")
    if section == RUN:
        return _of_run(design, keys)
    if metric == "cost.total.monthly_usd":
        return "bill and people, a month"
    what = WORDS.get(keys[-1] if keys else "", (keys[-1] if keys else section).replace("_", " "))
    if keys and keys[-1] in ("p50", "p95", "p99"):
        what = f"{keys[-1][1:]} % answered within"
    if "completion_lag_ms" in keys[1:-1]:
        what = f"{keys[-1][1:]} % through {_title(design, keys[keys.index('completion_lag_ms') + 1])} within"
    return f"{_title(design, keys[0])}: {what}" if section in ("nodes", "flows") and keys else what


def _of_run(design: Design, keys: list[str]) -> str:
    """A metric of a run as a person says it."""
    if keys[0] == "summary":
        return WORDS.get(keys[-1], keys[-1].replace("_", " "))
    name = keys[2]
    what = WORDS.get(name, name.replace("_per_s", "").replace("_s", "").replace("_", " "))
    asked = f", {ASKED[keys[3]]}" if len(keys) > 3 else ", at its worst" if name == "success_ratio" else ""
    return f"{_title(design, keys[1])}: {what}{asked}"


def amount(metric: str, value: float | None) -> str:
    """A number of a metric, with its unit.

    >>> amount("a.latency_ms.p99", 1500), amount("cost.monthly_usd", 900), amount("x.lost_per_s", None)
    ('1.5 s', '$900.00', '–')
    """
    if value is None:
        return units.NOTHING
    head, _, last = metric.rpartition(".")
    if last in ENDS:
        last = head.rpartition(".")[2]
    if "_ms" in metric:
        return units.milliseconds(value)
    if last.endswith("_ratio"):
        return units.success(value)
    for ending, said in ENDINGS.items():
        if last.endswith(ending):
            return said(value)
    return units.number(value)


ENDINGS = {
    "_usd": units.usd,
    "_per_s": units.rate,
    "_s": units.duration,
    "load_multiplier": units.times,
    "budget_spent": units.times,
    "backlog": units.number,
}
"""How a number is written, by the ending of its metric."""


def guide(exercise: Exercise | None, verdict: Verdict | None, hints: int) -> Iterator[Line]:
    """What is in the way, the debrief once it is solved, the story, and the hints asked for so far.

    Args:
        exercise: As it was given; None where the design is none.
        verdict: None while it is worked out.
        hints: How many hints were asked for.
    """
    if exercise is None:
        return
    if verdict:
        yield from (Line(f"✗ {breach.words}", "bad") for breach in verdict.breaches)
        yield from (Line(f"✗ {finding.message}", "bad") for finding in verdict.advice)
    if verdict and verdict.solved:
        yield Line(f"Solved  {stars(verdict.won, verdict.most)}", "good", is_title=True)
        yield from (Line(text) for text in paragraphs(exercise.debrief))
        yield Line("The story", is_title=True)
    yield from (Line(text) for text in paragraphs(exercise.story))
    for place, hint in enumerate(exercise.hints[:hints], 1):
        yield Line(f"Hint {place} of {len(exercise.hints)}", is_title=True)
        yield Line(hint)


def standing(exercise: Exercise | None, verdict: Verdict | None) -> tuple[str, Tone]:
    """How things are, in a line."""
    if verdict is None:
        return "", ""
    met, many = sum(goal.met for goal in verdict.goals), len(verdict.goals)
    counted = f"{met} of {many} goal{'s' if many != 1 else ''} met"
    if exercise is None:
        return (f"{'✓' if met == many else '✗'} {counted}" if many else ""), "good" if met == many else "bad"
    shown = stars(verdict.won, verdict.most)
    left = f", {len(verdict.advice)} of the advice left" if verdict.advice else ""
    missed = "✗ something locked was changed" if verdict.breaches else f"✗ {counted}{left}"
    state = "✓ solved" if verdict.solved else missed
    return "   ".join((f"{state}  {shown}", *map(_star, verdict.stars))), "good" if verdict.solved else "bad"


def paragraphs(text: str) -> list[str]:
    r"""A Markdown text's paragraphs, each on a line of its own.

    >>> paragraphs("One\nline.\n\nAnother.\n")
    ['One line.', 'Another.']
    """
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _star(star: Star) -> str:
    """What a star is for; one that is reached too early says what is left to do."""
    sign = "★" if star.won else "☆"
    later = ", once solved" if star.is_reached and not star.won else ""
    if star.name == "cost":
        return f"{sign} {units.usd(star.actual)} of {units.usd(star.wanted)}{later}"
    now = "no limit" if star.actual is None else units.times(star.actual)
    return f"{sign} margin {now} of {units.times(star.wanted)}{later}"


def _bound(metric: str, bound: str) -> str:
    """`≥ 0.999` with the unit of its metric."""
    sign, _, value = bound.partition(" ")
    return f"{sign} {amount(metric, float(value))}"


def _title(design: Design, key: str) -> str:
    return design.nodes[key].title if key in design.nodes else key
