"""The numbers under the form: what a node, an edge or the whole design does now, and what changed.

A fact's key is its path in the JSON contract, by which one can ask where it comes from.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sandbox.app.present.graph import SHOWN
from sandbox.app.reading import Reading
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.outcome import EdgeOutcome, Finding, FlowOutcome, LimitUse, NodeOutcome, Percentiles
from sandbox.units import change, duration, milliseconds, number, percent, rate, success, times, usd
from widgets.facts import Fact, Heading, Tone

Rows = Iterator[Fact | Heading]
Show = Callable[[float | None], str]

NEAR = 0.8
"""Share of a limit from which it is called near."""
SEVERITIES: dict[str, tuple[str, Tone]] = {
    "error": ("▲", "bad"),
    "warning": ("!", "warn"),
    "note": ("·", ""),
}
"""By the severity of a finding its sign and its tone."""
_NOW = Heading("now")
_NOTHING = 1e-9
"""Rates below are rounding."""


class Advice(NamedTuple):
    """A finding in words, and how grave it is."""

    text: str
    tone: Tone


def facts(
    evaluation: Evaluation, baseline: Evaluation | None, subject: str, moment: str = ""
) -> tuple[Fact | Heading, ...]:
    """Numbers of a part of the design.

    Args:
        evaluation: What is shown.
        baseline: What changes are shown against; its design may have other nodes and edges.
        subject: `nodes.ship`, `edges.2`, or nothing for the design itself.
        moment: Which moment of a run it is, in words; nothing for the steady state.
    """
    rows = _rows(evaluation, baseline, subject)
    if not moment:
        return rows
    return tuple(Heading(f"at {moment}") if row == _NOW else row for row in rows)


def _rows(evaluation: Evaluation, baseline: Evaluation | None, subject: str) -> tuple[Fact | Heading, ...]:
    section, _, part = subject.partition(".")
    if section == "nodes":
        before = baseline.nodes.get(part) if baseline else None
        return tuple(_node(subject, evaluation.nodes[part], before))
    if section == "edges":
        place = int(part)
        return tuple(_edge(subject, evaluation.edges[place], _edge_before(evaluation, baseline, place)))
    return tuple(_design(evaluation, baseline))


def _fact(key: str, label: str, show: Show, now: float | None, before: float | None, tone: Tone = "") -> Fact:
    """One number; what changed by less than is shown has not changed."""
    told = moved(now, before) if show(now) != show(before) else ""
    return Fact(key, label, show(now), change=told, tone=tone)


_WORK: tuple[tuple[str, str, Show], ...] = (
    ("concurrency", "concurrency", number),
    ("environments", "environments", number),
    ("cold_start_ratio", "cold starts", percent),
    ("mean_latency_ms", "mean latency", milliseconds),
)
"""What a node is busy with, where it is."""


def _node(subject: str, now: NodeOutcome, before: NodeOutcome | None) -> Rows:
    """Rates, then work, then limits, then cost."""
    yield _NOW

    def row(name: str, label: str, show: Show, *, tone: Tone = "") -> Fact:
        was = getattr(before, name) if before else None
        return _fact(f"{subject}.{name}", label, show, getattr(now, name), was, tone)

    yield row("offered_per_s", "offered", rate)
    if now.limits:
        tone: Tone = "bad" if now.throttled_per_s > SHOWN * now.offered_per_s else ""
        yield row("throttled_per_s", "throttled", _calm_rate, tone=tone)
    if now.failed_per_s > _NOTHING * now.offered_per_s:
        yield row("failed_per_s", "failed", _calm_rate)
    yield from _held(now, row)
    if now.invocations_per_s is not None and now.invocations_per_s != now.offered_per_s:
        yield row("invocations_per_s", "invocations", rate)
    for name, label, show in _WORK:
        if getattr(now, name) is not None:
            yield row(name, label, show)
    yield from _percentiles(f"{subject}.latency_ms", now.latency, before.latency if before else None)
    yield row("monthly_usd", "cost a month", usd)
    yield from _limits(subject, now.limits, before.limits if before else ())


def _held(now: NodeOutcome, row: Callable[..., Fact]) -> Rows:
    """What waits, grows and is lost."""
    if now.backlog:
        yield row("backlog", "backlog", _items)
    elif now.backlog is None and now.backlog_growth_per_s > _NOTHING:
        yield row("backlog_growth_per_s", "backlog grows by", rate, tone="bad")
    if now.oldest_age_s:
        yield row("oldest_age_s", "age of oldest", duration)
    if now.lost_per_s > _NOTHING:
        yield row("lost_per_s", "lost", rate, tone="bad")


def _items(amount: float | None) -> str:
    """Whole items."""
    return number(None if amount is None else round(amount))


def _limits(subject: str, now: tuple[LimitUse, ...], before: tuple[LimitUse, ...]) -> Rows:
    """Each limit by its own key: their order changes with their use."""
    if not now:
        return
    yield Heading("limits, the nearest first")
    was = {use.key: use for use in before}
    for place, use in enumerate(now):
        share = use.utilisation
        tone: Tone = "bad" if share >= 1 else "warn" if share >= NEAR else ""
        yield Fact(
            f"{subject}.limits.{place}.utilisation",
            use.name,
            f"{number(_near(use.demand))} / {number(use.capacity)}",
            change=moved(share, was[use.key].utilisation) if use.key in was else "",
            tone=tone,
        )


def _edge(subject: str, now: EdgeOutcome, before: EdgeOutcome | None) -> Rows:
    """What flows, in what portions, and how often it is tried."""
    yield _NOW

    def row(name: str, label: str, show: Show, *, tone: Tone = "") -> Fact:
        was = getattr(before, name) if before else None
        return _fact(f"{subject}.{name}", label, show, getattr(now, name), was, tone)

    yield row("items_per_s", "items", rate)
    yield row("attempts_per_item", "tries of each", number)
    yield row("refused", "refused", _calm_percent, tone="bad" if now.refused > SHOWN else "")
    if now.batch_size is not None:
        yield row("batch_size", "items in a batch", number)
    if now.lanes is not None:
        yield row("lanes", "batches at once", number)


def _edge_before(evaluation: Evaluation, baseline: Evaluation | None, place: int) -> EdgeOutcome | None:
    """The same edge of the baseline, if it is still in its place."""
    if baseline is None or place >= len(baseline.edges):
        return None
    ends = (evaluation.edges[place].source, evaluation.edges[place].target)
    before = baseline.edges[place]
    return before if (before.source, before.target) == ends else None


def _design(now: Evaluation, before: Evaluation | None) -> Rows:
    """Totals, then what each source gets."""
    yield _NOW
    if before is not None and before.load != now.load:
        yield Fact("load", "load", times(now.load), change=f"from {times(before.load)}")
    else:
        yield Fact("load", "load", times(now.load))
    yield _fact(
        "cost.monthly_usd", "cost a month", usd, now.monthly_usd, before.monthly_usd if before else None
    )
    per = before.per_million_usd if before else None
    yield _fact("cost.per_million_requests_usd", "a million costs", usd, now.per_million_usd, per)
    if now.per_customer_usd is not None:
        per = before.per_customer_usd if before else None
        yield _fact("cost.per_customer_usd", "per customer", usd, now.per_customer_usd, per)
    for key, told in now.flows.items():
        yield Heading(now.design.nodes[key].title)
        yield from _flow(now, key, told, before.flows.get(key) if before else None)


def _flow(evaluation: Evaluation, key: str, now: FlowOutcome, before: FlowOutcome | None) -> Rows:
    """What one source gets for its requests."""
    at = f"flows.{key}"
    yield _fact(f"{at}.rate_per_s", "requests", rate, now.rate_per_s, before.rate_per_s if before else None)
    tone: Tone = "bad" if now.success_ratio < 1 - SHOWN else "good"
    ratio = before.success_ratio if before else None
    yield _fact(f"{at}.success_ratio", "succeed", _calm_percent, now.success_ratio, ratio, tone)
    if now.lost_per_s > SHOWN * now.rate_per_s:
        lost = before.lost_per_s if before else None
        yield _fact(f"{at}.lost_per_s", "lost", rate, now.lost_per_s, lost, "bad")
    yield from _percentiles(f"{at}.latency_ms", now.latency, before.latency if before else None)
    for node, lag in now.completion_lag.items():
        title = evaluation.design.nodes[node].title if node in evaluation.design.nodes else node
        was = before.completion_lag.get(node) if before else None
        p99 = _fact(
            f"{at}.completion_lag_ms.{node}.p99",
            f"{title} done, p99",
            milliseconds,
            lag.p99 if lag else None,
            was.p99 if was else None,
        )
        yield p99 if lag else Fact(p99.key, p99.label, "never", tone="bad")
    if now.availability is not None:
        yield Fact(f"{at}.availability", "AWS commits to", success(now.availability))


def _percentiles(key: str, now: Percentiles | None, before: Percentiles | None) -> Rows:
    """The median and the tail."""
    if now is None:
        return
    for name in ("p50", "p95", "p99"):
        was = getattr(before, name) if before else None
        yield _fact(f"{key}.{name}", f"latency {name}", milliseconds, getattr(now, name), was)


def moved(now: float | None, before: float | None) -> str:
    """The change in per cent; as a factor where it is more than tenfold; new where it was next to nothing.

    >>> moved(150, 100), moved(3000, 100), moved(75, 1e-8), moved(None, 100)
    ('+50 %', '×30.0', 'new', '')
    """
    if now is not None and before is not None and before > 0 and now > 10 * before:
        return times(now / before) if now < 10_000 * before else change(now, 0.0)
    return change(now, before)


def _near(value: float) -> float:
    """A demand without the solver's last digits."""
    return round(value, 2) if value >= 1 else value


