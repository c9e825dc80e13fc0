"""People wait for work that could be done later, and at their peak part of it is refused.

## Why it matters
A peak that is over in minutes needs capacity that is idle for the rest of the day, or it is refused. A queue
takes it at any rate, and what reads the queue works it off at the pace that it has: nothing is refused, and
nobody waits for more than the queue's own answer.

## Instead of
    edges = [{from = "api", to = "order"}, {from = "order", to = "table"}]    # eight times as many come
## Use
    edges = [{from = "api", to = "queue"}, {from = "queue", to = "order"}, {from = "order", to = "table"}]
"""

from collections.abc import Iterator

from sandbox.catalog.profiles import Constant, Recorded
from sandbox.catalog.rates import Loop
from sandbox.catalog.services.traffic import Traffic
from sandbox.engine.bursts import above
from sandbox.engine.profiles import Course
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.doors import Met, limits_behind
from sandbox.rules.later import written_by
from sandbox.rules.rule import Rule
from sandbox.units import duration, number, rate, times

LEAST = 0.05
"""Least share of the requests that must ask for what binds."""
SHOWN = 0.01
"""Share refused at the peak from which it is told."""
LONGEST_S = 345_600.0
"""A queue keeps its messages for four days where nothing is said."""


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every source with a course, and at the limits that it meets at its top but not on average."""
    told: set[str] = set()
    for key, node in evaluation.design.nodes.items():
        traffic = node.settings
        if not isinstance(traffic, Traffic) or isinstance(traffic.profile, Constant | Recorded):
            continue
        if isinstance(traffic.users, Loop):
            continue  # who waits for an answer sends no more meanwhile
        course = traffic.profile.course()
        peak = course.highest
        met = sorted(limits_behind(evaluation, key, peak), key=lambda each: each.multiplier)
        for each in met:
            worker = written_by(evaluation, key, each.node) if each.through >= LEAST else None
            if worker is None or worker in told or 1 - each.multiplier / peak < SHOWN:
                continue
            finding = _told(evaluation, key, course, worker, each)
            if finding is not None:
                told.add(worker)
                yield finding


def _told(evaluation: Evaluation, source: str, course: Course, worker: str, met: Met) -> Finding | None:
    """What is refused at the peak, and what a queue would hold; nothing where it would not run empty."""
    burst = above(course, met.multiplier)
    if not 0 < burst.lasts_s <= LONGEST_S:
        return None
    asked = met.through * evaluation.nodes[source].offered_per_s
    peak = course.highest
    more, titles = rate(asked * (peak - met.multiplier)), evaluation.design.nodes
    held = number(burst.most * asked)
    return RULE.finding(
        f"at the peak of {titles[source].title} {rate(asked * peak)} come, {more} more than {met.use.name} "
        f"of {titles[met.node].title} takes, which binds at {times(met.multiplier)}; a queue before it "
        f"would hold {held} at most and be empty {duration(burst.lasts_s)} after it began to fill",
        node=worker,
    )


RULE = Rule(
    "queue-would-take-the-burst",
    "warning",
    check,
    "https://docs.aws.amazon.com/wellarchitected/latest/framework/sus_sus_user_a7.html",
    metric="offered_per_s",
)
