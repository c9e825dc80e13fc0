"""Lines of the holding stations: two where some items may only use some of the lanes, one elsewhere."""

import numpy as np

from sandbox.engine.compiled import Array, Compiled, Index
from sandbox.engine.timeline.faults import Poison


def lines(compiled: Compiled, poisons: list[Poison]) -> tuple[Index, Array, Array]:
    """Holding station of each line, its share of what arrives and its share of the lanes.

    Args:
        compiled: The network.
        poisons: Batches that never succeed; the lanes that they stop have a line of their own.

    Returns:
        Places [line], and shares [line, 1].
    """
    h = compiled.holding
    of, share, lanes = [], [], []
    poisoned = {poison.holding: poison.lanes for poison in poisons}
    for row in range(len(compiled.held)):
        hot, least = float(h["hot_share"][row].max()), float(h["lanes_least"][row].max())
        mine = float(h["hot_lanes"][row].max()) / max(least, 1.0)
        parts = [(hot, mine), (1.0 - hot, 1.0 - mine)] if hot > 0 else [(1.0, 1.0)]
        if row in poisoned:
            stopped = min(poisoned[row] / max(least, 1.0), 1.0)
            parts = [(a * (1.0 - stopped), b * (1.0 - stopped)) for a, b in parts] + [(stopped, stopped)]
        for a, b in parts:
            of.append(row)
            share.append([a])
            lanes.append([b])
    shape = (len(of), 1)
    return np.array(of, dtype=np.intp), np.array(share).reshape(shape), np.array(lanes).reshape(shape)
