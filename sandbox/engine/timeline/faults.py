"""Faults as phases: between two changes of anything that is broken, the network is one network."""

from dataclasses import dataclass, replace
from math import ceil, inf

import numpy as np

from sandbox.engine.compiled import Array, Compiled
from sandbox.engine.timeline.inputs import Fault


@dataclass(frozen=True)
class Phase:
    """The network as it is for a while."""

    first: int
    """First tick of the phase."""
    compiled: Compiled
    """With the times, errors, quotas and slots as they are meanwhile."""
    lanes: Array
    """Share of its lanes that each holding station has [holding, 1]."""


@dataclass(frozen=True)
class Poison:
    """Batches that never succeed, each of which stops its lane."""

    tick: int
    holding: int
    lanes: float


def phases(compiled: Compiled, faults: tuple[Fault, ...], step_s: float) -> list[Phase]:
    """The phases of a run, the first of which begins at tick 0; a fault acts from the next whole tick on."""
    starts = {0}
    for fault in faults:
        starts |= {_tick(at, step_s) for at in (fault.from_s, fault.to_s) if at < inf}
    return [_phase(compiled, faults, tick, step_s) for tick in sorted(starts)]


def poisons(compiled: Compiled, faults: tuple[Fault, ...], step_s: float) -> list[Poison]:
    """When which lanes meet a batch that never succeeds."""
    held = {int(row): place for place, row in enumerate(compiled.held)}
    return [
        Poison(_tick(fault.from_s, step_s), held[compiled.rows[name]], fault.poisoned)
        for fault in faults
        for name in fault.stations
        if fault.poisoned > 0 and compiled.rows[name] in held
    ]


def _tick(time: float, step_s: float) -> int:
    return ceil(time / step_s - 1e-9)


def _phase(compiled: Compiled, faults: tuple[Fault, ...], tick: int, step_s: float) -> Phase:
    """The network with what is broken in one tick."""
    station = dict(compiled.station)
    quota, slots = compiled.quota["capacity"].copy(), compiled.slots["capacity"].copy()
    lanes = np.ones((len(compiled.held), 1))
    quotas = {row.id: place for place, row in enumerate(compiled.network.quotas)}
    pools = {row.id: place for place, row in enumerate(compiled.network.slots)}
    held = {compiled.network.stations[row].id: place for place, row in enumerate(compiled.held)}
    for fault in faults:
        if not _tick(fault.from_s, step_s) <= tick or (
            fault.to_s < inf and tick >= _tick(fault.to_s, step_s)
        ):
            continue
        for name in fault.stations:
            _worsen(station, compiled.rows[name], fault)
        for name in fault.limits:
            for table, places in ((quota, quotas), (slots, pools), (lanes, held)):
                if name in places:
                    table[places[name]] *= fault.capacity
    return Phase(
        tick,
        replace(
            compiled,
            station=station,
            quota={**compiled.quota, "capacity": quota},
            slots={**compiled.slots, "capacity": slots},
        ),
        lanes,
    )


def _worsen(station: dict[str, Array], row: int, fault: Fault) -> None:
    """Make one station slower and let it fail more often."""
    for name in ("fixed", "per_item"):
        station[name] = station[name].copy()
        station[name][row] *= fault.slower
    station["error"] = station["error"].copy()
    station["error"][row] = 1.0 - (1.0 - station["error"][row]) * (1.0 - fault.fail)
