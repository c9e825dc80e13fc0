"""What a run tells: the course of every station, quota and pool, and whether nothing got lost on the way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.engine.compiled import Array, Compiled

Series = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Totals:
    """Items of each station from the start to the end of a run [station, scenario].

    What a loss station is offered it rejects, completes or lets fail; what a holding station takes in
    it delivers, gives up or loses: ``arrived = completed + failed + rejected + dead + lost + held``.
    """

    arrived: Array
    """Items offered, those that were there at the start included."""
    completed: Array
    """Items served with success; of a holding station, those its consumer dealt with."""
    failed: Array
    """Items served without success; a holding station tries them again and counts none here."""
    rejected: Array
    dead: Array
    """Items given up after all their attempts."""
    lost: Array
    """Items that grew older than they are kept."""
    held: Array
    """Items still waiting, paused or in service."""

    @property
    def gap(self) -> Array:
        """What does not add up, as a share of what arrived; nothing but rounding."""
        gone = self.completed + self.failed + self.rejected + self.dead + self.lost
        return np.asarray(np.abs(self.arrived - gone - self.held) / np.maximum(self.arrived, 1.0))


@dataclass(frozen=True, eq=False)
class Run:
    """A run: series [kept, row, scenario], each a mean over its stretch of ticks; rows as in the network.

    Scenarios are the load multipliers, each with all of its replicas beside each other.
    """

    compiled: Compiled
    step_s: float
    time_s: Array
    """End of each kept stretch [kept]; the stretches are equally long but for the last."""
    loads: Array
    """Load multiplier of each scenario [scenario]."""
    replicas: int
    """Runs of each load; with 1, arrivals come evenly."""
    seed: int

    offered: Series
    """Items that ask for admission, tries included [items/s]."""
    accepted: Series
    """Items admitted [items/s]; what is offered and not accepted was rejected."""
    completed: Series
    """Items that ended with success; of a holding station, delivered with success [items/s]."""
    failed: Series
    """Items that ended without success; of a holding station, deliveries that come back [items/s]."""
    invocations: Series
    """Invocations (batches) begun [1/s]."""
    in_service: Series
    """Invocations in service [Erlang]."""
    duration: Series
    """Mean time of an invocation, calls included, without a cold start [s]."""
    wait: Series
    """Mean wait before a slot [s]."""
    latency: Series
    """Mean wait, cold start and time of an admitted invocation [s]."""
    success: Series
    """Share of the items offered that are admitted and served with success; 1 where none come."""
    batch: Series
    """Mean items of an invocation."""
    cold: Series
    """Environments started [1/s]."""
    waiting: Series
    """Items in line for a slot, or in a holding station's backlog [items]."""
    paused: Series
    """Items that are hidden or wait for their next try [items]."""
    age: Series
    """Age of the oldest item of the backlog [s]."""
    lanes: Series
    """Batches that a holding station can have in service [lanes]."""
    dead: Series
    """Items given up [items/s]."""
    lost: Series
    """Items that grew older than they are kept [items/s]."""

    arc_items: Series
    """Items on each arc, tries included [kept, arc, scenario]."""
    asked: Series
    """Units asked of each quota [kept, quota, scenario]; units/s, or units held."""
    capacity: Series
    """Capacity of each quota as it is at the time [kept, quota, scenario]."""
    tokens: Series
    """What is left in each quota's bucket [units]."""
    slots_used: Series
    """Slots of each pool in use [kept, pool, scenario]."""
    slots: Series
    """Slots of each pool as they are at the time [kept, pool, scenario]."""
    environments: Series
    """Environments alive [kept, environments, scenario]."""
    ready: Series
    """Those of them that are kept ready."""

    totals: Totals
    largest_gap: float
    """The most that did not add up at any station after any tick, as a share of what had arrived there."""

    def row(self, station: str) -> int:
        """Row of a station."""
        return self.compiled.rows[station]

    def scenarios(self, load: int = 0) -> slice:
        """The scenarios of one load multiplier: all of its replicas."""
        return slice(load * self.replicas, (load + 1) * self.replicas)


@dataclass(frozen=True)
class Band:
    """Median and the middle nine tenths of the replicas, each [..]."""

    low: Array
    median: Array
    high: Array


def band(values: NDArray[np.floating]) -> Band:
    """The 5th, 50th and 95th percentile over the last axis.

    >>> told = band(np.arange(101.0)[None])
    >>> float(told.low[0]), float(told.median[0]), float(told.high[0])
    (5.0, 50.0, 95.0)
    """
    low, median, high = np.percentile(values, [5.0, 50.0, 95.0], axis=-1)
    return Band(low, median, high)
