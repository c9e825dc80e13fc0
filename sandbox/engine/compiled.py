"""A network as arrays: one row a station, arc, quota or pool, one column a scenario.

Several networks of one structure (the points of a sweep) compile to one value whose
numbers have a column each; a single network has one column that broadcasts.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.callers import Kept
from sandbox.engine.network import ArcKind, Network
from sandbox.engine.segments import Array, Index, Segments, Sums

__all__ = ["Array", "Calls", "Compiled", "Index", "Segments", "repeated"]


@dataclass(frozen=True)
class Calls:
    """The synchronous arcs, in calling order within each source, as blocks of parallel calls."""

    arc: Index
    source: Index
    target: Index
    by_source: Segments
    answers: Sums
    """At the sources, over what the targets say."""
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
    """Row of each station."""
    env_rows: dict[str, int]
    """Row of each kind of environments."""
    station: dict[str, Array]
    """Each number of `Station` by name, [station, 1 or scenario]."""
    arc: dict[str, Array]
    source: Index
    target: Index
    kind: NDArray[np.object_]
    calls: Calls
    inflow: Sums
    """At the targets, over what the sources send."""
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
    hot_part: Index
    """For each holding, the part of its source's items that its hot lanes get; -1 where even."""
    fed_by: Index
    """For each holding, the station that hands over to it; itself where none does."""
    sole: Index
    """For each pool, the environments that all its users share; -1 where they differ."""
    lined: Index
    """Pools with places to wait in."""
    shares_pools: bool
    """Whether a station takes slots of several pools."""
    patience: Array
    """Longest wait in each station's line [station, 1 or scenario]; 0 where nobody leaves."""
    has_patience: bool
    tracked: Index
    """Pools whose slots follow their use."""
    tracking: dict[str, Array]
    """Numbers of `Tracking` by name, [tracked, 1 or scenario]."""
    kept: Kept
    """Who keeps units of the quotas that count no rate."""
    tracked_ready: Index
    """Environments that are kept ready as their use asks for."""
    tracking_ready: dict[str, Array]
    draw_pool: Index
    draw_quota: Index
    draw: dict[str, Array]
    """Numbers of `Draw` by name, [draw, 1 or scenario]."""
    env_of: Index
    """Environments of each station; -1 for none."""
    timed: Index
    """Stations with a timeout."""
    scenarios: int
    has_arc_timeouts: bool
    has_feedback: bool
    """Whether a start from saturation may end elsewhere than a start from empty."""

    # What every round asks is looked up once.

    @cached_property
    def call(self) -> dict[str, Array]:
        """Each number of the calls' arcs by name, [call, 1 or scenario]."""
        return {name: rows[self.calls.arc] for name, rows in self.arc.items()}

    @cached_property
    def calls_alone(self) -> NDArray[np.bool_]:
        """Whether the items of a batch fail one by one, and so call one by one [call, 1 or scenario]."""
        each = self.station["item_failures"][self.calls.source] > 0
        return np.asarray(each & (self.call["per_batch"] == 0))

    @cached_property
    def handed(self) -> Index:
        """Arcs that hand over."""
        return np.flatnonzero(self.kind == ArcKind.HANDOFF)

    @cached_property
    def driven_arcs(self) -> Index:
        """Arcs that drive a consumer."""
        return np.flatnonzero(self.kind == ArcKind.DRIVE)

    @cached_property
    def dead_arcs(self) -> Index:
        """Arcs that take what is given up."""
        return np.flatnonzero(self.kind == ArcKind.DEAD_LETTER)

    @cached_property
    def read_on_time(self) -> Index:
        """Places of the holding stations that are read on a timer or with a window."""
        timed = (self.holding["window"] > 0) | (self.holding["poll"] > 0)
        return np.flatnonzero(timed.any(axis=1))

    @cached_property
    def place_of_holding(self) -> Index:
        """Place of each station among those that hold; -1 for others."""
        places = np.full(len(self.rows), -1, dtype=np.intp)
        places[self.held] = np.arange(len(self.held))
        return places

    @cached_property
    def stands_in_line(self) -> NDArray[np.bool_]:
        """Whether a station's pools have a line: what starts meanwhile takes no slot yet [station, 1]."""
        found = np.zeros((len(self.rows), 1), dtype=bool)
        found[self.use_station[np.isin(self.use_pool, self.lined)]] = True
        return found

    @cached_property
    def by_pool(self) -> Segments:
        """Uses of slots by pool."""
        return Segments.by(self.use_pool)

    @cached_property
    def by_quota(self) -> Segments:
        """Demands by quota."""
        return Segments.by(self.demand_quota)

    @cached_property
    def whole_demands(self) -> Index:
        """Demands that see all of a station's items."""
        return np.flatnonzero(~self.demand_in_part)

    @cached_property
    def whole_by_station(self) -> Segments:
        """Those by station."""
        return Segments.by(self.demand_station[self.whole_demands])

    @cached_property
    def ready_in(self) -> tuple[tuple[int, int], ...]:
        """Pools, and the environments kept ready by those who use them."""
        pairs = zip(self.use_pool.tolist(), self.env_of[self.use_station].tolist(), strict=True)
        return tuple({(pool, env) for pool, env in pairs if env >= 0})

    @cached_property
    def has_ready(self) -> bool:
        """Whether environments are kept ready."""
        return bool(self.environments["ready"].any())


def repeated(compiled: Compiled, columns: Index) -> Compiled:
    """Several networks with some of their columns, in the order asked for."""
    tables: dict[str, Any] = {}
    for name in (
        "station",
        "arc",
        "holding",
        "quota",
        "demand",
        "slots",
        "environments",
        "tracking",
        "tracking_ready",
        "draw",
    ):
        tables[name] = {key: rows[:, columns] for key, rows in getattr(compiled, name).items()}
    kept = replace(compiled.kept, units=compiled.kept.units[:, columns])
    patience = compiled.patience[:, columns]
    return replace(compiled, scenarios=len(columns), patience=patience, kept=kept, **tables)
