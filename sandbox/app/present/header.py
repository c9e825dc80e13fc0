"""The line at the top: what is open, what it costs, and what breaks first."""

from dataclasses import dataclass

from sandbox.app.reading import Details, Reading
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.printable import on_a_line
from sandbox.timeline.moment import Moment
from sandbox.units import change, rate, times, usd
from widgets.facts import Tone


@dataclass(frozen=True)
class Headline:
    """The words of the top line."""

    name: str
    """With a mark where something is unsaved."""
    name_short: str
    """The mark in front, where it stays however little room there is."""
    region: str
    rate: str
    """What all sources send."""
    month: str
    month_change: str
    """Against the baseline."""
    million: str
    million_short: str
    nearest: str
    """Which limit binds first, and when; of a moment of a run, which one it is."""
    nearest_short: str
    tone: Tone


def headline(reading: Reading, *, is_unsaved: bool) -> Headline:
    """Word the top line."""
    now, before = reading.evaluation, reading.baseline
    words, short, tone = nearest(now.design, now.load, reading.details)
    if reading.moment:
        words, short, tone = f"at {reading.moment} of the run", f"at {reading.moment}", "warn"
    elif reading.is_stale and words:
        words, short, tone = f"{words} …", f"{short} …", ""
    million = now.per_million_usd
    return Headline(
        name=f"{on_a_line(now.design.name)}{' ●' if is_unsaved else ''}",
        name_short=f"{'● ' if is_unsaved else ''}{on_a_line(now.design.name)}",
        region=now.design.region,
        rate=rate(sent(now)),
        month=f"{usd(now.monthly_usd)}/mo",
        month_change=change(now.monthly_usd, before.monthly_usd if before else None),
        million="" if million is None else f"{usd(million)} a million",
        million_short="" if million is None else f"{usd(million)}/M",
        nearest=words,
        nearest_short=short,
        tone=tone,
    )


def sent(evaluation: Evaluation) -> float:
    """What all sources send [requests/s]; at a moment of a run, what they send then."""
    if isinstance(evaluation, Moment):
        return sum(flow.rate_per_s for flow in evaluation.flows.values())
    return evaluation.source_rate_per_s


def nearest(design: Design, load: float, details: Details | None) -> tuple[str, str, Tone]:
    """The first limit to bind, in words and in fewer, and how grave that is at a load.

    Args:
        design: For the nodes' names.
        load: The present load multiplier.
        details: None while it is not known yet.
    """
    if details is None or not design.nodes:
        return "", "", ""
    if details.failure:
        return "headroom not known", "", ""
    if not details.rungs:
        return "✓ nothing throttles at any load", "✓ no limit near", "good"
    first = details.rungs[0]
    name = design.nodes[first.node].title if first.node in design.nodes else first.node
    at = times(first.load_multiplier)
    kind = first.key.partition(":")[0]
    does = {"consumer": "falls behind", "slots": "throttles 1 %"}.get(kind, "throttles")
    if first.load_multiplier <= load:
        over = [rung.node for rung in details.rungs if rung.load_multiplier <= load]
        more = len(dict.fromkeys(over)) - 1
        also = f" and {more} more" if more else ""
        return f"▲ {name} {does.removesuffix(' 1 %')} from {at}{also}", f"▲ {name} from {at}", "bad"
    share = load / first.load_multiplier
    return f"▲ {name} {does} at {at}", f"▲ {name} {at}", "warn" if share >= 0.5 else ""
