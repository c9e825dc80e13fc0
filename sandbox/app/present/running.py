"""A run and the moment that is looked at, in a line of words."""

from sandbox.app.clock import Clock
from sandbox.timeline.summary import Summary
from sandbox.timeline.timeline import Timeline
from sandbox.units import duration, number, percent, usd
from widgets.chart.axes import moment

GAP = "   "


def running(clock: Clock) -> str:
    """What is run, where the cursor is, and what came of it."""
    plan = clock.plan
    runs = "" if plan.replicas == 1 else f", {plan.replicas} random runs"
    parts = [f"{duration(plan.horizon_s)}{runs}"]
    if clock.cursor_s is not None:
        sign = "▶" if clock.is_playing else "‖"
        parts.append(f"{sign} {moment(clock.cursor_s, plan.horizon_s)}")
    if clock.is_playing:
        parts.append(f"{duration(clock.pace)} a second")
    if clock.share is not None:
        parts.append(f"running {percent(round(clock.share, 2))}")
    if clock.failure:
        parts.append(f"! {clock.failure}")
    elif clock.timeline is not None:
        parts += outcome(clock.timeline)
    return GAP.join(parts)


def outcome(timeline: Timeline) -> list[str]:
    """What came of a run, the gravest first."""
    told = timeline.summary
    parts = [_recovery(told)]
    if told.lost >= 1:
        parts.append(f"✗ {number(round(told.lost))} lost")
    if told.dead_lettered >= 1:
        parts.append(f"▲ {number(round(told.dead_lettered))} dead-lettered")
    if told.throttled >= 1:
        parts.append(f"▲ {number(round(told.throttled))} throttled")
    if told.error_budget_spent is not None:
        parts.append(f"{percent(told.error_budget_spent)} of the error budget")
    parts.append(f"{usd(told.monthly_usd)}/mo of such runs")
    return [part for part in (*parts, *told.held_up_by) if part]


def _recovery(told: Summary) -> str:
    """Whether it came back from what disturbed it."""
    until, back = told.disturbed_until_s, told.recovered_at_s
    if not until:
        return ""
    if back is None:
        return "✗ not back"
    return f"✓ back {duration(back - until)} after it ended" if back > until else "✓ back at once"
