"""Where the items of every station come from: the part of each source in what is asked of it."""

from collections.abc import Sequence

import numpy as np

from sandbox.engine.compiled import Array, Index
from sandbox.engine.steady import Steady

SETTLED = 1e-6
"""Change of a part below which what goes round in circles has been told apart."""
ROUNDS = 200


def origins(steady: Steady, sources: Sequence[Index], scenario: int = 0) -> Array:
    """Part of each source in the items of every station, tries included.

    Args:
        steady: A solved network.
        sources: For each source the rows of its stations.
        scenario: Column of the state.

    Returns:
        Shares [station, source] that add up to 1; 0 where nothing of these sources comes.

    >>> from sandbox.engine.network import Arc, Network, Station
    >>> from sandbox.engine.steady import solve
    >>> sut = solve(Network(
    ...     (Station("a", arrivals=30), Station("b", arrivals=10), Station("c")),
    ...     (Arc("a", "c"), Arc("b", "c"))))
    >>> origins(sut, [np.array([0]), np.array([1])])[2].tolist()
    [0.75, 0.25]
    """
    compiled = steady.compiled
    count = len(compiled.rows)
    given = np.zeros((count, len(sources)))
    for place, rows in enumerate(sources):
        given[rows, place] = 1.0
    is_source = given.sum(axis=1) > 0.0
    flow = np.zeros((count, count))
    np.add.at(flow, (compiled.target, compiled.source), steady.arc_items[:, scenario])
    whole = flow.sum(axis=1, keepdims=True)
    flow = np.divide(flow, whole, out=np.zeros_like(flow), where=whole > 0)
    told = given
    for _ in range(ROUNDS):
        then = np.where(is_source[:, None], given, flow @ told)
        if np.abs(then - told).max(initial=0.0) < SETTLED:
            return then
        told = then
    return told
