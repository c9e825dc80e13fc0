"""What callers keep of a quota that counts no rate: connections that are held open, used or not.

A caller counts once, however many of its calls lead to the quota: what it keeps serves them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sandbox.engine.cold import cold_starts
from sandbox.engine.network import ArcKind, Network, Station
from sandbox.engine.segments import Array, Index

BUSY, ALIVE, THERE = range(3)
"""What of a caller is counted: invocations in service, live environments, slots that are there."""
_COUNTED = {"slots": BUSY, "environments": ALIVE, "capacity": THERE}


@dataclass(frozen=True)
class Kept:
    """Who keeps units of which quota."""

    quota: Index
    what: Index
    """`BUSY`, `ALIVE` or `THERE`."""
    row: Index
    """Station, kind of environments or pool of slots, as `what` says."""
    units: Array
    """Units for each one in service, alive or there [keeper, 1 or scenario]."""

    @cached_property
    def environments(self) -> Index:
        """Kinds of environments that keep something, each once."""
        return np.unique(self.row[self.what == ALIVE])


def keepers(networks: Sequence[Network]) -> Kept:
    """Everybody who keeps units of a quota, each once and with the most that one of its calls says.

    A caller without environments is counted by what it has in service, one without slots likewise.

    Args:
        networks: Networks of one structure.
    """
    first = networks[0]
    callers = _callers(first)
    quotas = {quota.id: (row, quota.measure) for row, quota in enumerate(first.quotas)}
    rows = _Rows.of(first)
    found: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for row, station in enumerate(first.stations):
        for place, demand in enumerate(station.demands):
            quota, measure = quotas[demand.quota]
            if (measure := demand.measure or measure) == "rate":
                continue
            for caller in callers.get(station.id, ()):
                found.setdefault((quota, *rows.counted(caller, measure)), []).append((row, place))
    columns = [
        [max(network.stations[s].demands[p].units for s, p in places) for places in found.values()]
        for network in networks
    ]
    table = np.array(list(found), dtype=np.intp).reshape(-1, 3)
    units = np.array(columns, dtype=np.float64).reshape(len(networks), -1).T
    return Kept(table[:, 0], table[:, 1], table[:, 2], units)


def _callers(network: Network) -> dict[str, list[Station]]:
    """Stations that call each station and wait for it."""
    stations = {station.id: station for station in network.stations}
    found: dict[str, list[Station]] = {}
    for arc in network.arcs:
        if arc.kind is ArcKind.SYNC:
            found.setdefault(arc.target, []).append(stations[arc.source])
    return found


@dataclass(frozen=True)
class _Rows:
    """Rows of a network's parts by their ids."""

    stations: Mapping[str, int]
    environments: Mapping[str, int]
    pools: Mapping[str, int]

    @staticmethod
    def of(network: Network) -> "_Rows":
        """Look them up once."""
        return _Rows(
            {station.id: row for row, station in enumerate(network.stations)},
            {environments.id: row for row, environments in enumerate(network.environments)},
            {pool.id: row for row, pool in enumerate(network.slots)},
        )

    def counted(self, caller: Station, measure: str) -> tuple[int, int]:
        """What of a caller is counted, and its row."""
        what = _COUNTED[measure]
        if what == ALIVE and caller.environments:
            return ALIVE, self.environments[caller.environments]
        if what == THERE and caller.slots:
            return THERE, self.pools[caller.slots[0]]
        return BUSY, self.stations[caller.id]


def add_kept(kept: Kept, busy: Array, alive: Array, there: Array, demand: Array) -> None:
    """Add what is kept to the demand on each quota.

    Args:
        kept: Who keeps what.
        busy: Invocations in service [station, scenario].
        alive: Live environments [environments, scenario].
        there: Slots [pool, scenario].
        demand: Units asked of each quota; changed [quota, scenario].
    """
    for what, rows in ((BUSY, busy), (ALIVE, alive), (THERE, there)):
        mine = kept.what == what
        if mine.any():
            np.add.at(demand, kept.quota[mine], rows[kept.row[mine]] * kept.units[mine])


def alive_now(
    kept: Kept, environments: Mapping[str, Array], env_of: Index, invocations: Array, busy: Array
) -> Array:
    """Environments alive with the present rates, of those that keep something [environments, scenario].

    Args:
        kept: Who keeps what.
        environments: Their numbers by name, [environments, 1 or scenario].
        env_of: Environments of each station; -1 for none.
        invocations: Invocations per second [station, scenario].
        busy: Those in service [station, scenario].
    """
    which, having = kept.environments, np.flatnonzero(np.isin(env_of, kept.environments))
    alive = np.zeros((len(environments["ready"]), invocations.shape[1]))
    if not len(which):
        return alive
    rate, load = alive.copy(), alive.copy()
    np.add.at(rate, env_of[having], invocations[having])
    np.add.at(load, env_of[having], busy[having])
    e = {name: environments[name][which] for name in ("idle_expiry", "ready", "most")}
    cold = cold_starts(rate[which], load[which], e["idle_expiry"], e["ready"], e["most"])
    alive[which] = np.where(rate[which] > 0, cold.alive, e["ready"])
    return alive
