"""Which nodes stand together: connected ones in one block, the blocks one below the other."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

Link = tuple[str, str]


def components(names: Sequence[str], links: Iterable[Link]) -> dict[str, int]:
    """Number the weakly connected parts in the order in which they first occur.

    >>> components("abc", [("a", "c")])
    {'a': 0, 'b': 1, 'c': 0}
    """
    root = {name: name for name in names}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for source, target in links:
        root[find(target)] = find(source)
    number: dict[str, int] = {}
    return {name: number.setdefault(find(name), len(number)) for name in names}


def blocks(
    names: Sequence[str],
    links: Sequence[Link],
    column: Mapping[str, int],
    rank: Mapping[str, int],
    earlier: Mapping[str, int],
) -> tuple[dict[str, int], dict[str, int]]:
    """Number the blocks from top to bottom.

    What stood together stays together, so that a link that is cut moves nothing. A person who
    places a node among those of another block joins the two.

    Args:
        names: Every node.
        links: Pairs of source and target.
        column: The column of each node.
        rank: The place in the column of nodes that a person placed.
        earlier: The blocks of the nodes that were there before.

    Returns:
        The block of each node, and of each node in `rank` the place among those of its block
        in its column.
    """
    known = sorted((name for name in names if name in earlier), key=earlier.__getitem__)
    kept = [pair for pair in itertools.pairwise(known) if earlier[pair[0]] == earlier[pair[1]]]
    part = components([*known, *(name for name in names if name not in earlier)], [*links, *kept])
    while True:
        stacks = _stacks(names, column, rank, part)
        mixed = [
            (part[lower], part[upper])
            for stack in stacks
            for upper, lower in itertools.pairwise(stack)
            if part[upper] > part[lower]
        ]
        if not mixed:
            break
        first, last = mixed[0]
        between = last - first
        part = {name: max(first, at - between) if at > first else at for name, at in part.items()}
    place: dict[str, int] = {}
    for stack in stacks:
        met: dict[int, int] = {}
        for name in stack:
            met[part[name]] = met.get(part[name], -1) + 1
            if name in rank:
                place[name] = met[part[name]]
    return part, place


def _stacks(
    names: Sequence[str], column: Mapping[str, int], rank: Mapping[str, int], part: Mapping[str, int]
) -> list[list[str]]:
    """The nodes of each column by blocks, with the placed ones where they want to be."""
    stacks: dict[int, list[str]] = {}
    for name in sorted(names, key=part.__getitem__):
        if name not in rank:
            stacks.setdefault(column[name], []).append(name)
    last: dict[int, int] = {}
    for name in sorted((name for name in names if name in rank), key=rank.__getitem__):
        at = max(rank[name], last.get(column[name], -1) + 1)
        stack = stacks.setdefault(column[name], [])
        stack.insert(at, name)
        last[column[name]] = stack.index(name)
    return list(stacks.values())
