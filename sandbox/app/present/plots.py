"""A timeline as charts: of one node, or of the design as a whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sandbox.app.present import faulting
from sandbox.timeline.series import Courses, NodeCourse, over_replicas, tidy
from sandbox.timeline.timeline import Timeline
from sandbox.units import duration, milliseconds, number, percent, rate
from widgets.chart import Line, Plot, Span
from widgets.chart.axes import nice_duration

Array = NDArray[np.float64]
SOME = 1e-9
TONES = ("main", "second", "warn")
"""Of lines that are alike."""


@dataclass(frozen=True)
class Triple:
    """Median and band of one course."""

    middle: Array
    low: Array | None
    high: Array | None


class Plots:
    """The charts of one timeline."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        faults = timeline.design.faults
        end = float(timeline.time_s[-1])
        self.spans = tuple(
            Span(fault.from_s, min(fault.to_s or end, end), faulting.told(timeline.design, fault))
            for fault in faults
            if fault.from_s < end
        )

    def of(self, subject: str) -> tuple[Plot, ...]:
        """Charts of a node (`nodes.ID`), or of the whole design; only those that have something to say."""
        section, _, key = subject.partition(".")
        if section == "nodes" and key in self.timeline.median.nodes:
            return tuple(self._of_node(key))
        return tuple(self._of_design())

    def _of_node(self, key: str) -> Iterator[Plot]:
        node = self.timeline.median.nodes[key]
        lines = [
            *self._line("offered", _offered, [key], "main"),
            *self._line("done", _done, [key], "second"),
            *self._load(key),
            *self._throttled([key]),
        ]
        yield self._plot("Rate", rate, lines)
        if node.concurrency is not None:
            lines = [
                *self._line("in service", _busy, [key], "main"),
                *self._limit([key]),
                *self._line("environments", lambda n: n.environments, [key], "second"),
            ]
            yield self._plot("Concurrency", _whole, lines)
        yield from self._waiting([key])
        if node.latency_ms is not None:
            yield self._plot("Mean latency", milliseconds, self._line("mean", _latency, [key], "main"))
        yield from self._rare([key])
        if key in self.timeline.median.success_ratio:
            yield self._failing([key])

    def _of_design(self) -> Iterator[Plot]:
        design, told = self.timeline.design, self.timeline.median
        sources = list(told.success_ratio)
        every = list(design.nodes)
        lines = [*self._line("offered", _offered, sources, "main"), *self._throttled(every)]
        yield self._plot("Rate", rate, lines)
        failing = self._failing(sources)
        if failing.top > SOME:
            yield failing
        # Where nobody reads, nothing waits: dead letters are among what is given up.
        unread = self.timeline.evaluation.telling.is_unread
        yield from self._waiting([key for key in every if not unread(key)])
        busy = [key for key in every if design.nodes[key].kind.family == "compute"]
        if busy:
            lines = [*self._line("in service", _busy, busy, "main"), *self._limit(busy)]
            yield self._plot("Concurrency", _whole, lines)
        yield from self._answering(sources)
        yield from self._rare(every)

    def _load(self, key: str) -> Iterator[Line]:
        """What the sources send, where it is not what comes to a node."""
        told = self.timeline.median
        if key in told.success_ratio:
            return
        for line in self._line("load", _offered, list(told.success_ratio), "warn"):
            if not np.allclose(line.values, told.nodes[key].offered_per_s, rtol=0.01):
                yield replace(line, low=None, high=None)

    def _throttled(self, keys: list[str]) -> Iterator[Line]:
        """The area of what is refused, where something is."""
        for line in self._line("throttled", lambda n: n.throttled_per_s, keys, "bad"):
            if line.values.max(initial=0.0) > SOME or (line.high is not None and line.high.max() > SOME):
                yield line

    def _answering(self, sources: list[str]) -> Iterator[Plot]:
        """How long the nodes take that sources wait for."""
        edges = self.timeline.design.edges
        asked = dict.fromkeys(edge.target for edge in edges if edge.source in sources and edge.kind == "sync")
        nodes = self.timeline.median.nodes
        keys = [key for key in asked if nodes[key].latency_ms is not None][: len(TONES)]
        titles = self.timeline.design.nodes
        lines = [
            line
            for key, tone in zip(keys, TONES, strict=False)
            for line in self._line(titles[key].title, _latency, [key], tone)
        ]
        if lines:
            yield self._plot("Mean latency", milliseconds, lines)

    def _waiting(self, keys: list[str]) -> Iterator[Plot]:
        """Backlog and age, of nodes that hold something."""
        lines = [
            *self._line("backlog", lambda n: n.backlog, keys, "main"),
        ]
        if lines:
            yield self._plot("Backlog", _whole, lines)
        ages = list(self._line("oldest", lambda n: n.oldest_age_s, keys, "main", together=np.maximum))
        if ages:
            yield replace(self._plot("Age of oldest", duration, ages), topped=nice_duration)

    def _rare(self, keys: list[str]) -> Iterator[Plot]:
        """What happens only sometimes: cold starts; items lost or given up."""
        cold = list(self._line("cold starts", lambda n: n.cold_starts_per_s, keys, "warn"))
        if any(line.values.max(initial=0.0) > SOME for line in cold):
            yield self._plot("Cold starts", rate, cold)
        lines = [
            *self._line("lost", lambda n: n.lost_per_s, keys, "bad"),
            *self._line("dead-lettered", lambda n: n.dead_lettered_per_s, keys, "warn"),
        ]
        lines = [line for line in lines if line.values.max(initial=0.0) > SOME]
        if lines:
            yield self._plot("Given up", rate, lines)

    def _failing(self, sources: Iterable[str]) -> Plot:
        """Share of the requests that fail."""
        lines = []
        for key in sources:
            ratio = self._triple(lambda told, key=key: 1.0 - told.success_ratio[key])  # type: ignore[misc]
            title = self.timeline.design.nodes[key].title
            lines.append(Line(title, ratio.middle, "bad", ratio.low, ratio.high))
        return self._plot("Failing", percent, lines)

    def _limit(self, keys: list[str]) -> Iterator[Line]:
        """The slots that all of some nodes may have together, as they were at each moment."""
        run, parts = self.timeline.run, self.timeline.evaluation.lowered.parts
        common = set.intersection(
            *({pool for station in parts[key].stations for pool in station.slots} for key in keys)
        )
        rows = [place for place, slots in enumerate(run.compiled.network.slots) if slots.id in common]
        if rows:
            values = run.slots[:, rows, self.timeline.columns].astype(np.float64).min(axis=1).mean(axis=1)
            yield Line("limit", values, "limit")

    def _line(
        self,
        name: str,
        of: Callable[[NodeCourse], Array | None],
        keys: Iterable[str],
        tone: str,
        together: np.ufunc = np.add,
    ) -> Iterator[Line]:
        """One line of what several nodes do together; none where none of them does it."""
        having = [key for key in keys if of(self.timeline.median.nodes[key]) is not None]
        if not having:
            return

        def summed(told: Courses) -> Array:
            rows = np.stack([np.asarray(of(told.nodes[key])) for key in having])
            return np.asarray(together.reduce(rows, axis=0))

        found = self._triple(summed)
        yield Line(name, found.middle, tone, found.low, found.high, fill=tone == "bad")

    def _triple(self, of: Callable[[Courses], Array]) -> Triple:
        replicas = of(self.timeline.courses)
        if self.timeline.replicas == 1:
            return Triple(replicas[:, 0], None, None)
        low, middle, high = (over_replicas(replicas, percent) for percent in (5, 50, 95))
        return Triple(middle, low, high)

    def _plot(self, title: str, told: Callable[[float], str], lines: Iterable[Line]) -> Plot:
        return Plot(title, self.timeline.time_s, tuple(lines), self.spans, lambda value: told(tidy(value)))


def _whole(value: float) -> str:
    return number(round(value, 2 if value < 1 else 1 if value < 10 else 0))


def _offered(node: NodeCourse) -> Array:
    return node.offered_per_s


def _done(node: NodeCourse) -> Array:
    return node.completed_per_s


def _busy(node: NodeCourse) -> Array | None:
    return node.concurrency


def _latency(node: NodeCourse) -> Array | None:
    return node.latency_ms
