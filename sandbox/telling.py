"""Steady → outcomes: what the engine found, told for the nodes and edges that the user drew."""

from collections.abc import Iterable
from functools import cached_property
from math import isfinite

import numpy as np

from sandbox.bill import Cost
from sandbox.catalog.service import Limit
from sandbox.design.parts import Edge
from sandbox.engine.compiled import Array
from sandbox.engine.lag import Lags
from sandbox.engine.latency import Latencies, Spread, latencies
from sandbox.engine.network import ArcKind
from sandbox.engine.steady import Steady
from sandbox.limits import limit_uses
from sandbox.lower import Lowered
from sandbox.outcome import EdgeOutcome, LimitUse, NodeOutcome, Percentiles

MS = 1000.0
NOTHING = 1e-12


def in_ms(told: Spread) -> list[Percentiles]:
    """Seconds of one scenario [row, 1] as milliseconds."""
    columns = np.stack([told.mean, told.p50, told.p95, told.p99], axis=-1)[:, 0, :] * MS
    return [Percentiles(*row) for row in columns.tolist()]


class Telling:
    """One scenario of a solved design in the design's own words."""

    def __init__(self, lowered: Lowered, steady: Steady, cost: Cost, scenario: int) -> None:
        self.lowered = lowered
        self.steady = steady
        self.cost = cost
        self.scenario = scenario
        self.rows = steady.compiled.rows
        self._columns: dict[int, tuple[Array, list[float]]] = {}

    @property
    def columns(self) -> slice:
        """This scenario among the solved ones."""
        return slice(self.scenario, self.scenario + 1)

    @cached_property
    def admitted(self) -> Latencies:
        """Times of the admitted invocations of every station."""
        return latencies(self.steady, self.columns)

    @cached_property
    def successful(self) -> Latencies:
        """Times of those that succeed."""
        return latencies(self.steady, self.columns, over=self.admitted)

    @cached_property
    def lags(self) -> Lags:
        """Completion lags of what is reached asynchronously."""
        return Lags(self.steady, self.successful, self.admitted, self.columns)

    @cached_property
    def percentiles(self) -> dict[str, Percentiles]:
        """Latency of every node's admitted invocations, over all its ways in."""
        keys = list(self.lowered.parts)
        groups = [self._working(key) for key in keys]
        weights = [self._weights(rows) for rows in groups]
        return dict(zip(keys, in_ms(self.admitted.over_all(groups, weights)), strict=True))

    def _weights(self, rows: list[int]) -> Array:
        """Part of a node's invocations that comes in at each of its stations."""
        calls = self.of(self.steady.invocations, rows)
        whole = sum(calls)
        return np.array(calls) / whole if whole > NOTHING else np.eye(len(rows))[0]

    def column(self, values: Array) -> list[float]:
        """All rows of this scenario as plain numbers: read one by one they take a tenth of the time."""
        kept = self._columns.get(id(values))
        if kept is None:
            # The array is kept with its numbers, so that its id stays its own.
            kept = self._columns[id(values)] = values, values[:, self.scenario].tolist()
        return kept[1]

    def at(self, values: Array, row: int) -> float:
        """Value of a row in this scenario."""
        return self.column(values)[row]

    def of(self, values: Array, rows: Iterable[int]) -> list[float]:
        """Values of some rows in this scenario."""
        column = self.column(values)
        return [column[row] for row in rows]

    def total(self, values: Array, rows: Iterable[int]) -> float:
        """Sum of some rows in this scenario."""
        return sum(self.of(values, rows), 0.0)

    def node(self, key: str) -> NodeOutcome:
        """What one node does."""
        steady = self.steady
        asked, rows = self._asked(key), self._working(key)
        held = self._held(key)
        offered, accepted = self.of(steady.offered, asked), self.of(steady.accepted, asked)
        failing = list(dict.fromkeys((*asked, *rows)))
        done = zip(self.of(steady.accepted, failing), self.of(steady.success_item, failing), strict=True)
        busy = self.is_busy(key)
        return NodeOutcome(
            service=self.lowered.design.nodes[key].service,
            offered_per_s=sum(offered),
            accepted_per_s=sum(accepted),
            throttled_per_s=sum(max(all_ - in_, 0.0) for all_, in_ in zip(offered, accepted, strict=True)),
            failed_per_s=sum(in_ * (1.0 - good) for in_, good in done),
            invocations_per_s=self.total(steady.invocations, rows) if busy else None,
            concurrency=self.total(steady.load, rows) if busy else None,
            latency=self.percentiles[key] if busy else None,
            cold_start_ratio=self._cold(key, rows),
            environments=self._environments(key),
            backlog_growth_per_s=self.total(steady.held.growth, held)
            + (sum(accepted) if self.is_unread(key) else 0.0),
            oldest_age_s=self._age(key, held),
            lost_per_s=self.lost_per_s(key),
            limits=self.limits(key),
            monthly_usd=float(self.cost.by_node[key][self.scenario]),
        )

    def _asked(self, key: str) -> list[int]:
        """Stations of what is asked of a node."""
        return [self.rows[name] for name in self.lowered.parts[key].asked]

    def _working(self, key: str) -> list[int]:
        """Stations that do what is asked."""
        return [self.rows[name] for name in self.lowered.parts[key].working]

    def is_busy(self, key: str) -> bool:
        """Whether a node works on items for a while; sources only send them."""
        part = self.lowered.parts[key]
        works = bool(part.slots) or any(
            time > 0 for time in self.of(self.steady.duration, self._working(key))
        )
        return works and not any(
            self.steady.compiled.network.stations[row].arrivals for row in self._asked(key)
        )

    def limits(self, key: str) -> tuple[LimitUse, ...]:
        """Limits of one node, the nearest first."""
        held = [(name, self.limit_of_consumer(name)) for name in self.holdings[key]]
        return limit_uses(self.lowered, self.steady, key, held, self.scenario)

    @cached_property
    def buffers(self) -> dict[str, str]:
        """The node of each holding station that is a part of one."""
        return {name: key for key, part in self.lowered.parts.items() for name in part.buffers}

    def read_from(self, holding: str) -> str:
        """The node that a holding station reads from."""
        if holding in self.buffers:
            return self.buffers[holding]
        return self.lowered.design.edges[int(holding.rsplit("#", 1)[1])].source

    def limit_of_consumer(self, holding: str) -> Limit:
        """How the capacity of a holding station's consumer is shown."""
        if holding in self.buffers:
            return self.lowered.parts[self.buffers[holding]].buffers[holding]
        index = int(holding.rsplit("#", 1)[1])
        edge = self.lowered.design.edges[index]
        held = edge.connection.held
        assert held is not None
        reader = held.reader(edge.settings)
        return Limit(
            name=f"throughput of {self.lowered.design.nodes[edge.target].title}",
            unit=reader.unit,
            scope=f"{edge.source} → {edge.target}",
            adjustable=True,
            source=reader.source,
            raised_by=f"edges.{index}.{reader.raised_by}" if reader.raised_by else "",
        )

    def edge(self, index: int) -> EdgeOutcome:
        """What goes over one edge."""
        steady, plan = self.steady, self.lowered.edges[index]
        edge: Edge = self.lowered.design.edges[index]
        offered = self.total(steady.arc_items, plan.arcs)
        entry = self.rows[plan.entry]
        tries, batch, lanes, worked = 1.0, None, None, 1.0
        if plan.holding is not None:
            place = self._place(plan.holding)
            tries = worked = self.at(steady.held.executions, place)
            items = self.at(steady.held.passed, place)
            if edge.kind == "polled" and items > NOTHING:
                tries = offered / items  # a receive that is throttled counts too
            batch = self.at(steady.batch, entry)
            lanes = self.at(steady.held.lanes, place) or None
        else:
            weights, tried = self.column(steady.arc_items), self.column(steady.made.tries.mean)
            mine = ((arc, self._call_of[arc]) for arc in plan.arcs if arc in self._call_of)
            first = sum(weights[arc] / max(tried[call], 1.0) for arc, call in mine)
            tries = offered / first if first > NOTHING else 1.0
            items = offered / tries
        whole = self.at(steady.offered, entry)
        refused = 1.0 - self.at(steady.accepted, entry) / whole if whole > NOTHING else 0.0
        ends = edge.source, edge.target, edge.kind
        return EdgeOutcome(*ends, items, batch, lanes, tries, max(refused, 0.0), worked)

    @cached_property
    def _call_of(self) -> dict[int, int]:
        """Places among the calls, by arc."""
        return {arc: call for call, arc in enumerate(self.steady.compiled.calls.arc.tolist())}

    def _place(self, holding: str) -> int:
        return self._places[self.rows[holding]]

    @cached_property
    def holdings(self) -> dict[str, list[str]]:
        """Holding stations by the node they belong to: its own polls and reads, or its queue of events."""
        found = {key: [*part.buffers] for key, part in self.lowered.parts.items()}
        nodes = self.lowered.design.nodes
        for edge, plan in zip(self.lowered.design.edges, self.lowered.edges, strict=True):
            if plan.holding is not None:
                is_event = edge.kind == "async" and nodes[edge.target].kind.takes_events
                found[edge.target if is_event else edge.source].append(plan.holding)
        return found

    @cached_property
    def _places(self) -> dict[int, int]:
        """Places among the holding stations, by row."""
        return {row: place for place, row in enumerate(self.steady.compiled.held.tolist())}

    def _held(self, key: str) -> list[int]:
        return [self._place(name) for name in self.holdings[key]]

    def _cold(self, key: str, rows: list[int]) -> float | None:
        if not self.lowered.parts[key].environments:
            return None
        calls = self.of(self.steady.invocations, rows)
        ratio = self.of(self.steady.cold_ratio, rows)
        if (whole := sum(calls)) <= NOTHING:
            return max(ratio)
        return sum(each * share for each, share in zip(calls, ratio, strict=True)) / whole

    def _environments(self, key: str) -> float | None:
        part = self.lowered.parts[key]
        if part.units:
            pools = {pool.id: row for row, pool in enumerate(self.steady.compiled.network.slots)}
            return sum(self.at(self.steady.slots, pools[name]) / size for name, size in part.units.items())
        rows = [self.steady.compiled.env_rows[env.id] for env in part.environments]
        return self.total(self.steady.environments, rows) if rows else None

    def is_unread(self, key: str) -> bool:
        """Whether it is a queue or stream without a consumer, which grows at its inflow."""
        reads = any(link.kind in {"polled", "stream"} for link in self.lowered.links[key][1])
        return self.lowered.design.nodes[key].kind.keeps and not reads

    def _age(self, key: str, held: list[int]) -> float | None:
        """Mean wait of the longest queue; nothing where it grows or where nothing waits."""
        if not held:
            return None
        wait = self.of(self.steady.held_waits.first, held)
        return max(wait) if all(map(isfinite, wait)) else None

    def lost_per_s(self, key: str) -> float:
        """Items that a node gives up with nowhere to go."""
        lost = [place for place in self._held(key) if place not in self._with_dead_letters]
        return self.total(self.steady.held.dead, lost)

    @cached_property
    def _with_dead_letters(self) -> set[int]:
        """Places of the holding stations whose items have a last way to go."""
        compiled = self.steady.compiled
        ends = set(compiled.source[compiled.kind == ArcKind.DEAD_LETTER].tolist())
        return {place for row, place in self._places.items() if row in ends}
