"""What a run is given: how every source's rate goes, and what breaks when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, inf

import numpy as np

from sandbox.engine.compiled import Array, Compiled


@dataclass(frozen=True)
class Fault:
    """Something that is worse than usual between two times."""

    from_s: float = 0.0
    to_s: float = inf
    stations: tuple[str, ...] = ()
    """Stations that are slower, fail or have poisoned batches."""
    slower: float = 1.0
    """Factor on their own time."""
    fail: float = 0.0
    """Share of their invocations that fail beside what fails anyway."""
    limits: tuple[str, ...] = ()
    """Quotas, pools of slots and holding stations (their lanes) that lose capacity."""
    capacity: float = 1.0
    """Share of that capacity which is left."""
    poisoned: float = 0.0
    """Lanes of the holding `stations` that meet a batch at `from_s` which never succeeds."""


@dataclass(frozen=True)
class Inputs:
    """Profiles and faults of one run."""

    profiles: Mapping[str, Array] = field(default_factory=dict)
    """For a station, its arrivals in each tick, the tick's mean [items/s], or its users for a closed
    loop; [tick], or [tick, scenario]. A shorter profile stays at its last value; a station without one
    stays at its steady arrivals. The load multiplier applies to all of them."""
    faults: tuple[Fault, ...] = ()

    def checked(self, compiled: Compiled) -> "Inputs":
        """The same, if everything it names is there and every number makes sense.

        Raises:
            ValueError: A name is unknown, a profile is empty, negative or not finite, or a fault's numbers
                are out of their range.
        """
        for name, rates in self.profiles.items():
            if name not in compiled.rows:
                raise ValueError(f"a profile names {name}, which is no station")
            values = np.asarray(rates)
            if not values.size or not np.isfinite(values).all() or (values < 0).any():
                raise ValueError(f"the profile of {name} must have finite rates, none below 0")
        limits = {row.id for rows in (compiled.network.quotas, compiled.network.slots) for row in rows}
        for fault in self.faults:
            _known(fault.stations, compiled.rows, "station")
            _known(fault.limits, limits | set(compiled.rows), "quota, pool or station")
            if fault.slower < 0 or not 0 <= fault.fail <= 1 or fault.capacity < 0 or fault.poisoned < 0:
                raise ValueError(
                    "a fault slows by 0 or more, fails 0 to 1 and leaves a capacity of 0 or more"
                )
        return self


def _known(names: Iterable[str], there: Iterable[str], what: str) -> None:
    """Refuse a name that is not there."""
    missing = set(names) - set(there)
    if missing:
        raise ValueError(f"a fault names {', '.join(sorted(missing))}, which is no {what}")


def tick_count(horizon_s: float, step_s: float) -> int:
    """Ticks that cover a horizon.

    >>> tick_count(3600, 1), tick_count(10, 4)
    (3600, 3)
    """
    return max(ceil(horizon_s / step_s - 1e-9), 1)


def default_step(horizon_s: float) -> float:
    """A second, or 1/3600 of a horizon of more than an hour [s].

    >>> default_step(600), default_step(86_400)
    (1.0, 24.0)
    """
    return max(1.0, horizon_s / 3600)
