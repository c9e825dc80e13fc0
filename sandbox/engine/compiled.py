"""A network as arrays: one row a station, arc, quota or pool, one column a scenario.

Several networks of one structure (the points of a sweep) compile to one value whose
numbers have a column each; a single network has one column that broadcasts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.network import Arc, ArcKind, Demand, Network

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Segments:
    """Rows grouped by a key, so that a sum per group is one call."""

    order: Index
    """Rows sorted by key."""
    keys: Index
    """The keys that occur."""
    starts: Index
    """Where each key's rows begin in `order`."""

    @staticmethod
    def by(keys: Index) -> "Segments":
        """Group rows by an integer key."""
        order = np.argsort(keys, kind="stable")
        found, starts = np.unique(keys[order], return_index=True)
        return Segments(order, found, starts)

    def add_to(self, total: Array, rows: Array) -> Array:
        """Add each group's rows to the total's row of its key, in place."""
        if len(self.keys):
            total[self.keys] += np.add.reduceat(rows[self.order], self.starts, axis=0)
        return total

    def reduce(self, operation: np.ufunc, rows: Array) -> Array:
        """One row for each key that occurs."""
        return np.asarray(operation.reduceat(rows[self.order], self.starts, axis=0))


@dataclass(frozen=True)
class Calls:
    """The synchronous arcs, in calling order within each source, as blocks of parallel calls."""

    arc: Index
    source: Index
    target: Index
    by_source: Segments
    blocks: Segments
    """Arcs by block; a block is one call, or neighbouring parallel calls."""
    block_source: Segments
    """Blocks by source station."""
    block_of: Index
    steps: tuple[tuple[Index, Index], ...]
    """For each depth, the blocks that follow and the blocks they follow."""
    parallel: bool
    routed: NDArray[np.bool_]
    """Whether the arc's source chooses one of its ways out."""


@dataclass(frozen=True)
class Compiled:
    """A network (or several of one structure) ready to be solved."""

    network: Network
    rows: dict[str, int]
    station: dict[str, Array]
    """Each number of `Station` by name, [station, 1 or scenario]."""
    arc: dict[str, Array]
    source: Index
    target: Index
    kind: NDArray[np.object_]
    calls: Calls
    by_target: Segments
    calls_by_target: Segments
    holding: dict[str, Array]
    """Each number of `Holding` by name, [holding, 1 or scenario]."""
    held: Index
    """Station of each holding."""
    driven: Index
    """Station that each holding drives; itself where it drives none."""
    has_consumer: NDArray[np.bool_]
    quota: dict[str, Array]
    demand: dict[str, Array]
    demand_station: Index
    demand_quota: Index
    demand_measured: NDArray[np.bool_]
    """Whether the quota counts what callers hold, not a rate."""
    demand_in_part: NDArray[np.bool_]
    parts: tuple[tuple[int, Index], ...]
    """For every named part of a station: its station and its demand rows."""
    slots: dict[str, Array]
    use_station: Index
    use_pool: Index
    environments: dict[str, Array]
    lined: Index
    """Pools with places to wait in."""
    shares_pools: bool
    """Whether a station takes slots of several pools."""
    patience: Array
    """Longest wait in each station's line [station, 1 or scenario]; 0 where nobody leaves."""
    has_patience: bool
    env_of: Index
    """Environments of each station; -1 for none."""
    timed: Index
    """Stations with a timeout."""
    scenarios: int
    has_arc_timeouts: bool
    has_feedback: bool
    """Whether a start from saturation may end elsewhere than a start from empty."""


def compile_network(*networks: Network) -> Compiled:
    """Turn one network, or several of one structure, into arrays.

    Raises:
        ValueError: An arc, demand or slot names something that is not there, or the structures differ.
    """
    first = networks[0]
    rows = {station.id: row for row, station in enumerate(first.stations)}
    _check(first, networks, rows)
    source = _index(rows[arc.source] for arc in first.arcs)
    target = _index(rows[arc.target] for arc in first.arcs)
    kind = np.array([arc.kind for arc in first.arcs], dtype=object)
    held = _index(row for row, station in enumerate(first.stations) if station.holding)
    drives = {rows[a.source]: rows[a.target] for a in first.arcs if a.kind is ArcKind.DRIVE}
    demands = [(row, d) for row, station in enumerate(first.stations) for d in station.demands]
    quota_rows = {quota.id: row for row, quota in enumerate(first.quotas)}
    pool_rows = {slots.id: row for row, slots in enumerate(first.slots)}
    env_rows = {env.id: row for row, env in enumerate(first.environments)}
    uses = [(row, pool) for row, station in enumerate(first.stations) for pool in station.slots]
    calls = _calls(first, source, target, kind)
    measured = {quota.id for quota in first.quotas if quota.measure != "rate"}
    slots = _table(networks, lambda n: n.slots, "capacity rate_per_slot places patience service_cv")
    stations = _table(
        networks,
        lambda n: n.stations,
        "arrivals users think peakedness fixed per_item cv timeout error item_failures routes",
    )
    arc_table = _table(networks, lambda n: n.arcs, "gain per_batch attempts backoff timeout")
    return Compiled(
        network=first,
        rows=rows,
        station=stations,
        arc=arc_table,
        source=source,
        target=target,
        kind=kind,
        calls=calls,
        calls_by_target=Segments.by(calls.target),
        by_target=Segments.by(target),
        holding=_table(
            networks,
            lambda n: [s.holding for s in n.stations if s.holding],
            "lanes_least lanes_most fill batch_most rate_most window poll attempts throttles_count in_place error_backoff"
            " bisect retry_delay retry_growth delay retention hot_share hot_lanes",
        ),
        held=held,
        driven=_index(drives.get(row, row) for row in held),
        has_consumer=np.array([row in drives for row in held], dtype=bool),
        quota=_table(networks, lambda n: n.quotas, "capacity"),
        demand=_table(
            networks, lambda n: [d for s in n.stations for d in s.demands], "units per_batch share"
        ),
        demand_station=_index(row for row, _ in demands),
        demand_quota=_index(quota_rows[d.quota] for _, d in demands),
        demand_measured=np.array([d.quota in measured for _, d in demands], dtype=bool),
        demand_in_part=np.array([bool(_part(d)) for _, d in demands], dtype=bool),
        parts=_parts([(row, _part(d)) for row, d in demands]),
        slots=slots,
        use_station=_index(row for row, _ in uses),
        use_pool=_index(pool_rows[pool] for _, pool in uses),
        environments=_table(networks, lambda n: n.environments, "init idle_expiry ready most"),
        lined=np.flatnonzero((slots["places"] > 0).any(axis=1)),
        shares_pools=any(len(station.slots) > 1 for station in first.stations),
        patience=_patience(slots, uses, pool_rows, len(rows)),
        has_patience=bool(np.isfinite(slots["patience"]).any()),
        env_of=_index(env_rows[s.environments] if s.environments else -1 for s in first.stations),
        timed=np.flatnonzero(np.isfinite(stations["timeout"]).any(axis=1)),
        scenarios=len(networks),
        has_arc_timeouts=bool(len(first.arcs)) and bool(np.isfinite(arc_table["timeout"]).any()),
        has_feedback=any(a.attempts > 1 for a in first.arcs) or any(s.places > 0 for s in first.slots),
    )


