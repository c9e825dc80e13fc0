"""Who calls whom: stations by how deep their calls go, and those whose calls lead back to themselves."""

from collections.abc import Iterator

import numpy as np

from sandbox.engine.compiled import Calls, Index


def levels(calls: Calls, stations: int) -> Iterator[tuple[Index, Index]]:
    """Stations and their calls by how deep these go, those that call nothing first.

    What stations in a cycle call is left out: it leads back to themselves.
    """
    straight = np.flatnonzero(~np.isin(calls.source, in_cycles(calls)))
    source, target = calls.source[straight], calls.target[straight]
    depth = np.zeros(stations, dtype=np.intp)
    for _ in range(stations):
        deeper = depth.copy()
        np.maximum.at(deeper, source, depth[target] + 1)
        if np.array_equal(deeper, depth):
            break
        depth = deeper
    for level in range(int(depth.max(initial=0)) + 1):
        yield np.flatnonzero(depth == level), straight[depth[source] == level]


def in_cycles(calls: Calls) -> Index:
    """Stations whose calls lead back to themselves."""
    left = set(zip(calls.source.tolist(), calls.target.tolist(), strict=True))
    while True:
        # Who is called by nobody, or calls nobody, is in no cycle.
        sources, targets = {s for s, _ in left}, {t for _, t in left}
        inner = {(s, t) for s, t in left if s in targets and t in sources}
        if inner == left:
            break
        left = inner
    onward: dict[int, set[int]] = {}
    for s, t in left:
        onward.setdefault(s, set()).add(t)
    found = [s for s in onward if s in _reached(onward, s)]
    return np.array(sorted(found), dtype=np.intp)


def _reached(onward: dict[int, set[int]], start: int) -> set[int]:
    """Stations that calls from a station lead to."""
    seen: set[int] = set()
    ahead = list(onward.get(start, ()))
    while ahead:
        station = ahead.pop()
        if station not in seen:
            seen.add(station)
            ahead.extend(onward.get(station, ()))
    return seen
