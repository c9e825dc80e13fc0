"""Why so many: offered, accepted, throttled, failed, growing."""

from collections.abc import Iterator
from math import isfinite

from sandbox.engine.lognormal import share_over
from sandbox.outcome import LimitUse
from sandbox.units import number, percent, rate, times
from sandbox.why.change import clearing
from sandbox.why.keeping import keeping
from sandbox.why.question import Question
from sandbox.why.reason import Reason, Step

_SOME = 1.0005
"""Tries from which they are told."""
_CONCURRENCY = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html"


def _brought(q: Question) -> tuple[Step, ...]:
    """What each edge brings, the most first."""
    steps = []
    for edge in sorted(q.evaluation.edges, key=lambda e: -e.items_per_s * e.attempts_per_item):
        if edge.target == q.key and edge.items_per_s > 0:
            tries = f", {number(edge.attempts_per_item)} tries each" if edge.attempts_per_item > _SOME else ""
            per = (
                f" in batches of {number(edge.batch_size)}" if edge.batch_size and edge.batch_size > 1 else ""
            )
            text = f"{q.name(edge.source)} sends {rate(edge.items_per_s)}{per}{tries}"
            steps.append(Step(text, f"nodes.{edge.source}.accepted_per_s"))
    return tuple(steps)


def offered(q: Question) -> Reason:
    """The sum of what its edges bring."""
    steps = _brought(q)
    value = rate(q.node.offered_per_s)
    if not steps:
        said = f"the design says so, at load {times(q.evaluation.load)}"
        return Reason(q.path, f"Offered to {q.label}", value, f"its own rate: {value}", (Step(said),))
    parts = [
        f"{rate(e.items_per_s)} × {number(e.attempts_per_item)} tries"
        if e.attempts_per_item > _SOME
        else rate(e.items_per_s)
        for e in q.evaluation.edges
        if e.target == q.key and e.items_per_s > 0
    ]
    return Reason(q.path, f"Offered to {q.label}", value, f"{' + '.join(parts)} = {value}", steps)


def accepted(q: Question) -> Reason:
    """What is offered less what is throttled."""
    node = q.node
    less = f"{rate(node.offered_per_s)} offered − {rate(node.throttled_per_s)} throttled"
    formula = f"{less} = {rate(node.accepted_per_s)}"
    steps = (
        Step(f"offered: {rate(node.offered_per_s)}", f"nodes.{q.key}.offered_per_s"),
        Step(f"throttled: {rate(node.throttled_per_s)}", f"nodes.{q.key}.throttled_per_s"),
    )
    return Reason(q.path, f"Accepted by {q.label}", rate(node.accepted_per_s), formula, steps)


def throttled(q: Question) -> Reason:
    """The limit that binds, and how its share comes about."""
    node, use = q.node, q.binding
    value, title = rate(node.throttled_per_s), f"Throttled at {q.label}"
    if use is None:
        near = node.limits[0] if node.limits else None
        said = (
            f"nearest: {near.name}, {percent(near.utilisation)} used"
            if near
            else "it has no limit of its own"
        )
        return Reason(q.path, title, value, "no limit binds", (Step(said, f"nodes.{q.key}.offered_per_s"),))
    steps = [
        Step(f"asked of {use.name}: {number(use.demand)} of {number(use.capacity)} {use.unit}, {use.scope}")
    ]
    if use.key.startswith("slots"):
        share = f"B({number(use.capacity)}, {number(use.demand)}) = {percent(use.refused)}"
        formula = f"{share} refused, as arrivals are random (Erlang B)"
        steps.append(Step("concurrency asked for = rate × duration", f"nodes.{q.key}.concurrency"))
    else:
        formula = f"1 − {number(use.capacity)} ÷ {number(use.demand)} = {percent(use.refused)} over the limit"
    steps += keeping(q, use) or _brought(q)
    change, text = clearing(q.evaluation, q.key, use)
    return Reason(q.path, title, value, formula, tuple(steps), change, text, use.source or _CONCURRENCY)


def failed(q: Question) -> Reason:
    """Own errors, timeouts, and callees that refuse or fail."""
    node = q.node
    steps = []
    errors = q.setting("error_ratio")
    if isinstance(errors, (int, float)) and errors:
        steps.append(Step(f"its own errors: {percent(errors)}"))
    timeout = q.setting("timeout_s")
    late = max(float(q.evaluation.telling.at(q.evaluation.steady.late, row)) for row in _rows(q))
    if late > 1e-9:
        steps.append(
            Step(f"over its timeout of {timeout:g} s: {percent(late)}", f"nodes.{q.key}.latency_ms.p99")
        )
    for edge in q.evaluation.edges:
        callee = q.evaluation.nodes[edge.target]
        if edge.source != q.key or edge.kind != "sync":
            continue
        if edge.refused > 1e-9:
            text = f"{q.name(edge.target)} refuses {percent(edge.refused)} of the tries"
            steps.append(Step(text, f"nodes.{edge.target}.throttled_per_s"))
        if callee.failed_per_s > 1e-9 * max(callee.accepted_per_s, 1e-9):
            steps.append(Step(f"{q.name(edge.target)} fails", f"nodes.{edge.target}.failed_per_s"))
    steps += _given_up(q)
    share = node.failed_per_s / node.accepted_per_s if node.accepted_per_s else 0.0
    formula = f"{percent(share)} of {rate(node.accepted_per_s)} accepted"
    return Reason(q.path, f"Failed at {q.label}", rate(node.failed_per_s), formula, tuple(steps))


