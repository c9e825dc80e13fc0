"""The order in which items get from station to station."""

from collections.abc import Mapping, Sequence

from sandbox.engine.compiled import Compiled

Leaving = Mapping[int, Sequence[int]]
"""Arcs that lead on from each station."""


def in_order(compiled: Compiled, leaving: Leaving, sources: Sequence[int]) -> tuple[list[int], set[int]]:
    """Stations that sources lead to, each behind all that lead to it; and the arcs that go back."""
    seen, finished, back = set[int](), set[int](), set[int]()
    found: list[int] = []
    for source in sources:
        if source not in seen:
            seen.add(source)
            _visit(compiled, leaving, source, (seen, finished, back), found)
    return found[::-1], back


def _visit(
    compiled: Compiled,
    leaving: Leaving,
    source: int,
    sets: tuple[set[int], set[int], set[int]],
    found: list[int],
) -> None:
    """Go depth-first from a source; what is found comes behind all that it leads to."""
    seen, finished, back = sets
    stack = [(source, iter(leaving.get(source, ())))]
    while stack:
        row, arcs = stack[-1]
        arc = next(arcs, None)
        if arc is None:
            stack.pop()
            finished.add(row)
            found.append(row)
            continue
        target = int(compiled.target[arc])
        if target not in seen:
            seen.add(target)
            stack.append((target, iter(leaving.get(target, ()))))
        elif target not in finished:
            back.add(arc)
