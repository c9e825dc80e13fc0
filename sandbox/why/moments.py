"""Why a number is what it is at a moment of a run: what came then, what waited, what was refused.

What a run does not follow (spreads, how a latency is made up) is explained as it is in the steady
state, and the title says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from sandbox.catalog.rates import Loop
from sandbox.catalog.services.traffic import Traffic
from sandbox.catalog.services.traffic import rate as own_rate
from sandbox.evaluation import Evaluation
from sandbox.timeline.moment import Moment
from sandbox.units import duration, milliseconds, number, percent, rate, times
from sandbox.why import why
from sandbox.why.question import Question
from sandbox.why.reason import Reason, Step

NOTHING = 1e-9
OVER = 1.001
"""From this share of a limit more is asked than it gives."""
ALIKE = 0.05
"""So near a product must be to its number to be told as its formula."""
STEADY = (
    "latency_ms",
    "latency_ms.mean",
    "latency_ms.p50",
    "latency_ms.p95",
    "latency_ms.p99",
    "monthly_usd",
)
"""What is known of the steady state only."""


def why_at(moment: Moment, steady: Evaluation, when: str, path: str) -> Reason:
    """The reason of one number at a moment of a run.

    Args:
        moment: The design as it was then.
        steady: The same design in its steady state.
        when: The moment in words.
        path: The number's path, as in `nodes.ship.concurrency`.

    Raises:
        UnknownNameError: There is no such number, or nothing to say of it.
    """
    section, _, rest = path.partition(".")
    key, _, metric = rest.partition(".")
    if metric in STEADY:
        reason = why(steady, path)
        return replace(reason, title=f"{reason.title}, in the steady state")
    answer = _ANSWERS.get(metric) if section == "nodes" else None
    asked = Question(moment, path, key)
    told = answer(asked) if answer and key in moment.nodes else None
    if metric == "mean_latency_ms" and key in moment.nodes:
        told = _latency(asked, steady)
    # A change that clears it in the steady state need not do so in a run.
    reason = replace(told or why(moment, path), change=None, change_text="")
    return replace(reason, title=f"{reason.title} at {when}")


def _offered(q: Question) -> Reason | None:
    """Of a source: its course; else what the steady state says of its callers holds here too."""
    settings = q.evaluation.design.nodes[q.key].settings
    if not isinstance(settings, Traffic):
        return None
    now = q.node.offered_per_s
    steps = (Step(f"its course over time: {settings.profile.shape}"),)
    formula = "what its users send, who wait for their answers"
    if not isinstance(settings.users, Loop):
        own = own_rate(settings).peak_per_s * q.evaluation.load
        share = now / own if own > NOTHING else 0.0
        formula = f"{times(share)} its own rate of {rate(own)}"
    return Reason(q.path, f"Offered by {q.label}", rate(now), formula, steps)


def _throttled(q: Question) -> Reason | None:
    """Nothing is refused although a limit is exceeded: what was saved up is spent."""
    over = next((use for use in q.node.limits if use.utilisation > OVER), None)
    if over is None or over.key.startswith("consumer:") or q.node.throttled_per_s > NOTHING:
        return None
    asked = f"{number(over.demand)} of {number(over.capacity)} {over.unit} are asked of {over.name}"
    told = "what was not used before is spent now (burst)"
    return Reason(q.path, f"Throttled at {q.label}", rate(0.0), told, (Step(asked),), source=over.source)


def _growth(q: Question) -> Reason | None:
    """A backlog that gets smaller."""
    growth = q.node.backlog_growth_per_s
    if growth >= -NOTHING:
        return None
    now = q.node
    steps = (
        Step(f"{number(round(now.backlog or 0.0))} wait"),
        Step(
            f"{rate(now.offered_per_s)} come in, and more are done or given up",
            f"nodes.{q.key}.offered_per_s",
        ),
    )
    return Reason(q.path, f"Backlog of {q.label} shrinks by", rate(-growth), "more goes than comes", steps)


def _age(q: Question) -> Reason | None:
    """First in, first out: what is taken now has waited the longest."""
    now = q.node
    told = f"what is taken then came {duration(now.oldest_age_s)} before"
    steps = (
        Step(f"{number(round(now.backlog or 0.0))} wait", f"nodes.{q.key}.backlog_growth_per_s"),
        Step("they are taken in the order in which they came"),
    )
    return Reason(q.path, f"Age of the oldest of {q.label}", duration(now.oldest_age_s), told, steps)


def _concurrency(q: Question) -> Reason | None:
    """Little's law where the moment is calm enough for it."""
    now = q.node
    begun, mean = now.invocations_per_s, now.mean_latency_ms
    busy = now.concurrency or 0.0
    told = "so many were worked on"
    steps: tuple[Step, ...] = ()
    if begun and mean:
        product = begun * mean / 1000.0
        if abs(product - busy) <= ALIKE * busy:
            told = f"{rate(begun)} × {milliseconds(mean)} = {number(busy)}"
        else:
            told = f"{rate(begun)} began and took {milliseconds(mean)} on average; it was still changing"
        steps = (
            Step(f"{rate(begun)} begin", f"nodes.{q.key}.invocations_per_s"),
            Step(f"each takes {milliseconds(mean)} on average"),
        )
    return Reason(q.path, f"Concurrency of {q.label}", number(busy), told, steps)


def _latency(q: Question, steady: Evaluation) -> Reason | None:
    """A mean beside that of the steady state, which leads to its parts."""
    usual = steady.nodes[q.key].latency
    told = "the mean of what was begun then"
    step = f"in the steady state it is {milliseconds(usual.mean if usual else None)}"
    now = milliseconds(q.node.mean_latency_ms)
    steps = (Step(step, f"nodes.{q.key}.latency_ms.mean"), *_waits(q))
    return Reason(q.path, f"Mean latency of {q.label}", now, told, steps)


def _waits(q: Question) -> Iterator[Step]:
    """What it calls and does not get at once."""
    for edge in q.evaluation.edges:
        if edge.source == q.key and edge.refused > ALIKE and edge.kind == "sync":
            told = f"{q.name(edge.target)} refuses {percent(edge.refused)} of what it asks; it tries again"
            yield Step(told, f"nodes.{edge.target}.throttled_per_s")


def _environments(q: Question) -> Reason | None:
    """Environments are made when all others are busy, and go when nobody needs them for long."""
    now = q.node
    is_share = q.path.endswith("cold_start_ratio")
    told = f"{number(now.environments)} environments alive for {number(now.concurrency)} in use"
    steps = [Step("one is started, cold, when a request finds none free")]
    idle = q.setting("idle_expiry_s")
    if isinstance(idle, int | float):
        steps.append(Step(f"one unused for {duration(idle)} is gone"))
    title, value = (
        (f"Cold starts of {q.label}", percent(now.cold_start_ratio))
        if is_share
        else (f"Environments of {q.label}", number(now.environments))
    )
    return Reason(q.path, title, value, told, tuple(steps))


_ANSWERS: dict[str, Callable[[Question], Reason | None]] = {
    "offered_per_s": _offered,
    "throttled_per_s": _throttled,
    "backlog_growth_per_s": _growth,
    "oldest_age_s": _age,
    "concurrency": _concurrency,
    "environments": _environments,
    "cold_start_ratio": _environments,
}