def _given_up(q: Question) -> Iterator[Step]:
    """Calls that are not waited for to their end."""
    steady, rows = q.evaluation.steady, _rows(q)
    compiled, s = steady.compiled, q.evaluation.scenario
    for arc, source, target in zip(
        compiled.calls.arc.tolist(),
        compiled.calls.source.tolist(),
        compiled.calls.target.tolist(),
        strict=True,
    ):
        longest = float(compiled.arc["timeout"][arc, 0])
        if source not in rows or not isfinite(longest):
            continue
        late = float(share_over(longest, steady.duration[target, s], steady.variance[target, s]))
        callee = owner(q, target)
        if late > 1e-9:
            text = f"{percent(late)} of the calls of {q.name(callee)} take longer than {longest:g} s"
            yield Step(text, f"nodes.{callee}.latency_ms.p99")


def owner(q: Question, row: int) -> str:
    """The node that a station belongs to; the station itself where it stands between nodes."""
    name = q.evaluation.steady.compiled.network.stations[row].id
    for key, part in q.evaluation.lowered.parts.items():
        if any(station.id == name for station in part.stations):
            return key
    return name


def _rows(q: Question) -> list[int]:
    return [q.evaluation.telling.rows[station.id] for station in q.evaluation.lowered.parts[q.key].stations]


def invocations(q: Question) -> Reason:
    """Items over the batch."""
    node = q.node
    if node.invocations_per_s is None:
        return Reason(q.path, f"Invocations of {q.label}", "–", "nothing is invoked here")
    each = node.accepted_per_s / node.invocations_per_s if node.invocations_per_s else 1.0
    value = rate(node.invocations_per_s)
    formula = f"{rate(node.accepted_per_s)} ÷ {number(each)} a batch = {value}"
    return Reason(q.path, f"Invocations of {q.label}", value, formula, _brought(q))


def growth(q: Question) -> Reason:
    """What arrives beyond what the consumer takes."""
    node = q.node
    use = next((limit for limit in node.limits if limit.key.startswith("consumer")), None)
    value, title = f"{rate(node.backlog_growth_per_s)}", f"Backlog of {q.label} grows by"
    if use is None or node.backlog_growth_per_s <= 0:
        said = "nothing reads it" if node.backlog_growth_per_s > 0 else "its consumers keep up"
        return Reason(q.path, title, value, said, _brought(q))
    formula = (
        f"{number(use.demand)} arriving − {number(use.demand - node.backlog_growth_per_s)} taken = {value}"
    )
    change, text = clearing(q.evaluation, q.key, use)
    return Reason(q.path, title, value, formula, (_taken(q, use), *_brought(q)), change, text, use.source)


def _taken(q: Question, use: LimitUse) -> Step:
    """What takes on the items that are held: lanes, or what a quota lets through."""
    for edge in q.evaluation.edges:
        if edge.source == q.key and edge.kind in {"polled", "stream"}:
            lanes = f"{number(edge.lanes)} lanes × {number(edge.batch_size)} a batch ÷ their duration"
            text = f"{use.name}: {lanes} = {number(use.capacity)} {use.unit}"
            return Step(text, f"nodes.{edge.target}.latency_ms.mean")
    return Step(f"{use.name}: {number(use.capacity)} {use.unit}, {use.scope}")


def success(q: Question) -> Reason:
    """One less what is refused and what fails on the way, retries counted."""
    flow = q.evaluation.flows[q.key]
    steps = []
    for edge in q.evaluation.edges:
        if edge.source == q.key:
            node = q.evaluation.nodes[edge.target]
            refused = node.throttled_per_s / node.offered_per_s if node.offered_per_s else 0.0
            failing = node.failed_per_s / node.accepted_per_s if node.accepted_per_s else 0.0
            name = q.name(edge.target)
            throttles = Step(f"{name} throttles {percent(refused)}", f"nodes.{edge.target}.throttled_per_s")
            words = f"{name} fails {percent(failing)}{' of the rest' if refused else ''}"
            fails = Step(words, f"nodes.{edge.target}.failed_per_s")
            steps += [step for step, share in ((throttles, refused), (fails, failing)) if share]
    formula = f"1 − {percent(1 - flow.success_ratio)} refused or failed = {percent(flow.success_ratio)}"
    return Reason(q.path, f"Success of {q.label}", percent(flow.success_ratio), formula, tuple(steps))
