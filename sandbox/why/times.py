"""Why so long, and so many at once: latency, concurrency, cold starts, age."""

from collections.abc import Iterator

from sandbox.units import duration, milliseconds, number, percent, rate, times
from sandbox.why.question import Question
from sandbox.why.rates import owner
from sandbox.why.reason import Reason, Step

_LITTLE = "Little, J.D.C., A proof for the queuing formula L = λW, Operations Research 9 (1961)"
_COLD = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"


def _parts(q: Question) -> Iterator[Step]:
    """Own time, then every call it waits for."""
    evaluation = q.evaluation
    steady, telling = evaluation.steady, evaluation.telling
    working = evaluation.lowered.parts[q.key].working
    row = max((telling.rows[name] for name in working), key=lambda row: telling.at(steady.load, row))
    station = steady.compiled.network.stations[row]
    own = station.fixed + station.per_item * (float(telling.at(steady.batch, row)) - 1.0)
    yield Step(f"its own time: {duration(own)}")
    calls = steady.compiled.calls
    for place in range(len(calls.arc)):
        if calls.source[place] != row:
            continue
        target = owner(q, int(calls.target[place]))
        time = float(telling.at(steady.made.time, place))
        tries = float(telling.at(steady.made.tries.mean, place))
        again = f", {times(tries)} tries" if tries > 1.0005 else ""
        path = f"nodes.{target}.latency_ms.mean" if target in evaluation.nodes else None
        yield Step(f"waiting for {q.name(target) if path else 'its routes'}: {duration(time)}{again}", path)
    cold = float(telling.at(steady.cold_ratio, row))
    if cold > 1e-6 and station.environments:
        network = steady.compiled.network
        init = next(env.init for env in network.environments if env.id == station.environments)
        yield Step(f"cold starts: {percent(cold)} × {duration(init)}", f"nodes.{q.key}.cold_start_ratio")


def _waits(q: Question) -> Iterator[Step]:
    """The wait for a free place, where there is a line."""
    steady, telling = q.evaluation.steady, q.evaluation.telling
    rows = [telling.rows[name] for name in q.evaluation.lowered.parts[q.key].asked]
    wait = max((float(telling.at(steady.wait, row)) for row in rows), default=0.0)
    if wait > 1e-6:
        yield Step(f"waiting for a free place: {duration(wait)}")


def latency(q: Question) -> Reason:
    """Own time plus every call in sequence; percentiles of the lognormal mixture fitted to the sum."""
    told = q.node.latency
    if told is None:
        return Reason(q.path, f"Latency of {q.label}", "–", "nothing is waited for here")
    metric = q.path.rsplit(".", 1)[-1]
    value = milliseconds(getattr(told, metric, told.mean))
    steps = (*_waits(q), *_parts(q))
    sums = f"the mean {milliseconds(told.mean)} is the sum of its parts"
    if metric.startswith("p"):
        sums = f"{metric[1:]} of 100 take at most {value}; {sums}"
    return Reason(q.path, f"Latency of {q.label}", value, sums, steps)


def flow_latency(q: Question) -> Reason:
    """What a source waits for."""
    told = q.evaluation.flows[q.key].latency
    value = milliseconds(told.mean) if told else "–"
    return Reason(q.path, f"Latency of {q.label}", value, "the sum of the calls on its way", tuple(_parts(q)))


def concurrency(q: Question) -> Reason:
    """Rate × duration."""
    node = q.node
    if node.concurrency is None or node.latency is None:
        return Reason(q.path, f"Concurrency of {q.label}", "–", "it has none")
    busy = node.concurrency / node.invocations_per_s if node.invocations_per_s else 0.0
    value = number(node.concurrency)
    formula = f"{rate(node.invocations_per_s)} × {duration(busy)} = {value}"
    steps = (
        Step(f"invocations: {rate(node.invocations_per_s)}", f"nodes.{q.key}.invocations_per_s"),
        *_parts(q),
    )
    return Reason(q.path, f"Concurrency of {q.label}", value, formula, steps, source=_LITTLE)


def cold_starts(q: Question) -> Reason:
    """Environments that are used so seldom that they expire in between."""
    node = q.node
    if q.path.endswith("environments") and q.evaluation.lowered.parts[q.key].units:
        return _tasks(q, node.environments or 0.0)
    expiry = q.setting("idle_expiry_s")
    if node.cold_start_ratio is None:
        return Reason(q.path, f"Cold starts of {q.label}", "–", "nothing is started on demand here")
    alive = f"{number(node.environments)} environments alive for {number(node.concurrency)} in use"
    formula = f"P = Σ (B(k−1) − B(k)) · exp(−λₖ · {expiry:g} s) = {percent(node.cold_start_ratio)}; {alive}"
    steps = (
        Step(f"in use: {number(node.concurrency)}", f"nodes.{q.key}.concurrency"),
        Step(f"one unused for {expiry:g} s is gone (AWS documents no value; this one fits measurements)"),
        Step("provisioned_concurrency keeps environments ready"),
    )
    value = percent(node.cold_start_ratio) if q.path.endswith("ratio") else number(node.environments)
    return Reason(q.path, f"Cold starts of {q.label}", value, formula, steps, source=_COLD)


def _tasks(q: Question, there: float) -> Reason:
    """As many as the target asks for, in whole ones, between the least and the most."""
    network = q.evaluation.steady.compiled.network
    units = q.evaluation.lowered.parts[q.key].units
    steps = [Step(f"in use: {number(q.node.concurrency)}", f"nodes.{q.key}.concurrency")]
    formula = f"{number(there)}, whatever is asked of them"
    for pool in network.slots:
        if pool.id in units and pool.moves is not None:
            each, target = units[pool.id], pool.moves.target
            wanted = (q.node.concurrency or 0.0) / each / target
            formula = (
                f"{number(q.node.concurrency)} ÷ {number(each)} each ÷ {percent(target)} = {number(wanted)}"
            )
            least, most = number(pool.moves.least / each), number(pool.capacity / each)
            steps.append(Step(f"in whole ones, {least} at least and {most} at most"))
    return Reason(q.path, f"How many {q.label} has", number(there), formula, tuple(steps))


def age(q: Question) -> Reason:
    """Filling the batch, polling, and waiting for a lane."""
    node = q.node
    if node.oldest_age_s is None:
        said = "it grows without end" if node.backlog_growth_per_s > 0 else "nothing waits here"
        return Reason(
            q.path, f"Age in {q.label}", "–", said, (Step(said, f"nodes.{q.key}.backlog_growth_per_s"),)
        )
    steps = []
    for index, link in enumerate(q.evaluation.edges):
        if link.source == q.key and link.kind in {"polled", "stream"}:
            window = getattr(q.evaluation.design.edges[index].settings, "batch_window_s", 0)
            steps.append(Step(f"batching window: {duration(window)}"))
            steps.append(Step(f"{number(link.lanes)} lanes, batches of {number(link.batch_size)}"))
    value = duration(node.oldest_age_s)
    return Reason(
        q.path,
        f"Age in {q.label}",
        value,
        f"filling a batch + polling + waiting for a lane = {value}",
        tuple(steps),
    )
