"""Whether a system comes back after a disturbance, when, and what holds it up if it does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sandbox.design.parts import Node
from sandbox.engine.network import ArcKind
from sandbox.engine.steady import Steady
from sandbox.engine.timeline.inputs import Inputs
from sandbox.engine.timeline.told import Run
from sandbox.telling import Telling
from sandbox.timeline.series import NodeCourse
from sandbox.units import duration, number, rate

Array = NDArray[np.float64]
NEAR = 0.05
"""So near to the steady rates everything must be, and stay, to have come back."""
FEW = 5.0
"""Items; a backlog of less than these, or of less than two seconds' worth, is none."""
SOON_S = 2.0
LATELY = 0.1
"""The last part of a run, by which its pace is judged."""
SOME = 1e-6
LOOPS = 3
"""Amplified calls that are told."""
CALM = 1e-6
"""A profile that moves by less than this share of itself is at rest."""
REST = 0.01
"""Share of a run that must be left after the last disturbance to say what becomes of it."""
DEVIATIONS = 4.0
"""Standard deviations of a random count that say nothing."""
AMPLIFIED = 1.05
"""From so many times its steady tries on an edge holds up a system that does not come back."""


@dataclass(frozen=True)
class Recovery:
    """What became of a disturbance."""

    disturbed_until_s: float | None
    """When load and faults are at rest; None where they never are."""
    recovered_at_s: float | None
    """From when on everything stays at its steady state; None where it does not get there."""


def recovery(run: Run, inputs: Inputs, steady: Steady, step_s: float, columns: slice) -> Recovery:
    """Compare the end of a run with the steady state of the load it ends with.

    Args:
        run: The run.
        inputs: Its profiles and faults.
        steady: The steady state of the same network at the profiles' last values, of one column.
        step_s: Length of a tick.
        columns: The scenarios that are looked at, as their median.
    """
    until = disturbed_until(inputs, float(run.time_s[-1]), step_s)
    if until is None:
        return Recovery(None, None)
    far = _far(run, steady, columns)
    after = run.time_s > until + 1e-9
    wrong = np.flatnonzero(far)
    begin = wrong[-1] + 1 if len(wrong) else 0
    if begin >= len(run.time_s) or not after[-1]:
        return Recovery(until, None)
    if not len(wrong) or run.time_s[wrong[-1]] <= until:
        return Recovery(until, until)
    return Recovery(until, float(run.time_s[begin]))


def disturbed_until(inputs: Inputs, horizon_s: float, step_s: float) -> float | None:
    """When the last profile and the last fault come to rest [s]; None where that is at the end or after it.

    >>> disturbed_until(Inputs({"t": np.array([1.0, 9.0, 1.0, 1.0, 1.0])}), 5.0, 1.0)
    2.0
    """
    ends = [fault.to_s for fault in inputs.faults if fault.from_s < horizon_s]
    for rates in inputs.profiles.values():
        values = np.asarray(rates, dtype=np.float64)
        moving = np.flatnonzero(np.abs(values - values[-1]) > CALM * max(float(values.max()), 1e-12))
        ends.append((moving[-1] + 1) * step_s if len(moving) else 0.0)
    last = max(ends, default=0.0)
    return float(last) if last < horizon_s * (1.0 - REST) else None


def _far(run: Run, steady: Steady, columns: slice) -> NDArray[np.bool_]:
    """For every kept tick, whether some rate or backlog is not at its steady state."""
    rates = np.median(run.offered[:, :, columns], axis=2)
    wanted = steady.offered[:, 0]
    busy = wanted > 0
    off = np.abs(rates - wanted) > NEAR * np.maximum(wanted, NEAR * wanted.max(initial=0.0))
    noise = _noise(run, wanted) if run.replicas > 1 else np.zeros_like(wanted)
    far = (off & (np.abs(rates - wanted) > noise) & busy).any(axis=1)
    held = steady.compiled.held
    stable = held[steady.held.growth[:, 0] <= 0]
    waiting = np.median(run.waiting[:, stable][:, :, columns], axis=2)
    usual = wanted[stable] * (
        np.where(np.isfinite(steady.wait[stable, 0]), steady.wait[stable, 0], 0.0) + SOON_S
    )
    return np.asarray(far | (waiting > np.maximum(2.0 * usual, FEW)).any(axis=1))


def _noise(run: Run, rates: Array) -> Array:
    """How far a median of random counts may be from its mean: four of its standard errors."""
    lasts_s = run.time_s[0]
    return np.asarray(4.0 * 1.25 * np.sqrt(rates / lasts_s / run.replicas))


def held_up_by(
    now: Telling, steady: Telling, nodes: Mapping[str, NodeCourse], time_s: Array, replicas: int = 1
) -> Iterator[str]:
    """Sentences on what keeps a system from having come back: backlogs, and calls that are tried again.

    Args:
        now: The end of the run.
        steady: The steady state that it should be in.
        nodes: The course of every node [tick].
        time_s: The moments of those courses.
        replicas: How many random runs they are of; one is not random.
    """
    for key, course in nodes.items():
        if course.backlog is not None and not steady.is_unread(key) and course.backlog[-1] > FEW:
            title = steady.lowered.design.nodes[key].title
            yield f"{title} still holds {course.backlog[-1]:,.0f} items; {_draining(course.backlog, time_s)}"
    counted_s = float(time_s[-1] - time_s[-2] if len(time_s) > 1 else time_s[-1]) * replicas
    yield from islice(_loops(now, steady, counted_s if replicas > 1 else np.inf), LOOPS)


def _draining(backlog: Array, time_s: Array) -> str:
    """How long a backlog lasts at the pace of the last part of a run."""
    begin = int(len(backlog) * (1.0 - LATELY))
    lasts_s = float(time_s[-1] - time_s[begin])
    pace = float(backlog[begin] - backlog[-1]) / lasts_s if lasts_s > 0 else 0.0
    if pace <= SOME * float(backlog[-1]):
        return "they do not get fewer"
    return f"at this pace they are gone after {duration(float(backlog[-1]) / pace)}"


def _loops(now: Telling, steady: Telling, counted_s: float) -> Iterator[str]:
    """Calls that are made more often than usual, the most amplified first.

    Args:
        now: The end of the run.
        steady: The steady state.
        counted_s: For how long the end was counted: random counts are far from their mean in a short time.
    """
    nodes = now.lowered.design.nodes
    calm = {key for key, node in nodes.items() if node.kind.family == "source" and not _tries_again(node)}
    compiled = now.steady.compiled
    amplified = []
    for index, edge in enumerate(now.lowered.design.edges):
        sync = [arc for arc in now.lowered.edges[index].arcs if compiled.kind[arc] is ArcKind.SYNC]
        offered, usual = now.total(now.steady.arc_items, sync), steady.total(steady.steady.arc_items, sync)
        noise = DEVIATIONS * np.sqrt(usual / counted_s)
        if edge.source not in calm and usual > 0 and offered > AMPLIFIED * usual + noise:
            amplified.append((offered / usual, edge, offered, usual))
    for factor, edge, offered, usual in sorted(amplified, key=lambda row: -row[0]):
        source, target = nodes[edge.source].title, nodes[edge.target].title
        yield (
            f"{source} → {target} carries {rate(offered)} where {rate(usual)} is usual "
            f"({number(factor)} ×): what fails is tried again"
        )


def _tries_again(source: Node) -> bool:
    """Whether a source sends again what failed; else it sends more only because more is wanted."""
    return bool(getattr(source.settings, "retries", 0))
