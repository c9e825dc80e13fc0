"""The course of every node and source over a run, as arrays over time; many replicas as a band."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.network import ArcKind
from sandbox.engine.timeline.told import Run, Series
from sandbox.evaluation import Evaluation
from sandbox.telling import MS

Array = NDArray[np.float64]
DIGITS = 7
"""Significant digits that a run keeps."""


@dataclass(frozen=True)
class NodeCourse:
    """One node over time; each [tick], None where the node has none."""

    offered_per_s: Array
    completed_per_s: Array
    throttled_per_s: Array
    failed_per_s: Array
    concurrency: Array | None
    environments: Array | None
    cold_starts_per_s: Array | None
    backlog: Array | None
    """Items that wait, paused ones included."""
    oldest_age_s: Array | None
    lost_per_s: Array
    dead_lettered_per_s: Array
    latency_ms: Array | None
    """Mean of the admitted; not a number while nothing is admitted."""

    def map(self, turn: Callable[[Array], Array]) -> "NodeCourse":
        """The same with every array turned into another."""
        rows = {field.name: getattr(self, field.name) for field in fields(self)}
        turned: dict[str, Any] = {name: None if row is None else turn(row) for name, row in rows.items()}
        return NodeCourse(**turned)


@dataclass(frozen=True)
class Courses:
    """All nodes and sources of one load; arrays [tick, replica]."""

    nodes: Mapping[str, NodeCourse]
    success_ratio: Mapping[str, Array]
    """By source."""

    def at_percentile(self, percent: float) -> "Courses":
        """Arrays [tick] of a percentile over the replicas."""
        turn = partial(over_replicas, percent=percent)
        return Courses(
            {key: node.map(turn) for key, node in self.nodes.items()},
            {key: turn(ratio) for key, ratio in self.success_ratio.items()},
        )


def tidy(value: float) -> float:
    """A value of a run without the digits that it does not keep.

    >>> tidy(0.800000011920929)
    0.8
    """
    return float(f"{value:.{DIGITS}g}")


def over_replicas(values: Array, percent: float) -> Array:
    """A percentile over the replicas [tick]; not a number where none has a value.

    >>> over_replicas(np.array([[1.0, 2.0, 9.0], [np.nan, np.nan, np.nan]]), 50).tolist()
    [2.0, nan]
    """
    if values.shape[1] == 1:
        return np.asarray(values[:, 0])
    some = ~np.isnan(values).all(axis=1)
    found = np.full(len(values), np.nan)
    found[some] = np.nanpercentile(values[some], percent, axis=1)
    return found


def courses(evaluation: Evaluation, run: Run, columns: slice) -> Courses:
    """Tell a run in the design's words.

    Args:
        evaluation: The steady state of the same design.
        run: The run of its network.
        columns: The scenarios to tell: the replicas of one load.
    """
    told = _Courses(evaluation, run, columns)
    design = evaluation.design
    return Courses(
        {key: told.node(key) for key in design.nodes},
        {key: told.rows(run.success, [told.entry(key)]) for key in evaluation.flows},
    )


class _Courses:
    """Rows of a run put together for nodes."""

    def __init__(self, evaluation: Evaluation, run: Run, columns: slice) -> None:
        self.telling = evaluation.telling
        self.lowered = evaluation.lowered
        self.run = run
        self.columns = columns
        compiled = run.compiled
        dead = compiled.source[compiled.kind == ArcKind.DEAD_LETTER]
        self.with_dead_letters = set(dead.tolist())

    def rows(self, series: Series, rows: Sequence[int]) -> Array:
        """Sum of some rows [tick, replica]."""
        return np.asarray(series[:, rows, self.columns].astype(np.float64).sum(axis=1))

    def entry(self, key: str) -> int:
        """Row of a node's first station."""
        return self.run.row(self.lowered.parts[key].stations[0].id)

    def node(self, key: str) -> NodeCourse:
        """One node over time."""
        run, parts = self.run, self.lowered.parts[key]
        asked = [run.row(name) for name in parts.asked]
        rows = [run.row(name) for name in parts.working]
        held = [run.row(name) for name in self.telling.holdings[key]]
        ends = [row for row in held if row in self.with_dead_letters]
        busy = self.telling.is_busy(key)
        environments = [run.compiled.env_rows[each.id] for each in parts.environments]
        offered, accepted = self.rows(run.offered, asked), self.rows(run.accepted, asked)
        return NodeCourse(
            offered_per_s=offered,
            completed_per_s=self.rows(run.completed, rows),
            throttled_per_s=np.maximum(offered - accepted, 0.0),
            failed_per_s=self.rows(run.failed, rows),
            concurrency=self.rows(run.in_service, rows) if busy else None,
            environments=self._there(key, environments),
            cold_starts_per_s=self.rows(run.cold, rows) if environments else None,
            backlog=self._backlog(key, rows, held),
            oldest_age_s=self._oldest(held),
            lost_per_s=self.rows(run.lost, held)
            + self.rows(run.dead, [row for row in held if row not in ends]),
            dead_lettered_per_s=self.rows(run.dead, ends),
            latency_ms=self._latency(rows) if busy else None,
        )

    def _backlog(self, key: str, rows: Sequence[int], held: Sequence[int]) -> Array | None:
        """What waits: in the holding stations, in line for a slot, or where nobody reads."""
        if self.telling.is_unread(key):
            lasts_s = np.diff(self.run.time_s, prepend=0.0)[:, None]
            return np.asarray(np.cumsum(self.rows(self.run.accepted, rows) * lasts_s, axis=0))
        if held:
            return self.rows(self.run.waiting, held) + self.rows(self.run.paused, held)
        lined = bool(set(self.run.compiled.lined.tolist()) & self._pools(rows))
        return self.rows(self.run.waiting, rows) if lined else None

    def _there(self, key: str, environments: Sequence[int]) -> Array | None:
        """Environments that are there; tasks or instances of what is made of such."""
        run, units = self.run, self.lowered.parts[key].units
        if units:
            pools = {pool.id: row for row, pool in enumerate(run.compiled.network.slots)}
            parts = [self.rows(run.slots, [pools[name]]) / size for name, size in units.items()]
            return np.asarray(sum(parts))
        return self.rows(run.environments, environments) if environments else None

    def _pools(self, rows: Sequence[int]) -> set[int]:
        compiled = self.run.compiled
        return set(compiled.use_pool[np.isin(compiled.use_station, list(rows))].tolist())

    def _oldest(self, held: Sequence[int]) -> Array | None:
        if not held:
            return None
        return np.asarray(self.run.age[:, held, self.columns].astype(np.float64).max(axis=1))

    def _latency(self, rows: Sequence[int]) -> Array:
        """Mean latency over a node's ways in [ms]; not a number while nothing is admitted."""
        calls = self.run.invocations[:, rows, self.columns].astype(np.float64)
        times = self.run.latency[:, rows, self.columns] * calls
        whole = calls.sum(axis=1)
        none = np.full_like(whole, np.nan)
        return np.asarray(np.divide(times.sum(axis=1), whole, out=none, where=whole > 0) * MS)
