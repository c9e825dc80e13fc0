"""Network → arrays: rows for stations, arcs, quotas and pools, columns for scenarios."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.callers import keepers
from sandbox.engine.compiled import Array, Calls, Compiled, Index, Segments
from sandbox.engine.network import Arc, ArcKind, Demand, Growing, Network, Tracking
from sandbox.engine.segments import Sums

_STATION = "arrivals users think peakedness fixed per_item cv timeout error item_failures routes"
_HOLDING = (
    "lanes_least lanes_most fill batch_most rate_most window poll attempts throttles_count in_place"
    " error_backoff bisect retry_delay retry_growth refused_delay refused_most delay retention"
    " hot_share hot_lanes"
)


def compile_network(*networks: Network) -> Compiled:
    """Turn one network, or several of one structure, into arrays.

    Raises:
        ValueError: An arc, demand or slot names something that is not there, or the structures differ.
    """
    first = networks[0]
    rows = {station.id: row for row, station in enumerate(first.stations)}
    _check(first, networks, rows)
    return Compiled(
        network=first,
        rows=rows,
        scenarios=len(networks),
        has_feedback=any(a.attempts > 1 for a in first.arcs) or any(s.places > 0 for s in first.slots),
        **_stations(networks),
        **_arcs(networks, rows),
        **_demands(networks, rows),
        **_pools(networks),
        **_scaling(networks),
    )


def _stations(networks: Sequence[Network]) -> dict[str, Any]:
    """Numbers of the stations, and which have a timeout."""
    stations = _table(networks, lambda n: n.stations, _STATION)
    return {
        "station": stations,
        "timed": np.flatnonzero(np.isfinite(stations["timeout"]).any(axis=1)),
    }


def _arcs(networks: Sequence[Network], rows: dict[str, int]) -> dict[str, Any]:
    """Arcs, calls in their order, and who holds for whom."""
    first = networks[0]
    source = _index(rows[arc.source] for arc in first.arcs)
    target = _index(rows[arc.target] for arc in first.arcs)
    kind = np.array([arc.kind for arc in first.arcs], dtype=object)
    calls = _calls(first, source, target, kind)
    arcs = _table(networks, lambda n: n.arcs, "gain per_batch attempts backoff timeout at_once")
    held = _index(row for row, station in enumerate(first.stations) if station.holding)
    drives = {rows[a.source]: rows[a.target] for a in first.arcs if a.kind is ArcKind.DRIVE}
    return {
        "arc": arcs,
        "source": source,
        "target": target,
        "kind": kind,
        "calls": calls,
        "inflow": Sums.over(target, source, len(rows)),
        "has_arc_timeouts": bool(len(first.arcs)) and bool(np.isfinite(arcs["timeout"]).any()),
        "holding": _table(networks, lambda n: [s.holding for s in n.stations if s.holding], _HOLDING),
        "held": held,
        "driven": _index(drives.get(row, row) for row in held),
        "has_consumer": np.array([row in drives for row in held], dtype=bool),
    }


def _demands(networks: Sequence[Network], rows: dict[str, int]) -> dict[str, Any]:
    """Quotas and who asks for them, all of its items or a part."""
    first = networks[0]
    demands = [(row, d) for row, station in enumerate(first.stations) for d in station.demands]
    quotas = {quota.id: row for row, quota in enumerate(first.quotas)}
    rated = {quota.id for quota in first.quotas if quota.measure == "rate"}
    parts = _parts([(row, _part(d)) for row, d in demands])
    held = [row for row, station in enumerate(first.stations) if station.holding]
    feeds = {rows[a.target]: rows[a.source] for a in first.arcs if a.kind is ArcKind.HANDOFF}
    fed_by = _index(feeds.get(row, row) for row in held)
    return {
        "quota": _table(networks, lambda n: n.quotas, "capacity"),
        "demand": _table(
            networks, lambda n: [d for s in n.stations for d in s.demands], "units per_batch share"
        ),
        "demand_station": _index(row for row, _ in demands),
        "demand_quota": _index(quotas[d.quota] for _, d in demands),
        "demand_measured": np.array([d.quota not in rated for _, d in demands], dtype=bool),
        "kept": keepers(networks),
        "demand_in_part": np.array([bool(_part(d)) for _, d in demands], dtype=bool),
        "parts": parts,
        "hot_part": _hot_parts(first, _index(held), fed_by, parts, demands),
        "fed_by": fed_by,
    }


def _pools(networks: Sequence[Network]) -> dict[str, Any]:
    """Pools of slots, the environments in them, and who shares what."""
    first = networks[0]
    pools = {slots.id: row for row, slots in enumerate(first.slots)}
    envs = {env.id: row for row, env in enumerate(first.environments)}
    uses = [(row, pool) for row, station in enumerate(first.stations) for pool in station.slots]
    slots = _table(networks, lambda n: n.slots, "capacity rate_per_slot places patience service_cv")
    return {
        "slots": slots,
        "use_station": _index(row for row, _ in uses),
        "use_pool": _index(pools[pool] for _, pool in uses),
        "environments": _table(networks, lambda n: n.environments, "init idle_expiry ready most"),
        "env_rows": envs,
        "env_of": _index(envs[s.environments] if s.environments else -1 for s in first.stations),
        "sole": _sole(first, uses, pools, envs),
        "lined": np.flatnonzero((slots["places"] > 0).any(axis=1)),
        "shares_pools": any(len(station.slots) > 1 for station in first.stations),
        "patience": _patience(slots, uses, pools, len(first.stations)),
        "has_patience": bool(np.isfinite(slots["patience"]).any()),
    }


def _scaling(networks: Sequence[Network]) -> dict[str, Any]:
    """Pools whose slots follow their use, environments kept ready that do, and what slots draw on."""
    first = networks[0]
    quotas = {quota.id: row for row, quota in enumerate(first.quotas)}
    draws = [(row, draw) for row, pool in enumerate(first.slots) for draw in pool.draws]
    tracked, tracking = _tracking([[(pool.moves, pool.capacity) for pool in n.slots] for n in networks])
    kept, keeping = _tracking([[(env.moves, env.ready) for env in n.environments] for n in networks])
    return {
        "tracked": tracked,
        "tracking": tracking,
        "tracked_ready": kept,
        "tracking_ready": keeping,
        "draw_pool": _index(row for row, _ in draws),
        "draw_quota": _index(quotas[draw.quota] for _, draw in draws),
        "draw": _table(networks, lambda n: [d for s in n.slots for d in s.draws], "units"),
    }


def _tracking(
    networks: Sequence[Sequence[tuple[Tracking | Growing | None, float]]],
) -> tuple[Index, dict[str, Array]]:
    """Rows that follow their use in one of the networks, and how; where one does not, all of it stays."""
    rows = [row for row, each in enumerate(zip(*networks, strict=True)) if any(rule for rule, _ in each)]
    fixed = [
        [network[row][0] or Tracking(least=network[row][1], target=1.0) for row in rows]
        for network in networks
    ]
    return _index(rows), _columns(fixed, "least target step")


def _index(values: Iterable[int]) -> Index:
    return np.array(list(values), dtype=np.intp)


def _table(
    networks: Sequence[Network], rows: Callable[[Network], Sequence[Any]], names: str
) -> dict[str, Array]:
    """Columns of numbers by name: [row, network]."""
    return _columns([rows(network) for network in networks], names)


def _columns(per_network: Sequence[Sequence[Any]], names: str) -> dict[str, Array]:
    """The same of rows that are there already."""
    shape = (len(per_network[0]), len(per_network))
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


def _hot_parts(
    network: Network,
    held: Index,
    fed_by: Index,
    parts: tuple[tuple[int, Index], ...],
    demands: Sequence[tuple[int, Demand]],
) -> Index:
    """The part of a stream's puts that goes to its hot lanes: the one of the same share."""
    found = []
    for row, source in zip(held, fed_by, strict=True):
        holding = network.stations[row].holding
        hot = holding.hot_share if holding else 0.0
        same = [
            place
            for place, (station, rows) in enumerate(parts)
            if station == source and hot > 0 and abs(demands[rows[0]][1].share - hot) < 1e-9
        ]
        found.append(same[0] if same else -1)
    return _index(found)


def _sole(
    network: Network, uses: Sequence[tuple[int, str]], pools: dict[str, int], envs: dict[str, int]
) -> Index:
    """Environments that all users of a pool share, and that use no other pool."""
    found: dict[int, set[int]] = {row: set() for row in pools.values()}
    for station, pool in uses:
        name = network.stations[station].environments
        found[pools[pool]].add(envs[name] if name and len(network.stations[station].slots) == 1 else -1)
    return _index(next(iter(found[row])) if len(found[row]) == 1 else -1 for row in pools.values())


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
        answers=Sums.over(source[arc], target[arc], len(network.stations)),
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