def _calm_rate(per_s: float | None) -> str:
    """A rate whose rounding noise is nothing."""
    return rate(per_s if per_s is None or abs(per_s) > _NOTHING else 0.0)


def _calm_percent(share: float | None) -> str:
    """A share whose rounding noise is nothing."""
    return percent(share if share is None else round(share, 8))


def findings(reading: Reading, subject: str) -> tuple[Advice, ...]:
    """What a person should know about a part of the design; all of it for the design itself."""
    if reading.details is None:
        return ()
    design, told = reading.evaluation.design, []
    section, _, part = subject.partition(".")
    if section == "edges":
        edge = design.edges[int(part)]
        subject = f"edges.{edge.source}>{edge.target}"
    for finding in reading.details.findings:
        sign, tone = SEVERITIES[finding.severity]
        if not subject:
            about = whose(design, finding)
            told.append(Advice(f"{sign} {about}{': ' if about else ''}{finding.message}", tone))
        elif subject in (f"nodes.{finding.node}", f"edges.{finding.edge}"):
            told.append(Advice(f"{sign} {finding.message}", tone))
    return tuple(told)


def whose(design: Design, finding: Finding) -> str:
    """What a finding is about; nothing for the whole design."""
    ends = (finding.edge or finding.node or "").split(">")
    return " → ".join(design.nodes[key].title for key in ends if key in design.nodes)
