"""Rows of an array summed by groups, with all that depends on the groups alone worked out before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]

FEW = 100
"""Up to so many rows are added one by one, which needs no sorting."""


@dataclass(frozen=True)
class Segments:
    """Rows grouped by a key, so that a sum per group is one call."""

    key_of: Index
    """The key of each row."""
    order: Index
    """Rows sorted by key."""
    keys: Index
    """The keys that occur."""
    starts: Index
    """Where each key's rows begin in `order`."""
    is_sorted: bool
    """Whether the rows are in order as they come."""
    is_single: bool
    """Whether no key has several rows."""

    @staticmethod
    def by(keys: Index) -> "Segments":
        """Group rows by an integer key."""
        order = np.argsort(keys, kind="stable")
        found, starts = np.unique(keys[order], return_index=True)
        is_sorted = bool(np.array_equal(order, np.arange(len(order))))
        return Segments(keys, order, found, starts, is_sorted, len(found) == len(keys))

    def add_to(self, total: Array, rows: Array) -> Array:
        """Add each group's rows to the total's row of its key, in place."""
        if len(rows) <= FEW:
            np.add.at(total, self.key_of, rows)
        else:
            total[self.keys] += self.reduce(np.add, rows)
        return total

    def reduce(self, operation: np.ufunc, rows: Array) -> Array:
        """One row for each key that occurs."""
        ordered = rows if self.is_sorted else rows[self.order]
        return ordered if self.is_single else np.asarray(operation.reduceat(ordered, self.starts, axis=0))


@dataclass(frozen=True)
class Sums:
    """For every station the sum of what comes over its arcs, ready to be swept along them many times.

    Every station has a row; one without arcs has one that brings nothing, from itself.
    """

    order: Index
    """Arcs sorted by the station that sums; as many as there are arcs for a row that brings nothing."""
    starts: Index
    """Where each station's rows begin in `order`."""
    other: Index
    """Station at the other end of each row."""
    sweeps: int | None
    """After so many sweeps nothing changes any more; None where arcs lead back to where they come from."""

    @staticmethod
    def over(here: Index, there: Index, stations: int) -> "Sums":
        """Sums at one end of arcs over values at the other.

        Args:
            here: Station at the end that sums, of each arc.
            there: Station at the other end.
            stations: Number of stations.
        """
        without = np.setdiff1d(np.arange(stations), here)
        keys, others = np.concatenate([here, without]), np.concatenate([there, without])
        order = np.argsort(keys, kind="stable")
        starts = np.searchsorted(keys[order], np.arange(stations))
        depth = _depth(here, there, stations)
        return Sums(np.minimum(order, len(here)), starts, others[order], None if depth is None else depth + 1)

    def weights(self, rows: Array) -> Array:
        """What each value is multiplied by, from one row for each arc."""
        return np.concatenate([rows, np.zeros((1, rows.shape[1]))])[self.order]

    def of(self, weights: Array, values: Array) -> Array:
        """The sums [.., station, scenario] of weighted values [.., station, scenario]."""
        return np.asarray(np.add.reduceat(weights * values[..., self.other, :], self.starts, axis=-2))


def _depth(here: Index, there: Index, stations: int) -> int | None:
    """Arcs in the longest way; None where there are circles."""
    depth = np.zeros(stations, dtype=np.intp)
    for _ in range(stations + 1):
        deeper = depth.copy()
        np.maximum.at(deeper, here, depth[there] + 1)
        if np.array_equal(deeper, depth):
            return int(depth.max(initial=0))
        depth = deeper
    return None
