"""What is compared of each design, over which windows, and with what tolerance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sandbox
from sandbox.simulate import simulate

from .comparing import Array, Tolerance, compare
from .playing import Measure, play

DESIGNS: Final = Path(__file__).parent / "designs"
REPLICAS: Final = 200

TOLD: Final = {
    "offered": "offered_per_s",
    "completed": "completed_per_s",
    "throttled": "throttled_per_s",
    "dead": "dead_lettered_per_s",
    "concurrency": "concurrency",
    "backlog": "backlog",
    "age": "oldest_age_s",
    "environments": "environments",
}
"""What the sandbox calls it."""

EVEN: Final = "Arrivals are drawn, times of service are not: what is in service varies less."
SERVED: Final = Tolerance(EVEN, share=0.03, amount=0.3, width=(0.4, 1.2))
NUMBERS: Final = Tolerance(
    "A tick draws how many come in it, not when.", share=0.02, amount=0.6, width=(0.6, 1.3)
)


@dataclass(frozen=True)
class Case:
    """A design, and what is compared of it."""

    name: str
    seconds: int
    compared: Mapping[Measure, Tolerance]
    window_s: int = 10
    """Means over so many seconds are compared."""
    runs: int = 40
    """Runs that are played."""
    wrong: Mapping[Measure, str] = field(default_factory=dict)
    """Measures that do not agree yet, and what is wrong with them."""

    @property
    def text(self) -> str:
        """The design's TOML."""
        return (DESIGNS / f"{self.name}.toml").read_text(encoding="utf-8")


def told(case: Case, replicas: int) -> dict[Measure, Array]:
    """Courses of the sandbox's replicas [replica, second]."""
    timeline = simulate(sandbox.loads(case.text), case.seconds, 1.0, replicas=replicas, seed=1)
    assert timeline.run.largest_gap < 1e-9
    courses = {}
    for measure, node in case.compared:
        course = getattr(timeline.courses.nodes[node], TOLD[measure])
        assert course is not None, f"{node} has no {measure}"
        courses[measure, node] = course.T
    return courses


def disagreements(case: Case, runs: int | None = None, replicas: int = REPLICAS) -> dict[Measure, list[str]]:
    """Where sandbox and judge disagree, in words, by measure."""
    mine = play(case.text, case.seconds, runs or case.runs, list(case.compared))
    theirs = told(case, replicas)
    return {
        key: words
        for key, tolerance in case.compared.items()
        if (words := compare(mine[key], theirs[key], case.window_s, tolerance).told(tolerance))
    }
