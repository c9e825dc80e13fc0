"""A stretch of a run as a state like the steady one: what tells and bills that can tell and bill it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.network import Network
from sandbox.engine.steady import Steady
from sandbox.engine.timeline.told import Run, Series
from sandbox.evaluation import Evaluation
from sandbox.outcome import EdgeOutcome, FlowOutcome, NodeOutcome
from sandbox.timeline.series import NodeCourse, tidy

NOTHING = 1e-12


@dataclass(frozen=True)
class Stretch:
    """Some of the kept ticks of a run, and the scenarios that are looked at."""

    run: Run
    ticks: slice
    columns: slice

    def mean(self, series: Series) -> Array:
        """Mean over the stretch and the scenarios, as one column [row, 1]."""
        return self._weighted(series, None)

    def weighted(self, series: Series, by: Series) -> Array:
        """The same, weighted by another series; 0 where that is nothing."""
        return self._weighted(series, by)

    def _weighted(self, series: Series, by: Series | None) -> Array:
        values = series[self.ticks, :, self.columns].astype(np.float64)
        if by is None:
            return np.asarray(values.mean(axis=(0, 2))[:, None])
        weights = by[self.ticks, :, self.columns].astype(np.float64)
        total = weights.sum(axis=(0, 2))
        some = (values * weights).sum(axis=(0, 2))
        return np.asarray(np.divide(some, total, out=np.zeros_like(total), where=total > NOTHING)[:, None])

    def growth(self, series: Series) -> Array:
        """Change a second from the tick before the stretch to its last one [row, 1]."""
        first, last = self.ticks.start, self.ticks.stop - 1
        begin = series[first - 1, :, self.columns] if first else np.zeros_like(series[0, :, self.columns])
        lasts_s = self.run.time_s[last] - (self.run.time_s[first - 1] if first else 0.0)
        change = series[last, :, self.columns].astype(np.float64) - begin
        return np.asarray(change.mean(axis=1)[:, None] / lasts_s)


@dataclass(frozen=True)
class Moment(Evaluation):
    """An evaluation of one moment: what the charts say of its nodes, for everything that shows one."""

    courses: Mapping[str, NodeCourse] = field(default_factory=dict)
    """The nodes at that moment: single values in the place of courses."""

    success: Mapping[str, float] = field(default_factory=dict)
    """By source, the share of its requests that succeed at that moment."""

    @cached_property
    def flows(self) -> Mapping[str, FlowOutcome]:
        """What every source gets at that moment; delays are known of the steady state only."""
        return {
            key: FlowOutcome(self.nodes[key].offered_per_s, ratio, None, {}, 0.0, None)
            for key, ratio in self.success.items()
        }

    @cached_property
    def nodes(self) -> Mapping[str, NodeOutcome]:
        """What every node does at that moment; of latencies only the mean is known."""
        return {key: _at(self.telling.node(key), course) for key, course in self.courses.items()}

    @cached_property
    def edges(self) -> tuple[EdgeOutcome, ...]:
        """What goes over every edge at that moment."""
        told = (self.telling.edge(index) for index in range(len(self.design.edges)))
        return tuple(replace(edge, items_per_s=tidy(edge.items_per_s)) for edge in told)


def _at(node: NodeOutcome, now: NodeCourse) -> NodeOutcome:
    offered, throttled = tidy(float(now.offered_per_s)), tidy(float(now.throttled_per_s))
    return replace(
        node,
        offered_per_s=offered,
        accepted_per_s=offered - throttled,
        throttled_per_s=throttled,
        failed_per_s=tidy(float(now.failed_per_s)),
        concurrency=_number(now.concurrency),
        environments=_number(now.environments),
        latency=None,
        mean_latency_ms=_number(now.latency_ms),
        backlog=_number(now.backlog),
        oldest_age_s=_number(now.oldest_age_s),
        lost_per_s=tidy(float(now.lost_per_s)),
        invocations_per_s=None if node.invocations_per_s is None else tidy(node.invocations_per_s),
        limits=tuple(
            replace(use, demand=tidy(use.demand), capacity=tidy(use.capacity)) for use in node.limits
        ),
    )


def _number(value: Array | None) -> float | None:
    return None if value is None or not np.isfinite(value) else tidy(float(value))


def state(stretch: Stretch, steady: Steady) -> Steady:
    """What the network did in a stretch of the run, where the steady state says what it settles to.

    Args:
        stretch: The ticks and the scenarios, which are averaged.
        steady: The steady state of the same network at the same load, of one column: what a run does
            not follow (spreads, the reasons of a call's tries) stays as it is there.
    """
    run, held = stretch.run, steady.compiled.held
    compiled = _as_it_was(stretch, steady.compiled)
    served = run.completed + run.failed
    invocations = stretch.mean(run.invocations)
    accepted, offered = stretch.mean(run.accepted), stretch.mean(run.offered)
    growth = stretch.growth(run.waiting + run.paused)[held]
    success = _share(stretch.mean(run.completed), stretch.mean(served))
    lanes = stretch.mean(run.lanes)[held]
    leaving = stretch.mean(run.completed + run.dead)[held]
    return replace(
        steady,
        compiled=compiled,
        offered=offered,
        accepted=accepted,
        invocations=invocations,
        load=stretch.mean(run.in_service),
        duration=stretch.weighted(run.duration, run.invocations),
        wait=stretch.weighted(run.wait, run.invocations),
        success=success,
        success_item=success,
        batch=np.maximum(stretch.weighted(run.batch, run.invocations), 1.0),
        by_rate=_share(accepted, offered),
        cold_ratio=_part(stretch.mean(run.cold), invocations),
        environments=stretch.mean(run.environments),
        ready=stretch.mean(run.ready),
        arc_items=stretch.mean(run.arc_items),
        held=replace(
            steady.held,
            lanes=lanes,
            passed=leaving,
            offered=stretch.mean(run.offered)[held],
            dead=stretch.mean(run.dead)[held],
            growth=np.where(np.abs(growth) < NOTHING, 0.0, growth),
        ),
        held_waits=replace(steady.held_waits, first=stretch.mean(run.age)[held]),
        demand=stretch.mean(run.asked),
        pool_load=stretch.mean(run.slots_used),
        pool_requests=_by_pool(compiled, invocations),
        slots=stretch.mean(run.slots),
    )


def _as_it_was(stretch: Stretch, compiled: Compiled) -> Compiled:
    """The network with the capacities of the stretch: faults and scaling move them."""
    network: Network = compiled.network
    quotas = stretch.mean(stretch.run.capacity)[:, 0].tolist()
    slots = stretch.mean(stretch.run.slots)[:, 0].tolist()
    moved = replace(
        network,
        quotas=tuple(replace(q, capacity=c) for q, c in zip(network.quotas, quotas, strict=True)),
        slots=tuple(replace(s, capacity=c) for s, c in zip(network.slots, slots, strict=True)),
    )
    return replace(compiled, network=moved)


def _share(part: Array, whole: Array) -> Array:
    """A share that is 1 where there is nothing to share."""
    return np.asarray(np.divide(part, whole, out=np.ones_like(whole), where=whole > NOTHING))


def _by_pool(compiled: Compiled, invocations: Array) -> Array:
    """Invocations that take a slot of each pool [pool, 1]."""
    total = np.zeros((len(compiled.network.slots), 1))
    np.add.at(total, compiled.use_pool, invocations[compiled.use_station])
    return total


def _part(part: Array, whole: Array) -> Array:
    """A share that is 0 where there is nothing to share, and at most 1."""
    return np.asarray(
        np.minimum(np.divide(part, whole, out=np.zeros_like(whole), where=whole > NOTHING), 1.0)
    )