def _index(values: Iterable[int]) -> Index:
    return np.array(list(values), dtype=np.intp)


def _table(
    networks: Sequence[Network], rows: Callable[[Network], Sequence[Any]], names: str
) -> dict[str, Array]:
    """Columns of numbers by name: [row, network]."""
    per_network = [rows(network) for network in networks]
    shape = (len(per_network[0]), len(networks))
    return {
        name: np.array(
            [[getattr(row, name) for row in column] for column in per_network], dtype=np.float64
        ).reshape(shape[::-1]).T
        for name in names.split()
    }  # fmt: skip


def _check(first: Network, networks: Sequence[Network], rows: dict[str, int]) -> None:
    """Refuse what would otherwise fail later with a worse message."""
    if len(rows) != len(first.stations):
        raise ValueError("two stations have one id")
    for arc in first.arcs:
        if arc.source not in rows or arc.target not in rows:
            raise ValueError(f"arc {arc.source} → {arc.target} names a station that is not there")
    shape = [(a.source, a.target, a.kind) for a in first.arcs]
    for other in networks[1:]:
        if [s.id for s in other.stations] != list(rows) or [
            (a.source, a.target, a.kind) for a in other.arcs
        ] != shape:
            raise ValueError("networks that are solved together must have one structure")


def _patience(
    slots: dict[str, Array], uses: Sequence[tuple[int, str]], pools: dict[str, int], stations: int
) -> Array:
    """The longest wait that each station's pools allow, where they allow only so much."""
    longest = np.zeros((stations, slots["patience"].shape[1]))
    for station, pool in uses:
        allowed = slots["patience"][pools[pool]]
        longest[station] = np.maximum(longest[station], np.where(np.isfinite(allowed), allowed, 0.0))
    return longest


def _part(demand: Demand) -> str:
    """Name of the part of the items a demand is about; a share without a name is a part of its own."""
    return demand.part or (f"of {demand.quota}" if demand.share < 1 else "")


def _parts(rows: Sequence[tuple[int, str]]) -> tuple[tuple[int, Index], ...]:
    """Demand rows of each named part of a station."""
    found: dict[tuple[int, str], list[int]] = {}
    for place, (station, part) in enumerate(rows):
        if part:
            found.setdefault((station, part), []).append(place)
    return tuple((station, _index(places)) for (station, _), places in found.items())


def _calls(network: Network, source: Index, target: Index, kind: NDArray[np.object_]) -> Calls:
    """Order the synchronous arcs into blocks of calls, each behind the one before it."""
    arc = np.flatnonzero(kind == ArcKind.SYNC).astype(np.intp)
    arc = arc[np.argsort(source[arc], kind="stable")]
    block_of, block_source, depth, before = _blocks([network.arcs[a] for a in arc], source[arc], network)
    steps = []
    for level in range(1, max(depth, default=0) + 1):
        later = [block for block, d in enumerate(depth) if d == level]
        steps.append((_index(later), _index(before[block] for block in later)))
    return Calls(
        arc=arc,
        source=source[arc],
        target=target[arc],
        by_source=Segments.by(source[arc]),
        blocks=Segments.by(_index(block_of)),
        block_source=Segments.by(_index(block_source)),
        block_of=_index(block_of),
        steps=tuple(steps),
        parallel=len(block_source) < len(arc),
        routed=np.array([network.stations[s].routes for s in source[arc]], dtype=bool),
    )


def _blocks(
    arcs: Sequence[Arc], source: Index, network: Network
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Block of each arc; source, depth and predecessor of each block."""
    block_of: list[int] = []
    block_source: list[int] = []
    depth: list[int] = []
    before: list[int] = []
    for place, arc in enumerate(arcs):
        same = place > 0 and source[place] == source[place - 1]
        if same and arc.parallel and arcs[place - 1].parallel:
            block_of.append(block_of[-1])
            continue
        follows = same and not network.stations[source[place]].routes
        depth.append(depth[-1] + 1 if follows else 0)
        before.append(len(block_source) - 1 if follows else -1)
        block_source.append(int(source[place]))
        block_of.append(len(block_source) - 1)
    return block_of, block_source, depth, before
