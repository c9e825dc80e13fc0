"""A run and the moment that is looked at, in lines of words."""

from collections.abc import Iterator

from sandbox.app.clock import Clock
from sandbox.timeline.summary import Summary
from sandbox.timeline.timeline import Timeline
from sandbox.units import duration, number, percent, usd
from widgets.chart.axes import moment
from widgets.facts import Tone

LEAST = 0.001
"""Share of an error budget below which its digits say nothing."""
Words = tuple[str, Tone]
"""Some words, and how grave they are."""


def running(clock: Clock) -> list[Words]:
    """What is run, where the cursor is, and what came of it, the most important first."""
    plan = clock.plan
    runs = "" if plan.replicas == 1 else f", {plan.replicas} random runs"
    parts: list[Words] = [(f"{duration(plan.horizon_s)}{runs}", "")]
    if clock.cursor_s is not None:
        sign = "▶" if clock.is_playing else "‖"
        parts.append((f"{sign} {shown_moment(clock)}", "warn"))
    if clock.is_playing:
        parts.append((f"{duration(clock.pace)} a second", ""))
    if clock.share is not None:
        parts.append((f"running {percent(round(clock.share, 2))}", ""))
    if clock.failure:
        parts.append((f"! {clock.failure}", "bad"))
    elif clock.timeline is not None:
        parts += outcome(clock.timeline)
    return parts


def shown_moment(clock: Clock) -> str:
    """The moment that is looked at as a clock shows it; nothing where it is the steady state.

    >>> shown_moment(Clock(cursor_s=700.0)), shown_moment(Clock())
    ('11:40', '')
    """
    return "" if clock.cursor_s is None else moment(clock.cursor_s, clock.plan.horizon_s)


def outcome(timeline: Timeline) -> Iterator[Words]:
    """What came of a run, the gravest first, and what it costs."""
    told = timeline.summary
    yield from _recovery(told)
    if told.lost >= 1:
        yield f"✗ {_items(told.lost)} lost", "bad"
    if told.dead_lettered >= 1:
        yield f"▲ {_items(told.dead_lettered)} dead-lettered", "warn"
    if told.throttled >= 1:
        yield f"▲ {_items(told.throttled)} throttled", "warn"
    if told.error_budget_spent is not None:
        yield _budget(told.error_budget_spent)
    yield f"{usd(told.run_usd)}, {usd(told.monthly_usd)} a month of it", ""


def _budget(spent: float) -> Words:
    """How much of the error budget is gone.

    >>> _budget(0.4), _budget(1e-7)
    (('✓ 40 % of the error budget', 'good'), ('✓ <0.1 % of the error budget', 'good'))
    >>> _budget(41.1)
    ('✗ error budget spent 41.1 times', 'bad')
    """
    if spent <= 1:
        told = percent(spent) if spent > LEAST or not spent else f"<{percent(LEAST)}"
        return f"✓ {told} of the error budget", "good"
    return f"✗ error budget spent {number(spent)} times", "bad"


def reasons(timeline: Timeline) -> list[Words]:
    """What keeps it from coming back, and what was assumed about recorded loads."""
    return [*((sentence, "warn") for sentence in timeline.summary.held_up_by), *_assumed(timeline)]


def _assumed(timeline: Timeline) -> Iterator[Words]:
    """Sentences, each after the name of its source; the name once."""
    before = ""
    for sentence in timeline.given.assumed:
        name, _, words = sentence.partition(": ")
        yield (words if name == before else sentence), ""
        before = name


def _recovery(told: Summary) -> Iterator[Words]:
    """Whether it came back from what disturbed it."""
    until, back = told.disturbed_until_s, told.recovered_at_s
    if not until:
        return
    if back is None:
        yield "✗ not back in its steady state", "bad"
    elif back > until:
        yield f"✓ back {duration(back - until)} after the disturbance", "good"
    else:
        yield "✓ back as soon as the disturbance ended", "good"


def _items(amount: float) -> str:
    return number(round(amount))
